"""Invented documents, and naive ones out of the seeds when these lie beside the project."""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path

from PIL import Image

from comptes_rendus.document import (
    BlocDocument,
    Document,
    GroupePresence,
    LigneTete,
    PointDuJour,
    RubriqueDocument,
)

GRAINES = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("*.txt"))

PHRASE = (
    "Mme Vauclair rappelle que l'accueil de Rocval reçoit 1 204 personnes par mois : « c'est 12 % de plus qu'en "
    "2024 », précise-t-elle ; qui l'eût cru ? L'œuvre commune avance."
)
TABLEAU = (
    "<table><thead><tr><th>Indicateur</th><th>2024</th><th>2025</th></tr></thead><tbody>"
    "<tr><td>Appels décrochés</td><td>91 %</td><td>93,5 %</td></tr>"
    "<tr><td>Délai moyen de réponse</td><td>12 jours</td></tr></tbody></table>"
)
LISTES = (
    "<ul><li>accueil physique<ul><li>en préfecture</li><li>en sous-préfecture</li></ul></li>"
    "<li>accueil téléphonique</li></ul><ol><li>premier point</li><li>second point</li></ol>"
)
PUCES = "<ul><li>✓ une action close</li><li>✓ une autre</li></ul>"


def logo() -> str:
    """A small PNG as a ``data:`` address."""
    tampon = io.BytesIO()
    Image.new("RGB", (60, 40), "#000091").save(tampon, "PNG")
    return "data:image/png;base64," + base64.b64encode(tampon.getvalue()).decode()


class _Cles:
    """Consecutive block ids."""

    def __init__(self) -> None:
        self.rang = 0

    def bloc(self, genre: str, contenu: str) -> BlocDocument:
        self.rang += 1
        return BlocDocument(f"{self.rang:08x}", genre, contenu)


def complet() -> Document:
    """Every kind of line, block, table and heading; more than three pages, an annex, a logo."""
    c = _Cles()
    paragraphes = tuple(c.bloc("paragraphe", f"<p>{html.escape(PHRASE * (1 + n % 4))}</p>") for n in range(24))
    nom_long = "Mme Marie-Bérengère DE LA TOUR-D'AIGREFEUILLE-SAINT-HILAIRE-DES-LANDES-DE-ROCVAL"
    return Document(
        reference="CR-2026-0042",
        titre="Compte rendu du comité local des usagers du jeudi 5 mars 2026 à 14h30",
        autorite="Préfecture de Rocval",
        date="2026-03-19",
        tete=(
            LigneTete("marque", "PRÉFÈTE"),
            LigneTete("marque", "DE ROCVAL"),
            LigneTete("devise", "Liberté"),
            LigneTete("devise", "Égalité"),
            LigneTete("devise", "Fraternité"),
            LigneTete("service", "Secrétariat général"),
            LigneTete("service", "Bureau de la qualité et de l'écoute"),
            LigneTete("contact", "Affaire suivie par : Mme Odile FERRANDON"),
            LigneTete("contact", "odile.ferrandon@rocval.example"),
            LigneTete("lieu_date", "Rocval, le 19 mars 2026"),
            LigneTete(
                "objet", "Objet : comité local des usagers, réunion du jeudi 5 mars 2026 à la salle des Tilleuls"
            ),
            LigneTete("reference", "Réf. : convocation du 12 février 2026"),
            LigneTete("piece_jointe", "P.J. : diaporama, fiche d'enquête"),
        ),
        presences=(
            GroupePresence("Présidente :", 1, "preside", ("Mme Hélène VAUCLAIR, secrétaire générale",), en_ligne=True),
            GroupePresence("Participants", 1, "present", ()),
            GroupePresence(
                "Représentants des usagers :",
                2,
                "present",
                (
                    "M. Samir ÖZDEMIR\tPrésident de l'association des familles de Rocval",
                    f"{nom_long}\tDéléguée de l'union départementale des locataires et des copropriétaires, "
                    "trésorière de la fédération des associations de consommateurs et suppléante de M. ÖZDEMIR",
                    "Mme Ngọc NGUYỄN",
                ),
            ),
            GroupePresence(
                "Représentants de l'État :",
                2,
                "present",
                ("M. Paul ŁUKASZ, chef du bureau du séjour ;", "Mme Agnès ĶĒNIŅŠ, cheffe du standard."),
            ),
            GroupePresence("STRUCTURES EXCUSÉES :", 1, "excuse", ("La Poste, mission locale.",), en_ligne=True),
        ),
        ordre_du_jour=(
            PointDuJour(1, "1.", "Bilan de l'accueil"),
            PointDuJour(2, "a)", "Le téléphone"),
            PointDuJour(1, "2.", "Questions diverses"),
        ),
        rubriques=(
            RubriqueDocument("aaaa0001", 1, "", "", (c.bloc("paragraphe", "<p>La présidente ouvre la séance.</p>"),)),
            RubriqueDocument(
                "aaaa0002",
                1,
                "I –",
                "Bilan de l'accueil",
                (
                    c.bloc("presentation", "<p>Présentation par Mme FERRANDON (Diaporama pages 2 à 4)</p>"),
                    *paragraphes[:10],
                    c.bloc("titre", "<p>Un sous-titre</p>"),
                    c.bloc("liste", LISTES),
                    c.bloc("liste", PUCES),
                    c.bloc("tableau", TABLEAU),
                    c.bloc("sans_observation", "<p>Aucune observation n'est formulée.</p>"),
                ),
            ),
            RubriqueDocument("aaaa0003", 2, "a)", "Le téléphone", paragraphes[10:14]),
            RubriqueDocument(
                "aaaa0004", 3, "", "Le standard", (c.bloc("titre", "<p>Le soir</p>"), *paragraphes[14:17])
            ),
            RubriqueDocument(
                "aaaa0005",
                1,
                "II –",
                "Questions diverses",
                (
                    c.bloc("citation", "<blockquote><p>« Merci pour l'accueil »</p></blockquote>"),
                    c.bloc("separateur", "<p>~ ~ ~</p>"),
                    c.bloc("avis", "<p>Avis favorable du comité.</p>"),
                    c.bloc("decision", "<p>Le terme sera remplacé au 1<sup>er</sup> juin.</p>"),
                    c.bloc("engagement", "<p>Mme ĶĒNIŅŠ s'engage à <strong>rappeler</strong> les usagers.</p>"),
                    c.bloc("paragraphe", '<p>Voir <a href="https://www.rocval.example/x?a=1">le site</a>.</p>'),
                    *paragraphes[17:],
                ),
            ),
        ),
        signature=("Pour la préfète et par délégation,", "La secrétaire générale", "Hélène VAUCLAIR"),
        annexes=(
            RubriqueDocument("aaaa0006", 1, "Annexe 1", "Témoignage", (c.bloc("paragraphe", f"<p>{PHRASE}</p>"),)),
            RubriqueDocument("aaaa0007", 2, "", "Une partie", (c.bloc("titre", "<p>Un détail</p>"),)),
            RubriqueDocument("aaaa0008", 1, "Annexe 2", "Fiche", (c.bloc("liste", LISTES),)),
        ),
        pied=("12 place des Tilleuls – 99000 Rocval", "Tél. : 05 00 00 00 00 – www.rocval.example"),
        logo=logo(),
    )


def minimal() -> Document:
    """Hardly anything: no head, no title, a rubric that starts at level 3."""
    bloc = BlocDocument("00000001", "titre", "<p>Un titre de bloc</p>")
    return Document(
        reference="",
        titre="",
        autorite="",
        date="",
        presences=(GroupePresence("Excusés", 2, "excuse", ("M. Samir ÖZDEMIR",)),),
        rubriques=(RubriqueDocument("bbbb0001", 3, "", "Trop profond", (bloc,)),),
        signature=("Hélène VAUCLAIR",),
    )


def naif(graine: Path) -> Document:
    """A seed, one paragraph a line."""
    lignes = [ligne.strip() for ligne in graine.read_text(encoding="utf-8").replace("\f", "\n").splitlines()]
    c = _Cles()
    blocs = tuple(c.bloc("paragraphe", f"<p>{html.escape(ligne)}</p>") for ligne in lignes if ligne)
    return Document(
        reference="CR-2026-0001",
        titre="Compte rendu",
        autorite="Préfecture de Rocval",
        date="2026-03-19",
        rubriques=(RubriqueDocument("cccc0001", 1, "", "", blocs),),
        signature=("La secrétaire générale", "Hélène VAUCLAIR"),
    )

"""Builders of frozen and published minutes, straight in the database: the verbs have their own tests."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.utils import timezone

from comptes_rendus.document import BlocDocument, Document, GroupePresence, LigneTete, RubriqueDocument
from comptes_rendus.models import CompteRendu, PdfFige
from comptes_rendus.recherche import indexer
from membres.models import Personne, Utilisateur
from tests import fabriques

Etat = CompteRendu.Etat
SIGNATURE = ("Pour la préfète et par délégation,", "La secrétaire générale,", "Marie TESSANDIER")


def document(*textes: str, titre: str = "Compte rendu du comité du 12 mars 2026", **champs: Any) -> Document:
    """A frozen document: one rubrique, one paragraph per text."""
    blocs = tuple(
        BlocDocument(cle=f"bloc-{rang}", genre="paragraphe", html=f"<p>{texte}</p>")
        for rang, texte in enumerate(textes or ("La séance est ouverte à 14 heures.",))
    )
    valeurs: dict[str, Any] = {
        "reference": "7K3M-9QXD",
        "titre": titre,
        "autorite": "préfecture du Val-d’Ombre",
        "date": "2026-03-20",
        "tete": (LigneTete("marque", "PRÉFÈTE"), LigneTete("marque", "DU VAL-D’OMBRE")),
        "presences": (GroupePresence("Présents :", 1, "present", ("Mme Claire VIDALIN",)),),
        "rubriques": (RubriqueDocument("rubrique-1", 1, "1°)", "Premier point", blocs),),
        "signature": SIGNATURE,
    }
    return Document(**{**valeurs, **champs})


def figer(compte_rendu: CompteRendu, octets: bytes, fige: Document, *, est_signe: bool) -> PdfFige:
    return PdfFige.objects.create(
        compte_rendu=compte_rendu,
        est_signe=est_signe,
        octets=octets,
        empreinte=hashlib.sha256(octets).hexdigest(),
        document=fige.en_json(),
        pages=6,
    )


def octets_de(compte_rendu: CompteRendu, *, signe: bool = True) -> bytes:
    """Not a true PDF: enough for what compares bytes. The signed file begins with the approved one, as in life."""
    approuve = b"%%PDF-1.7\n%% minutes %d\n%s\n%%%%EOF\n" % (compte_rendu.pk, b"x" * 200)
    return approuve + b"signature\n%%EOF\n" if signe else approuve


def mener(
    compte_rendu: CompteRendu, etat: str, fige: Document, *, par: Utilisateur, octets: tuple[bytes, bytes] | None = None
) -> CompteRendu:
    """Lead a draft to ``etat`` in one UPDATE; ``octets``: the approved file and the signed one."""
    valeurs: dict[str, Any] = {"etat": etat}
    approuve, signe = octets or (octets_de(compte_rendu, signe=False), octets_de(compte_rendu))
    if etat not in (Etat.BROUILLON, Etat.RELECTURE):
        valeurs |= {"approuve_par": par, "approuve_le": timezone.now(), "document_approuve": fige.en_json()}
        valeurs["pdf_approuve"] = figer(compte_rendu, approuve, fige, est_signe=False)
    if etat in (Etat.SIGNE, Etat.PUBLIE, Etat.REMPLACE):
        signe_le = datetime.datetime(2026, 3, 21, 10, 5, tzinfo=datetime.UTC)
        valeurs |= {"signe_par": par, "signe_le": signe_le}
        valeurs["pdf_signe"] = figer(compte_rendu, signe, fige, est_signe=True)
    if etat in (Etat.PUBLIE, Etat.REMPLACE):
        valeurs |= {"publie_le": timezone.now(), "publie_par": par}
    CompteRendu.objects.filter(pk=compte_rendu.pk).update(**valeurs)
    compte_rendu.refresh_from_db()
    if compte_rendu.est_public:
        indexer(compte_rendu)
    return compte_rendu


def personnes() -> tuple[Utilisateur, Utilisateur]:
    """Odile who writes and Samir who signs: those of the cast when they are there."""
    comptes = []
    for prenom, nom in (("Odile", "Ferrandon"), ("Samir", "Belkacem")):
        personne = Personne.objects.filter(prenom=prenom, nom=nom).select_related("compte").first()
        comptes.append(personne.compte if personne else fabriques.utilisateur(prenom, nom))
    return comptes[0], comptes[1]


def publie(*textes: str, etat: str = Etat.PUBLIE, fige: Document | None = None, **champs: Any) -> CompteRendu:
    """Published minutes of one paragraph per text. ``titre``, ``fige``: the frozen words; the rest: columns."""
    auteur, signataire = personnes()
    octets = champs.pop("octets", None)
    titre = champs.get("titre", "Compte rendu du comité du 12 mars 2026")
    objet = fabriques.compte_rendu(auteur, **champs)
    fige = fige or document(*textes, titre=titre, reference=objet.reference)
    return mener(objet, etat, fige, par=signataire, octets=octets)


def remplacer(ancien: CompteRendu, *textes: str, etat: str = Etat.PUBLIE, **champs: Any) -> CompteRendu:
    """A second version of published minutes; the first one becomes « remplacé » once the second is public."""
    nouveau = publie(*textes, etat=etat, seance=ancien.seance, version=ancien.version + 1, remplace=ancien, **champs)
    if nouveau.est_public:
        CompteRendu.objects.filter(pk=ancien.pk).update(etat=Etat.REMPLACE)
        ancien.refresh_from_db()
    return nouveau

"""The reading from end to end: mend, find the parts, read each, check."""

from __future__ import annotations

import logging
import re

from .blocs import bloc_de, en_clair
from .controle import lire_prochaine, lire_seance, points_a_verifier
from .corps import LecteurCorps, lire_numero
from .decoupage import NUMERO, Alinea, Decoupeur, forme_de, largeur_de, marge_de, puce
from .fin import debut_des_annexes, ecarter_les_folios, lignes_de_signature, lire_annexes, trouver_signature
from .lexique import plier, verbes
from .presences import LecteurPresences, ZonePresences, debut_des_presences
from .reparation import Atelier
from .structure import Ligne, PointLu, Reprise, RubriqueLue
from .tete import ORDRE_DU_JOUR, LecteurTete, TeteLue

_INDICES = re.compile(
    r"compte[- ]?rendu|proces[- ]verbal|comite|usagers|reunion|seance|prefet|prefecture|ordre du jour|releve de"
)
_PAS_UN_COMPTE_RENDU = (
    "Ce texte ne ressemble pas à un compte rendu : ni en-tête, ni présences, ni rubriques "
    "n’ont été reconnus. Tout le texte "
    "a été gardé en paragraphes ; vérifiez que c’est le bon fichier."
)
LECTURE_INTERROMPUE = (
    "La lecture de ce texte s’est interrompue : tout a été gardé en paragraphes. "
    "Signalez-le à l’équipe de l’application."
)
journal = logging.getLogger(__name__)


def reprendre(texte: str) -> Reprise:
    """Make a structure of the text of a compte rendu. Never raises: what is not understood stays as paragraphs."""
    texte = texte.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    atelier = Atelier(texte)
    lecture = _Lecture(atelier)
    try:
        lecture.lire()
    except Exception:  # whatever the text holds, its words are kept: the contract of this function
        journal.exception("reprise : lecture impossible, texte gardé en paragraphes")
        lecture = _Lecture(Atelier(texte))
        lecture.tout_en_paragraphes(LECTURE_INTERROMPUE)
    return lecture.reprise


class _Lecture:
    def __init__(self, atelier: Atelier) -> None:
        self.atelier = atelier
        self.lignes = atelier.lignes
        self.largeur = largeur_de(self.lignes)
        self.decoupeur = Decoupeur(atelier.noter, self.largeur)
        self.reprise = Reprise()
        self.doutes: list[str] = []

    def lire(self) -> None:
        reprise = self.reprise
        trouve = debut_des_presences(self.lignes)
        indices = bool(_INDICES.search(plier("\n".join(ligne.texte[:300] for ligne in self.lignes[:60]))))
        if trouve is None and not indices:
            self.tout_en_paragraphes(_PAS_UN_COMPTE_RENDU)
            return
        zone = self._presences(trouve)
        tete_fin = zone.debut if trouve else self._fin_de_tete()
        tete = LecteurTete(self.lignes[:tete_fin], self.atelier.noter).lire()
        reprise.tete, reprise.titre = tete.tete, tete.titre
        debut = zone.fin if trouve else tete_fin
        signature = trouver_signature(self.lignes, debut)
        signature = ecarter_les_folios(self.lignes, signature, self.atelier.noter) if signature else None
        fin = signature[0] if signature else debut_des_annexes(self.lignes, debut) or len(self.lignes)
        self._corps(debut, fin, zone.folios, tete)
        self._fin(signature, fin)
        reprise.seance = lire_seance(reprise)
        reprise.prochaine_seance = lire_prochaine(reprise)
        reprise.reparations = self.atelier.finir()
        reprise.a_verifier = points_a_verifier(reprise, self.doutes)

    def tout_en_paragraphes(self, pourquoi: str) -> None:
        blocs = [bloc for alinea in self.decoupeur.alineas(self.lignes) if (bloc := bloc_de(alinea)).texte]
        for bloc in blocs:
            if bloc.genre not in ("liste", "tableau", "separateur", "saut"):
                bloc.genre, bloc.orateur = "paragraphe", None
        self.reprise.rubriques = [RubriqueLue(blocs=blocs)] if blocs else []
        self.reprise.reparations = self.atelier.finir()
        self.reprise.a_verifier = [pourquoi]

    # -- attendance and head --

    def _presences(self, trouve: tuple[int, bool] | None) -> ZonePresences:
        if trouve is None:
            return ZonePresences()
        lecteur = LecteurPresences(self.lignes, trouve[0], self.largeur, self.atelier.noter)
        zone = lecteur.lire(sans_intitule=trouve[1])
        self.reprise.presences = zone.groupes
        if trouve[1]:
            self.doutes.append(
                "Les présences n’ont pas d’intitulé dans le texte : les personnes ont été lues comme présentes."
            )
        return zone

    def _fin_de_tete(self) -> int:
        """No attendance: the head ends at the first numbered heading, list, mark or sentence."""
        for i, ligne in enumerate(self.lignes[:40]):
            texte = ligne.texte.strip()
            suivie = i + 1 < len(self.lignes) and self.lignes[i + 1].suite
            phrase = (len(texte) > 60 or texte.endswith(".") or i > 3 or suivie) and bool(verbes(texte[:400]))
            if phrase or len(texte) > 300 or forme_de(ligne) != "prose" or (NUMERO.match(texte) and lire_numero(texte)):
                return i
            if (
                i
                and self.lignes[i - 1].vides
                and re.fullmatch(r"\W*(?:introduction|ouverture|pr[ée]ambule|conclusion)\W*", texte, re.I)
            ):
                return i
        return min(len(self.lignes), 12)

    # -- body --

    def _corps(self, debut: int, fin: int, folios: list[Ligne], tete: TeteLue) -> None:
        lignes, points = self.lignes[debut:fin], tete.points
        avant = bool(points)
        if not points:
            lignes, points = self._ordre_du_jour_du_corps(lignes)
        self.reprise.ordre_du_jour = [point for texte in points if (point := _point(texte))]
        self.reprise.ordre_du_jour_propre = bool(self.reprise.ordre_du_jour)
        self.reprise.ordre_du_jour_avant_presences = avant
        alineas = self.decoupeur.alineas(tete.reste)
        alineas += [Alinea("folio", [ligne.texte.strip()]) for ligne in folios]
        alineas += self.decoupeur.alineas(lignes)
        corps = LecteurCorps(alineas, self.reprise.ordre_du_jour).lire()
        self.reprise.rubriques = corps.rubriques
        self.doutes += corps.doutes
        if not self.reprise.ordre_du_jour:
            self.reprise.ordre_du_jour = [
                PointLu(r.niveau, r.numero, r.titre) for r in corps.rubriques if r.titre or r.numero
            ]

    def _ordre_du_jour_du_corps(self, lignes: list[Ligne]) -> tuple[list[Ligne], list[str]]:
        """« L'ordre du jour est le suivant : » and its items near the start of the body: the items are lifted out."""
        for i, ligne in enumerate(lignes[:30]):
            numero = lire_numero(ligne.texte)
            plie = plier(numero.titre if numero else en_clair(ligne.texte)).strip(" *#")
            annonce = ORDRE_DU_JOUR.search(plie[-280:]) and (
                plie.endswith(":") or plie.strip(" .") in ("ordre du jour", "l'ordre du jour")
            )
            if not annonce:
                continue
            fin, points, folios = _points(lignes, i + 1)
            if len(points) >= 2:
                return lignes[: i + 1] + folios + lignes[fin:], points
        return lignes, []

    # -- end --

    def _fin(self, signature: tuple[int, int] | None, fin: int) -> None:
        reste = fin
        if signature:
            bloc = self.lignes[signature[0] : signature[1]]
            self.reprise.signature = lignes_de_signature(bloc, self.atelier.noter)
            reste = signature[1]
        apres = self.lignes[reste:]
        if apres:
            self.reprise.annexes = lire_annexes(apres, self.decoupeur)


def _points(lignes: list[Ligne], debut: int) -> tuple[int, list[str], list[Ligne]]:
    """The items of an agenda from ``debut`` on: where they end, their texts, the page marks among them."""
    points: list[str] = []
    folios: list[Ligne] = []
    i = debut
    style, marge = "", 0
    while i < len(lignes):
        if forme_de(lignes[i]) == "folio" and i + 1 < len(lignes):
            folios.append(lignes[i])
            i += 1
            continue
        texte = lignes[i].texte.strip()
        lue, numero = puce(lignes[i].texte), lire_numero(texte)
        ici = lue[1] if lue else numero.style if numero else ""
        if ici and (not style or ici == style):
            if numero and points and numero.valeur == 1:
                break
            points.append(texte)
            style, marge = ici, marge_de(lignes[i].texte)
        elif points and (
            lignes[i].suite or (not lignes[i].vides and (texte[:1].islower() or marge_de(lignes[i].texte) >= marge + 2))
        ):
            points[-1] += f" {texte}"
        else:
            break
        i += 1
    while folios and lignes[i - 1] is folios[-1]:
        folios.pop()
        i -= 1
    return i, points, folios


def _point(texte: str) -> PointLu | None:
    lue = puce(texte)
    nu_ = lue[2] if lue else texte
    numero = lire_numero(nu_)
    if numero:
        return PointLu(1, numero.ecrit, numero.titre.rstrip(" \u00a0;,."))
    titre = en_clair(nu_).strip("* ").rstrip(" \u00a0;,.")
    return PointLu(1, "", titre) if titre else None

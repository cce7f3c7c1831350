"""Readings of the sitting (date, hours, mode, kind) and the list of what a person should check."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from .lexique import HEURE, plier
from .personnes import en_capitales, lire_personnes
from .rangs import est_en_tete, est_neant
from .structure import LigneLue, Reprise, SeanceLue
from .tete import iso

_FIN = re.compile(
    r"(?:(?:fin|cl[ôo]ture) de (?:la )?(?:s[ée]ance|r[ée]union)(?:\s*:)?|prend fin|prenait fin|a pris fin|"
    r"lev[ée]e?|l[èe]ve(?:nt)?|close?|cl[ôo]tur[ée]e?|cl[ôo]t|s['’]ach[èe]ve|se termine|"
    r"s['’]est (?:achev|termin)[ée]e?|termin[ée]e?)(?:\s+la (?:s[ée]ance|r[ée]union))?\s*(?:[àa]|vers|:)?\s*",
    re.I,
)
_DEBUT = re.compile(
    r"(?:ouverture de (?:la )?(?:s[ée]ance|r[ée]union)|ouverte?\b|ouvre|d[ée]bute|commence|"
    r"d[ée]but de (?:la )?(?:s[ée]ance|r[ée]union)\s*:?)[^.\n]{0,40}?\s+(?:[àa]|vers)?\s*(?=\d)",
    re.I,
)
_PLAGE = re.compile(
    r"(?:de\s+)?(?P<debut>[01]?\d|2[0-3])\s?(?:h|heures?|:)\s?(?P<dm>[0-5]\d)?\s*(?:à|a|"
    r"-|–|/)\s*(?P<fin>[01]?\d|2[0-3])\s?(?:h|heures?|:)\s?(?P<fm>[0-5]\d)?",
    re.I,
)
_REUNION_DATEE = re.compile(
    r"(?:r[ée]uni(?:on)?(?:e|s|es)?|s[ée]ance|tenue?|comit[ée](?: local[^.]{0,60})?|du|le)\s[^.\n]{0,60}$", re.I
)
_A_DISTANCE = {
    "audio": re.compile(r"audio-?\s?conf[ée]rence|conf[ée]rence t[ée]l[ée]phonique", re.I),
    "visio": re.compile(r"visio-?\s?conf[ée]rence|en visio\b|visio-?r[ée]union|en distanciel", re.I),
}
_TENUE = re.compile(
    r"(?:se (?:r[ée]unit|tient|d[ée]roule)|s['’]est (?:r[ée]uni|tenue?|d[ée]roul[ée]e?)|"
    r"(?:organis|tenu|r[ée]uni)[ée]?e?|a (?:eu )?lieu|a [ée]t[ée] [^.]{0,30})[^.]{0,120}?(?:en|"
    r"par|sous forme d[e'’])\s*$",
    re.I,
)
_SUR_PLACE = re.compile(
    r"(?:r[ée]uni[es]?|tenue?|se tient|lieu|déroulée?)[^.\n]{0,60}(?:à|en|dans|au|salle)\s+(?:la "
    r"|les |l['’])?(?:pr[ée]fecture|sous-pr[ée]fecture|locaux|salle|h[ôo]tel|mairie)|"
    r"\ben pr[ée]sentiel\b|\bLieu\s*:\s*(?!visio|audio|à distance|en )\S|"
    r"\bsalle [A-ZÉ]|souhaite la bienvenue|\baccueille les (?:membres|participants)",
)
_TYPES = (
    (
        "CLUAC",
        re.compile(
            r"comite local (?:des usagers et|d'usagers et)[^.]{0,30}amelioration continue|\bcluac\b|c\.l\.u\.a\.c"
        ),
    ),
    ("CLAC", re.compile(r"comite local (?:de l'|d')amelioration continue|\bclac\b|c\.l\.a\.c")),
    ("CLU", re.compile(r"comite local (?:des|d') ?usagers|\bclu\b|c\.l\.u\b")),
)
_PROCHAINE = re.compile(
    r"(?:prochaine? (?:s[ée]ance|r[ée]union|session|comit[ée]|rencontre|CLU\b|CLAC\b)|(?:se "
    r"r[ée]unira|nouvelle (?:r[ée]union|s[ée]ance)|rendez-vous (?:est )?(?:donn[ée]|pris)|"
    r"se (?:revoir|retrouver|r[ée]unir (?:[àa] nouveau|de nouveau|prochainement))))",
    re.I,
)
_QUAND = re.compile(
    r"(?:\b(?:le|au|aux|en|à|courant|début|fin|d['’]ici|vers|dans|pour|avant|après|mi-|"
    r"date)\b|:)\s*[^.;!?]{0,60}?(?:\d{4}|trimestre|semestre|rentr[ée]e|"
    r"janvier|f[ée]vrier|mars|avril|\bmai\b|juin|juillet|ao[ûu]t|septembre|octobre|novembre|"
    r"d[ée]cembre|printemps|automne|hiver|[ée]t[ée]\b)[^.;!?]{0,80}",
    re.I,
)
_COURANT = 12


def lire_seance(reprise: Reprise) -> SeanceLue:
    seance = SeanceLue()
    tete = [ligne.texte for ligne in reprise.tete.lignes if ligne.role in ("autre", "type", "marque")]
    debuts = [t for r in reprise.rubriques[:2] for t in (r.titre, *(bloc.texte[:1500] for bloc in r.blocs[:4]))]
    ouverture = [texte for texte in debuts if texte]
    annonces = [texte for texte in (reprise.titre, reprise.tete.objet or "", *tete) if texte]
    for texte in [*annonces, *(texte for texte in ouverture if re.search(r"r[ée]uni|s[ée]ance|tenu", texte))]:
        if seance.date is None and (date := iso(texte)):
            seance.date = date
        if seance.heure_debut is None:
            seance.heure_debut, seance.heure_fin = _heures(texte, annonce=texte in annonces)
    _lire_fin(seance, reprise)
    seance.type = _type([*annonces, *ouverture])
    seance.mode = _mode([*annonces, *ouverture])
    return seance


def _heures(texte: str, *, annonce: bool) -> tuple[str | None, str | None]:
    plage = _PLAGE.search(texte)
    if plage:
        return _hhmm(plage["debut"], plage["dm"]), _hhmm(plage["fin"], plage["fm"])
    ouverture = _DEBUT.search(texte)
    if ouverture and (heure := HEURE.match(texte, ouverture.end())):
        return _hhmm(heure[1], heure[2]), None
    if annonce or re.search(r"r[ée]uni", texte):
        heure = HEURE.search(texte)
        if heure:
            return _hhmm(heure[1], heure[2]), None
    return None, None


def _hhmm(heures: str, minutes: str | None) -> str:
    return f"{int(heures):02d}:{int(minutes or 0):02d}"


def _lire_fin(seance: SeanceLue, reprise: Reprise) -> None:
    if seance.heure_fin:
        return
    textes = [bloc.texte for rubrique in reprise.rubriques for bloc in rubrique.blocs]
    for texte in reversed(textes[-60:]):
        for fin in _FIN.finditer(texte[:5000]):
            heure = HEURE.match(texte, fin.end())
            if heure and re.search(r"s[ée]ance|r[ée]union|comit|clu\b|clac", texte, re.I):
                seance.heure_fin = _hhmm(heure[1], heure[2])
                return


def _type(textes: list[str]) -> str | None:
    for texte in textes:
        plie = plier(texte)
        places = [(trouve.start(), -len(trouve[0]), nom) for nom, motif in _TYPES if (trouve := motif.search(plie))]
        if places:
            return min(places)[2]
    return None


def _mode(textes: list[str]) -> str | None:
    distance: set[str] = set()
    sur_place = False
    for rang, texte in enumerate(textes):
        for mode, motif in _A_DISTANCE.items():
            for trouve in motif.finditer(texte[:3000]):
                avant = texte[max(0, trouve.start() - 180) : trouve.start()]
                if _TENUE.search(avant) or (rang < 2 and len(texte) < 200):
                    distance.add(mode)
        sur_place = sur_place or bool(_SUR_PLACE.search(texte))
    if distance:
        return "mixte" if sur_place and re.search(r"pr[ée]sentiel|salle", " ".join(textes)) else min(distance)
    return "presentiel" if sur_place else None


def lire_prochaine(reprise: Reprise) -> str | None:
    """The sentence that announces the next sitting, near the end."""
    textes = [bloc.texte for rubrique in reprise.rubriques[-3:] for bloc in rubrique.blocs[-_COURANT:]]
    for texte in reversed(textes):
        for phrase in re.split(r"(?<=[.!?])\s+", texte[:6000]):
            trouve = _PROCHAINE.search(phrase)
            quand = _QUAND.search(phrase, trouve.end()) if trouve else None
            if quand and len(phrase) <= 400:
                return quand[0].strip(" .,;:")
    return None


# --- what to check --------------------------------------------------------------------------------------------------


def points_a_verifier(reprise: Reprise, doutes: list[str]) -> list[str]:
    points = [*_manques(reprise), *_presences(reprise), *_orateurs(reprise), *doutes]
    return list(dict.fromkeys(points))


def _manques(reprise: Reprise) -> Iterator[str]:
    if reprise.seance.date is None:
        yield "La date de la séance n’a pas été trouvée dans le texte : indiquez-la."
    if reprise.seance.heure_fin is None:
        yield "L’heure de fin de séance n’a pas été trouvée dans le texte."
    if not reprise.titre and not any(ligne.role in ("type", "objet") for ligne in reprise.tete.lignes):
        yield "Le titre du compte rendu n’a pas été trouvé."
    if not reprise.presences:
        yield "La liste des présences n’a pas été trouvée : saisissez-la, ou vérifiez qu’elle figure dans le texte."
    if not reprise.signature:
        yield "Le bloc de signature n’a pas été trouvé : complétez-le."


def _presences(reprise: Reprise) -> Iterator[str]:
    connus = {cle for ligne in _lignes(reprise) for personne in ligne.personnes if (cle := plier(personne.nom or ""))}
    for groupe in reprise.presences:
        for ligne in groupe.lignes:
            if not (
                ligne.personnes
                or ligne.structure
                or ligne.fonction
                or est_en_tete(ligne.texte)
                or est_neant(ligne.texte)
            ):
                yield f"Présences : « {_court(ligne.texte)} » n’a pas été compris ; la ligne est gardée telle quelle."
            if ligne.represente_par and connus and groupe.statut in ("excuse", "absent"):
                yield from _representant(ligne.represente_par, connus, reprise)
    for groupe, suivant in zip(reprise.presences, [*reprise.presences[1:], None], strict=False):
        if re.match(r"(?:[IVX]+|\d+|[A-H])\s?[.)/°–-]", groupe.titre) and suivant is not None:
            continue
        if not groupe.lignes and (suivant is None or suivant.niveau <= groupe.niveau):
            yield f"Présences : aucun nom n’a été lu sous « {_court(groupe.titre)} »."


def _representant(texte: str, connus: set[str], reprise: Reprise) -> Iterator[str]:
    personnes, _ = lire_personnes(texte)
    for personne in personnes:
        nom = plier(personne.nom or "")
        if nom and nom not in connus:
            suite = _proche(nom, reprise) or "."
            yield f"« {personne} », nommé(e) comme représentant, n’est pas dans la liste des présents{suite}"


def _lignes(reprise: Reprise) -> Iterator[LigneLue]:
    for groupe in reprise.presences:
        yield from groupe.lignes


def _noms(reprise: Reprise) -> dict[str, str]:
    return {plier(p.nom): str(p) for ligne in _lignes(reprise) for p in ligne.personnes if p.nom}


def _proche(nom: str, reprise: Reprise) -> str:
    noms = _noms(reprise)
    proches = difflib.get_close_matches(nom, [n for n in noms if n != nom], 1, 0.75)
    return f" : s’agit-il de « {noms[proches[0]]} » ?" if proches else ""


def _orateurs(reprise: Reprise) -> Iterator[str]:
    noms = _noms(reprise)
    if not noms:
        return
    vus: set[str] = set()
    for bloc in reprise.blocs():
        if not bloc.orateur or bloc.orateur in vus:
            continue
        vus.add(bloc.orateur)
        for personne in lire_personnes(bloc.orateur)[0]:
            nom = plier(personne.nom or "")
            if not nom or nom in noms or not en_capitales(personne.nom or ""):
                continue
            suggestion = _proche(nom, reprise)
            if suggestion:
                yield f"L’orateur « {bloc.orateur} » n’est pas écrit comme dans la liste des présences{suggestion}"
            else:
                yield f"L’orateur « {bloc.orateur} » n’est pas dans la liste des présences."


def _court(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) <= 80 else f"{propre[:79].rstrip()}…"

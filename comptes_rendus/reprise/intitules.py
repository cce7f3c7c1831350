"""Headings of the attendance: « Présents : », « Excusé(e)s », « Représentants des usagers », « Présidence : Mme X »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .blocs import en_clair
from .lexique import CIVILITE, plier, verbes
from .personnes import lire_personnes

_INCLUSIF = re.compile(
    r"\((?:e|s|es|ne|nes|te|rice|trice|ère|ere|euse|fe|ve)\)(?:\(s\))?|[·.•](?:e|s|es|e[·.]s)\b|"
    r"/(?:e|es|s|trice|rice)\b"
)
_MEMBRES = (
    r"(?:(?:les |la |le |l')?(?:personnes?|membres?(?: du (?:comite|clu|clac))?|structures?|"
    r"organismes?|associations?|services?|partenaires|"
    r"institutions|administrations|invites?|representants?|liste des|liste de presence|"
    r"liste|autres|egalement|et|sont|etaient|etait|est|"
    r"aussi|ont ete|s'etaient?|avaient ete)\s+)*"
)
_SUITE = (
    r"(?:(?:\s+(?:et|ou|/|,|-)\s*|\s*[/,]\s*)(?:non )?(?:excuses?e?s?|absente?s?|representee?s?|"
    r"presente?s?|invitee?s?|participants?|animation))*"
)
_OU = (
    r"(?:\s+(?:a|au|aux|en|pour|lors|de|du|dans|par|ce jour|avec|sur)\b[^.;!?]{0,90}|\s+cette\b[^.;!?]{0,40}|"
    r"\s+(?:physiquement|effectivement)[^.;!?]{0,40})?"
)
_NON = r"non (?:excuse|represente)e?s?"
_STATUTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "preside",
        re.compile(
            r"(?:sous la |la )?presiden(?:ce|te?)(?:\s+(?:de (?:la )?(?:seance|reunion)|du (?:comite|"
            r"clu|clac)|assuree? par|par|de))?"
        ),
    ),
    (
        "anime",
        re.compile(
            r"(?:animation|animatrice|animateur|animee? par|secretariat|secretaire de (?:la )?seance|"
            r"rapporteur|redaction|redacteur|"
            r"redactrice)(?:\s+(?:de (?:la )?(?:seance|reunion)|assuree? par|par|du (?:comite|compte[- "
            r"]rendu)|et secretariat))?"
        ),
    ),
    ("excuse", re.compile(rf"{_MEMBRES}(?:absente?s?\s+)?excuses?e?s?{_SUITE}{_OU}")),
    ("absent", re.compile(rf"{_MEMBRES}(?:{_NON}|absente?s?(?: (?:et )?{_NON})?){_SUITE}{_OU}")),
    (
        "present",
        re.compile(
            rf"{_MEMBRES}(?:presente?s?|presences?|participante?s?|participation|participaient|participent|"
            r"ont participe|ont assiste|"
            r"assistaient|assistent|siegeaient|emargement|feuille de presence|composition|en presence)"
            rf"(?:\s+(?:egalement|aussi|par ailleurs))?{_SUITE}{_OU}"
        ),
    ),
    ("invite", re.compile(rf"{_MEMBRES}(?:invitee?s?|intervenante?s?(?: exterieure?s?)?|experts?){_SUITE}{_OU}")),
)
_COLLEGE = re.compile(
    r"(?:(?:\d|[ivx]+|[a-e])\s?[)./-]\s?|[ivx]+ - )?(?:au titre (?:de|des|du)|(?:\d(?:er|"
    r"e|eme)? |premier |second )?college|pour (?:la|le|les|l')|"
    r"(?:les )?representante?s? (?:de|des|du|d'|elus|associatifs|institutionnels|usagers|"
    r"etat|prefecture|administration)|"
    r"membres (?:representant|de droit|associes|elus|du college)|(?:les )?services? de "
    r"l'etat|(?:les )?services de la prefecture|"
    r"(?:les )?usagers\b|(?:les )?associations?(?= d'| de| et|$)|(?:les )?collectivites|"
    r"(?:les )?elus|(?:l')?etat$|administrations?\b|prefecture(?: et|$| de)|sous-prefecture|"
    r"(?:les )?operateurs|(?:les )?partenaires|personnalites? qualifiee?s?|organismes? "
    r"|professionnels|ddi\b|directions? departementales?)"
)
_COLLEGE_FORT = re.compile(r"(?:.{0,6})(?:au titre|college|pour (?:la|le|les|l')|(?:les )?representante?s?|membres)\b")
_COLLEGE_NU = re.compile(
    r"(?:les )?(?:usagers|associations?|elus|collectivites(?: territoriales| locales)?|administrations?|"
    r"services(?: de l'etat)?|etat|partenaires|operateurs|prefecture)"
)
_NUMEROTE = re.compile(r"(?:[IVX]{1,4}|\d{1,2}|[A-H])\s?[.)/°–-]{1,2}\s*(?=\S)")
_ETAIENT = re.compile(
    r"(?P<titre>(?:[ÉE]taient|Sont|[ÉE]tait|Ont [ée]t[ée]|S['’][ée]taient)\s+(?:(?:[ée]galement|"
    r"aussi)\s+)?(?:pr[ée]sente?s?|excus[ée]+s?|absente?s?|invit[ée]+s?|repr[ée]sent[ée]+s?)"
    rf"(?:\([es]+\))*)\s+(?P<reste>(?:{CIVILITE}\s|l['’]|la |le |les ).+)$",
    re.S,
)
_SOUS_PRESIDENCE = re.compile(rf"(?P<titre>(?:et )?sous la pr[ée]sidence de)\s+(?P<reste>{CIVILITE}\s.+)$", re.I | re.S)
_EN_PRESENCE = re.compile(r"[\s,]*\b((?:et )?en pr[ée]sence (?:de|d['’]|des)\s*:?)\s*$", re.I)
_BORDS = " \t\u00a0\u202f*#"


@dataclass(slots=True)
class Intitule:
    """``titre`` as printed; ``reste``: what follows its colon on the line; ``statut`` None for a college."""

    titre: str
    reste: str
    statut: str | None
    college: str | None
    sur: bool = True
    fort: bool = True
    puis: str = ""
    """A second heading that ends the line: « …, en présence de : »."""


def lire_intitule(texte: str) -> Intitule | None:
    """The heading of attendance that ``texte`` is, or begins with; else None."""
    if len(texte) > 4000 or "\t" in texte[:200].strip():
        return None
    nu = en_clair(texte).strip(_BORDS)
    nu = re.sub(r"^[-•▪●◆➢→>✓❖]\s+", "", nu)
    phrase = _ETAIENT.match(nu) or _SOUS_PRESIDENCE.match(nu)
    if phrase and ":" not in phrase["titre"]:
        return _avec_presence(_de_phrase(phrase))
    gauche, deux_points, droite = nu.partition(":")
    gauche, droite = gauche.strip(_BORDS), droite.strip(_BORDS)
    if not gauche or len(gauche) > 150 or len(gauche.split()) > 20:
        return None
    numerote = _NUMEROTE.match(gauche)
    plie = re.sub(r"\s+", " ", _INCLUSIF.sub("", plier(gauche[numerote.end() :] if numerote else gauche)))
    plie = plie.strip(" .,")
    statut = next((nom for nom, motif in _STATUTS if motif.fullmatch(plie)), None)
    college = None if statut else _college(gauche, plie)
    if not statut and not college:
        return None
    if not deux_points and not _seul(gauche, statut):
        return None
    liste = bool(_COLLEGE_NU.fullmatch(plie)) and _liste_de_personnes(droite, plie)
    fort = bool(statut or _COLLEGE_FORT.match(plie) or liste)
    if droite and not (fort and _suite_admise(droite, statut, gauche)):
        return None
    titre = f"{nu[: nu.index(':')].strip(_BORDS)}{_avant_deux_points(nu)}:" if deux_points else gauche
    college = college or (_college_du_statut(gauche, plie) if statut else None)
    sur = not numerote and (bool(deux_points) or gauche.isupper())
    return Intitule(titre, droite, statut, college, sur, fort)


def _avant_deux_points(nu: str) -> str:
    place = nu.index(":")
    return nu[place - 1] if place and nu[place - 1] in " \u00a0\u202f" else ""


def _de_phrase(phrase: re.Match[str]) -> Intitule | None:
    plie = _INCLUSIF.sub("", plier(phrase["titre"]))
    statut = (
        "preside" if "presidence" in plie else next((nom for nom, motif in _STATUTS if motif.fullmatch(plie)), None)
    )
    if statut is None and "represent" in plie:
        statut = "excuse"
    reste = phrase["reste"].strip()
    if statut == "preside" and not _personne_seule(reste):
        return None
    return Intitule(phrase["titre"], reste, statut, None) if statut else None


def _avec_presence(intitule: Intitule | None) -> Intitule | None:
    """« Sous la présidence de M. X, préfet, en présence de : » holds a second heading."""
    if intitule and intitule.statut == "preside":
        intitule.reste, intitule.puis = couper_la_presence(intitule.reste)
    return intitule


def couper_la_presence(texte: str) -> tuple[str, str]:
    """The row and the heading « en présence de : » that ends it (or nothing)."""
    trouve = _EN_PRESENCE.search(texte, max(0, len(texte) - 40))
    return (f"{texte[: trouve.start()].rstrip()},", trouve[1]) if trouve else (texte, "")


def _personne_seule(reste: str) -> bool:
    """« Mme X, préfète de Y » and no sentence after it."""
    _, suite = lire_personnes(reste)
    return len(reste) < 250 and not verbes(suite)


def _liste_de_personnes(droite: str, plie: str) -> bool:
    """« M. A (X), Mme B (Y) »: several persons, each with what he or she is; « UDAF : Mme A et M. B » is a row."""
    combien = len(re.findall(rf"(?:^|[,;]\s+)(?:et\s+)?{CIVILITE}\s+[A-ZÀ-Ý]", droite[:2000]))
    return combien > 1 or (combien == 1 and plie in ("elus", "les elus", "usagers", "les usagers"))


def _college(gauche: str, plie: str) -> str | None:
    if not _COLLEGE.match(plie) or len(plie) > 110:
        return None
    if verbes(gauche):
        return None
    numerote = _NUMEROTE.match(gauche)
    return gauche[numerote.end() if numerote else 0 :].strip(" .")


def _college_du_statut(gauche: str, plie: str) -> str | None:
    """« Représentants des usagers présents », « Associations excusées »: the college inside a heading of status."""
    trouve = re.match(
        r"((?:les )?(?:repr[ée]sentants? |associations?|collectivit[ée]s|services? de l['’][ÉEée]tat).*?)\s+(?:pr[é"
        r"e]sente?s?|excus[ée]+s?|absente?s?|invit[ée]+s?)\b",
        gauche,
        re.I,
    )
    if trouve and len(trouve[1].split()) > 1:
        return trouve[1]
    pour = re.search(r"\b(?:pour (?:la |le |les |l['’])|au titre (?:de|des|du)\b|parmi les ).{3,80}$", gauche, re.I)
    return pour[0] if pour else None


def _seul(gauche: str, statut: str | None) -> bool:
    """A heading without colon: short, not ended as a sentence."""
    return len(gauche) <= 90 and not gauche.endswith((".", ";", ",")) and not re.search(r"[;!?]", gauche)


def _suite_admise(droite: str, statut: str | None, gauche: str) -> bool:
    """After the colon: persons or bodies, not a sentence."""
    if (
        statut is None
        and not gauche.isupper()
        and not lire_personnes(droite)[0]
        and ";" not in droite
        and "," not in droite
    ):
        return False
    debut = droite[:400]
    trouves = [mot for mot in verbes(debut) if mot != "représente"]
    return len(trouves) <= (0 if len(droite) < 300 else 1)

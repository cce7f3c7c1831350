"""One row of the attendance: persons, function, structure, representation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexique import OFFICE, OFFICE_DEBUT
from .personnes import en_capitales, lire_personnes, semble_personne
from .structure import LigneLue, PersonneLue

_MARGES = " \t\u00a0\u202f"
_PUCE = re.compile(r"^\s*(?:[-–—•▪●◦✓➢→>◆❖*·]\s+)+")
_SEPARATEURS = re.compile(r"^[\s,;:.–—-]+|^\s*(?=\()")
_FIN = re.compile(r"[\s,;.]+$")
_REPRESENTE = re.compile(
    r"[\s,;(–-]*(?:(?:lui|elle)-m[êe]me\s+)?(?:(?:était|est|qui est|qui était|s['’]est "
    r"fait|excus[ée]{1,2}s?,?(?: et)?)\s+)?"
    r"(?:repr[ée]sent(?:[ée]e?s?|er)(?:\(e\))?|suppl[ée]{2}e?s?|remplac[ée]e?s?)\s+par\s*:?\s*",
    re.I,
)
_QUALITE = re.compile(r"\ben (?:sa |leur )?qualit[ée] (?:de |d['’])", re.I)
_STRUCTURE_MOT = (
    r"association|union|f[ée]d[ée]ration|mission locale|mairie|communaut[ée]|conseil|ligue|"
    r"office|direction|secours|croix[- ]rouge|"
    r"chambre|caisse|maison|centre|coll[èe]ge|comit[ée]|collectif|fondation|groupe(?:ment)?|"
    r"agence|agglom[ée]ration|service|"
    r"pr[ée]fecture|sous-pr[ée]fecture|syndicat|soci[ée]t[ée]|point d['’]information|antenne|"
    r"d[ée]l[ée]gation|r[ée]seau|p[ôo]le|"
    r"universit[ée]|rectorat|tribunal|gendarmerie|la poste|ville|commune|d[ée]partement|r[ée]gion|organisation|ordre"
)
_STRUCTURE = re.compile(rf"(?:l['’]|la |le |les )?(?:{_STRUCTURE_MOT})\b", re.I)
_EXTERIEUR = "|".join(
    m
    for m in _STRUCTURE_MOT.split("|")
    if m not in ("service", "p[ôo]le", "office", "direction", "centre", "groupe(?:ment)?")
) + (
    r"|direction (?:d[ée]partementale|r[ée]gionale|g[ée]n[ée]rale)|office (?:fran[çc]ais|"
    r"national|public|de tourisme)|groupe (?=[A-Z])|centre (?:communal|intercommunal|hospitalier|"
    r"social|d['’]information)"
)
_DANS = re.compile(
    r"(?:\bde la |\bdu |\bde l['’]|\bd['’]|\bdes |\bde |\bà la |\bau |\bà l['’]|\bpour "
    rf"(?:la |le |l['’]))\s?((?:{_EXTERIEUR})\b.*)",
    re.I,
)
_REPRESENTANT = re.compile(
    r"^(?:le |la |l['’]|une? )?repr[ée]sentante?s?\s+(?:de la |du |des |de l['’]|de |d['’]|l['’]|la |le |les )?(.*)$",
    re.I,
)
_REPRESENTANT_NU = re.compile(r"^repr[ée]sentant\s+(?=M\.|Mme|Mlle)", re.I)
_EN_TETE = re.compile(
    r"(?:(?:noms?|pr[ée]noms?|et|fonctions?|qualit[ée]s?|structures?|organismes?|services?|"
    r"titres?|membres?|pr[ée]sents?|excus[ée]s?|repr[ée]sentants?|"
    r"[ée]margements?|signatures?|civilit[ée]s?|coll[èe]ges?)(?:[\s/,&-]+|$)){2,8}",
    re.I,
)
_EN_TETE_STRUCTURE = re.compile(r"structure|organisme|association|service|entit|administration", re.I)
_EN_TETE_FONCTION = re.compile(r"fonction|qualit|titre", re.I)
_DANS_SIGLE = re.compile(
    r"(?:\bde la |\bdu |\bde l['’]|\bdes |\bà la |\bau |\bà l['’])"
    r"(?P<nom>[A-Z][A-Z0-9.&-]*[A-Z0-9](?:[ -]\d+)?)\b"
)
_ELU_OU_PREFET = re.compile(r"\b(?:maires?|pr[ée]f[eè]te?|conseill[eè]re?)\b", re.I)
"""« maire du … » is followed by a place, even in capitals."""
_ET = re.compile(r"^\s*(?:et|ainsi que)\s+")
_METIER = re.compile(
    r"\b(?:attach|ing[ée]nieur|avocat|m[ée]decin|stagiaire|retrait|usag|juriste|assistant|technicien|comptable|"
    r"lieutenant|commissaire|major\b|adjudant|notaire|architecte|enseignant|professeur|infirmi|interpr[èe]te|"
    r"greffi|sous-direct|formateur|formatrice|prestataire|consultant|procureur|officier|cadre|guichet|informatic|"
    r"standard|accueil|b[ée]n[ée]vole\b|titulaire|suppl[ée]ant|excus|absent|pouvoir|en qualit|repr[ée]sent|p[ôo]le|"
    r"bureau|mission\b)",
    re.I,
)
_SIGLE = re.compile(r"[A-Z][\w.&'’-]*[A-Z]")


@dataclass(slots=True)
class Colonnes:
    """What each cell of a table of attendance holds: its rank for the function and for the structure."""

    nombre: int
    fonction: int | None = None
    structure: int | None = None


def lire_colonnes(texte: str) -> Colonnes | None:
    """The heading row « Nom | Qualité | Structure » of a table; else None."""
    cellules = _cellules(texte)
    if len(cellules) < 2 or not all(_EN_TETE.fullmatch(cellule.strip("* ")) for cellule in cellules):
        return None
    colonnes = Colonnes(len(cellules))
    for rang, cellule in enumerate(cellules):
        if _EN_TETE_STRUCTURE.search(cellule) and colonnes.structure is None:
            colonnes.structure = rang
        elif _EN_TETE_FONCTION.search(cellule) and colonnes.fonction is None:
            colonnes.fonction = rang
    return colonnes


def est_en_tete(texte: str) -> bool:
    return bool(_EN_TETE.fullmatch(" ".join(texte.split()).strip("* ")))


def est_neant(texte: str) -> bool:
    return bool(re.fullmatch(r"(?:n[ée]ant|aucune?|personne|/|sans objet)", texte.strip(_MARGES + "-–.;,"), re.I))


def _cellules(texte: str) -> list[str]:
    return [c.strip(_MARGES) for c in re.split(r"\t+|\s{3,}", texte.strip(_MARGES + "*")) if c.strip(_MARGES)]


def lire_rang(texte: str, colonnes: Colonnes | None = None) -> LigneLue:
    """Read a row; ``texte`` is kept as it is."""
    ligne = LigneLue(texte)
    nu = _PUCE.sub("", texte.replace("**", "")).strip(_MARGES + "*")
    nu = re.sub(r"^(?:et|ainsi que)\s+(?=M|Mme|la |le |les |l['’])", "", nu)
    if _EN_TETE.fullmatch(nu):
        return ligne
    cellules = _cellules(nu)
    if colonnes and len(cellules) == colonnes.nombre > 2 and _lire_tableau(ligne, cellules, colonnes):
        return ligne
    if len(cellules) > 1:
        _lire_cellules(ligne, cellules)
    else:
        _lire_phrase(ligne, nu)
    return ligne


def _lire_tableau(ligne: LigneLue, cellules: list[str], colonnes: Colonnes) -> bool:
    """A row of a table whose columns are known."""
    autres = [i for i in range(len(cellules)) if i not in (colonnes.fonction, colonnes.structure)]
    if not autres or (colonnes.fonction is None and colonnes.structure is None):
        return False
    noms = " ".join(cellules[i] for i in autres if i == autres[0] or i == autres[0] + 1)
    personnes, reste = lire_personnes(noms, sans_civilite=True)
    if not personnes or reste.strip(" ,;."):
        return False
    ligne.personnes = personnes
    if colonnes.fonction is not None:
        _lire_fonction(ligne, cellules[colonnes.fonction], garder_structure=colonnes.structure is not None)
    if colonnes.structure is not None:
        ligne.structure = _FIN.sub("", cellules[colonnes.structure]) or ligne.structure
    return True


def _fonction_et_structure(ligne: LigneLue, cellules: list[str]) -> bool:
    """« function | structure » after the name, in this order or the other."""
    if len(cellules) != 2 or _REPRESENTE.search(" ".join(cellules)):
        return False
    offices = [bool(OFFICE.match(cellule)) for cellule in cellules]
    if offices[0] == offices[1]:
        return False
    fonction, structure = cellules if offices[0] else cellules[::-1]
    if structure[:1].islower():
        return False
    ligne.fonction, ligne.structure = _FIN.sub("", fonction), _FIN.sub("", structure)
    return True


def _lire_cellules(ligne: LigneLue, cellules: list[str]) -> None:
    personnes, reste = lire_personnes(cellules[0], sans_civilite=True)
    if personnes and (personnes[0].civilite or semble_personne(cellules[0]) or not _rang_inverse(cellules)):
        ligne.personnes = personnes
        if not _SEPARATEURS.sub("", reste) and _fonction_et_structure(ligne, cellules[1:]):
            return
        suite = ", ".join([c for c in [_SEPARATEURS.sub("", reste), *cellules[1:]] if c])
        _lire_fonction(ligne, suite)
        return
    inverse = next((i for i, c in enumerate(cellules) if i and _rang_inverse(["", c])), None)
    if inverse is not None:
        ligne.personnes, reste = lire_personnes(cellules[inverse], sans_civilite=True)
        autres = [c for i, c in enumerate(cellules) if i != inverse]
        _lire_qualite_ou_structure(ligne, autres[0])
        if len(autres) > 1:
            ligne.fonction = _FIN.sub("", ", ".join(autres[1:] if ligne.structure else autres))
        return
    _lire_phrase(ligne, ", ".join(cellules))


def _rang_inverse(cellules: list[str]) -> bool:
    seconde = cellules[1] if len(cellules) > 1 else ""
    return bool(lire_personnes(seconde)[0]) or semble_personne(seconde)


def _lire_phrase(ligne: LigneLue, nu: str) -> None:
    personnes, reste = lire_personnes(nu)
    if personnes:
        ligne.personnes = personnes
        if len(personnes) == 1 or "(" not in nu[: len(nu) - len(reste)]:
            _lire_fonction(ligne, _SEPARATEURS.sub("", reste))
        return
    gauche, deux_points, droite = nu.partition(":")
    if deux_points and _lire_deux_points(ligne, gauche.strip(_MARGES), droite.strip(_MARGES)):
        return
    debut = re.split(r",|\s[–—-]\s|\(|:", nu, maxsplit=1)[0].strip(_MARGES + ".;")
    if semble_personne(debut) and not _SIGLE_SEUL(debut, nu):
        ligne.personnes, _ = lire_personnes(debut, sans_civilite=True)
        _lire_fonction(ligne, _SEPARATEURS.sub("", nu[nu.index(debut) + len(debut) :]))
        return
    _lire_sans_nom(ligne, nu)


def _SIGLE_SEUL(debut: str, nu: str) -> bool:
    """« UFC Nantes », « CAF Bretagne » alone are structures: a person is followed by a function."""
    return debut == nu.strip(_MARGES + ".;,") and any(en_capitales(m) and len(m) <= 5 for m in debut.split())


def _lire_deux_points(ligne: LigneLue, gauche: str, droite: str) -> bool:
    """« structure : persons », « function : person »."""
    representant = _REPRESENTE.match(droite)
    if representant:
        _lire_qualite_ou_structure(ligne, gauche)
        ligne.represente_par = _nom_seul(droite[representant.end() :])
        return True
    personnes, reste = lire_personnes(droite, sans_civilite=semble_personne(re.split(r"[,;(]", droite)[0]))
    if not personnes:
        return False
    ligne.personnes = personnes
    _lire_qualite_ou_structure(ligne, gauche)
    suite = _SEPARATEURS.sub("", reste)
    autres = [p for partie in _virgules(suite)[1:] for p in lire_personnes(_ET.sub("", partie))[0]]
    if autres:
        ligne.personnes = [*personnes, *autres]
        return True
    if suite:
        fonction = ligne.fonction
        _lire_fonction(ligne, suite, garder_structure=True)
        ligne.fonction = fonction or ligne.fonction
    return True


def _lire_qualite_ou_structure(ligne: LigneLue, gauche: str) -> None:
    propre = _FIN.sub("", gauche)
    if OFFICE.match(propre) or OFFICE_DEBUT.match(propre):
        ligne.fonction = propre
        ligne.structure = _dans(propre)
    else:
        ligne.structure = propre or None


def _lire_fonction(ligne: LigneLue, suite: str, *, garder_structure: bool = False) -> None:
    """What follows the name: function, structure, « représenté par »."""
    suite = suite.strip(_MARGES)
    representant = _REPRESENTE.search(suite)
    if representant:
        ligne.represente_par = _nom_seul(suite[representant.end() :])
        suite = suite[: representant.start()]
    propre = _FIN.sub("", suite).strip(_MARGES)
    entre_parentheses = propre.startswith("(") and propre.endswith(")") and "(" not in propre[1:]
    if entre_parentheses:
        propre = propre[1:-1]
    if not propre:
        return
    if _nom_de_structure(propre, entre_parentheses):
        ligne.structure = propre
        return
    if _REPRESENTANT_NU.match(propre):
        ligne.fonction = propre
        return
    qualite = _QUALITE.search(propre)
    if qualite:
        ligne.en_qualite_de = propre[qualite.end() :].strip()
    structure = _structure_dans(propre)
    if structure == propre:
        ligne.structure = structure
        return
    ligne.fonction = propre
    if structure and not garder_structure:
        ligne.structure = structure


def est_structure(texte: str) -> bool:
    """A body opens ``texte``: « caisse d'allocations », « CPAM »."""
    return bool(_STRUCTURE.match(texte) or _SIGLE.match(texte))


def _nom_de_structure(texte: str, entre_parentheses: bool) -> bool:
    """« Familles rurales », « Accueil et Partage »: a proper name, neither an office nor a trade."""
    if "," in texte or not texte[:1].isupper() or OFFICE.search(texte) or _METIER.search(texte):
        return False
    capitales = sum(1 for mot in texte.split() if mot[:1].isupper())
    return entre_parentheses or (capitales >= 2 and not lire_personnes(texte)[0])


def _structure_dans(fonction: str) -> str | None:
    """The structure a function names, when it is clear: a part between commas, or « président de l'association X »."""
    parties = [p.strip() for p in _virgules(fonction)]
    if _STRUCTURE.match(parties[0]) and not OFFICE.match(parties[0]):
        return fonction if len(parties) == 1 or not OFFICE.search(" ".join(parties[1:])) else parties[0]
    if len(parties) == 1 and not OFFICE.search(fonction) and _SIGLE.match(fonction):
        return fonction
    for rang, partie in enumerate(parties[1:], 1):
        if _STRUCTURE.match(partie):
            return ", ".join(parties[rang:])
    trouve = _REPRESENTANT.match(fonction)
    if trouve and trouve[1]:
        return trouve[1]
    representes = [lu[1] for partie in parties[1:] if (lu := _REPRESENTANT.match(partie)) and lu[1]]
    return _dans(parties[0]) or (representes[0] if representes else None)


def _dans(fonction: str) -> str | None:
    """« association X » in « président de l'association X – adjoint de … »: up to the next function."""
    trouve = _DANS.search(fonction)
    if not trouve:
        sigle = _DANS_SIGLE.search(fonction)
        return sigle["nom"] if sigle and OFFICE.search(fonction) and not _ELU_OU_PREFET.search(fonction) else None
    morceaux = re.split(r"(\s[–—-]\s|\set\s)", trouve[1])
    sortie = morceaux[0]
    for separateur, morceau in zip(morceaux[1::2], morceaux[2::2], strict=False):
        if OFFICE.match(morceau):
            break
        sortie += separateur + morceau
    return sortie.strip()


def _lire_sans_nom(ligne: LigneLue, nu: str) -> None:
    """« M. le représentant de l'Union … », « la CAF », « le maire de … »: nobody is named."""
    representant = _REPRESENTE.search(nu)
    if representant:
        ligne.represente_par = _nom_seul(nu[representant.end() :])
        nu = nu[: representant.start()]
    propre = _FIN.sub("", re.sub(r"^(?:MM?\.|Mmes?|Monsieur|Madame|Messieurs|Mesdames)\s+", "", nu.strip()))
    trouve = _REPRESENTANT.match(propre)
    if trouve and trouve[1]:
        ligne.fonction = (
            "représentant" if propre == trouve[1] else propre[: len(propre) - len(trouve[1])].strip() or None
        )
        ligne.structure = trouve[1]
        ligne.fonction = None
        return
    if re.match(r"(?:un |une )?\d+\s|(?:une |un )\w+aine\b|voir\b|cf\b|selon\b", propre) or est_neant(propre):
        return
    if OFFICE.match(re.sub(r"^(?:le|la|les|l['’])\s?", "", propre, flags=re.I)):
        ligne.fonction = propre
        ligne.structure = _dans(propre)
        return
    ligne.structure = propre or None


def _nom_seul(texte: str) -> str | None:
    """« Mme X » in « Mme X, chef du bureau »; the whole when no name is read."""
    personnes, reste = lire_personnes(texte)
    propre = _FIN.sub("", texte.strip(_MARGES)).rstrip(")")
    return texte[: len(texte) - len(reste)].strip(_MARGES + ",;.") if personnes else propre or None


def _virgules(texte: str) -> list[str]:
    """Parts between the commas that stand outside parentheses and « »."""
    return decouper(texte, ",")


def decouper(texte: str, separateurs: str) -> list[str]:
    """Split on any of ``separateurs`` outside parentheses and quotes; an unclosed one does not swallow the rest."""
    fermes = {"(": ")", "«": "»", "[": "]"}
    attendus = {ouvrante: texte.count(fermante) for ouvrante, fermante in fermes.items()}
    parties, debut, pile = [], 0, []
    for i, lettre in enumerate(texte):
        if lettre in fermes and attendus[lettre] > 0:
            pile.append(fermes[lettre])
            attendus[lettre] -= 1
        elif pile and lettre == pile[-1]:
            pile.pop()
        elif not pile and lettre in separateurs:
            parties.append(texte[debut:i])
            debut = i + 1
    return [*parties, texte[debut:]]


def personnes_de(lignes: list[LigneLue]) -> list[PersonneLue]:
    return [personne for ligne in lignes for personne in ligne.personnes]

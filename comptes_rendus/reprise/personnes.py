"""Names of persons as minutes write them, and who speaks at the start of a paragraph."""

from __future__ import annotations

import re

from .lexique import (
    AUXILIAIRES,
    CIVILITE,
    DETERMINANTS,
    INTERCALES,
    NOMS_AUSSI,
    OFFICE,
    OFFICE_DEBUT,
    PARTICIPES_PAROLE,
    VERBES_PAROLE,
    VERBES_PHRASE,
    plier,
    verbes,
)
from .structure import PersonneLue

_CIVILITE = re.compile(rf"\s*({CIVILITE})[\s\u00a0\u202f]+")
_COUPLE = re.compile(r"\s*(?:M\.|Monsieur)\s+et\s+(?:Mme|Madame)\s+")
_JETON = re.compile(r"\s*([^\s,;:()\[\]\t«»\"/]+)")
_PARTICULES = frozenset("de du des d' la le les van von der den el al ben bin di da dos del della y".split())
_LIEN = re.compile(r"\s*(?:,\s*et\s|et\s|ou\s|&|/|,|;)\s*")
_ENTRE_PARENTHESES = re.compile(r"\s*\([^()]{1,120}\)")
_NOM = re.compile(r"(?:[dDlLoO]['’])?[A-ZÀ-ÖØ-ÝŒÆŠŽ][\w'’.-]*$")
_SINGULIER = {
    "mmes": "Mme",
    "mesdames": "Mme",
    "madame": "Mme",
    "mm": "M.",
    "messieurs": "M.",
    "monsieur": "M.",
    "m": "M.",
}
_SINGULIER |= {"mme": "Mme", "mlle": "Mlle", "mlles": "Mlle", "melle": "Mlle", "melles": "Mlle", "mademoiselle": "Mlle"}
_SINGULIER |= {"me": "Me", "dr": "Dr", "pr": "Pr"}
_PLURIELS = ("mmes", "mm", "mesdames", "messieurs", "mlles", "melles")


def civilite_lue(ecrite: str) -> str:
    return _SINGULIER.get(ecrite.strip().rstrip(".").lower(), ecrite.strip())


def en_capitales(mot: str) -> bool:
    """A family name as minutes print it: in capitals, but for a particle or « Mc »."""
    lettres = [lettre for lettre in mot if lettre.isalpha()]
    return len(lettres) > 1 and sum(lettre.isupper() for lettre in lettres) > 0.65 * len(lettres)


def lire_personnes(texte: str, *, sans_civilite: bool = False) -> tuple[list[PersonneLue], str]:
    """Persons at the start of ``texte``, and what follows them. Nothing read: ``([], texte)``."""
    couple = _COUPLE.match(texte)
    if couple:
        nom, suite = _nom(texte[couple.end() :])
        if nom:
            return [_personne("M.", nom), _personne("Mme", nom)], suite
    trouvees: list[PersonneLue] = []
    reste, civilite, pluriel = texte, None, False
    while len(trouvees) < 30:
        marque = _CIVILITE.match(reste)
        if marque:
            brute = marque[1].strip().rstrip(".").lower()
            civilite, pluriel = civilite_lue(marque[1]), brute in _PLURIELS
            apres = reste[marque.end() :]
        elif pluriel or (sans_civilite and not trouvees):
            apres = reste
        else:
            break
        nom, suite = ([], apres) if OFFICE_DEBUT.match(apres) else _nom(apres)
        if not nom:
            break
        trouvees.append(_personne(civilite, nom))
        texte = suite
        if pluriel and (note := _ENTRE_PARENTHESES.match(suite)) and _un_autre_nom(suite[note.end() :]):
            suite = suite[note.end() :]
        lien = _LIEN.match(suite)
        if not lien or not (
            _CIVILITE.match(suite[lien.end() :]) or (pluriel and _nom_en_capitales(suite[lien.end() :]))
        ):
            break
        reste = suite[lien.end() :]
    return trouvees, texte


def _un_autre_nom(suite: str) -> bool:
    """« …, Line CROZ » after « Mmes Aude BRICE (SGC) »: the list of names goes on."""
    lien = _LIEN.match(suite)
    return bool(lien) and _nom_en_capitales(suite[lien.end() :]) if lien else False


def _nom_en_capitales(texte: str) -> bool:
    nom, _ = _nom(texte)
    return any(en_capitales(mot) for mot in nom)


def _nom(texte: str) -> tuple[list[str], str]:
    """The words of a name at the start of ``texte`` (at most 7), and the rest."""
    mots: list[str] = []
    place = 0
    capitales = False
    while len(mots) < 7:
        trouve = _JETON.match(texte, place)
        if not trouve:
            break
        mot = trouve[1]
        particule = mot.lower() in _PARTICULES or mot.lower() in ("d’", "l’")
        if particule and not _particule_de_nom(texte, trouve.end(), capitales, bool(mots)):
            break
        if not particule and (not _NOM.match(mot) or (capitales and not en_capitales(mot) and OFFICE.match(mot))):
            break
        if mot.endswith(".") and len(mot) > 3 and not mot.endswith("-"):
            mot, fin = mot.rstrip("."), trouve.start(1) + len(mot.rstrip("."))
            mots.append(mot)
            return mots, texte[fin:]
        capitales = capitales or en_capitales(mot)
        mots.append(mot)
        place = trouve.end()
    return mots, texte[place:]


def _particule_de_nom(texte: str, place: int, capitales: bool, entame: bool) -> bool:
    """« de » goes on the name when a name word follows (« de LA », « Le Goff »), not « Mme X de la mairie »."""
    for _ in range(3):
        trouve = _JETON.match(texte, place)
        if not trouve:
            return False
        mot = trouve[1]
        if mot.lower() in _PARTICULES and not _NOM.match(mot):
            place = trouve.end()
            continue
        if not _NOM.match(mot):
            return False
        return en_capitales(mot) if capitales else True
    return False


def _personne(civilite: str | None, mots: list[str]) -> PersonneLue:
    if len(mots) == 1:
        return PersonneLue(civilite, None, mots[0])
    marques = [en_capitales(mot) or _initiale_de_nom(mot, mots) for mot in mots]
    if all(marques) or not any(marques):
        if all(marques):
            return PersonneLue(civilite, None, " ".join(mots))
        coupe = next((i for i, mot in enumerate(mots) if i and mot.lower() in _PARTICULES), 1)
        return PersonneLue(civilite, " ".join(mots[:coupe]), " ".join(mots[coupe:]))
    premier = marques.index(True)
    dernier = len(marques) - 1 - marques[::-1].index(True)
    while premier and mots[premier - 1].lower() in _PARTICULES:
        premier -= 1
    prenom = " ".join([*mots[:premier], *mots[dernier + 1 :]])
    return PersonneLue(civilite, prenom or None, " ".join(mots[premier : dernier + 1]))


def _initiale_de_nom(mot: str, mots: list[str]) -> bool:
    return False if len(mot) > 1 else mot.isupper() and mot == mots[-1] and len(mots) > 2


def semble_personne(texte: str) -> bool:
    """« NOM Prénom » or « Prénom NOM » alone, no civility: one word in capitals and one not, nothing else."""
    mots, reste = _nom(texte)
    if reste.strip(" .,;:") or not 2 <= len(mots) <= 5:
        return False
    capitales = [en_capitales(mot) for mot in mots]
    return any(capitales) and not all(capitales) and all(mot[0].isupper() or mot.lower() in _PARTICULES for mot in mots)


# --- who speaks -----------------------------------------------------------------------------------------------------

_MOT = re.compile(r"[\w'’.-]+|[,;:.!?()«»\"\n]")
_GLYPHE_DEBUT = re.compile(r"^(?:[>→➢◆❖▪•✓*-]\s*|\*\*)+")
_AMORCE = re.compile(
    rf"(?:[^.;:!?\n]|\.(?=\w)){{1,200}}?,\s+(?=(?:{CIVILITE}[\s\u00a0]|(?:la|le|les)\s+(?:sous-)?(?:pr[ée]f|"
    r"secr[ée]taire|membres|participants|direct)))",
    re.I,
)
_CONNECTEUR = re.compile(
    r"(?:n[ée]anmoins|toutefois|cependant|ensuite|enfin|puis|aussi|ainsi|alors|par ailleurs|"
    r"en r[ée]ponse|en outre|de plus|"
    r"en conclusion|en introduction|en pr[ée]ambule|[àa] ce sujet|sur ce point|pour conclure|pour sa part),?\s+",
    re.I,
)
_PRONOM = re.compile(r"(?:il|elle|ils|elles)\b", re.I)
_PREDICAT_ETAT = re.compile(
    r"(?:est|sont|était|se dit|se montre)\s+(?:\w+\s)?(?:favorables?|d[ée]favorables?|d['’]avis|"
    r"d['’]accord|satisfaite?s?|"
    r"surprise?s?|inqui[eè]te?s?|oppos[ée]e?s?|conscient|r[ée]serv[ée]e?s?)"
)
_CORPS_PARLE = re.compile(
    r"((?:L['’]|La |Le )[A-Z][A-Z0-9&.-]{2,}(?:[ -][A-ZÀ-Ý][\w'’-]+){0,3})\s+(?:s['’])?"
    r"(?:demande|indique|pr[ée]cise|signale|r[ée]pond|interroge|propose|souligne|rappelle|sugg[èe]re|remarque|souhaite)\b"
)
_SE_PRONOM = frozenset(("se", "s'", "s"))


def orateur(texte: str) -> str | None:
    """Who speaks, as written, when the paragraph starts with someone and a verb of speech; else None."""
    debut = _GLYPHE_DEBUT.sub("", texte[:700]).replace("**", "").lstrip()
    for essai in _departs(debut):
        nom = _sujet_et_verbe(essai)
        if nom:
            return nom
    return None


def _departs(debut: str) -> list[str]:
    departs = [debut]
    connecteur = _CONNECTEUR.match(debut)
    if connecteur:
        departs.append(debut[connecteur.end() :])
    amorce = _AMORCE.match(debut)
    if amorce and not verbes(amorce[0]):
        departs.append(debut[amorce.end() :])
    return departs


def _sujet_et_verbe(debut: str) -> str | None:
    civilite = _CIVILITE.match(debut)
    if civilite and OFFICE_DEBUT.match(debut[civilite.end() :]):
        return _office(debut)
    if civilite:
        personnes, reste = lire_personnes(debut)
        if personnes:
            sujet = debut[: len(debut) - len(reste)].strip()
            return sujet if _verbe_suit(reste) else None
        return _office(debut)
    if OFFICE_DEBUT.match(debut):
        return _office(debut)
    return _sans_civilite(debut)


def _sans_civilite(debut: str) -> str | None:
    """« Lucie BONNARD rappelle », « L'UDAF demande »: a full name, or a body known by its letters."""
    corps = _CORPS_PARLE.match(debut)
    if corps:
        return corps[1]
    mots, reste = _nom(debut[:80])
    sujet = debut[: len(debut[:80]) - len(reste)].strip()
    if not 2 <= len(mots) <= 4 or mots[0].lower() in _PARTICULES or not semble_personne(sujet):
        return None
    suite = debut[len(debut[:80]) - len(reste) :].lstrip()
    civils = any(_CIVILITE.match(f"{mot} ") for mot in mots)
    return None if civils or suite.startswith("en ") or not _verbe_suit(suite) else sujet


def _office(debut: str) -> str | None:
    """« Le délégué à … », « Mme la Secrétaire générale », « Les membres »: what stands before the verb of speech."""
    precedent = ""
    fin_sujet: int | None = None
    for rang, trouve in enumerate(_MOT.finditer(debut)):
        mot = trouve[0]
        if rang > 28 or mot in ".;:!?\n«»":
            return None
        if mot in ",(":
            fin_sujet = trouve.start() if fin_sujet is None else fin_sujet
            if mot == "," and _verbe_suit(debut[trouve.start() :]):
                return debut[:fin_sujet].strip()
        plie = plier(mot)
        libre = plier(precedent) not in DETERMINANTS or (precedent == "en" and mot not in NOMS_AUSSI)
        if rang and mot[0].islower() and libre and _dit(debut, trouve.start()):
            return _sans_intercales(debut[: fin_sujet if fin_sujet is not None else trouve.start()])
        if rang and mot in VERBES_PHRASE and plier(precedent) not in DETERMINANTS:
            return None
        precedent = plie if mot not in ",()" else ""
    return None


def _sans_intercales(sujet: str) -> str:
    mots = sujet.strip().split()
    while len(mots) > 2 and plier(mots[-1]) in INTERCALES and plier(mots[-1]) not in ("et",):
        mots.pop()
    propre = " ".join(mots).strip(" ,")
    return re.sub(r"\s+(?:s['’]|n['’]|l['’]|en|y)$", "", propre)


def _verbe_suit(reste: str) -> bool:
    """After the subject: maybe an apposition between commas, a few adverbs or pronouns, then a verb of speech."""
    reste = reste.lstrip(" \u00a0*")
    if reste.startswith("("):
        ferme = reste.find(")", 0, 200)
        reste = reste[ferme + 1 :].lstrip() if ferme > 0 else reste
    if reste.startswith(","):
        place = 0
        for _ in range(6):
            place = reste.find(",", place + 1, 330)
            if place < 0:
                return False
            if re.search(r"[.;:!?]\s", reste[:place]):
                return False
            if _verbe_proche(reste[place + 1 :]):
                return True
        return False
    return _verbe_proche(reste)


def _verbe_proche(reste: str) -> bool:
    place = 0
    for _ in range(7):
        trouve = re.compile(r"\s*([\w-]+['’]?)").match(reste, place)
        if not trouve:
            virgule = re.compile(r"\s*,").match(reste, place)
            if not virgule:
                return False
            place = virgule.end()
            continue
        if _dit(reste, trouve.start(1)):
            return True
        if plier(trouve[1]) not in INTERCALES:
            return False
        place = trouve.end()
    return False


def _dit(texte: str, place: int) -> bool:
    """A verb of speech stands at ``place``: « précise », « a indiqué », « est favorable »."""
    trouve = re.compile(r"(?:[sSnNlL]['’])?([\w-]+)").match(texte, place)
    if not trouve:
        return False
    mot = trouve[1]
    if mot in VERBES_PAROLE:
        return True
    if mot in AUXILIAIRES or mot in ("se", "était"):
        if _PREDICAT_ETAT.match(texte, trouve.start(1)):
            return True
        suite = re.findall(r"[\w'’-]+", texte[trouve.end() : trouve.end() + 60])[:3]
        return mot in AUXILIAIRES and any(_participe(mot_suivant) for mot_suivant in suite[:2])
    return False


def _participe(mot: str) -> bool:
    return mot in PARTICIPES_PAROLE or (mot.endswith(("ée", "és")) and mot[:-1] in PARTICIPES_PAROLE)


def parle_au_pronom(texte: str) -> str | None:
    """« Elle souligne… »: the pronoun when a person (not « il est rappelé ») speaks; else None."""
    debut = _GLYPHE_DEBUT.sub("", texte[:300]).lstrip()
    for essai in _departs(debut):
        trouve = _PRONOM.match(essai)
        if trouve and _verbe_proche(essai[trouve.end() :]) and not _impersonnel(essai):
            return trouve[0].lower()
    return None


def _impersonnel(texte: str) -> bool:
    return bool(
        re.match(
            r"il\s+(?:en\s+|y\s+|n['’]\w*\s*)?(?:s['’]agit|faut|convient|est|était|a été|sera|y "
            r"a|reste|importe|appartient|ressort|résulte|existe|permet|concerne|comprend|appara[iî]t|"
            r"semble|devient|suffit|dispose)\b",
            texte,
            re.I,
        )
    )

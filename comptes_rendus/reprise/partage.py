"""A list of persons and bodies written as one sentence: where one row ends and the next begins."""

from __future__ import annotations

import re
from itertools import pairwise

from .lexique import CIVILITE, OFFICE
from .personnes import lire_personnes
from .rangs import decouper, est_structure

_ET_PERSONNE = re.compile(rf"(?<!\bM\.)(?<!\bMonsieur)\s+(?=(?:et|ainsi que)\s+(?:{CIVILITE})\s)")
_PERSONNE_SUIT = re.compile(rf"\s*(?:et\s+|ainsi que\s+)?(?:{CIVILITE})[\s\u00a0]+(?!(?:le|la|l['’])\b)")
_CORPS_SUIT = re.compile(r"\s*(?:et\s+|ainsi que\s+)?(?:le|la|les|l['’]|une?)\s?(?P<nom>.+)$", re.S)
_SUITE_DE_NOM = re.compile(r"\s*(?:du|de|des|d['’]|et|à|aux?)\b")
_ET_NOM = re.compile(r"\s*et\s+[A-ZÀ-Ý]")


def rangs_en_ligne(texte: str) -> list[str]:
    """Rows of a list written as one sentence; each keeps the comma or the semicolon after it."""
    if ";" in texte:
        return _avec_separateur(texte, ";")
    if lire_personnes(texte)[0]:
        return rangs_de_personnes(texte)
    return _avec_separateur(texte, ",")


def rangs_de_personnes(texte: str) -> list[str]:
    """« M. A (X), Mme B, maire, et M. C »: a person or a body after a comma opens a row of its own."""
    rangs: list[str] = []
    parties = decouper(texte, ",")
    for rang, partie in enumerate(parties):
        morceau = partie + ("," if rang < len(parties) - 1 else "")
        if rangs and not _ouvre(rangs[-1], partie):
            rangs[-1] += morceau
        else:
            rangs.append(morceau)
    return [nu for rang in rangs for coupe in _ET_PERSONNE.split(rang) if (nu := coupe.strip())]


def _ouvre(avant: str, partie: str) -> bool:
    if _PERSONNE_SUIT.match(partie):
        return True
    corps = _CORPS_SUIT.match(partie)
    return bool(corps and est_structure(corps["nom"]) and not OFFICE.match(corps["nom"]) and _complet(avant))


def _complet(rang: str) -> bool:
    """The row already says what the person is, or is about a body."""
    personnes, reste = lire_personnes(rang)
    return not personnes or bool(reste.strip(" \u00a0,;.–-"))


def plusieurs_en_un(texte: str) -> list[str]:
    """A line of its own that holds several persons, each with a function: « M. A (X), Mme B (Y) »."""
    parties = [partie for partie in decouper(texte, ",;") if partie.strip()]
    debuts = [rang for rang, partie in enumerate(parties) if _PERSONNE_SUIT.match(partie)]
    if len(debuts) < 2 or debuts[0] != 0 or "\t" in texte:
        return [texte]
    bornes = [*debuts, len(parties)]
    dits = [",".join(parties[debut:fin]) for debut, fin in pairwise(bornes)]
    if not all(_complet(dit) for dit in dits):
        return [texte]
    return [rang for morceau in _avec_separateur(texte, ";") for rang in rangs_de_personnes(morceau)]


def _avec_separateur(texte: str, separateur: str) -> list[str]:
    parties = decouper(texte, separateur)
    fusion: list[str] = []
    for partie in parties:
        if fusion and separateur == "," and _SUITE_DE_NOM.match(partie) and not _ET_NOM.match(partie):
            fusion[-1] += separateur + partie
        else:
            fusion.append(partie)
    rangs = [f"{partie.lstrip()}{separateur}" for partie in fusion[:-1]] + [fusion[-1].strip()]
    return [rang for rang in rangs if rang.strip(" \u00a0;,")]

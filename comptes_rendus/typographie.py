"""French typography on the text nodes of an HTML string: spaces and apostrophes, never a word.

What it does (Lexique de l'Imprimerie nationale, as the State's letters are set): ’ for the straight apostrophe of an
elision; U+00A0 before « : » and inside « »; U+202F before ; ? ! % and between groups of thousands; U+00A0 after M.,
Mme, n°, between a number and its unit, inside a date. « 14h30 » stays as written. Addresses (web, mail), attributes,
<code>, <pre>, <style> and <script> are left alone. Applying it twice changes nothing more.
"""

from __future__ import annotations

import html as _html
import re

INSECABLE = "\u00a0"
FINE = "\u202f"

_BLANC = "[ \u00a0\u202f\u2009]"
_LETTRE = r"[^\W\d_]"
_MORCEAUX = re.compile(
    r"(<!--.*?-->|<(?P<nom>style|script|pre|code|textarea)\b.*?</(?P=nom)\s*>|<[^<>]*>)", re.DOTALL | re.IGNORECASE
)
# Bounded repeats: a text made to measure must not take quadratic time.
_ADRESSE = re.compile(
    r"((?:https?://|mailto:|www\.)[^\s<>«»]+"
    r"|[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:fr|com|org|net|eu)\b[^\s<>«»]*)",
    re.IGNORECASE,
)
_INDICE = re.compile(r"@|://|www\.|mailto:|\.(?:fr|com|org|net|eu)\b", re.IGNORECASE)
_UNITES = (
    "heures?|minutes?|secondes?|jours?|semaines?|mois|ans?|années?|euros?|€|km|m²|m|kg|Mo|Go|°C|"
    "habitants?|pages?|personnes?|usagers?|pour cent"
)
_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

_MILLIERS = re.compile(rf"(?<![\d,.])(?<!\d{_BLANC})\d{{1,3}}(?:{_BLANC}\d{{3}})++(?!\d|{_BLANC}\d)")

_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Elision: a letter before, then a letter, a digit, a guillemet or the end of the node (« l'<em>État</em> »).
    (re.compile(rf"(?<={_LETTRE})'(?={_LETTRE}|\d|{_BLANC}?«|$)"), "’"),
    (re.compile(rf"«{_BLANC}*(?=\S)"), f"«{INSECABLE}"),
    (re.compile(rf"(?<=\S){_BLANC}*»"), f"{INSECABLE}»"),
    (re.compile(rf"(?<=[\w)\]»”\"’%.…]){_BLANC}+:(?!\S)"), f"{INSECABLE}:"),
    (re.compile(rf"^{_BLANC}+:(?!\S)"), f"{INSECABLE}:"),
    (re.compile(r"(?<=[^\W\d_)\]»]):(?=\s|$)"), f"{INSECABLE}:"),
    (re.compile(rf"(?:(?<=\S)|^){_BLANC}+(?=[;?!])"), FINE),
    (re.compile(r"(?<=[\w)\]»”\"%])(?=[;?!]+(?:[\s»)\]”\"]|$))"), FINE),
    (re.compile(rf"(?<=\d){_BLANC}*%"), f"{FINE}%"),
    (re.compile(rf"\b(M\.|MM\.|Mmes?|Mlles?|Me|Dr|Pr){_BLANC}+(?=[A-ZÀ-ÖØ-Þ])"), rf"\1{INSECABLE}"),
    (re.compile(rf"\b([nN]°s?){_BLANC}+(?=\d)"), rf"\1{INSECABLE}"),
    (re.compile(rf"(?<=\d){_BLANC}+(?=(?:{_UNITES})(?!\w))"), INSECABLE),
    (re.compile(rf"(?<=\d){_BLANC}+(?=(?:{_MOIS})\b)|(?<=\b1er){_BLANC}+(?=(?:{_MOIS})\b)"), INSECABLE),
    (re.compile(rf"(?<=[\dr]{INSECABLE})({_MOIS}){_BLANC}+(?=\d{{4}}\b)"), rf"\1{INSECABLE}"),
    (re.compile(rf"(?<=\d)h{_BLANC}+(?=\d\d(?!\d))"), f"h{INSECABLE}"),
)


def typographier(html: str) -> str:
    """Return ``html`` with French spaces and apostrophes in its text nodes. Pure; idempotent; takes any string."""
    morceaux = _MORCEAUX.split(html)
    # re.split gives text, whole markup, name of the raw element (or None), text, …
    for rang in range(0, len(morceaux), 3):
        texte = morceaux[rang]
        if texte and not texte.isspace():
            morceaux[rang] = _noeud(texte)
    return "".join(m for rang, m in enumerate(morceaux) if rang % 3 != 2 and m)


def _noeud(texte: str) -> str:
    clair = _html.unescape(texte)
    parties = _ADRESSE.split(clair) if _INDICE.search(clair) else [clair]
    parties[::2] = [texte_nu(partie) for partie in parties[::2]]
    return _html.escape("".join(parties), quote=False)


def texte_nu(texte: str) -> str:
    """The same on plain text without markup or addresses."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return _MILLIERS.sub(lambda nombre: re.sub(_BLANC, FINE, nombre[0]), texte)


LIEN_TENU = 60  # characters of an address that still fits on a line
_COMPOSE = re.compile(r"(?<![\w-])(?=[\w-]{3,30}(?![\w-]))\w+(?:-\w+)+")


def tenir_les_composes(html: str) -> str:
    """Keep « rendez-vous » and its like on one line, so that none ends on their hyphen.

    Programs that read a PDF aloud, search it or copy from it take a hyphen at a line's end for a cut word and drop it.
    A link is marked itself: an element inside it would part it from its annotation (PDF/UA-1, 7.18.5).
    """
    morceaux = _MORCEAUX.split(html)
    for rang in range(0, len(morceaux), 3):
        texte = morceaux[rang]
        if not texte or "-" not in texte:
            continue
        if rang and morceaux[rang - 2].startswith("<a "):
            if len(texte) <= LIEN_TENU:
                morceaux[rang - 2] = f'<a class="uni"{morceaux[rang - 2][2:]}'
            continue
        parties = _ADRESSE.split(texte) if _INDICE.search(texte) else [texte]
        parties[::2] = [_COMPOSE.sub(_uni, partie) for partie in parties[::2]]
        parties[1::2] = [_uni(a) if "-" in a and len(a) <= LIEN_TENU else a for a in parties[1::2]]
        morceaux[rang] = "".join(parties)
    return "".join(m for rang, m in enumerate(morceaux) if rang % 3 != 2 and m)


def _uni(mot: str | re.Match[str]) -> str:
    return f'<span class="uni">{mot if isinstance(mot, str) else mot[0]}</span>'

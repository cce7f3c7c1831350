"""What a page repeats: a heading or a foot that stands by the page number, on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from .structure import Ligne

_LONGUEUR = 130
_AUTOUR = 3
_PAGE = re.compile(r"(?:page|p\.)\s?(\d{1,4})|(\d{1,4})\s?/\s?\d{1,4}\s*$|\s{2,}(\d{1,4})\s*$", re.I)
_PAGE_SUR = re.compile(r"\S\W+page\s?\d{1,4}\s?(?:/|sur)\s?\d{1,4}$", re.I)
_LETTRES = re.compile(r"[^\W\d_]{2}")


def marquer_les_courants(lignes: list[Ligne], folios: list[bool]) -> None:
    """Set ``courant`` on the lines that each page repeats; ``folios`` says which lines are page numbers."""
    vues: dict[str, list[int]] = defaultdict(list)
    for i, ligne in enumerate(lignes):
        texte = ligne.texte.strip()
        if len(texte) < _LONGUEUR and "\t" not in texte and _LETTRES.search(texte):
            vues[re.sub(r"\d+", "#", texte) if _PAGE.search(texte) else texte].append(i)
            ligne.courant = bool(_PAGE_SUR.search(texte))
    repetees = [places for places in vues.values() if len(places) > 1]
    for places in repetees:
        if _compte_les_pages([lignes[i].texte for i in places]):
            for i in places:
                lignes[i].courant = True
    _voisines(lignes, repetees, folios)


def _compte_les_pages(textes: list[str]) -> bool:
    """« Comité local – page 2/5 »: the number goes up by one from page to page."""
    numeros = [next((int(n) for n in trouve.groups() if n), 0) for t in textes if (trouve := _PAGE.search(t.strip()))]
    return len(numeros) == len(textes) and all(b - a == 1 for a, b in pairwise(numeros))


def _voisines(lignes: list[Ligne], repetees: list[list[int]], folios: list[bool]) -> None:
    """Repeated lines that touch a page number, or another such line that touches one; the others stay."""
    places = {i: rang for rang, suite in enumerate(repetees) for i in suite}
    touchees: dict[int, set[int]] = defaultdict(set)
    for i, folio in enumerate(folios):
        if not (folio or lignes[i].courant):
            continue
        for pas in (-1, 1):
            for k in range(1, _AUTOUR + 1):
                voisine = i + pas * k
                if voisine not in places:
                    break
                touchees[places[voisine]].add(voisine)
    for suite in touchees.values():
        if len(suite) > 1:
            for i in suite:
                lignes[i].courant = True

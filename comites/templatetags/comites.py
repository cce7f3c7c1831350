"""Filters of the pages of committees."""

from __future__ import annotations

from django import template

from membres.models import Personne

from .. import libelles
from ..models import Habilitation

register = template.Library()


@register.filter
def nom_role(habilitation: Habilitation, personne: Personne) -> str:
    """The role of ``habilitation`` by the gender of ``personne``: « référente qualité »."""
    return libelles.nom_role(habilitation.role, personne.civilite)


@register.filter
def redit(titre: str, mot: str) -> bool:
    """True when a heading already says the word: « Excusés : » and « Excusé »."""
    return mot.casefold() in titre.casefold()


@register.filter
def erreur_lisible(erreur: str) -> str:
    return libelles.erreur_lisible(erreur)


@register.filter
def avant_tabulation(texte: str) -> str:
    """The first column of a row: what stands before the tab, or all of it."""
    return texte.partition("\t")[0].strip()


@register.filter
def apres_tabulation(texte: str) -> str:
    """The second column of a row."""
    return texte.partition("\t")[2].strip()

"""Titles of the State, by gender: never « le préfète », never a title typed twice."""

from __future__ import annotations

TITRES: dict[str, tuple[str, str]] = {
    "prefet": ("préfet", "préfète"),
    "sous_prefet": ("sous-préfet", "sous-préfète"),
    "haut_commissaire": ("haut-commissaire", "haut-commissaire"),
    "secretaire_general": ("secrétaire général", "secrétaire générale"),
    "directeur": ("directeur", "directrice"),
    "president": ("président", "présidente"),
}


def titre(cle: str, civilite: str) -> str:
    """« préfète » for ``("prefet", "Mme")``; the masculine when the civility is unknown. Raises KeyError."""
    return TITRES[cle][civilite == "Mme"]


def avec_article(cle: str, civilite: str) -> str:
    """« la préfète », « le secrétaire général »."""
    return f"{'la' if civilite == 'Mme' else 'le'} {titre(cle, civilite)}"

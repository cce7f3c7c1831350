"""What a document shows, as HTML: the one body of the web page and of the PDF.

Heading levels never skip, the title is printed once, French typography is applied to the text.
"""

from __future__ import annotations

import re
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from . import typographie
from .document import BlocDocument, Document, GroupePresence, RubriqueDocument

FUSION_MAXIMALE = 50
FUSION = re.compile(r"\b(?:colspan|rowspan)\s*=\s*[\"']?\s*(\d+)", re.IGNORECASE)


class _Niveaux:
    """Heading levels in reading order: never one that skips (PDF/UA-1, 7.4.2)."""

    def __init__(self) -> None:
        self._precedent = 0

    def __call__(self, voulu: int) -> int:
        self._precedent = max(1, min(voulu, self._precedent + 1, 6))
        return self._precedent


_TITRE_DE_BLOC = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_ENVELOPPE = re.compile(r"\s*<(p|h[1-6])\b[^>]*>(?P<dedans>.*)</\1>\s*", re.IGNORECASE | re.DOTALL)

_LISTE_A_PUCES = re.compile(r"<ul>(\s*<li>\s*(?:<p>\s*)?(?:[✓✔●•◆▪➢→☐–-]|&gt;))")
"""A list whose items carry their own bullet, as the source printed it: no second one."""

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_CELLULE = re.compile(r"<t[dh]\b([^>]*)>", re.IGNORECASE)


def _completer_rangees(table: re.Match[str]) -> str:
    """Rows of one length (PDF/UA-1, 7.2): a short row gets empty cells at its end."""
    if "rowspan" in table[0]:
        return table[0]
    *rangees, fin = table[0].split("</tr>")
    largeurs = [sum(_largeur_de_cellule(a) for a in _CELLULE.findall(rangee)) for rangee in rangees]
    largeur = max(largeurs, default=0)
    completes = [r + "<td></td>" * (largeur - n) + "</tr>" for r, n in zip(rangees, largeurs, strict=True)]
    return "".join([*completes, fin])


def _largeur_de_cellule(attributs: str) -> int:
    fusion = FUSION.search(attributs)
    return min(int(fusion[1]), FUSION_MAXIMALE) if fusion else 1


def _mots(texte: str) -> str:
    return " ".join(texte.split()).casefold()


def contexte(document: Document, *, champ: bool = False) -> dict[str, Any]:
    """Context of ``comptes_rendus/_document.html``.

    ``champ`` draws the empty signature field (PDF only). The title is printed once: on the line of the head that
    holds the same words, else after the head.
    """
    niveaux = _Niveaux()
    tete = _tete(document, niveaux)
    avant = document.ordre_du_jour_avant_presences
    odj_avant = _ordre_du_jour(document, niveaux) if avant else None
    presences = [_groupe(groupe, niveaux) for groupe in document.presences]
    odj_apres = None if avant else _ordre_du_jour(document, niveaux)
    return {
        "document": document,
        **tete,
        "odj_avant": odj_avant,
        "presences": presences,
        "odj_apres": odj_apres,
        "rubriques": [_rubrique(rubrique, niveaux) for rubrique in document.rubriques],
        "signature_lignes": document.signature[:-1],
        "signature_nom": document.signature[-1] if document.signature else "",
        "champ": champ,
        "annexes": [_rubrique(annexe, niveaux) for annexe in document.annexes],
    }


def _tete(document: Document, niveaux: _Niveaux) -> dict[str, Any]:
    titre = _mots(document.titre)
    dans_la_tete = next((i for i, ligne in enumerate(document.tete) if titre and _mots(ligne.texte) == titre), None)
    if dans_la_tete is None and not titre:
        dans_la_tete = next((i for i, ligne in enumerate(document.tete) if ligne.role == "type"), None)
    if dans_la_tete is not None or titre:
        niveaux(1)
    lignes = []
    for i, ligne in enumerate(document.tete):
        etiquette, deux_points, reste = ligne.texte.partition(":")
        pendante = ligne.role in ("objet", "reference", "piece_jointe") and deux_points and len(etiquette) <= 14
        lignes.append(
            {
                "role": ligne.role.replace("_", "-"),
                "texte": ligne.texte,
                "titre": i == dans_la_tete,
                "etiquette": f"{etiquette}:" if pendante else "",
                "reste": reste.strip() if pendante else "",
            }
        )
    return {"tete": lignes, "titre_apres": document.titre if dans_la_tete is None else ""}


def _ordre_du_jour(document: Document, niveaux: _Niveaux) -> dict[str, Any] | None:
    if not document.ordre_du_jour:
        return None
    return {"niveau": niveaux(2), "points": document.ordre_du_jour}


def _groupe(groupe: GroupePresence, niveaux: _Niveaux) -> dict[str, Any]:
    vue: dict[str, Any] = {"titre": groupe.titre, "statut": groupe.statut, "en_ligne": groupe.en_ligne}
    if groupe.en_ligne:
        return {**vue, "phrase": " ".join(groupe.lignes)}
    vue["niveau"] = niveaux(1 + groupe.niveau) if groupe.titre else None
    lignes = [ligne.partition("\t") for ligne in groupe.lignes]
    if any(tabulation for _, tabulation, _ in lignes):
        return {**vue, "personnes": [(nom.strip(), fonction.strip()) for nom, _, fonction in lignes]}
    return {**vue, "lignes": groupe.lignes}


def _rubrique(rubrique: RubriqueDocument, niveaux: _Niveaux) -> dict[str, Any]:
    titree = bool(rubrique.titre or rubrique.numero)
    niveau = niveaux(1 + rubrique.niveau) if titree else None
    return {
        "cle": rubrique.cle,
        "niveau": niveau,
        "numero": rubrique.numero,
        "titre": rubrique.titre,
        "rang": rubrique.niveau,
        "blocs": [_bloc(bloc, (niveau or 1) + 1, niveaux) for bloc in rubrique.blocs],
    }


def _bloc(bloc: BlocDocument, sous_titre: int, niveaux: _Niveaux) -> dict[str, Any]:
    vue: dict[str, Any] = {"cle": bloc.cle, "genre": bloc.genre.replace("_", "-"), "niveau": None}
    enveloppe = _ENVELOPPE.fullmatch(bloc.html) if bloc.genre == "titre" else None
    if enveloppe and "</p>" not in enveloppe["dedans"]:
        return {**vue, "niveau": niveaux(sous_titre), "html": mark_safe(enveloppe["dedans"])}  # noqa: S308

    def releveler(balise: re.Match[str]) -> str:
        if not balise[1]:
            niveaux(sous_titre)
        return f"<{balise[1]}h{niveaux._precedent}>"

    html = _LISTE_A_PUCES.sub(r'<ul class="cr-sans-puce">\1', _TITRE_DE_BLOC.sub(releveler, bloc.html))
    html = _TABLE.sub(_completer_rangees, html)
    return {**vue, "html": mark_safe(html)}  # noqa: S308


def corps_du_document(document: Document, *, champ: bool = False) -> SafeString:
    """The document as HTML, French typography applied: the one body of the web page and of the PDF."""
    html = render_to_string("comptes_rendus/_document.html", contexte(document, champ=champ))
    return mark_safe(typographie.typographier(html))  # noqa: S308

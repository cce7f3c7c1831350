"""Between what is typed and what is stored.

A block is stored as clean HTML of a small subset (the future editor, the page and the PDF share it). In a plain form it
is typed with light marks: ``**gras**``, ``*italique*``, ``^{er}``, « - » lists nested by two spaces, « 1. » lists,
table rows with tabs (a ``---`` line under the header row). Both ways keep every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby

import nh3

BALISES = {
    *("p", "br", "strong", "em", "sup", "a", "ul", "ol", "li", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
PROFONDEUR_MAX = 4  # levels of a list
COLONNES_MAX = 60  # of a table; wider, its lines stay lines (each row is completed: width × rows is bounded)

_JETON = re.compile(r"\\[\\*^]|\*\*|\*|\^\{|\}")
# Possessive, and an address starts where a word does: linear in the length of whatever is typed.
_LIEN = re.compile(r"https?://[^\s<>«»\"]+|www\.[^\s<>«»\"]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]++)+")
_PUCE = re.compile(r"( *)(?:([-•])|([1-9][0-9]{0,2})[.)]) +(.*)")
_FILET = re.compile(r"[\s|:-]++")


def nettoyer(html: str) -> str:
    """Keep the allowed subset only. Idempotent: what it returns is what is stored, shown, hashed and printed."""
    return nh3.clean(
        html.replace("\x00", ""),
        tags=BALISES,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style", "title"},
        set_tag_attribute_values={"th": {"scope": "col"}},
    ).strip()


# --- from the typed text to HTML ------------------------------------------------------------------------------------


def vers_html(marquage: str, *, citation: bool = False) -> str:
    """Clean HTML of a typed text; ``citation`` wraps it in a block quote."""
    texte = marquage.replace("\r\n", "\n").replace("\r", "\n")
    html = "".join(_bloc(forme, lignes) for forme, lignes in _paragraphes(texte))
    return nettoyer(f"<blockquote>{html}</blockquote>" if citation and html else html)


def _paragraphes(texte: str) -> Iterator[tuple[str, list[str]]]:
    """Groups of lines: parted by blank lines, and where lines turn from prose to list to table or back."""
    lignes = texte.split("\n")
    for forme, groupe in groupby(zip(_formes(lignes), lignes, strict=True), key=lambda couple: couple[0]):
        if forme:
            yield forme, [ligne for _, ligne in groupe]


def _formes(lignes: list[str]) -> list[str]:
    """The form of each line, "" when blank. A line with a tab beside a row is a row, its edge cells empty or not."""
    formes = [_forme(ligne) for ligne in lignes]
    for sens in (1, -1):
        for indice in range(len(lignes))[::sens]:
            voisin = indice - sens
            if 0 <= voisin < len(lignes) and formes[voisin] == "tableau" and "\t" in lignes[indice]:
                formes[indice] = "tableau"
    return formes


def _forme(ligne: str) -> str:
    if "\t" in ligne.strip() or _est_regle(ligne):
        return "tableau"
    if _PUCE.fullmatch(ligne):
        return "liste"
    return "prose" if ligne.strip() else ""


def _est_regle(ligne: str) -> bool:
    """The line under a header row: dashes, with bars, colons and tabs if one likes."""
    return "--" in ligne and _FILET.fullmatch(ligne) is not None


def _bloc(forme: str, lignes: list[str]) -> str:
    if forme == "liste" and _numeros_suivis(lignes):
        return _liste(lignes)
    if forme == "tableau" and not _est_regle(lignes[0]) and max(ligne.count("\t") for ligne in lignes) < COLONNES_MAX:
        return _tableau(lignes)
    return "<p>" + "<br>".join(en_ligne(ligne.strip()) for ligne in lignes) + "</p>"


def _numeros_suivis(lignes: list[str]) -> bool:
    """A numbered list is one only if it counts 1, 2, 3…: otherwise its numbers are words, and stay in the text."""
    numeros = [int(trouve[3]) for ligne in lignes if (trouve := _PUCE.fullmatch(ligne)) and trouve[3]]
    return not numeros or (numeros == list(range(1, len(lignes) + 1)) and not any(x.startswith(" ") for x in lignes))


def _liste(lignes: list[str]) -> str:
    """Nested lists; the depth of an item is its indentation by twos, never more than one deeper than the last."""
    html: list[str] = []
    ouvertes: list[str] = []
    for ligne in lignes:
        trouve = _PUCE.fullmatch(ligne)
        assert trouve is not None
        genre = "ol" if trouve[3] else "ul"
        niveau = min(len(trouve[1]) // 2 + 1, len(ouvertes) + 1, PROFONDEUR_MAX)
        while len(ouvertes) > niveau or (len(ouvertes) == niveau and ouvertes[-1] != genre):
            html.append(f"</li></{ouvertes.pop()}>")
        if len(ouvertes) == niveau:
            html.append("</li>")
        else:
            html.append(f"<{genre}>")
            ouvertes.append(genre)
        html.append(f"<li>{en_ligne(trouve[4].strip())}")
    html.extend(f"</li></{genre}>" for genre in reversed(ouvertes))
    return "".join(html)


def _tableau(lignes: list[str]) -> str:
    a_entete = len(lignes) > 1 and _est_regle(lignes[1])
    corps = [lignes[0], *lignes[2:]] if a_entete else lignes
    rangs = [[cellule.strip() for cellule in ligne.split("\t")] for ligne in corps]
    largeur = max(len(rang) for rang in rangs)
    html = ["<table>"]
    for indice, rang in enumerate(rangs):
        balise = "th" if a_entete and indice == 0 else "td"
        cellules = "".join(f"<{balise}>{en_ligne(c)}</{balise}>" for c in rang + [""] * (largeur - len(rang)))
        if indice == 0:
            html.append("<thead>" if a_entete else "<tbody>")
        html.append(f"<tr>{cellules}</tr>")
        if a_entete and indice == 0:
            html.append("</thead><tbody>")
    return "".join(html) + "</tbody></table>"


def en_ligne(texte: str) -> str:
    """Inline marks of one line to HTML; an unpaired mark stays as typed. Linear in the length of the text."""
    morceaux = _jetons(texte)
    paires = _apparier(morceaux)
    styles: set[str] = set()
    html: list[str] = []
    for indice, morceau in enumerate(morceaux):
        if indice in paires:
            styles ^= {paires[indice]}
        elif morceau:
            litteral = morceau[1] if len(morceau) == 2 and morceau[0] == "\\" else morceau
            html.append(_habiller(litteral, styles))
    return re.sub(r"</(strong|em|sup)><\1>", "", "".join(html))


def _jetons(texte: str) -> list[str]:
    morceaux: list[str] = []
    fin = 0
    for trouve in _JETON.finditer(texte):
        morceaux += [texte[fin : trouve.start()], trouve[0]]
        fin = trouve.end()
    return [*morceaux, texte[fin:]]


def _apparier(morceaux: list[str]) -> dict[int, str]:
    """Index of each mark that opens or closes a style, with its style."""
    balises = {"**": "strong", "*": "em", "^{": "sup", "}": "sup"}
    ouverts: dict[str, int] = {}
    paires: dict[int, str] = {}
    dernier_texte = 0  # index of the last piece that says something: marks around nothing are not marks
    for indice in range(1, len(morceaux), 2):
        marque = morceaux[indice]
        dernier_texte = indice - 1 if morceaux[indice - 1] else dernier_texte
        style = balises.get(marque)
        if style is None:
            dernier_texte = indice
            continue
        colle_avant = bool(morceaux[indice - 1]) and not morceaux[indice - 1][-1:].isspace()
        colle_avant = colle_avant or (not morceaux[indice - 1] and indice > 1)
        ferme = marque == "}" if style == "sup" else colle_avant
        if ferme and style in ouverts and ouverts[style] < dernier_texte:
            paires[ouverts.pop(style)] = paires[indice] = style
        elif marque == "^{" or (style != "sup" and not morceaux[indice + 1][:1].isspace() and style not in ouverts):
            ouverts[style] = indice
    return paires


def _habiller(texte: str, styles: set[str]) -> str:
    html, fin = [], 0
    for trouve in _LIEN.finditer(texte):
        adresse = trouve[0].rstrip(".,;:!?)")
        if "@" in adresse and "/" not in adresse:
            cible = f"mailto:{adresse}"
        else:
            cible = adresse if adresse.startswith("http") else f"https://{adresse}"
        html.append(escape(texte[fin : trouve.start()], quote=False))
        html.append(f'<a href="{escape(cible)}">{escape(adresse, quote=False)}</a>')
        fin = trouve.start() + len(adresse)
    resultat = "".join(html) + escape(texte[fin:], quote=False)
    for style in ("sup", "em", "strong"):
        if style in styles:
            resultat = f"<{style}>{resultat}</{style}>"
    return resultat


# --- from HTML back to the typed text, and to plain words ----------------------------------------------------------


class _Lecteur(HTMLParser):
    """Walks clean HTML and writes typed text (``marques``) or plain text (not)."""

    MARQUES = {"strong": ("**", "**"), "em": ("*", "*"), "sup": ("^{", "}")}

    def __init__(self, *, marques: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.marques = marques
        self.sortie: list[str] = []
        self.listes: list[int] = []  # one per open list: 0 for ul, else the next number of an ol
        self.cellules = 0
        self.entete = 0
        self.dans_cellule = False
        self.rompu = False  # a block just ended: what follows is another word

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.MARQUES:
            self._separer()
        if tag in ("ul", "ol"):
            self._ligne() if self.listes else self._paragraphe()
            self.listes.append(0 if tag == "ul" else 1)
        elif tag == "li":
            self._item()
        elif tag in ("p", "table", "blockquote"):
            if self.listes or self.dans_cellule:
                self.rompu = True
            else:
                self._paragraphe()
        elif tag == "tr":
            self._ligne()
            self.cellules = self.entete = 0
        elif tag in ("td", "th"):
            self.sortie.append("\t" if self.cellules else "")
            self.cellules += 1
            self.entete += tag == "th"
            self.dans_cellule, self.rompu = True, False
        elif tag == "br":
            self._ligne()
        elif self.marques and tag in self.MARQUES:
            self.sortie.append(self.MARQUES[tag][0])

    def handle_endtag(self, tag: str) -> None:
        self.rompu = self.rompu or tag in ("p", "ul", "ol", "li", "table", "blockquote")
        self.dans_cellule = self.dans_cellule and tag not in ("td", "th")
        if tag in ("ul", "ol") and self.listes:
            self.listes.pop()
        elif tag == "tr" and self.entete and self.entete == self.cellules and self.marques:
            self.sortie.append("\n---")
        elif self.marques and tag in self.MARQUES:
            self.sortie.append(self.MARQUES[tag][1])

    def handle_data(self, data: str) -> None:
        if not data.strip() and "\n" in data:
            return
        self._separer()
        self.sortie.append(re.sub(r"[\\*]|\^(?=\{)", r"\\\g<0>", data) if self.marques else data)

    def _separer(self) -> None:
        """Text after a block goes on a line of its own; in an item or a cell, after a space."""
        if self.rompu and self.sortie and self.sortie[-1][-1:] not in ("", "\n", "\t", " "):
            self.sortie.append(" ") if self.listes or self.dans_cellule else self._paragraphe()
        self.rompu = False

    def _item(self) -> None:
        self._ligne()
        retrait = "  " * (len(self.listes) - 1)
        numero = self.listes[-1] if self.listes else 0
        if numero:
            self.listes[-1] += 1
        self.sortie.append(f"{retrait}{numero}. " if numero else f"{retrait}- ")

    def _ligne(self) -> None:
        if self.sortie and not "".join(self.sortie[-3:]).endswith("\n"):
            self.sortie.append("\n")

    def _paragraphe(self) -> None:
        if any(self.sortie):
            self._ligne()
            self.sortie.append("\n")


def _lire(html: str, *, marques: bool) -> str:
    lecteur = _Lecteur(marques=marques)
    lecteur.feed(html)
    lecteur.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(lecteur.sortie)).strip("\n")


def vers_marquage(html: str) -> str:
    """The typed form of stored HTML, for a plain text area."""
    return _lire(html, marques=True)


def vers_texte(html: str) -> str:
    """The words alone: list items and table rows on lines of their own."""
    return _lire(html, marques=False)


def sans_balises(html: str) -> str:
    """One line of words, for excerpts and comparisons."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())

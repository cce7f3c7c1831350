"""Mending what the extraction from a PDF broke; every mending is listed, and applies in the listed order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from .lexique import MOTS_COMPOSES, PREFIXES_COMPOSES, SUFFIXES_COMPOSES
from .pages import marquer_les_courants
from .structure import Ligne, Reparation

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_MOT_LIGATURE = re.compile(r"[\w'’-]{0,40}[ﬀﬁﬂﬃﬄﬅﬆ][\w'’ﬀﬁﬂﬃﬄﬅﬆ-]{0,40}")
_GLYPHES = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓", "\uf076": "❖", "\uf0a8": "◆"}
_GLYPHE = re.compile("[\ue000-\uf8ff]")
_MOT_TIRET_MOU = re.compile("\\w{0,40}\u00ad+(?!\\s)\\w{0,40}")
_COMPOSABLE = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_INSECABLE_ENTRE_MOTS = re.compile("(?<![\\s«\\d])[\u00a0\u2002-\u200a\u202f\u3000](?![\\s:;!?»%€°\\d])")
"""A fixed blank that stands neither by a French double mark nor by a figure."""
_DEUX_BLANCS = re.compile(r"(?<=\S) {2}(?=\S)")
_BLANCS_JUSTIFIES = re.compile(r"(?<=\S) {2,4}(?=\S)")
_NOM_PUIS_COLONNE = re.compile(r"\s*(?:M\.|Mme|Mlle|MM\.|[^\W\d_]+(?: [^\W\d_]+){1,3}$)")
_FIN_COUPEE = re.compile("(\\w{1,40})([-\u2010\u00ad])$")
_DEBUT_MOT = re.compile(r"\w{1,40}")
_MOT = re.compile(r"\w+(?:-\w+)+|\w+")
_EXPOSANT = re.compile(r"\w{1,20}\^\{\w{1,12}\}")
FOLIO = re.compile(
    r"(?:page|p\.)\s?\d{1,4}(?:\s?(?:/|sur|de)\s?\d{1,4})?|\d{1,4}\s?(?:/|sur)\s?\d{1,4}|"
    r"[-–—]\s?\d{1,4}\s?[-–—]|\.{2,3}\s?/\s?\.{2,3}|…\s?/\s?…",
    re.I,
)
_PUCE_O = re.compile(r"(\s*)o[ \t]+(\w+)")
_PUCE = re.compile(r"\s*[-–—•▪●◦✓➢→>◆❖*]\s")


class Atelier:
    """Mends one text. ``lignes`` is what the other modules read; ``reparations`` says what was changed."""

    def __init__(self, texte: str) -> None:
        self.reparations: list[Reparation] = []
        texte = self._caracteres(texte)
        self.mots = Counter(mot.lower() for mot in _MOT.findall(texte))
        self.lignes = _en_lignes(texte)
        for ligne in self.lignes:
            simple = _sans_blancs_doubles(_INSECABLE_ENTRE_MOTS.sub(" ", ligne.texte))
            self.noter(ligne.texte, simple)
            ligne.texte = simple
        self._tableaux_a_barres()
        self._puces_o()
        self._deplacer_folios()
        self._recoller_mots()
        self._exposants = [trouve[0] for trouve in _EXPOSANT.finditer(texte)] if "^{" in texte else []

    def noter(self, avant: str, apres: str) -> None:
        if avant != apres:
            self.reparations.append(Reparation(avant, apres))

    def finir(self) -> list[Reparation]:
        """All mendings; raised letters, which become plain in ``texte``, come last."""
        for exposant in self._exposants:
            self.noter(exposant, exposant.replace("^{", "").replace("}", ""))
        return self.reparations

    # -- characters --

    def _caracteres(self, texte: str) -> str:
        texte = _COMPOSABLE.sub(self._composer, texte) if not unicodedata.is_normalized("NFC", texte) else texte
        if any(ligature in texte for ligature in _LIGATURES):
            texte = _MOT_LIGATURE.sub(self._ligature, texte)
        texte = _GLYPHE.sub(self._glyphe, texte)
        if "\u00ad" in texte:
            self.mots = Counter(mot.lower() for mot in _MOT.findall(texte))
            texte = _MOT_TIRET_MOU.sub(self._tiret_mou, texte)
        for _ in range(texte.count("\x0c")):
            self.noter("\x0c", "\n\n")
        return texte.replace("\x0c", "\n\n")

    def _composer(self, trouve: re.Match[str]) -> str:
        """« e » and a combining accent are one letter."""
        compose = unicodedata.normalize("NFC", trouve[0])
        self.noter(trouve[0], compose)
        return compose

    def _ligature(self, trouve: re.Match[str]) -> str:
        mot = "".join(_LIGATURES.get(lettre, lettre) for lettre in trouve[0])
        self.noter(trouve[0], mot)
        return mot

    def _glyphe(self, trouve: re.Match[str]) -> str:
        signe = _GLYPHES.get(trouve[0], "•")
        self.noter(trouve[0], signe)
        return signe

    def _tiret_mou(self, trouve: re.Match[str]) -> str:
        gauche, _, droite = trouve[0].partition("\u00ad")
        droite = droite.lstrip("\u00ad")
        mot = self._souder(gauche, droite) if gauche and droite else gauche + droite
        self.noter(trouve[0], mot)
        return mot

    def _tableaux_a_barres(self) -> None:
        """« | a | b | » is a row: its cells are parted by tabs, as in every other table."""
        for ligne in self.lignes:
            nu = ligne.texte.strip()
            if len(nu) < 5000 and nu.startswith("|") and nu.endswith("|") and re.search(r"\w", nu):
                cellules = "\t".join(cellule.strip() for cellule in nu.strip("|").split("|"))
                self.noter(ligne.texte, cellules)
                ligne.texte = cellules

    def _puces_o(self) -> None:
        """« o » alone before the words of an item is Word's hollow bullet."""
        precedente = ""
        plusieurs = sum(1 for ligne in self.lignes if _PUCE_O.match(ligne.texte)) > 1
        for ligne in self.lignes:
            trouve = _PUCE_O.match(ligne.texte)
            if trouve and precedente and (plusieurs or _PUCE.match(precedente)):
                fin = precedente[-40:] + ligne.blanc
                self.noter(f"{fin}{trouve[0]}", f"{fin}{trouve[1]}◦ {trouve[2]}")
                ligne.texte = f"{trouve[1]}◦ {trouve[2]}{ligne.texte[trouve.end() :]}"
            precedente = ligne.texte

    # -- words cut at a line end --

    def _recoller_mots(self) -> None:
        sortie: list[Ligne] = []
        for ligne in self.lignes:
            coupe = _FIN_COUPEE.search(sortie[-1].texte[-45:]) if sortie else None
            if coupe and _recollable(sortie[-1].texte, coupe, ligne):
                self._recoller(sortie[-1], ligne, coupe)
            if ligne.texte:
                sortie.append(ligne)
        self.lignes = sortie

    def _recoller(self, precedente: Ligne, ligne: Ligne, coupe: re.Match[str]) -> None:
        """Move the first word of ``ligne`` up to the cut word; the rest goes on in the same paragraph."""
        texte = ligne.texte.lstrip()
        marge = ligne.texte[: len(ligne.texte) - len(texte)]
        suite = _DEBUT_MOT.match(texte)
        assert suite is not None
        gauche, droite = coupe[1], suite[0]
        mot = self._souder(gauche, droite)
        self.noter(f"{gauche}{coupe[2]}{ligne.blanc}{marge}{droite}", mot)
        bloc, _, reste = texte.partition(" ")
        precedente.texte = precedente.texte[: len(precedente.texte) - len(gauche) - 1] + mot + bloc[len(droite) :]
        ligne.texte, ligne.vides, ligne.suite = reste.lstrip(), 0, True

    def _souder(self, gauche: str, droite: str) -> str:
        """One word or a compound: as elsewhere in the text, else by the closed lists, else one word."""
        compose, simple = f"{gauche}-{droite}", gauche + droite
        vu_compose, vu_simple = self.mots[compose.lower()], self.mots[simple.lower()]
        majuscules = gauche.isupper() and droite.isupper() and len(gauche) > 1
        if majuscules:
            return simple if vu_simple > vu_compose else compose
        if not droite[0].islower() or not gauche[-1].islower() or len(gauche) == 1:
            return compose
        if vu_compose != vu_simple:
            return compose if vu_compose > vu_simple else simple
        petit_g, petit_d = gauche.lower(), droite.lower()
        if petit_g in PREFIXES_COMPOSES or petit_d in SUFFIXES_COMPOSES or compose.lower() in MOTS_COMPOSES:
            return compose
        return simple

    # -- page numbers inside a sentence --

    def _deplacer_folios(self) -> None:
        """A page number that stands inside a sentence goes after the paragraph it cuts (and this is listed)."""
        lignes, i = self.lignes, 1
        folios = [0 < i < len(lignes) - 1 and _est_folio(lignes, i) for i in range(len(lignes))]
        marquer_les_courants(lignes, folios)
        large = sorted(len(ligne.texte) for ligne in lignes)[int(len(lignes) * 0.9)] if lignes else 0
        while i < len(lignes) - 1:
            suite = i
            while suite < len(lignes) - 1 and suite < i + 8 and _est_folio(lignes, suite):
                suite += 1
            if suite > i and _phrase_ouverte(lignes[i - 1].texte) and _suite_de_phrase(lignes[suite].texte):
                fin = _fin_d_alinea(lignes, suite, large)
                if fin is not None:
                    self._deplacer(i, suite, fin)
                    i = fin
                    continue
            i = max(suite, i + 1)

    def _deplacer(self, i: int, milieu: int, fin: int) -> None:
        """The page marks ``i`` to ``milieu`` go after the paragraph that ends at ``fin``."""
        lignes = self.lignes
        folios, suite = lignes[i:milieu], lignes[milieu:fin]
        marques, texte = _brut(folios), _brut(suite)
        self.noter(f"{marques}{suite[0].blanc}{texte}", f"{texte}\n\n{marques}")
        suite[0].vides, suite[0].blanc = folios[0].vides, folios[0].blanc
        folios[0].vides, folios[0].blanc = 1, "\n\n"
        lignes[i:fin] = [*suite, *folios]
        if fin < len(lignes):
            lignes[fin].vides = max(lignes[fin].vides, 1)


def _brut(lignes: list[Ligne]) -> str:
    """The lines as the source has them, without what stands before the first."""
    return "".join((ligne.blanc if rang else "") + ligne.texte for rang, ligne in enumerate(lignes))


def _recollable(precedente: str, coupe: re.Match[str], ligne: Ligne) -> bool:
    """A cut word: the line before holds other words (no endless chain), the next line goes on with a word."""
    texte = ligne.texte.lstrip()
    return (
        ligne.vides <= 3
        and "\t" not in ligne.texte
        and bool(_DEBUT_MOT.match(texte))
        and (len(precedente) < 120 or " " in precedente[-100:])
    )


def _en_lignes(texte: str) -> list[Ligne]:
    lignes: list[Ligne] = []
    vides, blanc = 0, [""]
    for brute in texte.split("\n"):
        ligne = brute.rstrip()
        if ligne:
            lignes.append(Ligne(ligne, vides, blanc="".join(blanc)))
            vides, blanc = 0, [brute[len(ligne) :], "\n"]
        else:
            vides += 1
            blanc += [brute, "\n"]
    return lignes


def _sans_blancs_doubles(texte: str) -> str:
    """Two blanks between words are one, and so are the blanks of a justified line; the gap of a column stays."""
    marge = len(texte) - len(texte.lstrip())
    if "  " not in texte[marge:] or "\t" in texte:
        return texte
    ecarts = len(_BLANCS_JUSTIFIES.findall(texte))
    if ecarts >= 4 and ecarts * 3 >= texte.count(" ", marge) - 3 * ecarts and not re.search(r"\S {5,}\S", texte):
        return _BLANCS_JUSTIFIES.sub(" ", texte)
    doubles = list(_DEUX_BLANCS.finditer(texte))
    if len(doubles) == 1:
        gauche, droite = texte[: doubles[0].start()], texte[doubles[0].end() :]
        if droite[:1].isupper() and len(gauche) < 60 and _NOM_PUIS_COLONNE.match(gauche):
            return texte
    return _DEUX_BLANCS.sub(" ", texte)


def est_folio(texte: str) -> bool:
    return 2 < len(texte) < 40 and bool(FOLIO.fullmatch(texte.strip().strip("*")))


def _est_folio(lignes: list[Ligne], i: int) -> bool:
    nu = lignes[i].texte.strip()
    if lignes[i].courant:
        return True
    if len(nu) >= 40:
        return False
    if est_folio(nu):
        return True
    return nu.isdigit() and len(nu) <= 3 and lignes[i].vides > 0 and lignes[i + 1].vides > 0


def _phrase_ouverte(texte: str) -> bool:
    fin = texte.rstrip()
    return len(fin) >= 25 and (fin[-1].isalnum() or fin[-1] in ",’'-\u00ad(") and "\t" not in texte


def _suite_de_phrase(texte: str) -> bool:
    debut = texte.lstrip()
    return debut[:1].islower() and not _PUCE.match(texte) and "\t" not in texte and debut[1:2] not in ")."


def _fin_d_alinea(lignes: list[Ligne], debut: int, large: int) -> int | None:
    """Index after the last line of the paragraph that starts at ``debut``; None if it is very long."""
    fin, taille = debut + 1, len(lignes[debut].texte)
    while fin < len(lignes) and not lignes[fin].vides and not _PUCE.match(lignes[fin].texte):
        derniere = lignes[fin - 1].texte.rstrip()
        if derniere.endswith((".", "!", "?")) and len(derniere) < 0.8 * large:
            break
        taille += len(lignes[fin].texte)
        if taille > 6000:
            return None
        fin += 1
    return fin

"""From mended lines to paragraphs, lists, tables and marks: the shapes of a text, before any meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .lexique import CIVILITE
from .personnes import orateur
from .reparation import est_folio
from .structure import Ligne

PUCES_DE_LISTE = "-–—•▪●◦✓*·‣⁃■□❑✔"
PUCES_D_ALINEA = ">→➢◆❖♦⇒►"
PUCES_DE_TITRE = "◆❖♦➢►■"
_PUCE = re.compile(rf"(\s*)([{re.escape(PUCES_DE_LISTE + PUCES_D_ALINEA)}])(?:[ \t\u00a0]+)(?=\S)(.*)$", re.S)
_SIGNES = re.compile(r"[\s~*_=\-–—.◆•#+oO°·]*$")
_REGLE = re.compile(r"[\s|:]*-{2,}[\s|:-]*$")
_TABLEAU_BARRES = re.compile(r"\s*\|.*\|\s*$")
RANGS = (
    *("premi[eè]re?", "deuxi[eè]me|seconde?", "troisi[eè]me", "quatri[eè]me", "cinqui[eè]me"),
    *("sixi[eè]me", "septi[eè]me", "huiti[eè]me", "neuvi[eè]me", "dixi[eè]me"),
)
ORDINAUX = "|".join(RANGS)
NUMERO = re.compile(
    r"(?:\*{1,3}|#{1,6}\s+)?\s*("
    r"(?i:point(?:\s+(?:d['’]information|pour\s+(?:avis|information|d[ée]cision|validation)))?|"
    r"sujet|th[èe]me|partie|item|question)\s+(?:n\s?[°ºo]\s?)?(?:\d{1,2}|[IVX]{1,5})\s?(?:[:.–—-]|"
    r"(?=\s+[A-ZÀ-Ý]))|"
    rf"(?i:{ORDINAUX}|\d{{1,2}}\s?(?:er|[eè]me|e|ᵉ))\s+(?i:point|sujet|th[èe]me|partie|item|question)"
    r"(?:\s+(?:à|de) l['’]ordre du jour)?\s?[:.–—-]|"
    r"[IVX]{1,5}[.-][A-H]\s?[.)–—:-]?|"
    r"(?:[IVX]{1,5}|[A-H])[.-]\d{1,2}(?:\.\d{1,2})?\.?\s?[)–—:-]?|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s?[)–—:-]?|\d{1,2}-\d{1,2}\.?(?=\s+[A-ZÀ-Ý])|"
    r"\d{1,2}\s?[°º]\s?[)/.–—-]?|\d{1,2}\s?(?:er|[eè]me)\s?[)–—:-]|"
    r"\d{1,2}\s?(?:\.\s?[–—-]|[).]-|[)/.]|[–—-](?=[\s\u00a0]))|"
    r"[IVX]{1,5}\s?(?:[°º]\s?\)?|[)/.]\s?[–—-]?|[–—-](?=[\s\u00a0])|:(?=\s))|"
    r"[a-hA-L]\s?(?:[)/]|\.(?=\s)|[–—-](?=[\s\u00a0])|[°º]\s?\))"
    r")(?=[\s\u00a0*]|[A-ZÀ-Ý])\s*"
)
NUMERO_DE_PARTIE = re.compile(
    rf"(?:(?i:point|partie)\s+(?:n\s?[°ºo]\s?)?\d|(?i:{ORDINAUX})\s+point|[IVX]{{1,5}}\s?(?:[.)/–—-]|\.\d)|\d{{1,2}}\s?[.)°/]+)\s"
)
_REPLIQUE = re.compile(rf"(?:[QR]\s?:|(?:[A-ZÀ-Ý][a-zé]{{3,12}} (?:de|par) )?{CIVILITE}\s+[A-ZÀ-Ý][^:.;,]{{1,50}}:)\s")
_LETTRE = re.compile(r"[^\W_]")
_FINALE = ".!?…;:"
_FERMANTES = "»\"”')]*_"


@dataclass(slots=True)
class Alinea:
    """A shape of the text. ``forme``: prose, liste, tableau, signe (a separator), folio. ``isole``: blank before."""

    forme: str
    lignes: list[str] = field(default_factory=list)
    isole: bool = True
    numerotee: bool = False
    attente: list[str] = field(default_factory=list)

    @property
    def texte(self) -> str:
        return "\n".join(self.lignes)

    def fermer(self) -> None:
        """Put what goes on the last line at its end (once: a paragraph may have very many lines)."""
        if self.attente:
            self.lignes[-1] = " ".join([self.lignes[-1].rstrip(), *self.attente])
            self.attente = []


def largeur_de(lignes: list[Ligne]) -> int | None:
    """The width of a hard-wrapped text, in characters; None when its lines are whole paragraphs."""
    longueurs = sorted(len(ligne.texte) for ligne in lignes if len(ligne.texte) > 40 and "\t" not in ligne.texte)
    if len(longueurs) < 6:
        return None
    large = longueurs[int(len(longueurs) * 0.95)]
    pleines = sum(1 for longueur in longueurs if 0.82 * large <= longueur <= large * 1.12)
    if large > 150 or pleines < 0.35 * len(longueurs):
        return None
    return large


def finit_une_phrase(texte: str) -> bool:
    fin = texte.rstrip().rstrip(_FERMANTES + "  ")
    return bool(fin) and (fin[-1] in _FINALE or texte.rstrip()[-1:] in "»")


class Decoupeur:
    """Makes paragraphs out of lines. ``noter`` is told of every join (before, after)."""

    def __init__(self, noter: Callable[[str, str], None], largeur: int | None) -> None:
        self.noter = noter
        self.largeur = largeur

    def alineas(self, lignes: list[Ligne]) -> list[Alinea]:
        sortie: list[Alinea] = []
        derniere = ""
        for ligne in lignes:
            self._ajouter(sortie, ligne, derniere)
            derniere = ligne.texte
        if sortie:
            sortie[-1].fermer()
        return [_reclasser(alinea) for alinea in sortie]

    def _ajouter(self, sortie: list[Alinea], ligne: Ligne, derniere: str) -> None:
        courant = sortie[-1] if sortie else None
        forme = forme_de(ligne)
        if (
            courant
            and forme == "prose"
            and courant.forme in ("prose", "liste")
            and self._continue(courant, ligne, derniere)
        ):
            self._joindre(courant, ligne, derniere)
        elif (courant and forme == courant.forme == "tableau" and not ligne.vides) or (
            courant and forme == courant.forme == "signe" and not ligne.vides
        ):
            courant.lignes.append(ligne.texte)
        elif courant and forme == courant.forme == "liste" and _meme_liste(courant, ligne):
            courant.fermer()
            courant.lignes.append(ligne.texte)
        else:
            if courant:
                courant.fermer()
            sortie.append(
                Alinea(
                    forme,
                    [ligne.texte],
                    bool(ligne.vides),
                    forme == "prose" and bool(NUMERO.match(ligne.texte.lstrip())),
                )
            )

    def _continue(self, courant: Alinea, ligne: Ligne, derniere: str) -> bool:
        if ligne.suite:
            return True
        texte = ligne.texte.lstrip()
        if len(courant.lignes) > 1 and courant.forme == "prose":
            return False
        if NUMERO.match(texte) and not (
            texte[:1].isdigit() and self._pleine(derniere) and not finit_une_phrase(derniere)
        ):
            return False
        if ligne.vides:
            return self._coupee(courant, ligne, derniere)
        if courant.forme == "liste":
            return self._suite_d_item(ligne, derniere)
        return self._meme_alinea(courant, texte, derniere)

    def _coupee(self, courant: Alinea, ligne: Ligne, derniere: str) -> bool:
        """A sentence cut by a page break: no end before, and it goes on in lower case after."""
        texte = ligne.texte.lstrip()
        if ligne.vides > 6 or not texte[:1].islower() or _adresse(texte):
            return False
        fin = derniere.rstrip()
        if not fin or not (fin[-1].isalnum() or fin[-1] in ",’'-–") or "\t" in derniere:
            return False
        return len(fin) >= 40 or (courant.forme == "liste" and len(fin) >= 12)

    def _suite_d_item(self, ligne: Ligne, derniere: str) -> bool:
        texte = ligne.texte.lstrip()
        lue = puce(derniere)
        if lue and NUMERO_DE_PARTIE.match(lue[2]) and not self._pleine(derniere):
            return texte[:1].islower()
        if texte[:1].islower() or marge_de(ligne.texte) >= marge_de(derniere) + (2 if lue else 0) > 0:
            return True
        if finit_une_phrase(derniere):
            return self._remplie(derniere, texte) and derniere.rstrip()[-1] == "." and not _parle(texte)
        return self._pleine(derniere)

    def _meme_alinea(self, courant: Alinea, texte: str, derniere: str) -> bool:
        if texte[:1].islower() and not _adresse(texte):
            return not (
                finit_une_phrase(derniere)
                and derniere.rstrip().endswith((".", "!", "?"))
                and not self._pleine(derniere)
            )
        if courant.numerotee and not self._pleine(derniere):
            return False
        if finit_une_phrase(derniere):
            return self._remplie(derniere, texte) and not derniere.rstrip().endswith(":") and not _parle(texte)
        return self._pleine(derniere)

    def _pleine(self, ligne: str) -> bool:
        return self.largeur is not None and len(ligne) >= 0.78 * self.largeur

    def _remplie(self, derniere: str, texte: str) -> bool:
        """The first word of ``texte`` had no room left on the line before."""
        if self.largeur is None:
            return False
        mot = texte.split(None, 1)[0]
        if len(texte.rstrip()) < 0.6 * self.largeur and texte.rstrip()[-1].isalnum() and texte[:1].isupper():
            return False  # a short line that does not end a sentence is a heading
        return self._pleine(derniere) and len(derniere.rstrip()) + 1 + len(mot) >= 0.9 * self.largeur

    def _joindre(self, courant: Alinea, ligne: Ligne, derniere: str) -> None:
        avant = derniere.rstrip().rsplit(None, 1)[-1][-60:] if derniere.strip() else ""
        texte = ligne.texte.lstrip()
        apres = texte.split(None, 1)[0][:60]
        marge = ligne.texte[: len(ligne.texte) - len(texte)]
        if not ligne.suite:
            self.noter(f"{avant}{ligne.blanc}{marge}{apres}", f"{avant} {apres}")
        courant.attente.append(texte)


def _parle(texte: str) -> bool:
    """Someone speaks: « Mme X indique … », « M. Y : … », « Question de Mme Z : … »."""
    return bool(_REPLIQUE.match(texte)) or orateur(texte) is not None


def forme_de(ligne: Ligne) -> str:
    if ligne.suite:
        return "prose"
    texte = ligne.texte
    nu = texte.strip()
    if ligne.courant:
        return "folio"
    if len(nu) < 40 and (est_folio(nu) or (nu.isdigit() and len(nu) <= 3 and ligne.vides)):
        return "folio"
    if not _LETTRE.search(nu[:200]):
        if ("|" in texte or "\t" in texte) and _REGLE.match(texte):
            return "tableau"
        if _SIGNES.match(nu[:200]):
            return "signe"
    if _PUCE.match(texte):
        return "liste"
    return "tableau" if "\t" in nu or (len(nu) < 3000 and _TABLEAU_BARRES.match(nu)) else "prose"


def marge_de(texte: str) -> int:
    return len(texte) - len(texte.lstrip())


def puce(texte: str) -> tuple[str, str, str] | None:
    """Indent, glyph and words of a list item."""
    trouve = _PUCE.match(texte)
    return (trouve[1], trouve[2], trouve[3]) if trouve else None


def _meme_liste(courant: Alinea, ligne: Ligne) -> bool:
    ici, la = puce(courant.lignes[0]), puce(ligne.texte)
    if not ligne.vides:
        return not (ici and la and len(courant.lignes) == 1 and ici[1] in "◆❖♦■" and la[1] != ici[1])
    return bool(ici and la and la[1] in PUCES_DE_LISTE and ligne.vides <= 3 and (ici[1] == la[1] or la[0] > ici[0]))


def _adresse(texte: str) -> bool:
    """A mail or web address, or a label such as « tél : », opens the line: head lines, not the rest of a sentence."""
    return bool(re.match(r"(?:\S{1,80}@|www\.|https?:|t[ée]l\b|m[ée]l\b|courriel)", texte))


def _reclasser(alinea: Alinea) -> Alinea:
    """A lone « > … », « → … » or « • II. … » is a paragraph that a sign opens, not a list."""
    if alinea.forme == "liste" and len(alinea.lignes) == 1:
        lue = puce(alinea.lignes[0])
        if lue and NUMERO_DE_PARTIE.match(lue[2]) and len(lue[2]) < 150:
            return Alinea("prose", [lue[2]], alinea.isole, numerotee=True)
        if lue and lue[1] in PUCES_D_ALINEA:
            alinea.forme = "prose"
            alinea.lignes = [alinea.lignes[0].strip()]
    return alinea

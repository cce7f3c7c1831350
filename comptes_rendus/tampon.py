"""The visible side of the signature: a few lines drawn with embedded fonts, light enough for a web process.

pyHanko's own text stamp embeds Marianne (CFF outlines) in a way that strict validators refuse; here the subset is
made by HarfBuzz and embedded as WeasyPrint does it (OpenType, Identity-H), which keeps PDF/A-3a and PDF/UA-1.
Imported by ``signature`` on first use only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints

CORPS, CORPS_NOM, INTERLIGNE = 8.5, 10.5, 1.32
MARGE = 9.0
ENCRE = b"0 0 0.57 rg"
_SANS_LIGATURE = {"liga": False, "clig": False, "calt": False, "ccmp": False, "locl": False}

Ligne = tuple["Police", float, str]
"""Font, size in points, text."""


@dataclass(frozen=True, slots=True)
class Signe:
    """One placed glyph: number in the font, text it stands for, advance before and after kerning (font units)."""

    numero: int
    texte: str
    chasse: int
    avance: int


class Police:
    """One font file, open for measuring and embedding."""

    def __init__(self, chemin: Path) -> None:
        self.octets = chemin.read_bytes()
        self.nom = chemin.stem
        self.face = hb.Face(self.octets)
        self.fonte = hb.Font(self.face)
        self.cadratin: int = self.face.upem

    def dessine(self, texte: str) -> bool:
        return all(self.fonte.get_nominal_glyph(ord(c)) for c in texte)

    def composer(self, texte: str) -> list[Signe]:
        tampon = hb.Buffer()
        tampon.add_str(texte)
        tampon.guess_segment_properties()
        hb.shape(self.fonte, tampon, _SANS_LIGATURE)
        infos, positions = tampon.glyph_infos, tampon.glyph_positions
        fins = [info.cluster for info in infos[1:]] + [len(texte)]
        return [
            Signe(i.codepoint, texte[i.cluster : fin], self.fonte.get_glyph_h_advance(i.codepoint), p.x_advance)
            for i, p, fin in zip(infos, positions, fins, strict=True)
        ]

    def largeur(self, texte: str, corps: float) -> float:
        """Width of a line, in points."""
        return sum(signe.avance for signe in self.composer(texte)) * corps / self.cadratin


@lru_cache(maxsize=4)
def police(chemin: Path) -> Police:
    return Police(chemin)


def choisir(chemins: Iterable[Path], texte: str) -> tuple[Police, str]:
    """The first font that draws the whole text; else the last, what it lacks replaced by « ? »."""
    candidates = [police(chemin) for chemin in chemins]
    for candidate in candidates:
        if candidate.dessine(texte):
            return candidate, texte
    derniere = candidates[-1]
    return derniere, "".join(c if derniere.dessine(c) else "?" for c in texte)


def couper(texte: str, fonte: Police, corps: float, largeur: float) -> list[str]:
    """Break at plain spaces into lines no wider than ``largeur`` points."""
    lignes: list[str] = []
    for mot in texte.split(" "):
        suite = f"{lignes[-1]} {mot}" if lignes else mot
        if lignes and fonte.largeur(suite, corps) <= largeur:
            lignes[-1] = suite
        else:
            lignes.append(mot)
    return lignes


class Tampon(PdfContent):
    """Lines of text, centred vertically in a box of ``largeur`` × ``hauteur`` points; shrunk when they do not fit."""

    def __init__(self, paragraphes: Sequence[Ligne], largeur: float, hauteur: float) -> None:
        super().__init__(box=BoxConstraints(width=largeur, height=hauteur))
        self._paragraphes, self._largeur, self._hauteur = paragraphes, largeur, hauteur

    def render(self) -> bytes:
        lignes, echelle = self._mettre_en_lignes()
        polices = list(dict.fromkeys(fonte for fonte, _, _ in lignes))
        signes: dict[Police, list[Signe]] = {fonte: [] for fonte in polices}
        y = (self._hauteur + sum(corps for _, corps, _ in lignes) * INTERLIGNE * echelle) / 2
        ordres = [b"q", ENCRE, b"BT"]
        for fonte, corps, texte in lignes:
            taille = corps * echelle
            y -= taille * INTERLIGNE
            composes = fonte.composer(texte)
            signes[fonte] += composes
            ordres.append(
                b"/F%d %.2f Tf 1 0 0 1 %.2f %.2f Tm %b TJ"
                % (polices.index(fonte), taille, MARGE, y + taille * (INTERLIGNE - 1), _tj(fonte, composes))
            )
        for rang, fonte in enumerate(polices):
            reference = self._ensure_writer.add_object(_incorporer(self._ensure_writer, fonte, signes[fonte]))
            self.set_resource(category=ResourceType.FONT, name=pdf_name(f"/F{rang}"), value=reference)
        return b" ".join([*ordres, b"ET Q"])

    def _mettre_en_lignes(self) -> tuple[list[Ligne], float]:
        """The broken lines and the scale (1, or less when the text is too long for the box)."""
        echelle = 1.0
        while True:
            place = (self._largeur - 2 * MARGE) / echelle
            lignes = [(f, c, morceau) for f, c, t in self._paragraphes for morceau in couper(t, f, c, place)]
            haut = sum(corps for _, corps, _ in lignes) * INTERLIGNE * echelle
            large = max(f.largeur(t, c) for f, c, t in lignes) * echelle
            if (haut <= self._hauteur - 4 and large <= self._largeur - 2 * MARGE + 0.1) or echelle < 0.45:
                return lignes, echelle
            echelle -= 0.05


def _tj(fonte: Police, signes: list[Signe]) -> bytes:
    morceaux = [b"[<"]
    for signe in signes:
        morceaux.append(b"%04x" % signe.numero)
        if signe.avance != signe.chasse:
            morceaux.append(b"> %d <" % round((signe.chasse - signe.avance) * 1000 / fonte.cadratin))
    return b"".join([*morceaux, b">]"])


def _incorporer(redacteur: Any, fonte: Police, signes: list[Signe]) -> generic.DictionaryObject:
    """A Type0 font holding the glyphs in use, numbered as in the file."""
    numeros = {signe.numero: signe for signe in signes}
    nom = f"/{_etiquette(fonte, numeros)}+{fonte.nom}"
    fichier, cle = _fichier(fonte, numeros)
    descripteur = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): pdf_name(nom),
            pdf_name("/Flags"): generic.NumberObject(4),
            pdf_name("/FontBBox"): _nombres(*(_mille(fonte, n) for n in _boite(fonte))),
            pdf_name("/ItalicAngle"): generic.NumberObject(0),
            pdf_name("/Ascent"): generic.NumberObject(_mille(fonte, _boite(fonte)[3])),
            pdf_name("/Descent"): generic.NumberObject(_mille(fonte, _boite(fonte)[1])),
            pdf_name("/CapHeight"): generic.NumberObject(700),
            pdf_name("/StemV"): generic.NumberObject(80),
            pdf_name(cle): redacteur.add_object(fichier),
        }
    )
    chasses = generic.ArrayObject()
    for numero, signe in sorted(numeros.items()):
        chasses += [generic.NumberObject(numero), _nombres(_mille(fonte, signe.chasse))]
    descendante = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/CIDFontType2" if cle == "/FontFile2" else "/CIDFontType0"),
            pdf_name("/BaseFont"): pdf_name(nom),
            pdf_name("/CIDSystemInfo"): generic.DictionaryObject(
                {
                    pdf_name("/Registry"): generic.pdf_string("Adobe"),
                    pdf_name("/Ordering"): generic.pdf_string("Identity"),
                    pdf_name("/Supplement"): generic.NumberObject(0),
                }
            ),
            pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/W"): chasses,
            pdf_name("/FontDescriptor"): redacteur.add_object(descripteur),
        }
    )
    return generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type0"),
            pdf_name("/BaseFont"): pdf_name(nom),
            pdf_name("/Encoding"): pdf_name("/Identity-H"),
            pdf_name("/DescendantFonts"): generic.ArrayObject([redacteur.add_object(descendante)]),
            pdf_name("/ToUnicode"): redacteur.add_object(_vers_unicode(numeros)),
        }
    )


def _fichier(fonte: Police, numeros: Iterable[int]) -> tuple[generic.StreamObject, str]:
    demande = hb.SubsetInput()
    demande.glyph_set.update(numeros)
    demande.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.DESUBROUTINIZE
    octets = hb.subset(fonte.face, demande).blob.data
    if octets[:4] == b"OTTO":
        flux = generic.StreamObject({pdf_name("/Subtype"): pdf_name("/OpenType")}, stream_data=octets)
        cle = "/FontFile3"
    else:
        flux = generic.StreamObject({pdf_name("/Length1"): generic.NumberObject(len(octets))}, stream_data=octets)
        cle = "/FontFile2"
    flux.compress()
    return flux, cle


def _vers_unicode(numeros: dict[int, Signe]) -> generic.StreamObject:
    lignes = [f"<{numero:04x}> <{s.texte.encode('utf-16-be').hex()}>" for numero, s in sorted(numeros.items())]
    blocs = [lignes[i : i + 100] for i in range(0, len(lignes), 100)]
    table = "\n".join(f"{len(bloc)} beginbfchar\n" + "\n".join(bloc) + "\nendbfchar" for bloc in blocs)
    flux = generic.StreamObject(
        stream_data=(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
            "<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n"
            "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{table}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode("ascii")
    )
    flux.compress()
    return flux


def _etiquette(fonte: Police, numeros: Iterable[int]) -> str:
    """The six capitals that name a subset; the same glyphs of the same font give the same ones."""
    empreinte = hashlib.sha256(f"{fonte.nom}{sorted(numeros)}".encode()).digest()
    return "".join(chr(65 + octet % 26) for octet in empreinte[:6])


def _boite(fonte: Police) -> tuple[int, int, int, int]:
    etendue = fonte.fonte.get_font_extents("ltr")
    return 0, etendue.descender, fonte.cadratin, etendue.ascender


def _mille(fonte: Police, valeur: int) -> int:
    return round(valeur * 1000 / fonte.cadratin)


def _nombres(*valeurs: int) -> generic.ArrayObject:
    return generic.ArrayObject(generic.NumberObject(valeur) for valeur in valeurs)

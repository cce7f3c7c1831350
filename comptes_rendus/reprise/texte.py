"""From the bytes of a deposited file to text. Whatever is not text is refused, with a word on what to do."""

from __future__ import annotations

import codecs

TAILLE_MAX = 2_000_000
_TAILLE_MAX_AFFICHEE = "2 Mo"

_CONSEIL_TEXTE = "ouvrez-le, enregistrez-le au format « texte brut » (.txt), puis déposez ce fichier"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "un fichier PDF", "extrayez-en le texte (copier-coller ou pdftotext), puis déposez ce texte"),
    (b"PK\x03\x04", "un document Word, OpenDocument ou une archive ZIP", _CONSEIL_TEXTE),
    (b"\xd0\xcf\x11\xe0", "un ancien document Word ou Excel", _CONSEIL_TEXTE),
    (b"{\\rtf", "un document RTF", _CONSEIL_TEXTE),
    (b"\x89PNG", "une image PNG", "passez-la d’abord dans un logiciel de reconnaissance de caractères"),
    (b"\xff\xd8\xff", "une image JPEG", "passez-la d’abord dans un logiciel de reconnaissance de caractères"),
    (b"GIF8", "une image GIF", "passez-la d’abord dans un logiciel de reconnaissance de caractères"),
    (b"II*\x00", "une image TIFF", "passez-la d’abord dans un logiciel de reconnaissance de caractères"),
    (b"MM\x00*", "une image TIFF", "passez-la d’abord dans un logiciel de reconnaissance de caractères"),
    (b"RIFF", "un fichier multimédia", "déposez le texte du compte rendu"),
    (b"\x1f\x8b", "une archive compressée (gzip)", "décompressez-la et déposez le texte qu’elle contient"),
    (b"7z\xbc\xaf", "une archive 7-Zip", "décompressez-la et déposez le texte qu’elle contient"),
    (b"\x7fELF", "un programme", "déposez le texte du compte rendu"),
)
_CONTROLES_ADMIS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85")


class TexteIllisible(ValueError):
    """The file cannot be read as text; the message, in French, says why and what to do."""


def decoder(octets: bytes) -> str:
    """Text of a deposited file: UTF-8, UTF-16 or Windows-1252, line ends made « \\n ».

    Raises ``TexteIllisible`` for an empty, a too large or a binary file.
    """
    if len(octets) > TAILLE_MAX:
        raise TexteIllisible(
            f"Le fichier pèse {len(octets) / 1_000_000:.1f} Mo : la limite est de {_TAILLE_MAX_AFFICHEE}. "
            "Déposez le texte seul, sans image.".replace(".", ",", 1)
        )
    if not octets.strip():
        raise TexteIllisible("Le fichier est vide : déposez le texte d’un compte rendu.")
    _refuser_binaire_connu(octets)
    texte = _lire(octets).replace("\r\n", "\n").replace("\r", "\n")
    if not texte.strip("\ufeff \t\n\r\f\v\xa0"):
        raise TexteIllisible("Le fichier ne contient que des blancs : déposez le texte d’un compte rendu.")
    _refuser_controles(texte)
    return texte


def _refuser_binaire_connu(octets: bytes) -> None:
    debut = octets.lstrip()[:16] if octets[:1].isspace() else octets[:16]
    for signature, nature, conseil in _SIGNATURES:
        if debut.startswith(signature):
            raise TexteIllisible(f"Ce fichier semble être {nature}, et non du texte : {conseil}.")


def _lire(octets: bytes) -> str:
    if octets.startswith(codecs.BOM_UTF8):
        octets = octets[len(codecs.BOM_UTF8) :]
    utf16 = _codage_utf16(octets)
    if utf16:
        try:
            return octets.decode(utf16).removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise _binaire() from None
    if b"\x00" in octets:
        raise _binaire()
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return octets.decode("cp1252")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _codage_utf16(octets: bytes) -> str | None:
    """UTF-16 by its mark, or by where its zero bytes stand (one byte in two in European text)."""
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not octets.startswith(codecs.BOM_UTF32_LE):
        return "utf-16"
    if len(octets) < 4 or len(octets) % 2 or b"\x00" not in octets[:2000]:
        return None
    moitie = len(octets) // 2
    pairs, impairs = octets[0::2].count(0), octets[1::2].count(0)
    if impairs > 0.7 * moitie and pairs < 0.05 * moitie:
        return "utf-16-le"
    if pairs > 0.7 * moitie and impairs < 0.05 * moitie:
        return "utf-16-be"
    return None


def _refuser_controles(texte: str) -> None:
    controles = sum(
        1 for lettre in texte if (lettre < " " or "\x7f" <= lettre <= "\x9f") and lettre not in _CONTROLES_ADMIS
    )
    if "\x00" in texte or controles > max(4, len(texte) // 100):
        raise _binaire()


def _binaire() -> TexteIllisible:
    return TexteIllisible(
        "Ce fichier n’est pas du texte (il contient des données binaires) : enregistrez le compte rendu au format "
        "« texte brut » (.txt), puis déposez ce fichier."
    )

"""Fonts of the minutes: Marianne taken from the installed django-dsfr package, never committed.

The package ships WOFF2; decoding it at every start costs 0.6 s and pyHanko needs TrueType. So each face is converted
once into ``settings.POLICES`` (default ``var/polices``), under a private family name given by ``@font-face``: a system
font that happens to be called « Marianne » would otherwise win silently and change the bytes of the PDF.

No Django, no fontTools at import: the web processes may import this module for nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

FAMILLE = "CLU Marianne"
"""Private family name, used by ``static/css/pdf.css``."""

SECOURS = "DejaVu Sans"
"""Family that draws what Marianne lacks (✓, ☐, ◆) and everything when Marianne is absent."""

_journal = logging.getLogger(__name__)
_DOSSIERS_SYSTEME = ("/usr/share/fonts", "/usr/local/share/fonts")
_MANIFESTE = "manifeste.json"


@dataclass(frozen=True, slots=True)
class Graisse:
    """One face: file stem in the django-dsfr package, CSS weight (400 or 700) and style."""

    fichier: str
    graisse: int
    style: str


GRAISSES = (
    Graisse("Marianne-Regular", 400, "normal"),
    Graisse("Marianne-Regular_Italic", 400, "italic"),
    Graisse("Marianne-Bold", 700, "normal"),
    Graisse("Marianne-Bold_Italic", 700, "italic"),
)


def preparer(dossier: Path) -> Path:
    """Fill ``dossier`` with the TrueType faces and ``fonts.conf``, once; return it.

    Idempotent and safe between processes (each file is written aside, then renamed). When django-dsfr or its fonts
    are missing, a warning is logged and the folder holds only the configuration: the PDF is then set in DejaVu.
    Raises ``OSError`` when the folder cannot be written.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    sources = _sources()
    manifeste = {source.name: _empreinte(source) for source in sources}
    if not manifeste:
        _journal.warning("Police Marianne absente (paquet django-dsfr) : le PDF est composé en %s.", SECOURS)
    if _lire_manifeste(dossier) != manifeste:
        for source in sources:
            _remplacer(dossier / f"{source.stem}.ttf", partial(_convertir, source))
        _ecrire(dossier / _MANIFESTE, json.dumps(manifeste, indent=1, sort_keys=True))
    configuration = dossier / "fonts.conf"
    contenu = _configuration(dossier)
    if not configuration.is_file() or configuration.read_text(encoding="utf-8") != contenu:
        _ecrire(configuration, contenu)
    return dossier


def regles(dossier: Path) -> str:
    """``@font-face`` rules of the faces present in ``dossier``, by ``polices:`` addresses the child program serves."""
    return "".join(
        f'@font-face{{font-family:"{FAMILLE}";font-weight:{g.graisse};font-style:{g.style};'
        f'src:url("polices:{g.fichier}.ttf")}}\n'
        for g in GRAISSES
        if (dossier / f"{g.fichier}.ttf").is_file()
    )


def chemins_du_tampon(dossier: Path, *, gras: bool = False) -> list[Path]:
    """The TrueType files the signature stamp may embed, best first: Marianne, then DejaVu.

    Raises ``FileNotFoundError`` with a French message when neither is installed.
    """
    secours = [chemin.with_name("DejaVuSans-Bold.ttf") if gras else chemin for chemin in _dejavu()]
    marianne = dossier / ("Marianne-Bold.ttf" if gras else "Marianne-Regular.ttf")
    chemins = [chemin for chemin in (marianne, *secours) if chemin.is_file()]
    if not chemins:
        raise FileNotFoundError("Aucune police : installez django-dsfr ou le paquet système « fonts-dejavu-core ».")
    return chemins


def _sources() -> list[Path]:
    paquet = find_spec("dsfr")
    if paquet is None or not paquet.submodule_search_locations:
        return []
    dossier = Path(next(iter(paquet.submodule_search_locations))) / "static" / "dsfr" / "dist" / "fonts"
    chemins = [dossier / f"{graisse.fichier}.woff2" for graisse in GRAISSES]
    return chemins if all(chemin.is_file() for chemin in chemins) else []


def _empreinte(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()


def _lire_manifeste(dossier: Path) -> object:
    try:
        return json.loads((dossier / _MANIFESTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _convertir(source: Path, chemin: Path) -> None:
    from fontTools.ttLib import TTFont

    with TTFont(source, recalcBBoxes=False, recalcTimestamp=False) as police:
        police.flavor = None
        police.save(chemin)


def _configuration(dossier: Path) -> str:
    """A fontconfig file that shows the child nothing but DejaVu: the same fonts on every machine.

    Without DejaVu the system folders stay visible, so that something can still be drawn.
    """
    visibles = sorted({str(chemin.parent) for chemin in _dejavu()}) or list(_DOSSIERS_SYSTEME)
    dossiers = "".join(f"<dir>{chemin}</dir>" for chemin in visibles)
    ecartes = "".join(f"<glob>*/{nom}*</glob>" for nom in ("DejaVuMath", "DejaVuSerif"))
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>{dossiers}<selectfont><rejectfont>{ecartes}</rejectfont></selectfont>"
        f"<cachedir>{dossier.resolve() / 'cache'}</cachedir></fontconfig>\n"
    )


def _dejavu() -> Iterator[Path]:
    for racine in _DOSSIERS_SYSTEME:
        yield from sorted(Path(racine).glob("**/DejaVuSans.ttf"))


def _ecrire(chemin: Path, contenu: str) -> None:
    _remplacer(chemin, lambda temporaire: temporaire.write_text(contenu, encoding="utf-8"))


def _remplacer(chemin: Path, ecrire: Callable[[Path], object]) -> None:
    descripteur, nom = tempfile.mkstemp(dir=chemin.parent, prefix=f".{chemin.name}.")
    os.close(descripteur)
    temporaire = Path(nom)
    try:
        ecrire(temporaire)
        temporaire.chmod(0o644)
        temporaire.replace(chemin)
    finally:
        temporaire.unlink(missing_ok=True)

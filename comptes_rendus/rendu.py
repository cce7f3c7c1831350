"""The child program that turns HTML into a tagged, archivable PDF: ``python -m comptes_rendus.rendu``.

It knows neither Django nor the database, takes its orders on standard input and can be killed at any time. What it
writes is PDF/A-3a *and* PDF/UA-1 in one file, and the same request always gives the same bytes.

Frames, both ways: eight bytes (length, big endian), then the payload. A request is one JSON frame
``{"html", "titre", "auteur", "sujet", "mots_cles", "date", "secondes", "pieces": [{"nom", "description", "relation",
"octets" (base64)}]}``. An answer is one JSON frame ``{"etat": "fait" | "refus" | "memoire", "message", "pages"}``,
followed when « fait » by one frame of raw PDF bytes. A first answer frame ``{"etat": "pret"}`` says the engine is
warm. End of file on standard input ends the program.

Limits: address space (``--memoire``, MiB) for the whole life, CPU seconds per request. Guards: the URL fetcher
serves ``data:`` and ``polices:`` only; an audit hook refuses sockets, processes and any file outside the Python
installation, the fonts folder and a private temporary folder; any WeasyPrint message of level WARNING or more
fails the render.
"""

from __future__ import annotations

import argparse
import base64
import gc
import json
import logging
import mimetypes
import os
import re
import resource
import select
import struct
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

_ENTETE = struct.Struct(">Q")
_TAILLE_MAXIMALE = 256 * 1024 * 1024
_MESSAGES_MAXIMUM = 20
_EVENEMENTS_INTERDITS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
_GLYPHE_ABSENT = re.compile(r"unsupported by fonts: \"(?P<texte>.*?)\"", re.DOTALL)
_DATE_FIXE = datetime(2000, 1, 1, tzinfo=UTC)


class Refus(Exception):
    """The document cannot be rendered as it is; the message is in plain French."""


# --- Frames -----------------------------------------------------------------------------------------------------


def lire_trame(entree: IO[bytes]) -> bytes | None:
    """Read one frame; ``None`` at end of file (also in the middle of a frame: the other side is dead)."""
    entete = entree.read(_ENTETE.size)
    if len(entete) < _ENTETE.size:
        return None
    (taille,) = _ENTETE.unpack(entete)
    if taille > _TAILLE_MAXIMALE:
        return None
    charge = entree.read(taille)
    return charge if len(charge) == taille else None


def ecrire_trame(sortie: IO[bytes], charge: bytes) -> None:
    """Write one frame. Raises ``BrokenPipeError`` when the other side is dead."""
    sortie.write(_ENTETE.pack(len(charge)))
    sortie.write(charge)
    sortie.flush()


# --- Guards -----------------------------------------------------------------------------------------------------


class Garde:
    """What the process may touch once it is warm; ``refus`` lists what was asked for and refused."""

    def __init__(self, *racines: Path) -> None:
        self.refus: list[str] = []
        self._racines = tuple(f"{racine.resolve()}/" for racine in racines)

    def poser(self) -> None:
        """Install the audit hook. It cannot be removed: the process stays locked until its end."""
        sys.addaudithook(self._auditer)

    def refuser(self, ressource: str) -> PermissionError:
        self.refus.append(ressource[:200])
        return PermissionError(f"ressource refusée : {ressource[:200]}")

    def _auditer(self, evenement: str, arguments: tuple[Any, ...]) -> None:
        if evenement == "open":
            chemin = arguments[0]
            if isinstance(chemin, str | bytes | os.PathLike) and not self._permis(os.fsdecode(chemin)):
                raise self.refuser(os.fsdecode(chemin))
        elif evenement.startswith(_EVENEMENTS_INTERDITS):
            raise self.refuser(evenement)

    def _permis(self, chemin: str) -> bool:
        return os.path.realpath(chemin).startswith(self._racines)


def _limiter_memoire(megaoctets: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megaoctets << 20, megaoctets << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limiter_processeur(secondes: float) -> None:
    """Give the coming request that many CPU seconds more than what the process has used so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, dure = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + secondes) + 2, dure))


class _Jauge:
    """Tells whether the address space has come near its limit: C code reports that as all sorts of errors."""

    def __init__(self, megaoctets: int) -> None:
        self._limite = megaoctets << 10  # KiB
        chemin = Path("/proc/self/status")
        self._etat = chemin.open("rb") if chemin.is_file() else None  # opened before the guard, read again later

    def pleine(self) -> bool:
        if self._etat is None:
            return False
        self._etat.seek(0)
        sommet = re.search(rb"VmPeak:\s*(\d+)", self._etat.read())
        return sommet is not None and int(sommet[1]) > 0.94 * self._limite


class _Journal(logging.Handler):
    """Keeps what WeasyPrint reports at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.messages) < _MESSAGES_MAXIMUM:
            self.messages.append(record.getMessage())


def _expliquer(messages: list[str], refus: list[str]) -> str:
    """One French sentence out of what the engine reported and what the guards refused."""
    if refus:
        return f"Ressource extérieure refusée : {', '.join(dict.fromkeys(refus))}."
    absents = [c for m in messages for t in _GLYPHE_ABSENT.findall(m) for c in t if not c.isspace()]
    if absents:
        liste = ", ".join(f"«\u00a0{c}\u00a0» (U+{ord(c):04X})" for c in dict.fromkeys(absents))
        return f"Aucune police ne sait dessiner {liste}\u00a0: remplacez ce caractère dans le texte."
    return f"Le moteur de mise en page signale\u00a0: {messages[0][:300]}"


# --- Engine -----------------------------------------------------------------------------------------------------


class Moteur:
    """WeasyPrint, warm: one font configuration for the life of the process, never shared between threads."""

    def __init__(self, polices: Path, garde: Garde, jauge: _Jauge) -> None:
        import PIL.Image
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from comptes_rendus import finition

        PIL.Image.MAX_IMAGE_PIXELS = 12_000_000  # twice as many raise DecompressionBombError
        mimetypes.init(files=())
        self._weasyprint = weasyprint
        self._finition = finition
        self._garde, self._jauge = garde, jauge
        self._recuperateur = _recuperateur(polices, garde)
        self._polices = FontConfiguration()
        self._journal = _Journal()
        journal = logging.getLogger("weasyprint")
        journal.addHandler(self._journal)
        journal.setLevel(logging.WARNING)

    def rendre(self, demande: dict[str, Any]) -> tuple[bytes, int]:
        """Return the PDF bytes and the number of pages. Raises ``Refus``; ``MemoryError`` passes through."""
        self._journal.messages.clear()
        self._garde.refus.clear()
        try:
            resultat = self._rendre(demande)
        except MemoryError:
            raise
        except RecursionError:
            raise Refus("Le document est trop profondément imbriqué.") from None
        except BaseException as erreur:  # FatalURLFetchingError derives from BaseException
            if isinstance(erreur, KeyboardInterrupt | SystemExit):
                raise
            if self._garde.refus or self._journal.messages:
                raise Refus(_expliquer(self._journal.messages, self._garde.refus)) from erreur
            if self._jauge.pleine():
                raise MemoryError from erreur
            raise Refus(f"La mise en page a échoué\u00a0: {type(erreur).__name__} {erreur}"[:300]) from erreur
        if self._garde.refus or self._journal.messages:
            raise Refus(_expliquer(self._journal.messages, self._garde.refus))
        return resultat

    def _rendre(self, demande: dict[str, Any]) -> tuple[bytes, int]:
        page = self._weasyprint.HTML(string=demande["html"], url_fetcher=self._recuperateur)
        document = page.render(font_config=self._polices, pdf_variant="pdf/a-3a", dpi=150)
        document.metadata = self._finition.metadonnees(document.metadata, demande)
        document.metadata.attachments.extend(self._pieces(demande))
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", dpi=150, finisher=self._finition.finir)
        return pdf, len(document.pages)

    def _pieces(self, demande: dict[str, Any]) -> Iterator[Any]:
        date = datetime.fromisoformat(demande["date"]).replace(tzinfo=UTC) if demande.get("date") else _DATE_FIXE
        for piece in demande.get("pieces", ()):
            yield self._weasyprint.Attachment(
                string=base64.b64decode(piece["octets"]),
                name=piece["nom"],
                description=piece["description"],
                relationship=piece["relation"],
                created=date,
                modified=date,
                url_fetcher=self._recuperateur,
            )


def _recuperateur(polices: Path, garde: Garde) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Recuperateur(URLFetcher):
        """Serves ``data:`` and ``polices:<file>.ttf``; everything else is recorded and stops the render at once."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            nom = re.fullmatch(r"polices:([A-Za-z0-9_-]+\.ttf)", url)
            if nom is None:
                raise garde.refuser(url)
            return URLFetcherResponse(url, (polices / nom[1]).read_bytes(), {"Content-Type": "font/ttf"})

    return Recuperateur(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


# --- Program ----------------------------------------------------------------------------------------------------


def _attendre(entree: IO[bytes], parent: int) -> bool:
    """Wait for a request; ``False`` when the parent is gone although its end of the pipe lives on in a fork."""
    while not select.select([entree], [], [], 5.0)[0]:
        if os.getppid() != parent:
            return False
    return True


def _servir(moteur: Moteur, charge: bytes, sortie: IO[bytes]) -> bool:
    """Answer one request; ``False`` when the process is no longer trustworthy and must end."""
    demande = json.loads(charge)
    _limiter_processeur(float(demande.get("secondes", 60)))
    try:
        pdf, pages = moteur.rendre(demande)
    except Refus as refus:
        ecrire_trame(sortie, json.dumps({"etat": "refus", "message": str(refus)}).encode())
        return True
    except MemoryError:
        ecrire_trame(sortie, b'{"etat": "memoire"}')
        return False
    ecrire_trame(sortie, json.dumps({"etat": "fait", "pages": pages}).encode())
    ecrire_trame(sortie, pdf)
    return True


def _balayer(dossier: Path) -> None:
    """Remove the decoded fonts. Without ``shutil.rmtree``, whose ``os.open`` of relative names the guard refuses."""
    for chemin in sorted(dossier.glob("weasyprint-*/*")):
        chemin.unlink(missing_ok=True)
    for chemin in dossier.glob("weasyprint-*"):
        chemin.rmdir()
    dossier.rmdir()


def main(arguments: list[str] | None = None) -> int:
    """Serve requests until end of file. Exit status: 0 at end of file, 3 after running out of memory."""
    analyseur = argparse.ArgumentParser(prog="comptes_rendus.rendu")
    analyseur.add_argument("polices", type=Path, help="folder of the .ttf files served as polices:<file>")
    analyseur.add_argument("travail", type=Path, help="private temporary folder, emptied at the end")
    analyseur.add_argument("--memoire", type=int, default=512, help="address space, MiB")
    options = analyseur.parse_args(arguments)
    parent = os.getppid()
    entree, sortie = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not break the frames
    _limiter_memoire(options.memoire)
    tempfile.tempdir = str(options.travail)
    garde = Garde(Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parent, options.polices, options.travail)
    moteur = Moteur(options.polices, garde, _Jauge(options.memoire))
    garde.poser()
    gc.freeze()
    try:
        ecrire_trame(sortie, b'{"etat": "pret"}')
        return _boucle(moteur, entree, sortie, parent)
    finally:
        _balayer(options.travail)


def _boucle(moteur: Moteur, entree: IO[bytes], sortie: IO[bytes], parent: int) -> int:
    while _attendre(entree, parent):
        charge = lire_trame(entree)
        if charge is None:
            return 0
        gc.disable()  # a render makes millions of objects that live to its end: collecting them is a tenth of its time
        try:
            if not _servir(moteur, charge, sortie):
                return 3
        except BrokenPipeError:
            return 0
        gc.enable()
        gc.collect()
    return 0


if __name__ == "__main__":
    sys.exit(main())

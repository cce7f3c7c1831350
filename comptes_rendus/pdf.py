"""From a ``Document`` to the bytes of its PDF: the parent side, used by the background worker.

WeasyPrint lives in one long-lived child (``comptes_rendus.rendu``): it takes 60 MiB and a second to import, crashes
on shared font configurations and can be made to run for ever by a small document. This module starts the child on
the first render, talks to it under a lock, kills it on time-out and starts another. It never imports WeasyPrint.

The body is that of the page on screen (``affichage``).
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from . import affichage, polices, typographie
from .affichage import FUSION, FUSION_MAXIMALE
from .document import Document
from .rendu import ecrire_trame, lire_trame

RACINE = Path(__file__).resolve().parent.parent
RENDUS_PAR_ENFANT = 200
PROFONDEUR_MAXIMALE = 60
LIGNES_MAXIMALES = 4_000
TEXTE_MAXIMAL = 3_000_000
BLANCS_MAXIMAUX = 2_000


class RenduImpossible(Exception):
    """The PDF cannot be made. ``str()`` is a sentence in French for the person who asked.

    ``passager``: true when the same request may succeed later (the child was killed from outside).
    """

    def __init__(self, message: str, *, passager: bool = False) -> None:
        super().__init__(message)
        self.passager = passager


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """A file carried inside the PDF. ``relation``: ``Source`` (what the PDF was made from) or ``Supplement``."""

    nom: str
    octets: bytes
    description: str = ""
    relation: str = "Supplement"


def html_du_document(document: Document, *, projet: bool, signature_attendue: bool) -> str:
    """The whole page given to the child program, style sheet and font rules inside."""
    regles = polices.regles(_polices())
    corps = mark_safe(typographie.tenir_les_composes(affichage.corps_du_document(document, champ=signature_attendue)))  # noqa: S308
    if regles:
        # Marianne has no U+202F; its stand-in is half a space wide (0.13 em) and « 95 % » looks glued.
        corps = mark_safe(corps.replace(typographie.FINE, typographie.INSECABLE))  # noqa: S308
    hauteur_pied = 3.6 * len(document.pied)
    return render_to_string(
        "pdf/compte_rendu.html",
        {
            "document": document,
            "corps": corps,
            "projet": projet,
            "reference": mark_safe(_chaine_css(document.reference)),  # noqa: S308
            "marge": f"{24 + hauteur_pied:.1f}",
            "pied": f"{4 + hauteur_pied:.1f}",
            "titre": f"{_largeur_du_titre(document.titre):.0f}",
            "polices": mark_safe(regles),  # noqa: S308
            "style": mark_safe((RACINE / "static" / "css" / "pdf.css").read_text(encoding="utf-8")),  # noqa: S308
        },
    )


def _chaine_css(texte: str) -> str:
    """A CSS string literal: every character but letters and digits is written as an escape."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):06x}" for c in texte) + '"'


def _largeur_du_titre(titre: str) -> float:
    """Width in mm that breaks a long title into lines of about the same length (no ``text-wrap: balance`` here)."""
    naturelle = sum(3.6 if c.isupper() else 1.5 if c.isspace() else 2.95 for c in titre)
    lignes = max(1, -(-naturelle // 150))
    return 154.0 if lignes == 1 else min(154.0, naturelle / lignes * 1.12 + 6)


def composer(document: Document, *, projet: bool, annexes: Sequence[PieceJointe] = ()) -> bytes:
    """The PDF of a document: a draft (« PROJET », no field) or the text to sign (empty signature field).

    The JSON of the document is attached as ``Source``, ``annexes`` after it. Raises ``RenduImpossible``.
    """
    html = html_du_document(document, projet=projet, signature_attendue=not projet)
    source = PieceJointe(
        nom="compte-rendu.json",
        octets=json.dumps(document.en_json(), ensure_ascii=False, indent=1).encode(),
        description="Contenu structuré du compte rendu",
        relation="Source",
    )
    titre = document.titre or f"Compte rendu {document.reference}".strip()
    return rendre(
        html,
        titre=f"Projet – {titre}" if projet else titre,
        auteur=document.autorite,
        sujet=document.reference,
        date=document.date,
        pieces=(source, *annexes),
    )


# --- Bounds -------------------------------------------------------------------------------------------------------

_BALISE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_BLANCS = re.compile(rf"[ \t\r\n]{{{BLANCS_MAXIMAUX}}}")
_SANS_CONTENU = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def borner(html: str) -> None:
    """Refuse, before rendering, what would make the engine run for minutes. Raises ``RenduImpossible``."""
    if len(html) > TEXTE_MAXIMAL:
        raise RenduImpossible(f"Document trop long\u00a0: plus de {TEXTE_MAXIMAL // 1_000_000} millions de caractères.")
    if _BLANCS.search(html):
        raise RenduImpossible("Le document contient une suite démesurée d’espaces.")
    profondeur = lignes = 0
    for balise in _BALISE.finditer(html):
        nom = balise[2].lower()
        if balise[1]:
            profondeur -= 1
            continue
        profondeur += nom not in _SANS_CONTENU
        lignes += nom == "tr"
        if profondeur > PROFONDEUR_MAXIMALE:
            raise RenduImpossible(f"Document trop imbriqué\u00a0: plus de {PROFONDEUR_MAXIMALE} niveaux.")
        if balise[3]:
            _borner_attributs(balise[3])
    if lignes > LIGNES_MAXIMALES:
        raise RenduImpossible(f"Tableaux trop longs\u00a0: plus de {LIGNES_MAXIMALES} lignes.")


def _borner_attributs(attributs: str) -> None:
    if any(len(valeur) > 4 or int(valeur) > FUSION_MAXIMALE for valeur in FUSION.findall(attributs)):
        raise RenduImpossible(f"Tableau refusé\u00a0: une cellule fusionne plus de {FUSION_MAXIMALE} cases.")
    if _STYLE.search(attributs):
        raise RenduImpossible("Mise en forme refusée\u00a0: un attribut «\u00a0style\u00a0» est resté dans le texte.")


# --- The child ----------------------------------------------------------------------------------------------------


def rendre(
    html: str,
    *,
    titre: str,
    auteur: str = "",
    sujet: str = "",
    mots_cles: Sequence[str] = (),
    date: str = "",
    pieces: Sequence[PieceJointe] = (),
) -> bytes:
    """Render HTML as PDF/A-3a + PDF/UA-1; the same arguments give the same bytes.

    ``date``: ISO date written in the file and on its attachments. Raises ``RenduImpossible``: refused document, more
    than ``RENDU_SECONDES`` seconds of wall-clock time, more than ``RENDU_MEMOIRE_MO`` MiB, or the child died.
    """
    borner(html)
    demande = {
        "html": html,
        "titre": titre,
        "auteur": auteur,
        "sujet": sujet,
        "mots_cles": list(mots_cles),
        "date": date,
        "secondes": _secondes(),
        "pieces": [{**_champs(piece), "octets": base64.b64encode(piece.octets).decode("ascii")} for piece in pieces],
    }
    return _ATELIER.rendre(json.dumps(demande, ensure_ascii=False).encode())


def arreter() -> None:
    """End the child, if any (tests, end of the worker). The next render starts another."""
    _ATELIER.arreter()


def _champs(piece: PieceJointe) -> dict[str, str]:
    return {"nom": piece.nom, "description": piece.description, "relation": piece.relation}


def _secondes() -> float:
    return float(getattr(settings, "RENDU_SECONDES", 60))


def _polices() -> Path:
    return polices.preparer(Path(getattr(settings, "POLICES", RACINE / "var" / "polices")))


class _Enfant:
    """One child process and its pipes."""

    def __init__(self) -> None:
        dossier = _polices()
        self.memoire = int(getattr(settings, "RENDU_MEMOIRE_MO", 512))
        self.pid_parent = os.getpid()
        self.rendus = 0
        self.perdu = False
        self._travail = tempfile.mkdtemp(prefix="conclu-rendu-")
        self._erreurs: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._processus = subprocess.Popen(  # noqa: S603 - our own program, no shell, nothing typed by anybody
            [sys.executable, "-m", "comptes_rendus.rendu", dossier, self._travail, "--memoire", str(self.memoire)],
            cwd=RACINE,
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "PYTHONHASHSEED": "0",
                "FONTCONFIG_FILE": str((dossier / "fonts.conf").resolve()),
                "TMPDIR": tempfile.gettempdir(),
                "MALLOC_ARENA_MAX": "1",  # fontconfig's threads would each reserve 64 MiB of address space
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._erreurs,
        )
        assert self._processus.stdin is not None
        assert self._processus.stdout is not None
        self._vers, self._depuis = self._processus.stdin, self._processus.stdout

    def demarrer(self) -> None:
        with self._chien_de_garde(_secondes()):
            if lire_trame(self._depuis) is None:
                raise self._mort("Le moteur de PDF ne démarre pas")

    def demander(self, charge: bytes) -> bytes:
        self.rendus += 1
        secondes = _secondes()
        with self._chien_de_garde(secondes) as expire:
            with contextlib.suppress(BrokenPipeError):
                ecrire_trame(self._vers, charge)
            reponse = lire_trame(self._depuis)
            entete = json.loads(reponse) if reponse is not None else {"etat": "mort"}
            pdf = lire_trame(self._depuis) if entete["etat"] == "fait" else None
        if pdf is not None:
            return pdf
        if entete["etat"] == "refus":
            raise RenduImpossible(entete["message"])
        self.perdu = True
        if expire.is_set():
            raise RenduImpossible(
                f"Mise en page abandonnée au bout de {secondes:g} secondes\u00a0: document trop long."
            )
        if entete["etat"] == "memoire":
            raise self._trop_gros()
        raise self._mort("La mise en page s’est interrompue")

    def utilisable(self) -> bool:
        return (
            not self.perdu
            and self.pid_parent == os.getpid()
            and self._processus.poll() is None
            and self.rendus < RENDUS_PAR_ENFANT
        )

    def tuer(self) -> None:
        """End the process if it is ours (a fork only forgets it) and close its pipes."""
        if self.pid_parent == os.getpid():
            self._processus.kill()
            self._processus.wait()
            shutil.rmtree(self._travail, ignore_errors=True)
        for flux in (self._vers, self._depuis, self._erreurs):
            with contextlib.suppress(OSError):
                flux.close()

    @contextlib.contextmanager
    def _chien_de_garde(self, secondes: float) -> Iterator[threading.Event]:
        expire = threading.Event()

        def mordre() -> None:
            expire.set()
            self._processus.kill()

        minuterie = threading.Timer(secondes, mordre)
        minuterie.daemon = True
        minuterie.start()
        try:
            yield expire
        finally:
            minuterie.cancel()

    def _trop_gros(self) -> RenduImpossible:
        return RenduImpossible(
            f"Document trop lourd\u00a0: sa mise en page demande plus de {self.memoire} Mio de mémoire."
        )

    def _mort(self, message: str) -> RenduImpossible:
        code = self._processus.wait()
        self._erreurs.seek(0)
        erreurs = self._erreurs.read()[-4000:].decode(errors="replace")
        if code == 3 or "MemoryError" in erreurs or "failed to allocate" in erreurs:
            return self._trop_gros()
        if code == -24:  # SIGXCPU
            return RenduImpossible("Mise en page abandonnée\u00a0: document trop long.")
        derniere = erreurs.strip().rpartition("\n")[2]
        return RenduImpossible(f"{message} (code {code}) {derniere}".strip() + ".", passager=code == -9)


class _Atelier:
    """The one child of this process, behind a lock."""

    def __init__(self) -> None:
        self.oublier()

    def oublier(self) -> None:
        """Start from nothing: a fork must neither share the pipes nor inherit a lock that is held."""
        self._verrou = threading.Lock()
        self._enfant: _Enfant | None = None

    def rendre(self, charge: bytes) -> bytes:
        with self._verrou:
            enfant = self._disponible()
            try:
                return enfant.demander(charge)
            except BaseException as erreur:
                if not (isinstance(erreur, RenduImpossible) and enfant.utilisable()):
                    self._quitter()
                raise

    def arreter(self) -> None:
        with self._verrou:
            self._quitter()

    def _disponible(self) -> _Enfant:
        if self._enfant is not None and not self._enfant.utilisable():
            self._quitter()
        if self._enfant is None:
            self._enfant = _Enfant()
            try:
                self._enfant.demarrer()
            except BaseException:
                self._quitter()
                raise
        return self._enfant

    def _quitter(self) -> None:
        enfant, self._enfant = self._enfant, None
        if enfant is not None:
            enfant.tuer()


_ATELIER = _Atelier()
atexit.register(_ATELIER.arreter)
os.register_at_fork(after_in_child=_ATELIER.oublier)

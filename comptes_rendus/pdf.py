"""From a ``Document`` to the bytes of its PDF: the parent side, used by the background worker.

WeasyPrint lives in one long-lived child (``comptes_rendus.rendu``): it takes 60 MiB and a second to import, crashes
on shared font configurations and can be made to run for ever by a small document. This module starts the child on
the first render, talks to it under a lock, kills it on time-out and starts another. It never imports WeasyPrint.

The pages on screen and the PDF come out of the same template, ``comptes_rendus/_document.html``.
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
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from . import polices, typographie
from .document import BlocDocument, Document, GroupePresence, RubriqueDocument
from .rendu import ecrire_trame, lire_trame

RACINE = Path(__file__).resolve().parent.parent
RENDUS_PAR_ENFANT = 200
PROFONDEUR_MAXIMALE = 60
FUSION_MAXIMALE = 50
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


# --- What is shown ------------------------------------------------------------------------------------------------


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
    fusion = _FUSION.search(attributs)
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


def html_du_document(document: Document, *, projet: bool, signature_attendue: bool) -> str:
    """The whole page given to the child program, style sheet and font rules inside."""
    regles = polices.regles(_polices())
    corps = corps_du_document(document, champ=signature_attendue)
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
_FUSION = re.compile(r"\b(?:colspan|rowspan)\s*=\s*[\"']?\s*(\d+)", re.IGNORECASE)
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
    if any(len(valeur) > 4 or int(valeur) > FUSION_MAXIMALE for valeur in _FUSION.findall(attributs)):
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

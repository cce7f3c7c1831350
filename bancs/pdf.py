"""The PDF: our whole chain (child process, PDF/A-3a + PDF/UA-1, attachment) against bare WeasyPrint on the same HTML.

Both are warm, on the same fonts; the runs alternate, and the fastest of each side is kept: on a shared machine the
rest is noise. The texts are the three seeds when they lie beside the project, else an invented document.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from comptes_rendus import pdf, reprise, signature
from comptes_rendus.document import BlocDocument, Document, GroupePresence, LigneTete, RubriqueDocument
from comptes_rendus.reprise.structure import BlocLu
from comptes_rendus.texte import vers_html

from . import Mesure

GRAINES = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
PASSES = 7
BORNE = 1.15


def documents() -> Iterator[tuple[str, Document]]:
    """The texts to render, read as a take-over reads them."""
    graines = sorted(GRAINES.glob("*.txt"))
    for graine in graines:
        yield graine.name.partition("-")[0], _document(graine.read_text(encoding="utf-8"))
    if not graines:
        phrase = "Mme Vauclair rappelle que l'accueil de Rocval reste ouvert le samedi matin : 1 204 visites en un an. "
        yield "invente", _document("\n\n".join(phrase * (1 + rang % 5) for rang in range(120)))


def _document(texte: str) -> Document:
    lu = reprise.reprendre(texte)

    def blocs(rang: int, lus: Iterable[BlocLu]) -> tuple[BlocDocument, ...]:
        return tuple(
            BlocDocument(f"{rang:04x}{n:04x}", bloc.genre, vers_html(bloc.marquage, citation=bloc.genre == "citation"))
            for n, bloc in enumerate(lus)
        )

    return Document(
        reference="BANC-0001",
        titre=lu.titre or "",
        autorite="Préfecture du banc d’essai",
        date="2026-11-21",
        tete=tuple(LigneTete(ligne.role, ligne.texte) for ligne in lu.tete.lignes),
        presences=tuple(
            GroupePresence(g.titre, g.niveau, g.statut, tuple(ligne.texte for ligne in g.lignes), g.en_ligne)
            for g in lu.presences
        ),
        rubriques=tuple(
            RubriqueDocument(f"{n:08x}", r.niveau, r.numero, r.titre, blocs(n, r.blocs))
            for n, r in enumerate(lu.rubriques)
        ),
        signature=tuple(lu.signature),
        annexes=tuple(
            RubriqueDocument(f"{n:08x}", 1, "", a.titre, blocs(n, a.blocs)) for n, a in enumerate(lu.annexes, start=999)
        ),
    )


def _nu(dossier: Path) -> Callable[[str], bytes]:
    """Bare WeasyPrint in this process: nothing but its own ``write_pdf``, with a warm font configuration."""
    os.environ["FONTCONFIG_FILE"] = str((dossier / "fonts.conf").resolve())
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Recuperateur(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, (dossier / url.removeprefix("polices:")).read_bytes())

    configuration, recuperateur = FontConfiguration(), Recuperateur()

    def rendre(texte: str) -> bytes:
        page = weasyprint.HTML(string=texte, url_fetcher=recuperateur)
        return bytes(page.write_pdf(font_config=configuration))

    return rendre


def _duree(fonction: Callable[[], object]) -> float:
    debut = time.perf_counter()
    fonction()
    return time.perf_counter() - debut


def mesurer() -> dict[str, Mesure]:
    """Ratio, times of both sides and time of signing, per text."""
    nu = _nu(pdf._polices())
    mesures: dict[str, Mesure] = {}
    ratios = []
    for nom, document in documents():
        texte = pdf.html_du_document(document, projet=False, signature_attendue=True)
        piece = pdf.PieceJointe("compte-rendu.json", repr(document).encode(), relation="Source")

        def complet(texte: str = texte, piece: pdf.PieceJointe = piece) -> bytes:
            return pdf.rendre(texte, titre="Banc", date="2026-11-21", pieces=(piece,))

        complet(), nu(texte)
        nous, eux = [], []
        for _ in range(PASSES):
            nous.append(_duree(complet))
            eux.append(_duree(partial(nu, texte)))
            gc.collect()
        ratios.append(min(nous) / min(eux))
        mesures[f"pdf {nom} : chaîne complète"] = Mesure(min(nous) * 1000, "ms")
        mesures[f"pdf {nom} : WeasyPrint nu"] = Mesure(min(eux) * 1000, "ms")
        mesures[f"pdf {nom} : rapport"] = Mesure(ratios[-1], "ratio", BORNE)
        mesures[f"pdf {nom} : signature à chaud"] = Mesure(_signer(complet()), "ms")
    mesures["pdf : rapport moyen"] = Mesure(statistics.geometric_mean(ratios), "ratio", BORNE)
    pdf.arreter()
    return mesures


def _signer(octets: bytes) -> float:
    dossier = pdf._polices()
    chemin = dossier / "banc.p12"
    try:
        signature.creer_cle_de_demonstration(chemin, "banc", "Banc d’essai")
        cle = signature.CleAutorite.charger(chemin, "banc")
    finally:
        chemin.unlink(missing_ok=True)

    def signer() -> bytes:
        instant = datetime(2026, 11, 21, 12, tzinfo=UTC)
        return signature.signer(
            octets, cle=cle, nom="Hélène VAUCLAIR", qualite="SG", lieu="", instant=max(instant, cle.debut)
        )

    signer()
    return min(_duree(signer) for _ in range(5)) * 1000

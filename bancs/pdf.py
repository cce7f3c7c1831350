"""The PDF: our whole chain (child process, PDF/A-3a + PDF/UA-1, attachment) against bare WeasyPrint on the same HTML.

Both are warm, on the same fonts; the runs alternate, and the fastest of each side is kept: on a shared machine the
rest is noise. The texts are the three seeds when they lie beside the project, else an invented document.
"""

from __future__ import annotations

import gc
import html
import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from comptes_rendus import pdf, signature
from comptes_rendus.document import BlocDocument, Document, LigneTete, RubriqueDocument

from . import Mesure

GRAINES = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
PASSES = 7
BORNE = 1.15


def documents() -> Iterator[tuple[str, Document]]:
    """The texts to render, one block a line."""
    graines = sorted(GRAINES.glob("*.txt"))
    for graine in graines:
        yield graine.name.partition("-")[0], _document(graine.read_text(encoding="utf-8"))
    if not graines:
        phrase = "Mme Vauclair rappelle que l'accueil de Rocval reste ouvert le samedi matin : 1 204 visites en un an. "
        yield "invente", _document("\n".join(phrase * (1 + rang % 5) for rang in range(120)))


def _document(texte: str) -> Document:
    lignes = [ligne.strip() for ligne in texte.replace("\f", "\n").splitlines() if ligne.strip()]
    blocs = tuple(
        BlocDocument(f"{rang:08x}", "paragraphe", f"<p>{html.escape(ligne)}</p>") for rang, ligne in enumerate(lignes)
    )
    return Document(
        reference="BANC-0001",
        titre="Compte rendu du banc d’essai",
        autorite="Préfecture du banc d’essai",
        date="2026-11-21",
        tete=(LigneTete("marque", "PRÉFET"), LigneTete("lieu_date", "Rocval, le 21 novembre 2026")),
        rubriques=(RubriqueDocument("00000000", 1, "", "Échanges", blocs),),
        signature=("La secrétaire générale", "Hélène VAUCLAIR"),
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

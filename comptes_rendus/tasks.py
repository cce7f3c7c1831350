"""What the worker does for the minutes: render the approved document, render a draft on demand."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from journal.tasks import EchecDefinitif, executeur

from . import actions, assemblage, pdf
from .document import Document
from .models import CompteRendu


@executeur("figer")
def figer(*, pk: int) -> None:
    """Render the approved document and keep its bytes. Does nothing once done, or when the approval was voided."""
    compte_rendu = CompteRendu.objects.get(pk=pk)
    contenu: dict[str, Any] | None = compte_rendu.document_approuve
    if contenu is None or compte_rendu.pdf_approuve_id is not None:
        return
    octets = _composer(Document.depuis_json(contenu), projet=False)
    actions.figer(compte_rendu, octets, document=contenu, pages=nombre_de_pages(octets))


@executeur("projet")
def projet(*, pk: int) -> None:
    """Render the text of a draft as it stands now, marked « PROJET »."""
    compte_rendu = CompteRendu.objects.complets().get(pk=pk)
    document = assemblage.assembler(compte_rendu)
    octets = _composer(document, projet=True)
    actions.garder_projet(compte_rendu, octets, empreinte=assemblage.empreinte(document))


def _composer(document: Document, *, projet: bool) -> bytes:
    try:
        return pdf.composer(document, projet=projet)
    except pdf.RenduImpossible as refus:
        if refus.passager:
            raise
        raise EchecDefinitif(str(refus)) from refus


def nombre_de_pages(octets: bytes) -> int:
    """Pages of a PDF we made."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return int(PdfFileReader(BytesIO(octets)).root["/Pages"]["/Count"])

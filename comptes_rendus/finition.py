"""What WeasyPrint 70 lacks to be PDF/A-3a and PDF/UA-1 at once; imported by the child program only.

``metadonnees`` adds the PDF/UA identifier (and its extension schema, demanded by PDF/A) to the XMP packet; ``finir``
is the finisher, which mends the pydyf tree just before it is written: signature field, form dictionary, table
scopes, list numbering, page decorations as artifacts. Each point was measured against veraPDF.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags
from weasyprint.pdf.metadata import DocumentMetadata

CHAMP = "signature"
"""Name of the checkbox in the HTML, and of the signature field in the PDF."""

_IDENTIFIANT_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


class _Metadonnees(DocumentMetadata):
    def include_in_pdf(self, pdf: Any, variant: Any, version: Any, conformance: Any, compress: Any) -> None:
        super().include_in_pdf(pdf, variant, version, conformance, False)

    def generate_rdf_metadata(self, variant: Any, version: Any, conformance: Any) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        debut, fin, _ = rdf.rpartition(b"</rdf:RDF>")
        assert fin
        return debut + _IDENTIFIANT_UA


def metadonnees(lues: DocumentMetadata, demande: dict[str, Any]) -> DocumentMetadata:
    """Metadata of the file: what the HTML says (language), overruled by the request (``titre``, ``auteur`` …)."""
    resultat = _Metadonnees(**vars(lues))
    resultat.title = demande.get("titre") or lues.title
    resultat.authors = [demande["auteur"]] if demande.get("auteur") else lues.authors
    resultat.description = demande.get("sujet") or lues.description
    resultat.keywords = list(demande.get("mots_cles") or lues.keywords)
    resultat.generator = "Conclu"
    resultat.created = resultat.modified = demande.get("date") or None
    return resultat


def finir(document: Any, pdf: pydyf.PDF) -> None:
    """WeasyPrint finisher, see the module."""
    _champ_de_signature(pdf)
    _porter(document.pages)
    elements = [objet for objet in pdf.objects if isinstance(objet, dict) and objet.get("Type") == "/StructElem"]
    _numeroter_listes(pdf, elements)
    _ecarter_decors(pdf, elements)
    _figer(pdf)


def _objet(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _champ_de_signature(pdf: pydyf.PDF) -> None:
    """Turn the checkbox into an empty signature field (same place, same tag) and clean the form dictionary."""
    formulaire = pdf.catalog.get("AcroForm")
    if formulaire is None:
        return
    for cle in ("NeedAppearances", "DR"):
        formulaire.pop(cle, None)
    for reference in formulaire["Fields"]:
        champ = _objet(pdf, reference)
        for cle in ("AS", "MK", "V", "Border", "Ff", "DA"):
            champ.pop(cle, None)
        x1, y1, x2, y2 = champ["Rect"]
        gauche, bas, largeur, hauteur = min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)
        vide = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, largeur, hauteur))})
        pdf.add_object(vide)
        champ["FT"] = "/Sig"
        champ["Rect"] = pydyf.Array((gauche, bas, gauche + largeur, bas + hauteur))
        champ["AP"] = pydyf.Dictionary({"N": vide.reference})


# --- Tables and lists ---------------------------------------------------------------------------------------------


def _porter(pages: Iterable[Any]) -> None:
    """Write the scope of every header cell: screen readers need it, WeasyPrint only writes header ids."""
    for page in pages:
        for cellule in _entetes(page._page_box):
            marque = vars(cellule).get("mark")
            if marque is not None:
                portee = "/Row" if cellule.element.get("scope") == "row" else "/Column"
                marque["A"]["Scope"] = portee


def _entetes(boite: Any) -> Iterator[Any]:
    for enfant in boite.children:
        if enfant.element_tag == "th":
            yield enfant
        elif not isinstance(enfant, boxes.LineBox) and getattr(enfant, "children", None):
            yield from _entetes(enfant)


def _etiquette(balise: str | None) -> str:
    """Tell ordered lists apart while the tree is built; ``_numeroter_listes`` gives them their real tag back."""
    return "OL" if balise == "ol" else _etiquette_d_origine(balise)


_etiquette_d_origine = tags._get_pdf_tag
tags._get_pdf_tag = _etiquette


def _numeroter_listes(pdf: pydyf.PDF, elements: list[Any]) -> None:
    for element in elements:
        if element["S"] in ("/OL", "/L"):
            ordonnee = element["S"] == "/OL"
            element["S"] = "/L"
            if _a_des_puces(pdf, element):
                numerotation = "/Decimal" if ordonnee else "/Disc"
                element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numerotation})


def _a_des_puces(pdf: pydyf.PDF, liste: Any) -> bool:
    enfants = (_objet(pdf, reference) for reference in liste["K"] if isinstance(reference, bytes))
    return any(
        _objet(pdf, reference)["S"] == "/Lbl"
        for enfant in enfants
        if enfant.get("S") == "/LI"
        for reference in enfant["K"]
        if isinstance(reference, bytes)
    )


# --- Page decorations ---------------------------------------------------------------------------------------------


def _ecarter_decors(pdf: pydyf.PDF, elements: list[Any]) -> None:
    """Margin boxes (folio, reference, « PROJET ») are decoration: artifacts, not content read on every page.

    WeasyPrint gives them structure elements whose parent does not know them.
    """
    racine = _objet(pdf, pdf.catalog["StructTreeRoot"])
    document = _objet(pdf, racine["K"][0])
    reference, rattaches = document.reference, set(document["K"])
    par_page: dict[bytes, set[int]] = defaultdict(set)
    for element in elements:
        if element.get("P") == reference and element.reference not in rattaches:
            _detacher(pdf, element, par_page)
    numeros = _objet(pdf, racine["ParentTree"])["Nums"]
    for rang, page in enumerate(pdf.page_references):
        if page in par_page:
            _marquer_decors(_objet(pdf, _objet(pdf, page)["Contents"]), par_page[page])
            for mcid in par_page[page]:
                numeros[2 * rang + 1][mcid] = "null"


def _detacher(pdf: pydyf.PDF, element: Any, par_page: dict[bytes, set[int]]) -> None:
    for enfant in element.get("K", ()):
        if isinstance(enfant, int):
            par_page[element["Pg"]].add(enfant)
        else:
            _detacher(pdf, _objet(pdf, enfant), par_page)
    element.clear()  # stays in the file as an empty object: removing it would shift every number


def _marquer_decors(flux: Any, mcids: set[int]) -> None:
    contenu = flux.stream
    for rang, mot in enumerate(contenu):
        if isinstance(mot, dict) and mot.get("MCID") in mcids:
            contenu[rang - 1] = "/Artifact"
            contenu[rang] = "<</Type /Pagination>>"


class _Fige(pydyf.Object):
    """An object already written out."""

    def __init__(self, objet: pydyf.Object) -> None:
        super().__init__()
        self.number, self._octets = objet.number, objet.data

    @property
    def data(self) -> bytes:
        return self._octets


def _figer(pdf: pydyf.PDF) -> None:
    """Write every object out once: pydyf does it twice, for the file and then for its identifier."""
    pdf.objects = [
        objet if objet.free == "f" or isinstance(objet, pydyf.Stream) else _Fige(objet) for objet in pdf.objects
    ]


def _octets_du_flux(flux: pydyf.Stream) -> bytes:
    """Bytes of a stream, computed (and compressed) once; level 6 is three times faster than 9 and 1 % larger."""
    octets: bytes | None = vars(flux).get("_octets")
    if octets is None:
        contenu = b"\n".join(pydyf._to_bytes(mot) for mot in flux.stream)
        entete = pydyf.Dictionary(dict(flux.extra))
        if flux.compress:
            entete["Filter"] = "/FlateDecode"
            contenu = zlib.compress(contenu, 6)
        entete["Length"] = len(contenu)
        octets = flux._octets = b"\n".join((entete.data, b"stream", contenu, b"endstream"))
    return octets


pydyf.Stream.data = property(_octets_du_flux)

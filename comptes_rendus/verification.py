"""Is this file one of ours, untouched? The hash of the file decides first; a signature alone never does.

Order: SHA-256 among the frozen files → a file of ours followed by something → our reference inside → our signature.
Nothing here writes, keeps the bytes given, or raises on what they hold. Only signed minutes speak: the reference of a
draft is as unknown as one never given. Of minutes signed but not yet public, who signed and when, and no more.
"""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet

from .examen import ExamenImpossible, examiner_a_part
from .models import ALPHABET, CompteRendu, PdfFige
from .signature import CleIndisponible, Examen, cle_de_l_autorite

TAILLE_MAX = 25 * 1000 * 1000  # bytes; « 25 Mo »
_SIGNES = (CompteRendu.Etat.SIGNE, CompteRendu.Etat.PUBLIE, CompteRendu.Etat.REMPLACE)
_REFERENCE = re.compile(rf"(?<![A-Z0-9])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![A-Z0-9])".encode())
_REFERENCES_MAX = 200  # different candidates looked up
_FIN, _FINS_MAX = re.compile(rb"%%EOF\r?\n?"), 200  # of the first ends of a file, those looked at
_FLUX = re.compile(rb"stream\r?\n")
_FLUX_MAX, _FLUX_OCTETS, _FLUX_SECONDES = 2_000, 64 * 1024, 2.0  # streams opened, bytes of each, time for all


class Nature(StrEnum):
    AUTHENTIQUE = "authentique"
    REMPLACE = "remplace"
    ALTERE = "altere"
    PROJET = "projet"
    INCONNU = "inconnu"


class Motif(StrEnum):
    """Why; the page has a sentence for each."""

    FICHIER = "fichier"  # the very file, by its bytes or its hash
    REFERENCE = "reference"  # only the reference was given: nothing said of the paper in hand
    COMPLETE = "complete"  # begins with one of our files, then goes on
    PORTE_REFERENCE = "porte_reference"
    PORTE_SIGNATURE = "porte_signature"
    INTEGRITE = "integrite"  # what we keep does not match its own hash
    NON_SIGNE = "non_signe"
    PAS_UN_PDF = "pas_un_pdf"
    VIDE = "vide"
    AUTRE_SIGNATURE = "autre_signature"  # signed, not by us
    NON_EXAMINE = "non_examine"  # the bounds were reached
    SANS_TRACE = "sans_trace"
    ILLISIBLE = "illisible"  # what was typed is neither a reference nor a hash


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said. ``public``: the minutes, if anyone may read them; ``remplacant``: the newer public version."""

    nature: Nature
    motif: Motif
    signe_par: str = ""
    signe_le: datetime | None = None
    titre: str = ""
    reference: str = ""
    public: CompteRendu | None = None
    remplacant: CompteRendu | None = None
    empreinte: str = ""

    @property
    def intitule(self) -> str:
        """The verdict in two or three words, as the page and its title say it."""
        if self.motif == Motif.REFERENCE:
            return _REFERENCES[self.nature]
        return _INTITULES.get(self.motif) or _NATURES[self.nature]

    @property
    def est_sur(self) -> bool:
        return self.nature in (Nature.AUTHENTIQUE, Nature.REMPLACE)


_NATURES = {
    Nature.AUTHENTIQUE: "Document authentique",
    Nature.REMPLACE: "Document authentique, mais remplacé",
    Nature.ALTERE: "Document modifié",
    Nature.PROJET: "Projet non signé",
    Nature.INCONNU: "Document inconnu",
}
_INTITULES = {
    Motif.INTEGRITE: "Intégrité non vérifiée",
    Motif.VIDE: "Ce fichier est vide",
    Motif.ILLISIBLE: "Ce n’est pas une référence",
}
_REFERENCES = {
    Nature.AUTHENTIQUE: "Référence reconnue",
    Nature.REMPLACE: "Référence reconnue, document remplacé depuis",
    Nature.INCONNU: "Référence inconnue",
}


# --- The three questions ------------------------------------------------------------------------------------------


def verifier(octets: bytes) -> Verdict:
    """The verdict on a file (at most ``TAILLE_MAX`` bytes: the caller's check). Never raises on its content."""
    empreinte = hashlib.sha256(octets).hexdigest()
    if not octets:
        return Verdict(Nature.INCONNU, Motif.VIDE)
    connu = _par_empreinte(empreinte)
    if connu is not None:
        return connu
    if b"%PDF-" not in octets[:1024]:
        return Verdict(Nature.INCONNU, Motif.PAS_UN_PDF, empreinte=empreinte)
    return _complete(octets, empreinte) or _porte_reference(octets, empreinte) or _porte_signature(octets, empreinte)


def verifier_empreinte(hexa: str) -> Verdict:
    """The verdict on a SHA-256 (64 hexadecimal digits, spaces and case ignored)."""
    empreinte = re.sub(r"[\s:]", "", hexa[:300]).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", empreinte):
        return Verdict(Nature.INCONNU, Motif.ILLISIBLE)
    return _par_empreinte(empreinte) or Verdict(Nature.INCONNU, Motif.SANS_TRACE, empreinte=empreinte)


def verifier_reference(reference: str) -> Verdict:
    """What we signed under a reference, « 7K3M-9QXD » however typed. Says nothing of the copy the visitor holds."""
    compacte = re.sub(r"[\W_]", "", reference[:60]).upper()
    if len(compacte) != 8 or not set(compacte) <= set(ALPHABET):
        return Verdict(Nature.INCONNU, Motif.ILLISIBLE)
    fige = _figes_signes().filter(compte_rendu__reference=f"{compacte[:4]}-{compacte[4:]}").first()
    if fige is None:
        return Verdict(Nature.INCONNU, Motif.REFERENCE)
    return _verdict(fige, Nature.AUTHENTIQUE, Motif.REFERENCE)


def est_integre(fige: PdfFige) -> bool:
    """Whether the bytes kept still have the hash kept beside them."""
    return hashlib.sha256(fige.octets).hexdigest() == fige.empreinte


def version_en_vigueur(compte_rendu: CompteRendu) -> CompteRendu | None:
    """The newest public version of the same sitting, when it is another one."""
    derniere = (
        CompteRendu.objects.filter(
            seance=compte_rendu.seance_id, etat=CompteRendu.Etat.PUBLIE, version__gt=compte_rendu.version
        )
        .select_related("seance__comite")
        .defer("source", "document_approuve")
        .order_by("-version")
    )
    return derniere.first()


def signataire(document: dict[str, Any], compte_rendu: CompteRendu) -> str:
    """« Marie TESSANDIER (la secrétaire générale) »: the frozen block, else the account that signed."""
    lignes = [str(ligne).strip(" ,") for ligne in document.get("signature") or () if str(ligne).strip(" ,")]
    if not lignes:
        return compte_rendu.signe_par.personne.nom_simple if compte_rendu.signe_par else ""
    *qualite, nom = lignes
    return f"{nom} ({', '.join(ligne[0].lower() + ligne[1:] for ligne in qualite)})" if qualite else nom


# --- By hash ------------------------------------------------------------------------------------------------------


def _figes() -> QuerySet[PdfFige]:
    return PdfFige.objects.select_related("compte_rendu__seance__comite", "compte_rendu__signe_par__personne").defer(
        "compte_rendu__source", "compte_rendu__document_approuve"
    )


def _figes_signes() -> QuerySet[PdfFige]:
    return _figes().filter(est_signe=True, compte_rendu__etat__in=_SIGNES)


def _par_empreinte(empreinte: str) -> Verdict | None:
    fige = _figes().filter(empreinte=empreinte).first()
    if fige is None:
        return None
    if not fige.est_signe or fige.compte_rendu.etat not in _SIGNES:
        return _verdict(fige, Nature.PROJET, Motif.NON_SIGNE)
    if not est_integre(fige):
        return Verdict(Nature.ALTERE, Motif.INTEGRITE, empreinte=empreinte)
    return _verdict(fige, Nature.AUTHENTIQUE, Motif.FICHIER)


def _verdict(fige: PdfFige, nature: Nature, motif: Motif, *, empreinte: str = "") -> Verdict:
    """Fill in what may be said of the minutes: nothing before the signature, no word of them before publication."""
    compte_rendu = fige.compte_rendu
    empreinte = empreinte or ("" if motif == Motif.REFERENCE else fige.empreinte)
    if compte_rendu.etat not in _SIGNES:
        return Verdict(nature, motif, empreinte=empreinte)
    par = signataire(fige.document, compte_rendu)
    if not compte_rendu.est_public:
        return Verdict(nature, motif, signe_par=par, signe_le=compte_rendu.signe_le, empreinte=empreinte)
    remplacant = version_en_vigueur(compte_rendu)
    if nature == Nature.AUTHENTIQUE and compte_rendu.etat == CompteRendu.Etat.REMPLACE:
        nature = Nature.REMPLACE
    return Verdict(
        nature,
        motif,
        signe_par=par,
        signe_le=compte_rendu.signe_le,
        titre=fige.document.get("titre") or str(compte_rendu),
        reference=compte_rendu.reference,
        public=compte_rendu,
        remplacant=remplacant,
        empreinte=empreinte,
    )


# --- Files we do not hold -----------------------------------------------------------------------------------------


def _complete(octets: bytes, empreinte: str) -> Verdict | None:
    """A file of ours, then something more. Ours end with « %%EOF »: hash each beginning that does, in one pass."""
    hachage, vue, lus = hashlib.sha256(), memoryview(octets), 0
    debuts: list[str] = []
    for fin in islice(_FIN.finditer(octets), _FINS_MAX):
        for place in range(fin.start() + 5, fin.end() + 1):  # with its line end, or without
            hachage.update(vue[lus:place])
            lus = place
            debuts.append(hachage.hexdigest())
    figes = {fige.empreinte: fige for fige in _figes().defer("octets").filter(empreinte__in=debuts)}
    for debut in reversed(debuts):  # the longest: the signed file begins with the approved one
        if debut in figes:
            return _verdict(figes[debut], Nature.ALTERE, Motif.COMPLETE, empreinte=empreinte)
    return None


def _porte_reference(octets: bytes, empreinte: str) -> Verdict | None:
    lues = _references(octets)
    figes = {
        fige.compte_rendu.reference: fige
        for fige in _figes_signes().defer("octets").filter(compte_rendu__reference__in=lues)
    }
    for reference in lues:
        if reference in figes:
            return _verdict(figes[reference], Nature.ALTERE, Motif.PORTE_REFERENCE, empreinte=empreinte)
    return None


def _references(octets: bytes) -> list[str]:
    """What looks like a reference of ours, plain or in the compressed parts, in the order of the file."""
    vues: dict[str, None] = {}
    for morceau in chain((octets,), _flux(octets)):
        for trouvee in _REFERENCE.finditer(morceau):
            vues[trouvee[0].decode()] = None
            if len(vues) >= _REFERENCES_MAX:
                return list(vues)
    return list(vues)


def _flux(octets: bytes) -> Iterator[bytes]:
    """The beginnings of the compressed streams of a PDF: number, size and time bounded, errors passed over."""
    fin = time.monotonic() + _FLUX_SECONDES
    for rang, flux in enumerate(_FLUX.finditer(octets)):
        if rang >= _FLUX_MAX or time.monotonic() > fin:
            return
        try:
            yield zlib.decompressobj().decompress(octets[flux.end() : flux.end() + _FLUX_OCTETS], _FLUX_OCTETS)
        except zlib.error:
            continue


def _porte_signature(octets: bytes, empreinte: str) -> Verdict:
    try:
        examen = _examiner(octets)
    except ExamenImpossible:
        return Verdict(Nature.INCONNU, Motif.NON_EXAMINE, empreinte=empreinte)
    if examen.de_nous:
        return Verdict(Nature.ALTERE, Motif.PORTE_SIGNATURE, empreinte=empreinte)
    motif = Motif.AUTRE_SIGNATURE if examen.signe else Motif.SANS_TRACE
    return Verdict(Nature.INCONNU, motif, empreinte=empreinte)


def _examiner(octets: bytes) -> Examen:
    """The signature report; without any signature to read, no process is started."""
    if b"/ByteRange" not in octets:
        return Examen("sans_signature")
    try:
        empreintes = [cle_de_l_autorite().empreinte]
    except CleIndisponible:
        empreintes = []
    return examiner_a_part(octets, empreintes=empreintes)

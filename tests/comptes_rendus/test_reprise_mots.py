"""No word of a real text is lost, doubled or moved: from the source to the draft, and to the PDF's text layer."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from comites.models import Comite
from comptes_rendus import actions, assemblage, pdf, reprise, signature, tasks
from comptes_rendus.document import Document
from comptes_rendus.models import CompteRendu
from comptes_rendus.texte import vers_texte
from membres.models import Utilisateur
from tests.reels import mots

from .test_pdf import defauts

EXPOSANT = re.compile(r"\^\{(\w+)\}")


@pytest.fixture
def brouillon(reel: Path, clac: Comite, odile: Utilisateur) -> CompteRendu:
    source = reprise.decoder(reel.read_bytes())
    return actions.reprendre(reprise.reprendre(source), comite=clac, source=source, par=odile)


def mots_du_document(document: Document) -> list[str]:
    """The words a document shows, in reading order, read from its own data and not from a template."""
    textes = [ligne.texte for ligne in document.tete]
    textes.append("" if mots(document.titre) == [] else document.titre)
    if document.ordre_du_jour_avant_presences:
        textes += [f"{point.numero} {point.titre}" for point in document.ordre_du_jour]
    for groupe in document.presences:
        textes += [groupe.titre, *groupe.lignes]
    if not document.ordre_du_jour_avant_presences:
        textes += [f"{point.numero} {point.titre}" for point in document.ordre_du_jour]
    for rubrique in document.rubriques:
        textes += [rubrique.numero, rubrique.titre, *(vers_texte(bloc.html) for bloc in rubrique.blocs)]
    textes += document.signature
    for annexe in document.annexes:
        textes += [annexe.titre, *(vers_texte(bloc.html) for bloc in annexe.blocs)]
    return mots(" ".join(textes))


def mots_de_la_source(source: str, reparations: list[dict[str, str]]) -> list[str]:
    """The words of the source once what was mended is applied: markup is not words, a cut word is one word."""
    source = EXPOSANT.sub(r"\1", source)
    for reparation in reparations:
        avant = EXPOSANT.sub(r"\1", reparation["avant"])
        if mots(avant) != mots(reparation["apres"]):
            assert avant in source, reparation
            source = source.replace(avant, reparation["apres"], 1)
    return mots(source)


def test_le_brouillon_garde_chaque_mot_dans_l_ordre(brouillon: CompteRendu) -> None:
    attendus = mots_de_la_source(brouillon.source, brouillon.reparations)
    document = assemblage.assembler(brouillon)
    obtenus = mots_du_document(document)
    assert obtenus == attendus


def test_la_structure_ecrite_en_json_a_les_memes_mots(reel: Path) -> None:
    lecture = reprise.reprendre(reprise.decoder(reel.read_bytes())).en_json()
    assert mots_de_la_source(reel.read_text(), lecture["reparations"])
    assert set(lecture) == {
        *("tete", "titre", "seance", "presences", "ordre_du_jour", "ordre_du_jour_propre", "rubriques"),
        *("prochaine_seance", "signature", "annexes", "reparations", "a_verifier"),
    }


def test_le_pdf_garde_chaque_mot_dans_l_ordre(brouillon: CompteRendu, tmp_path: Path) -> None:
    document = assemblage.assembler(brouillon)
    octets = pdf.composer(document, projet=False)
    assert tasks.nombre_de_pages(octets) >= 3
    fichier = tmp_path / "essai.pdf"
    fichier.write_bytes(octets)
    attendus = mots_de_la_source(brouillon.source, brouillon.reparations)
    for options in ([], ["-raw"]):
        extrait = subprocess.run(["pdftotext", *options, fichier, "-"], check=True, capture_output=True).stdout.decode()
        for pied in {*document.pied, document.reference}:
            extrait = extrait.replace(pied, " ")
        manquant = premier_manquant(attendus, mots(extrait))
        assert not manquant, (options, manquant)


def premier_manquant(attendus: list[str], obtenus: list[str]) -> str:
    """Empty when every expected word stands in the text, in order; else where it breaks."""
    position = 0
    for rang, mot in enumerate(attendus):
        try:
            position = obtenus.index(mot, position, position + 80) + 1
        except ValueError:
            avant, apres = attendus[max(rang - 8, 0) : rang + 4], obtenus[position : position + 12]
            return f"{rang} : {' '.join(avant)!r} / {' '.join(apres)!r}"
    return ""


def test_le_pdf_est_archivable_accessible_et_sa_signature_tient(
    brouillon: CompteRendu, cle: Path, tmp_path: Path
) -> None:
    """PDF/A-3a and PDF/UA-1 before and after signature; the same bytes twice; two programs accept the signature."""
    document = assemblage.assembler(brouillon)
    octets = pdf.composer(document, projet=False)
    assert pdf.composer(document, projet=False) == octets
    instant = timezone.now()
    signe = signature.signer(
        octets,
        cle=signature.cle_de_l_autorite(),
        nom="Samir BELKACEM",
        qualite="secrétaire général",
        lieu="Ombreval",
        instant=instant,
    )
    assert signe.startswith(octets)
    assert defauts(octets, tmp_path) == defauts(signe, tmp_path) == []
    fichier = tmp_path / "signe.pdf"
    fichier.write_bytes(signe)
    verdict = subprocess.run(["pdfsig", fichier], capture_output=True, text=True).stdout
    assert "Signature is Valid." in verdict
    assert "Total document signed" in verdict
    examen = signature.examiner(signe)
    assert examen.intact
    assert examen.entier

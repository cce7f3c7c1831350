"""The job that renders an approved document keeps its bytes, once, and only while the approval stands."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from comptes_rendus import actions, assemblage, pdf, tasks
from comptes_rendus.models import CompteRendu, PdfFige
from journal import immuable
from journal.models import Evenement, Travail
from journal.tasks import EchecDefinitif
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


@pytest.fixture
def approuve(mene: Any, samir: Utilisateur) -> CompteRendu:
    compte_rendu = mene(Etat.RELECTURE)
    vue = assemblage.empreinte(assemblage.assembler(compte_rendu))
    rendu: CompteRendu = actions.approuver(compte_rendu, empreinte=vue, par=samir)
    return rendu


@pytest.fixture
def rendus(monkeypatch: pytest.MonkeyPatch, pdf_a_signer: bytes) -> list[tuple[Any, bool]]:
    """Each rendering asked for; the real one is tested elsewhere."""
    demandes: list[tuple[Any, bool]] = []

    def composer(document: Any, *, projet: bool) -> bytes:
        demandes.append((document, projet))
        return pdf_a_signer

    monkeypatch.setattr(pdf, "composer", composer)
    return demandes


def test_les_octets_du_document_approuve(approuve: CompteRendu, rendus: Any, pdf_a_signer: bytes) -> None:
    tasks.figer(pk=approuve.pk)
    approuve.refresh_from_db()
    fige = approuve.pdf_approuve
    assert fige is not None
    assert (bytes(fige.octets), fige.est_signe, fige.pages) == (pdf_a_signer, False, 1)
    assert fige.empreinte == hashlib.sha256(pdf_a_signer).hexdigest()
    assert fige.document == approuve.document_approuve
    assert rendus == [(assemblage.assembler(approuve), False)]
    trace = Evenement.objects.first()
    assert trace is not None
    assert (trace.verbe, trace.par, trace.details) == ("figer", None, {"sha256": fige.empreinte})


def test_le_travail_fait_deux_fois_ne_fait_rien_de_plus(approuve: CompteRendu, rendus: Any) -> None:
    tasks.figer(pk=approuve.pk)
    avant = photo()
    tasks.figer(pk=approuve.pk)
    assert photo() == avant
    assert len(rendus) == 1


def test_l_approbation_annulee_avant_le_rendu(approuve: CompteRendu, rendus: Any, samir: Utilisateur) -> None:
    actions.renvoyer(approuve, motif="À revoir.", par=samir)
    avant = photo()
    tasks.figer(pk=approuve.pk)
    assert photo() == avant
    assert rendus == []


def test_l_approbation_annulee_pendant_le_rendu(approuve: CompteRendu, pdf_a_signer: bytes, samir: Utilisateur) -> None:
    document = approuve.document_approuve
    actions.renvoyer(approuve, motif="À revoir.", par=samir)
    avant = photo()
    actions.figer(approuve, pdf_a_signer, document=document or {}, pages=1)
    assert photo() == avant


def test_approuver_de_nouveau_le_meme_texte_retrouve_les_memes_octets(
    approuve: CompteRendu, rendus: Any, odile: Utilisateur, samir: Utilisateur
) -> None:
    tasks.figer(pk=approuve.pk)
    actions.renvoyer(approuve, motif="Finalement non.", par=samir)
    actions.soumettre(approuve, par=odile)
    vue = assemblage.empreinte(assemblage.assembler(approuve))
    actions.approuver(approuve, empreinte=vue, par=samir)
    tasks.figer(pk=approuve.pk)
    approuve.refresh_from_db()
    assert approuve.pdf_approuve == PdfFige.objects.get()
    assert Travail.objects.count() == 2, "two approvals, two jobs"


@pytest.mark.parametrize(("passager", "attendu"), [(True, pdf.RenduImpossible), (False, EchecDefinitif)])
def test_un_rendu_impossible_n_est_retente_que_s_il_peut_reussir(
    passager: bool, attendu: type[Exception], approuve: CompteRendu, monkeypatch: pytest.MonkeyPatch
) -> None:
    def composer(document: Any, *, projet: bool) -> bytes:
        raise pdf.RenduImpossible("Document trop long.", passager=passager)

    monkeypatch.setattr(pdf, "composer", composer)
    avant = photo()
    with pytest.raises(attendu, match="trop long"):
        tasks.figer(pk=approuve.pk)
    assert photo() == avant


# --- Frozen bytes are not rewritten (V07) -----------------------------------------------------------------------------
def alterer() -> None:
    with transaction.atomic():
        PdfFige.objects.update(octets=b"autre chose")


def test_la_base_refuse_de_recrire_un_fichier_fige(mene: Any) -> None:
    mene(Etat.PUBLIE)
    for interdit in (alterer, effacer):
        with pytest.raises(DatabaseError, match="append-only"):
            interdit()


def effacer() -> None:
    with transaction.atomic():
        fichiers = PdfFige.objects.all()
        fichiers._raw_delete(fichiers.db)


def test_sans_declencheur_la_base_laisserait_faire(mene: Any) -> None:
    """The twin: only the trigger refuses."""
    mene(Etat.APPROUVE)
    immuable.lever("comptes_rendus_pdffige")
    try:
        alterer()
        assert bytes(PdfFige.objects.get().octets) == b"autre chose"
    finally:
        immuable.poser("comptes_rendus_pdffige")

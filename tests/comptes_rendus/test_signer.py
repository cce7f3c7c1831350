"""Sign the very bytes shown, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models

from comites.models import Comite, Habilitation, Role
from comptes_rendus import actions, signature
from comptes_rendus.models import CompteRendu, PdfFige
from journal import workflow
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests import fabriques
from tests.photo import photo

from .publies import document, mener

Etat = CompteRendu.Etat


@pytest.fixture
def approuve(mene: Any, pdf_a_signer: bytes, cle: Path) -> CompteRendu:
    """Approved, its PDF frozen, the authority's key installed."""
    compte_rendu: CompteRendu = mene(Etat.APPROUVE, octets=(pdf_a_signer, b""))
    return compte_rendu


def montre(compte_rendu: CompteRendu) -> str:
    """The hash of the PDF on the signatory's screen."""
    fige = CompteRendu.objects.get(pk=compte_rendu.pk).pdf_approuve
    return fige.empreinte if fige else "0" * 64


def signer(compte_rendu: CompteRendu, par: Utilisateur) -> CompteRendu:
    return actions.signer(compte_rendu, empreinte=montre(compte_rendu), par=par)


def test_les_octets_montres_sont_signes(approuve: CompteRendu, samir: Utilisateur, pdf_a_signer: bytes) -> None:
    empreinte = montre(approuve)
    signer(approuve, samir)
    approuve.refresh_from_db()
    assert (approuve.etat, approuve.signe_par) == (Etat.SIGNE, samir)
    fige = approuve.pdf_signe
    assert fige is not None
    octets = bytes(fige.octets)
    assert octets.startswith(pdf_a_signer), "what was shown, then the signature (V02)"
    assert (fige.est_signe, fige.document) == (True, approuve.pdf_approuve.document)  # type: ignore[union-attr]
    cle = signature.cle_de_l_autorite()
    assert signature.examiner(octets, empreintes=[cle.empreinte]).valable
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.par) == ("signer", samir)
    assert (trace.details["approuve"], trace.details["signe"]) == (empreinte, fige.empreinte)
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any, cle: Path) -> None:
    refuse_sauf(signer, etat, roles={"samir"}, etats={Etat.APPROUVE})


def test_une_autre_empreinte_ne_signe_rien(approuve: CompteRendu, samir: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(TransitionRefusee, match="n’est plus celui"):
        actions.signer(approuve, empreinte="0" * 64, par=samir)
    assert photo() == avant


def test_sans_pdf_pret_rien_n_est_signe(approuve: CompteRendu, samir: Utilisateur) -> None:
    CompteRendu.objects.update(pdf_approuve=None)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="en préparation"):
        signer(approuve, samir)
    assert photo() == avant


def test_sans_cle_rien_n_est_signe(approuve: CompteRendu, samir: Utilisateur, settings: Any) -> None:
    settings.SIGNATURE_P12 = ""
    avant = photo()
    with pytest.raises(signature.CleIndisponible):
        signer(approuve, samir)
    assert photo() == avant


def test_un_fichier_qui_ne_se_signe_pas(mene: Any, samir: Utilisateur, cle: Path) -> None:
    """Frozen bytes that are no PDF with an empty field: nothing passes."""
    compte_rendu = mene(Etat.APPROUVE)
    avant = photo()
    with pytest.raises(signature.SignatureImpossible):
        signer(compte_rendu, samir)
    assert photo() == avant


def test_un_fichier_echange_en_base_n_est_pas_signe(
    mene: Any, samir: Utilisateur, pdf_a_signer: bytes, cle: Path
) -> None:
    """The bytes kept are not those of the hash kept beside them: the act stops."""
    compte_rendu = mene(Etat.APPROUVE)
    faux = PdfFige.objects.create(
        compte_rendu=compte_rendu, octets=pdf_a_signer, empreinte="a" * 64, document=compte_rendu.document_approuve
    )
    CompteRendu.objects.update(pdf_approuve=faux)
    avant = photo()
    with pytest.raises(RuntimeError, match="no longer the one"):
        signer(compte_rendu, samir)
    assert photo() == avant


def test_une_signature_qui_changerait_le_fichier_est_abandonnee(
    approuve: CompteRendu, samir: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature, "signer", lambda octets, **_: b"%PDF-autre")
    avant = photo()
    with pytest.raises(RuntimeError, match="must begin with"):
        signer(approuve, samir)
    assert photo() == avant


@pytest.mark.parametrize("fin", ["role", "compte"])
def test_les_droits_finis_entre_l_ecran_et_le_clic(fin: str, approuve: CompteRendu, samir: Utilisateur) -> None:
    """A role withdrawn or an account closed stops the very next act (V03)."""
    if fin == "role":
        Habilitation.objects.filter(utilisateur=samir).delete()
    else:
        samir.is_active = False
        samir.save()
    avant = photo()
    with pytest.raises(workflow.PermissionDenied):
        signer(approuve, samir)
    assert photo() == avant


def test_renvoyer_ou_signer_le_premier_passe(approuve: CompteRendu, samir: Utilisateur) -> None:
    empreinte = montre(approuve)
    actions.renvoyer(approuve, motif="À revoir.", par=samir)
    with pytest.raises(TransitionRefusee):
        actions.signer(approuve, empreinte=empreinte, par=samir)
    assert not PdfFige.objects.filter(est_signe=True).exists()


# --- Two at the same instant ------------------------------------------------------------------------------------------
@pytest.fixture
def deux_signatures(a_la_fois: Callable[..., list[Any]], pdf_a_signer: bytes, cle: Path) -> Callable[[], list[Any]]:
    """The same PDF, on two screens, signed at the same instant."""

    def lancer() -> list[Any]:
        comite: Comite = fabriques.comite()
        odile, samir = fabriques.utilisateur("Odile", "Ferrandon"), fabriques.utilisateur("Samir", "Belkacem", "M.")
        fabriques.habilitation(samir, Role.SIGNATAIRE, comite)
        objet = mener(fabriques.compte_rendu(odile), Etat.APPROUVE, document(), par=samir, octets=(pdf_a_signer, b""))
        empreinte = montre(objet)

        def un() -> CompteRendu:
            return actions.signer(CompteRendu.objects.get(pk=objet.pk), empreinte=empreinte, par=samir)

        return a_la_fois(un, un)

    return lancer


def test_de_deux_signatures_a_la_fois_une_seule_passe(deux_signatures: Callable[[], list[Any]]) -> None:
    issues = deux_signatures()
    assert sorted(type(issue).__name__ for issue in issues) == ["CompteRendu", "TransitionRefusee"]
    assert PdfFige.objects.filter(est_signe=True).count() == 1
    assert Evenement.objects.filter(verbe="signer").count() == 1


def test_sans_verrou_les_deux_passeraient(
    deux_signatures: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin. On SQLite the lock is the transaction itself (IMMEDIATE), which no code can forget: one passes."""

    def sans_verrou(objet: models.Model) -> models.Model:
        return type(objet)._base_manager.get(pk=objet.pk)

    monkeypatch.setattr(workflow, "verrouiller", sans_verrou)
    deux_signatures()
    attendus = 1 if connection.vendor == "sqlite" else 2
    assert Evenement.objects.filter(verbe="signer").count() == attendus

"""Approve exactly the text that was shown; four eyes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from comites.models import Comite, Role
from comptes_rendus import actions, assemblage
from comptes_rendus.actions import Contenu
from comptes_rendus.document import Document
from comptes_rendus.models import Bloc, CompteRendu
from comptes_rendus.workflow import WORKFLOW
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests import fabriques
from tests.photo import photo

Etat = CompteRendu.Etat


def vue(compte_rendu: CompteRendu) -> str:
    """The hash of the document now on the approver's screen."""
    return assemblage.empreinte(assemblage.assembler(compte_rendu))


def test_le_texte_montre_est_fige_et_confie_au_rendu(mene: Any, samir: Utilisateur) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    empreinte = vue(compte_rendu)
    actions.approuver(compte_rendu, empreinte=empreinte, par=samir)
    compte_rendu.refresh_from_db()
    assert (compte_rendu.etat, compte_rendu.approuve_par) == (Etat.APPROUVE, samir)
    assert Document.depuis_json(compte_rendu.document_approuve or {}) == assemblage.assembler(compte_rendu)
    trace, travail = Evenement.objects.get(), Travail.objects.get()
    assert (trace.verbe, trace.details["document"]) == ("approuver", empreinte)
    assert (travail.genre, travail.arguments, travail.etat) == ("figer", {"pk": compte_rendu.pk}, "en_attente")


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda cr, par: actions.approuver(cr, empreinte=vue(cr), par=par), etat, roles={"samir"}, etats={Etat.RELECTURE}
    )


def test_un_autre_texte_que_celui_montre_n_est_pas_approuve(mene: Any, odile: Utilisateur, samir: Utilisateur) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    empreinte = vue(compte_rendu)
    actions.reprendre_la_main(compte_rendu, par=odile)
    bloc = Bloc.objects.first()
    actions.enregistrer_bloc(bloc, Contenu("<p>Autre chose.</p>"), base=bloc.revision, par=odile)  # type: ignore[union-attr, arg-type]
    actions.soumettre(compte_rendu, par=odile)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="texte a changé"):
        actions.approuver(compte_rendu, empreinte=empreinte, par=samir)
    assert photo() == avant


# --- Four eyes ------------------------------------------------------------------------------------------------------
@pytest.fixture
def signataire_de_son_texte(mene: Any, odile: Utilisateur, clac: Comite) -> CompteRendu:
    """Odile, who wrote, may also sign for the committee."""
    fabriques.habilitation(odile, Role.SIGNATAIRE, clac)
    compte_rendu: CompteRendu = mene(Etat.RELECTURE)
    return compte_rendu


def test_qui_a_redige_n_approuve_pas(signataire_de_son_texte: CompteRendu, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(PermissionDenied, match="différente"):
        actions.approuver(signataire_de_son_texte, empreinte=vue(signataire_de_son_texte), par=odile)
    assert photo() == avant


def test_qui_a_ecrit_un_seul_passage_n_approuve_pas(
    signataire_de_son_texte: CompteRendu, samir: Utilisateur, clac: Comite
) -> None:
    """Holding both roles is no way round: whoever wrote any of the text needs another pair of eyes."""
    fabriques.habilitation(samir, Role.QUALITE, clac)
    compte_rendu = actions.reprendre_la_main(signataire_de_son_texte, par=samir)
    rubrique = compte_rendu.rubriques.first()
    actions.ajouter_bloc(rubrique, Contenu("<p>Ajouté par Samir.</p>"), apres=None, par=samir)
    compte_rendu = actions.soumettre(compte_rendu, par=samir)
    with pytest.raises(PermissionDenied, match="différente"):
        actions.approuver(compte_rendu, empreinte=vue(compte_rendu), par=samir)


def approuver_sans_regarder_qui(compte_rendu: CompteRendu, par: Utilisateur) -> None:
    with WORKFLOW.franchir("approuver", compte_rendu, par=par) as ouvert:
        ouvert.approuve_le, ouvert.approuve_par = timezone.now(), par
        ouvert.document_approuve = assemblage.assembler(ouvert).en_json()


def test_sans_la_garde_de_l_acte_le_modele_refuse(
    signataire_de_son_texte: CompteRendu, odile: Utilisateur, samir: Utilisateur
) -> None:
    with pytest.raises(ValidationError, match="différente"):
        approuver_sans_regarder_qui(signataire_de_son_texte, odile)
    approuver_sans_regarder_qui(signataire_de_son_texte, samir)  # the same gesture passes for another


def test_sans_aucune_garde_la_base_refuse(
    signataire_de_son_texte: CompteRendu, odile: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CompteRendu, "full_clean", lambda self: None)
    with pytest.raises(IntegrityError, match="cr_quatre_yeux"), transaction.atomic():
        approuver_sans_regarder_qui(signataire_de_son_texte, odile)
    assert CompteRendu.objects.get().etat == Etat.RELECTURE


@pytest.mark.parametrize("etat", [Etat.APPROUVE, Etat.SIGNE, Etat.PUBLIE, Etat.REMPLACE])
def test_aucun_etat_ne_s_ecrit_a_la_main(etat: str, brouillon: CompteRendu) -> None:
    """Straight in the database, a state without its proofs is refused (S04)."""
    with pytest.raises(IntegrityError, match="cr_"), transaction.atomic():
        CompteRendu.objects.filter(pk=brouillon.pk).update(etat=etat)

"""In whose name the block is signed, chosen before approving."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comptes_rendus import actions, assemblage
from comptes_rendus.models import CompteRendu
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

Etat, Delegation = CompteRendu.Etat, CompteRendu.Delegation


def test_la_ligne_change_et_laisse_une_trace(mene: Any, samir: Utilisateur) -> None:
    compte_rendu = actions.choisir_delegation(mene(Etat.RELECTURE), Delegation.POUR, par=samir)
    compte_rendu.refresh_from_db()
    assert (compte_rendu.etat, compte_rendu.delegation) == (Etat.RELECTURE, "pour")
    assert assemblage.lignes_signature(compte_rendu)[0] == "Pour la préfète et par délégation,"
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.details) == ("choisir_delegation", {"delegation": "pour"})


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda cr, par: actions.choisir_delegation(cr, Delegation.P, par=par),
        etat,
        roles={"samir"},
        etats={Etat.RELECTURE},
    )


def test_une_ligne_inconnue_est_refusee(mene: Any, samir: Utilisateur) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    avant = photo()
    with pytest.raises(ValidationError):
        actions.choisir_delegation(compte_rendu, "moi", par=samir)
    assert photo() == avant


def test_ce_qui_etait_a_l_ecran_n_est_plus_ce_qu_on_approuve(mene: Any, samir: Utilisateur) -> None:
    """The delegation changes between display and click: the approval is refused (V03)."""
    compte_rendu = mene(Etat.RELECTURE)
    vue = assemblage.empreinte(assemblage.assembler(compte_rendu))
    actions.choisir_delegation(compte_rendu, Delegation.P, par=samir)
    with pytest.raises(TransitionRefusee, match="texte a changé"):
        actions.approuver(compte_rendu, empreinte=vue, par=samir)

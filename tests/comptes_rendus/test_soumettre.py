"""Submit the draft to the signatory."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.models import Bloc, CompteRendu
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


def test_le_brouillon_part_en_relecture(brouillon: CompteRendu, odile: Utilisateur) -> None:
    CompteRendu.objects.update(motif_renvoi="à reprendre")
    actions.soumettre(brouillon, par=odile)
    brouillon.refresh_from_db()
    assert (brouillon.etat, brouillon.motif_renvoi) == (Etat.RELECTURE, "")
    assert brouillon.soumis_le is not None
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.par, trace.details) == ("soumettre", odile, {"avant": "brouillon", "apres": "relecture"})
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(lambda cr, par: actions.soumettre(cr, par=par), etat, roles={"odile"}, etats={Etat.BROUILLON})


def test_un_texte_vide_n_est_pas_soumis(brouillon: CompteRendu, odile: Utilisateur) -> None:
    Bloc.objects.update(html="")
    avant = photo()
    with pytest.raises(TransitionRefusee, match="vide"):
        actions.soumettre(brouillon, par=odile)
    assert photo() == avant


def test_deux_fois_de_suite_un_seul_passe(brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.soumettre(brouillon, par=odile)
    with pytest.raises(TransitionRefusee):
        actions.soumettre(brouillon, par=odile)
    assert Evenement.objects.count() == 1

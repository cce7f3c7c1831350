"""Take the text back from review."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.models import CompteRendu
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur

Etat = CompteRendu.Etat


def test_le_texte_revient_au_brouillon(mene: Any, odile: Utilisateur) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    actions.reprendre_la_main(compte_rendu, par=odile)
    compte_rendu.refresh_from_db()
    assert (compte_rendu.etat, compte_rendu.soumis_le) == (Etat.BROUILLON, None)
    assert Evenement.objects.get().verbe == "reprendre_la_main"


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(lambda cr, par: actions.reprendre_la_main(cr, par=par), etat, roles={"odile"}, etats={Etat.RELECTURE})


def test_reprendre_ou_approuver_le_premier_passe(mene: Any, odile: Utilisateur, samir: Utilisateur) -> None:
    """Two opposite verbs on the same review: once one has passed, the other is refused (S04)."""
    compte_rendu = mene(Etat.RELECTURE)
    actions.reprendre_la_main(compte_rendu, par=odile)
    with pytest.raises(TransitionRefusee):
        actions.approuver(compte_rendu, empreinte="0" * 64, par=samir)
    assert Evenement.objects.count() == 1

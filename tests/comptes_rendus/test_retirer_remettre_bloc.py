"""Take a block out of the text and put it back: no word goes."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.actions import Conflit, Contenu
from comptes_rendus.models import Bloc, CompteRendu, Revision
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


def test_retire_puis_remis_a_sa_place(bloc: Bloc, odile: Utilisateur) -> None:
    retire = actions.retirer_bloc(bloc, base=1, par=odile)
    assert bloc not in Bloc.objects.en_place()
    remis = actions.remettre_bloc(bloc, base=retire.revision, par=odile)
    assert Bloc.objects.en_place().first() == remis
    assert (remis.html, remis.revision, remis.retire_le) == (bloc.html, 3, None)
    gardes = list(Revision.objects.order_by("numero").values_list("numero", "retire", "html"))
    assert gardes == [(2, True, bloc.html), (3, False, bloc.html)]
    assert not Evenement.objects.exists()
    assert not Travail.objects.exists()


@pytest.mark.parametrize("geste", [actions.retirer_bloc, actions.remettre_bloc])
@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, geste: Any, bloc: Bloc, refuse_sauf: Any) -> None:
    refuse_sauf(lambda _, par: geste(bloc, base=1, par=par), etat, roles={"odile"}, etats={Etat.BROUILLON})


def test_un_passage_change_entre_temps_reste(bloc: Bloc, odile: Utilisateur) -> None:
    actions.enregistrer_bloc(bloc, Contenu("<p>Précisé.</p>"), base=1, par=odile)
    avant = photo()
    with pytest.raises(Conflit) as conflit:
        actions.retirer_bloc(bloc, base=1, par=odile)
    assert conflit.value.actuel.html == "<p>Précisé.</p>"
    assert photo() == avant


@pytest.mark.parametrize("geste", [actions.retirer_bloc, actions.remettre_bloc])
def test_deux_envois_un_seul_effet(geste: Any, bloc: Bloc, odile: Utilisateur) -> None:
    """N11: the second click finds it done, and says the same."""
    base = 1
    if geste is actions.remettre_bloc:
        base = actions.retirer_bloc(bloc, base=1, par=odile).revision
    premier = geste(bloc, base=base, par=odile)
    avant = photo()
    second = geste(bloc, base=base, par=odile)
    assert (second.revision, second.retire_le) == (premier.revision, premier.retire_le)
    assert photo() == avant

"""An earlier state comes back as a new one: history is never rewritten."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, Revision
from journal.models import Evenement, Travail
from membres.models import Utilisateur

Etat = CompteRendu.Etat


@pytest.fixture
def ancien(bloc: Bloc, odile: Utilisateur) -> Revision:
    """The first of two states of the block."""
    actions.enregistrer_bloc(bloc, Contenu("<p>Un.</p>", "avis", "Mme X"), base=1, par=odile)
    actions.enregistrer_bloc(bloc, Contenu("<p>Deux.</p>"), base=2, par=odile)
    return Revision.objects.get(numero=2)


def test_l_ancien_texte_revient_comme_un_nouvel_etat(ancien: Revision, bloc: Bloc, odile: Utilisateur) -> None:
    rendu = actions.restaurer(ancien, par=odile)
    bloc.refresh_from_db()
    assert (bloc.html, bloc.genre, bloc.orateur, bloc.revision) == ("<p>Un.</p>", "avis", "Mme X", 4)
    assert rendu == bloc
    textes = Revision.objects.order_by("numero").values_list("numero", "html")
    assert list(textes) == [(2, "<p>Un.</p>"), (3, "<p>Deux.</p>"), (4, "<p>Un.</p>")]
    assert not Evenement.objects.exists()
    assert not Travail.objects.exists()


def test_un_passage_retire_revient(ancien: Revision, bloc: Bloc, odile: Utilisateur) -> None:
    actions.retirer_bloc(bloc, base=3, par=odile)
    actions.restaurer(ancien, par=odile)
    assert Bloc.objects.en_place().get(pk=bloc.pk).html == "<p>Un.</p>"


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, ancien: Revision, refuse_sauf: Any) -> None:
    refuse_sauf(lambda _, par: actions.restaurer(ancien, par=par), etat, roles={"odile"}, etats={Etat.BROUILLON})

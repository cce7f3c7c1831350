"""Swap a block with its neighbour."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


@pytest.fixture
def trois(rubrique: Rubrique, odile: Utilisateur) -> list[Bloc]:
    """Blocks a, b, c."""
    rubrique.blocs.all().delete()
    blocs: list[Bloc] = []
    for lettre in "abc":
        apres = blocs[-1] if blocs else None
        blocs.append(actions.ajouter_bloc(rubrique, Contenu(f"<p>{lettre}</p>"), apres=apres, par=odile))
    return blocs


def ordre() -> str:
    return "".join(bloc.html[3] for bloc in Bloc.objects.en_place())


@pytest.mark.parametrize(("rang", "haut", "attendu"), [(1, True, "bac"), (1, False, "acb"), (2, True, "acb")])
def test_un_pas_et_sa_trace(rang: int, haut: bool, attendu: str, trois: list[Bloc], odile: Utilisateur) -> None:
    actions.deplacer_bloc(trois[rang], vers_le_haut=haut, par=odile)
    assert ordre() == attendu
    trace = Evenement.objects.get()
    assert trace.verbe == "deplacer_bloc"
    assert trace.details == {"objet": trois[rang].cle.hex, "sens": "haut" if haut else "bas"}
    assert not Travail.objects.exists()


@pytest.mark.parametrize(("rang", "haut"), [(0, True), (2, False)])
def test_au_bord_rien_ne_bouge(rang: int, haut: bool, trois: list[Bloc], odile: Utilisateur) -> None:
    avant = photo()
    actions.deplacer_bloc(trois[rang], vers_le_haut=haut, par=odile)
    assert photo() == avant


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, bloc: Bloc, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda _, par: actions.deplacer_bloc(bloc, vers_le_haut=False, par=par),
        etat,
        roles={"odile"},
        etats={Etat.BROUILLON},
    )


def test_un_passage_retire_ne_bouge_pas(trois: list[Bloc], odile: Utilisateur) -> None:
    actions.retirer_bloc(trois[1], base=1, par=odile)
    avant = photo()
    actions.deplacer_bloc(trois[1], vers_le_haut=True, par=odile)
    assert photo() == avant


def test_par_dessus_un_passage_retire_qui_garde_sa_place(trois: list[Bloc], odile: Utilisateur) -> None:
    actions.retirer_bloc(trois[1], base=1, par=odile)
    actions.deplacer_bloc(trois[2], vers_le_haut=True, par=odile)
    assert ordre() == "ca"
    actions.remettre_bloc(trois[1], base=2, par=odile)
    assert ordre() == "cba"

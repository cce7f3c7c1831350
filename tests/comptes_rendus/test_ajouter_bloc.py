"""Insert a block where it was asked for, however many times."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comptes_rendus import actions
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, Revision, Rubrique
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


def textes(rubrique: Rubrique) -> list[str]:
    return [bloc.html for bloc in Bloc.objects.en_place().filter(rubrique=rubrique)]


def test_apres_un_autre(bloc: Bloc, rubrique: Rubrique, odile: Utilisateur) -> None:
    contenu = Contenu("<p>Entre les deux.</p>", "avis", "M. NGUYỄN")
    cree = actions.ajouter_bloc(rubrique, contenu, apres=bloc, par=odile)
    assert textes(rubrique) == ["<p>La séance est ouverte.</p>", contenu.html, "<p>Le standard a été renforcé.</p>"]
    assert (cree.html, cree.genre, cree.orateur, cree.revision) == (*contenu, 1)
    revision = Revision.objects.get()
    assert (revision.cle, revision.numero, revision.html, revision.par) == (cree.cle, 1, contenu.html, odile)
    assert not Evenement.objects.exists()
    assert not Travail.objects.exists()


def test_en_tete_et_dans_une_rubrique_vide(rubrique: Rubrique, brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.ajouter_bloc(rubrique, Contenu("<p>D’abord.</p>"), apres=None, par=odile)
    assert textes(rubrique)[0] == "<p>D’abord.</p>"
    vide = Rubrique.objects.create(compte_rendu=brouillon, ordre=9)
    actions.ajouter_bloc(vide, Contenu("<p>Seul.</p>"), apres=None, par=odile)
    assert textes(vide) == ["<p>Seul.</p>"]


def test_cinquante_fois_au_meme_endroit(bloc: Bloc, rubrique: Rubrique, odile: Utilisateur) -> None:
    """When there is no room left between two blocks, the others make some."""
    for rang in range(50):
        actions.ajouter_bloc(rubrique, Contenu(f"<p>{rang}</p>"), apres=bloc, par=odile)
    assert textes(rubrique) == [
        "<p>La séance est ouverte.</p>",
        *(f"<p>{rang}</p>" for rang in reversed(range(50))),
        "<p>Le standard a été renforcé.</p>",
    ]


def test_l_un_apres_l_autre(bloc: Bloc, rubrique: Rubrique, odile: Utilisateur) -> None:
    dernier: Bloc | None = None
    for rang in range(30):
        dernier = actions.ajouter_bloc(rubrique, Contenu(f"<p>{rang}</p>"), apres=dernier, par=odile)
    assert textes(rubrique)[:30] == [f"<p>{rang}</p>" for rang in range(30)]


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, rubrique: Rubrique, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda _, par: actions.ajouter_bloc(rubrique, Contenu("<p>x</p>"), apres=None, par=par),
        etat,
        roles={"odile"},
        etats={Etat.BROUILLON},
    )


def test_une_nature_inconnue_est_refusee(rubrique: Rubrique, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(ValidationError):
        actions.ajouter_bloc(rubrique, Contenu("<p>x</p>", "autre"), apres=None, par=odile)
    assert photo() == avant


def test_le_meme_formulaire_envoye_deux_fois(rubrique: Rubrique, odile: Utilisateur) -> None:
    """A double click adds one block (N11): the form carries the id of the block to be."""
    cle = uuid.uuid4()
    premier, second = (
        actions.ajouter_bloc(rubrique, Contenu("<p>Une fois.</p>"), apres=None, par=odile, cle=cle) for _ in range(2)
    )
    assert premier == second
    assert textes(rubrique).count("<p>Une fois.</p>") == 1

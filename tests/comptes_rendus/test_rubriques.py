"""Add, change, move, remove a rubrique or an annex."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comptes_rendus import actions
from comptes_rendus.actions import Depasse
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat
GESTES: dict[str, Any] = {
    "ajouter": lambda rubrique, par: actions.ajouter_rubrique(rubrique.compte_rendu, par=par, titre="Neuve"),
    "modifier": lambda rubrique, par: actions.modifier_rubrique(rubrique, base=1, par=par, titre="Autre"),
    "deplacer": lambda rubrique, par: actions.deplacer_rubrique(rubrique, vers_le_haut=True, par=par),
    "supprimer": lambda rubrique, par: actions.supprimer_rubrique(rubrique, par=par),
}


def titres(compte_rendu: CompteRendu) -> list[str]:
    return [rubrique.titre for rubrique in compte_rendu.rubriques.all()]


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, geste: str, rubrique: Rubrique, refuse_sauf: Any) -> None:
    refuse_sauf(lambda _, par: GESTES[geste](rubrique, par), etat, roles={"odile"}, etats={Etat.BROUILLON})


def test_ajouter_a_la_fin_du_corps_ou_des_annexes(brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.ajouter_rubrique(brouillon, par=odile, titre="Annexe 1", est_annexe=True)
    neuve = actions.ajouter_rubrique(brouillon, par=odile, titre="Questions diverses", numero="2°)", niveau=2)
    assert titres(brouillon) == ["Bilan de l’accueil", "Questions diverses", "Annexe 1"]
    assert (neuve.numero, neuve.niveau, neuve.est_annexe) == ("2°)", 2, False)
    assert list(Evenement.objects.values_list("verbe", flat=True)) == ["ajouter_rubrique"] * 2
    assert not Travail.objects.exists()


def test_un_titre_trop_long_est_refuse(brouillon: CompteRendu, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(ValidationError):
        actions.ajouter_rubrique(brouillon, par=odile, titre="x" * 1001)
    with pytest.raises(ValidationError):
        actions.modifier_rubrique(brouillon.rubriques.get(), base=1, par=odile, titre="x", niveau=-1)
    assert photo() == avant


def test_modifier_laisse_une_trace(rubrique: Rubrique, odile: Utilisateur) -> None:
    actions.modifier_rubrique(rubrique, base=1, par=odile, titre="L’accueil", numero="I –", niveau=2)
    rubrique.refresh_from_db()
    assert (rubrique.titre, rubrique.numero, rubrique.niveau, rubrique.revision) == ("L’accueil", "I –", 2, 2)
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.details["titre"]) == ("modifier_rubrique", "L’accueil")


def test_une_rubrique_changee_entre_temps_n_est_pas_ecrasee(rubrique: Rubrique, odile: Utilisateur) -> None:
    actions.modifier_rubrique(rubrique, base=1, par=odile, titre="Première")
    avant = photo()
    with pytest.raises(Depasse):
        actions.modifier_rubrique(rubrique, base=1, par=odile, titre="Seconde")
    assert photo() == avant


def test_deplacer_corps_et_annexes_a_part(brouillon: CompteRendu, odile: Utilisateur) -> None:
    deux = actions.ajouter_rubrique(brouillon, par=odile, titre="Deux")
    annexe = actions.ajouter_rubrique(brouillon, par=odile, titre="Annexe", est_annexe=True)
    actions.deplacer_rubrique(deux, vers_le_haut=True, par=odile)
    assert titres(brouillon) == ["Deux", "Bilan de l’accueil", "Annexe"]
    assert Evenement.objects.first().verbe == "deplacer_rubrique"  # type: ignore[union-attr]
    avant = photo()
    actions.deplacer_rubrique(deux, vers_le_haut=True, par=odile)
    actions.deplacer_rubrique(annexe, vers_le_haut=True, par=odile)
    assert photo() == avant, "at the edge nothing moves"


def test_supprimer_une_rubrique_vide_seulement(rubrique: Rubrique, brouillon: CompteRendu, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(TransitionRefusee, match="contient du texte"):
        actions.supprimer_rubrique(rubrique, par=odile)
    assert photo() == avant
    Bloc.objects.all().delete()
    actions.supprimer_rubrique(rubrique, par=odile)
    assert not brouillon.rubriques.exists()
    assert Evenement.objects.get().details == {"titre": "Bilan de l’accueil"}


def test_supprimer_garde_les_passages_retires(rubrique: Rubrique, odile: Utilisateur) -> None:
    """What was taken out can still be put back: it moves to a neighbour."""
    compte_rendu, nombre = rubrique.compte_rendu, rubrique.blocs.count()
    for bloc in rubrique.blocs.all():
        actions.retirer_bloc(bloc, base=1, par=odile)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="la dernière"):
        actions.supprimer_rubrique(rubrique, par=odile)
    assert photo() == avant
    voisine = actions.ajouter_rubrique(compte_rendu, par=odile, titre="Questions diverses")
    actions.supprimer_rubrique(rubrique, par=odile)
    assert compte_rendu.revisions.count() == nombre
    actions.remettre_bloc(voisine.blocs.get(pk=bloc.pk), base=2, par=odile)
    assert Bloc.objects.en_place().get().rubrique == voisine

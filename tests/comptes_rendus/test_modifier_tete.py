"""What stands before and after the text; the list of what the take-over left to check."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comptes_rendus import actions
from comptes_rendus.actions import Depasse
from comptes_rendus.forms import recomposer
from comptes_rendus.models import CompteRendu
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat
CHAMPS: dict[str, Any] = {
    "titre": "Compte rendu du CLAC",
    "tete": [{"role": "objet", "texte": "Objet : comité"}],
    "date_document": datetime.date(2026, 4, 2),
    "a_ordre_du_jour": True,
    "prochaine_seance": "à l’automne",
    "signature": "La secrétaire générale,\nMarie TESSANDIER",
    "delegation": "pour",
}


def test_tout_est_enregistre_avec_sa_trace(brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.modifier_tete(brouillon, base=1, par=odile, **CHAMPS)
    brouillon.refresh_from_db()
    assert {nom: getattr(brouillon, nom) for nom in CHAMPS} == CHAMPS
    assert brouillon.revision == 2
    assert Evenement.objects.get().verbe == "modifier_tete"
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda cr, par: actions.modifier_tete(cr, base=1, par=par, titre="Autre"),
        etat,
        roles={"odile"},
        etats={Etat.BROUILLON},
    )


def test_une_tete_changee_entre_temps_n_est_pas_ecrasee(brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.modifier_tete(brouillon, base=1, par=odile, titre="Premier")
    avant = photo()
    with pytest.raises(Depasse):
        actions.modifier_tete(brouillon, base=1, par=odile, titre="Second")
    assert photo() == avant


@pytest.mark.parametrize("nom", ["etat", "auteur", "approuve_par", "seance", "reference"])
def test_rien_d_autre_ne_se_modifie_par_la(nom: str, brouillon: CompteRendu, odile: Utilisateur) -> None:
    with pytest.raises(AssertionError):
        actions.modifier_tete(brouillon, base=1, par=odile, **{nom: "x"})


def test_une_valeur_impossible_n_ecrit_rien(brouillon: CompteRendu, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(ValidationError):
        actions.modifier_tete(brouillon, base=1, par=odile, delegation="moi-même")
    assert photo() == avant


def test_les_lignes_retrouvent_leur_place() -> None:
    """The head is typed role by role, and printed in the order it had."""
    tete = [
        {"role": role, "texte": texte}
        for role, texte in [("service", "SG"), ("objet", "Objet : x"), ("service", "Bureau"), ("contact", "Mme A")]
    ]
    lignes = {"service": ["SG", "Direction", "Bureau"], "objet": [], "contact": ["Mme A"], "autre": ["Fin"]}
    assert [ligne["texte"] for ligne in recomposer(tete, lignes)] == ["SG", "Direction", "Bureau", "Mme A", "Fin"]
    assert recomposer(tete, {"service": ["SG", "Bureau"], "objet": ["Objet : x"], "contact": ["Mme A"]}) == tete


# --- What is left to check --------------------------------------------------------------------------------------------
@pytest.fixture
def a_verifier(brouillon: CompteRendu) -> CompteRendu:
    brouillon.a_verifier = [{"texte": "La date.", "fait": False}, {"texte": "Un nom.", "fait": False}]
    brouillon.save()
    return brouillon


def test_pointer_puis_revenir(a_verifier: CompteRendu, odile: Utilisateur) -> None:
    for fait in (True, False):
        rendu = actions.pointer(a_verifier, 1, fait=fait, par=odile)
        assert [point["fait"] for point in rendu.a_verifier] == [False, fait]
    assert [e.details["fait"] for e in Evenement.objects.all()] == [False, True]


def test_pointer_deux_fois_un_seul_effet(a_verifier: CompteRendu, odile: Utilisateur) -> None:
    actions.pointer(a_verifier, 0, fait=True, par=odile)
    avant = photo()
    actions.pointer(a_verifier, 0, fait=True, par=odile)
    assert photo() == avant


@pytest.mark.parametrize("rang", [-1, 2, 10**30])
def test_un_point_qui_n_existe_pas(rang: int, a_verifier: CompteRendu, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(ValidationError):
        actions.pointer(a_verifier, rang, fait=True, par=odile)
    assert photo() == avant


@pytest.mark.parametrize("etat", Etat.values)
def test_pointer_est_refuse_aux_autres(etat: str, a_verifier: CompteRendu, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda cr, par: actions.pointer(cr, 0, fait=True, par=par), etat, roles={"odile"}, etats={Etat.BROUILLON}
    )

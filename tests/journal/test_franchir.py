"""The one door: whoever may not, or not now, changes nothing; of two at once, one passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction

from comptes_rendus.models import CompteRendu
from comptes_rendus.workflow import WORKFLOW
from journal import workflow
from journal.models import Evenement
from journal.workflow import Transition, TransitionRefusee, Workflow
from membres.models import Utilisateur
from tests import fabriques

Etat = CompteRendu.Etat


@pytest.fixture
def brouillon(odile: Utilisateur) -> CompteRendu:
    return fabriques.compte_rendu(odile)


def soumettre(objet: CompteRendu, par: Utilisateur) -> CompteRendu:
    with WORKFLOW.franchir("soumettre", objet, par=par) as ouvert:
        ouvert.titre = "Titre relu"
    return ouvert


def rien_n_a_change(objet: CompteRendu) -> bool:
    en_base = CompteRendu.objects.get(pk=objet.pk)
    return en_base.titre == objet.titre and en_base.etat == objet.etat and not Evenement.objects.exists()


def test_passer_change_l_etat_et_laisse_une_trace(brouillon: CompteRendu, odile: Utilisateur) -> None:
    rendu = soumettre(brouillon, odile)
    brouillon.refresh_from_db()
    assert (rendu.etat, brouillon.etat, brouillon.titre) == (Etat.RELECTURE, Etat.RELECTURE, "Titre relu")
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.par, trace.objet_id) == ("soumettre", odile, str(brouillon.pk))
    assert trace.details == {"avant": "brouillon", "apres": "relecture"}
    assert trace.portee == brouillon.portee_journal


def test_l_acte_peut_ajouter_au_journal(brouillon: CompteRendu, odile: Utilisateur) -> None:
    details: dict[str, Any] = {}
    with WORKFLOW.franchir("soumettre", brouillon, par=odile, details=details):
        details["pages"] = 3
    assert Evenement.objects.get().details["pages"] == 3


@pytest.mark.parametrize("qui", ["mireille", "agnes", "samir", "ada", "paul"])
def test_pas_votre_role(brouillon: CompteRendu, qui: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        soumettre(brouillon, request.getfixturevalue(qui))
    assert rien_n_a_change(brouillon)


def test_pas_maintenant(brouillon: CompteRendu, odile: Utilisateur) -> None:
    CompteRendu.objects.filter(pk=brouillon.pk).update(etat=Etat.RELECTURE)
    perime = CompteRendu.objects.get(pk=brouillon.pk)
    perime.etat = Etat.BROUILLON  # what an old page believes: the door reads the row, not the object
    with pytest.raises(TransitionRefusee, match=r"soumettre à relecture.*en relecture"):
        soumettre(perime, odile)
    brouillon.refresh_from_db()
    assert rien_n_a_change(brouillon)


def test_le_role_est_dit_avant_l_etat(brouillon: CompteRendu, paul: Utilisateur) -> None:
    """Who has no role here learns nothing of the state."""
    CompteRendu.objects.filter(pk=brouillon.pk).update(etat=Etat.RELECTURE)
    with pytest.raises(PermissionDenied):
        soumettre(brouillon, paul)


def test_un_objet_invalide_ne_passe_pas(brouillon: CompteRendu, odile: Utilisateur) -> None:
    with pytest.raises(ValidationError), WORKFLOW.franchir("soumettre", brouillon, par=odile) as ouvert:
        ouvert.titre = "x" * 1001
    assert rien_n_a_change(brouillon)


def test_une_erreur_dans_l_acte_annule_tout(brouillon: CompteRendu, odile: Utilisateur) -> None:
    with pytest.raises(ZeroDivisionError), WORKFLOW.franchir("soumettre", brouillon, par=odile) as ouvert:
        ouvert.titre = "Perdu"
        ouvert.save()
        _ = 1 / 0
    assert rien_n_a_change(brouillon)


def test_les_boutons_disent_comme_la_porte(
    brouillon: CompteRendu, odile: Utilisateur, samir: Utilisateur, paul: Utilisateur
) -> None:
    assert WORKFLOW.permis(brouillon, odile) == {"soumettre"}
    assert WORKFLOW.permis(brouillon, samir) == WORKFLOW.permis(brouillon, paul) == set()
    brouillon.etat = Etat.RELECTURE
    assert WORKFLOW.permis(brouillon, samir) == {"renvoyer", "approuver"}
    assert WORKFLOW.permis(brouillon, odile) == {"reprendre_la_main"}


def test_un_verbe_inconnu_n_ouvre_rien(brouillon: CompteRendu, odile: Utilisateur) -> None:
    with pytest.raises(KeyError), WORKFLOW.franchir("effacer", brouillon, par=odile):
        pytest.fail("the door opened")


def test_un_role_ou_un_ensemble() -> None:
    table = Workflow(
        a=Transition({"x"}, "y", "qualite", "faire a"), b=Transition({"x"}, "y", {"qualite", "agent"}, "faire b")
    )
    assert table.transitions["a"].roles == {"qualite"}
    assert table.transitions["b"].roles == {"qualite", "agent"}


# --- Two at once --------------------------------------------------------------------------------------------------
@pytest.fixture
def deux_a_la_fois(a_la_fois: Callable[..., list[Any]]) -> Callable[[], list[Any]]:
    """Submit the same draft twice at the same instant, both having read it as a draft."""

    def lancer() -> list[Any]:
        comite = fabriques.comite()
        odile = fabriques.utilisateur("Odile", "Ferrandon")
        fabriques.habilitation(odile, fabriques.Role.QUALITE, comite)
        objet = fabriques.compte_rendu(odile)

        def un() -> CompteRendu:
            with transaction.atomic(), WORKFLOW.franchir("soumettre", objet, par=odile) as ouvert:
                with connection.cursor() as curseur:
                    curseur.execute("SELECT 1" if connection.vendor == "sqlite" else "SELECT pg_sleep(0.2)")
            return ouvert

        return a_la_fois(un, un)

    return lancer


def test_de_deux_a_la_fois_un_seul_passe(deux_a_la_fois: Callable[[], list[Any]]) -> None:
    issues = deux_a_la_fois()
    assert sorted(type(issue).__name__ for issue in issues) == ["CompteRendu", "TransitionRefusee"]
    assert Evenement.objects.filter(verbe="soumettre").count() == 1


def test_sans_verrou_les_deux_passeraient(
    deux_a_la_fois: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin. On SQLite the lock is the transaction itself (IMMEDIATE), which no code can forget: one passes."""

    def sans_verrou(objet: models.Model) -> models.Model:
        return type(objet)._base_manager.get(pk=objet.pk)

    monkeypatch.setattr(workflow, "verrouiller", sans_verrou)
    deux_a_la_fois()
    attendus = 1 if connection.vendor == "sqlite" else 2
    assert Evenement.objects.filter(verbe="soumettre").count() == attendus

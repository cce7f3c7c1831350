"""Open the minutes of a sitting: nothing already known is typed again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from comites.models import Comite, PointOrdreDuJour, Seance
from comptes_rendus import actions
from comptes_rendus.models import CompteRendu
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Service, Utilisateur
from tests import fabriques
from tests.photo import photo


@pytest.fixture
def seance(clac: Comite) -> Seance:
    """A held sitting, three agenda items, one under another; a service animates the committee."""
    racine = Service.objects.create(autorite=clac.autorite, nom="Secrétariat général")
    clac.service = Service.objects.create(
        autorite=clac.autorite, parent=racine, nom="Mission qualité", courriel="qualite@exemple.invalid"
    )
    clac.save()
    objet = fabriques.seance(comite=clac)
    un = PointOrdreDuJour.objects.create(seance=objet, ordre=0, numero="1°)", titre="Accueil", presente_par="Mme X")
    PointOrdreDuJour.objects.create(seance=objet, ordre=0, numero="a)", titre="Téléphone", parent=un)
    PointOrdreDuJour.objects.create(seance=objet, ordre=1, numero="2°)", titre="Divers", diaporama="pages 3 à 5")
    return objet


def test_une_rubrique_par_point_et_la_tete_de_l_autorite(seance: Seance, odile: Utilisateur) -> None:
    compte_rendu = actions.creer(seance, par=odile)
    assert (compte_rendu.etat, compte_rendu.version, compte_rendu.auteur) == ("brouillon", 1, odile)
    champs = ("niveau", "numero", "titre", "presente_par", "diaporama")
    assert list(compte_rendu.rubriques.values_list(*champs)) == [
        (1, "", "", "", ""),
        (1, "1°)", "Accueil", "Mme X", ""),
        (2, "a)", "Téléphone", "", ""),
        (1, "2°)", "Divers", "", "pages 3 à 5"),
        (1, "", "Clôture", "", ""),
    ]
    tete = [(ligne["role"], ligne["texte"]) for ligne in compte_rendu.tete]
    assert tete[:2] == [("marque", "PRÉFÈTE"), ("marque", "DU VAL-D’OMBRE")]
    assert ("service", "Secrétariat général") in tete
    assert ("contact", "qualite@exemple.invalid") in tete
    assert compte_rendu.titre == "Compte rendu du comité local d’amélioration continue du 12 mars 2026 à 14 h"
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.objet_id, trace.portee) == ("creer", str(compte_rendu.pk), f"comite:{seance.comite_id}")
    assert not Travail.objects.exists()


@pytest.mark.parametrize("qui", ["mireille", "paul", "agnes", "samir", "ada"])
def test_les_autres_sont_refuses(qui: str, seance: Seance, request: pytest.FixtureRequest) -> None:
    compte = request.getfixturevalue(qui)
    avant = photo()
    with pytest.raises(PermissionDenied):
        actions.creer(seance, par=compte)
    assert photo() == avant


def test_une_seance_annulee_n_a_pas_de_compte_rendu(seance: Seance, odile: Utilisateur) -> None:
    Seance.objects.update(etat=Seance.Etat.ANNULEE)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="annulée"):
        actions.creer(seance, par=odile)
    assert photo() == avant


def test_deux_fois_de_suite_un_seul(seance: Seance, odile: Utilisateur) -> None:
    actions.creer(seance, par=odile)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="déjà"):
        actions.creer(seance, par=odile)
    assert photo() == avant


@pytest.mark.parametrize(
    "champs",
    [
        {"date": None},
        {"date": None, "date_affichee": "en 2026"},
        {"date": datetime.date(2026, 5, 1), "heure_debut": None},
    ],
)
def test_une_seance_mal_connue(champs: dict[str, Any], seance: Seance, odile: Utilisateur) -> None:
    """Nothing of the head is mandatory; two sittings without date have two addresses."""
    Seance.objects.filter(pk=seance.pk).update(**champs)
    autre = fabriques.seance(comite=seance.comite, **champs)
    permaliens = {actions.creer(objet, par=odile).permalien for objet in (seance, autre)}
    assert len(permaliens) == 2
    assert "  " not in CompteRendu.objects.first().titre  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("nom", "debut"), [("assemblée des usagers", "d’assemblée"), ("comité", "du comité"), ("Écoute", "d’Écoute")]
)
def test_l_elision_du_titre(nom: str, debut: str, seance: Seance, odile: Utilisateur) -> None:
    Comite.objects.update(nom=nom)
    assert actions.creer(Seance.objects.get(), par=odile).titre.startswith(f"Compte rendu {debut}")

"""The demonstration: a believable year, made by the actions, ready to be put back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comites.models import Comite, Seance
from comptes_rendus import signature
from comptes_rendus.models import CompteRendu
from membres.demo_comptes import COMPTES, MOT_DE_PASSE
from membres.models import Utilisateur


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def test_une_annee_vraisemblable(demonstration: None, cle: Path, db: None) -> None:
    call_command("demo")
    assert Comite.objects.count() == 2
    assert set(Seance.objects.values_list("etat", flat=True)) == {"preparee", "tenue"}
    assert set(CompteRendu.objects.values_list("etat", flat=True)) == {"brouillon", "relecture", "publie"}
    publie = CompteRendu.objects.get(etat="publie")
    assert publie.pdf_signe is not None
    examen = signature.examiner(bytes(publie.pdf_signe.octets))
    assert examen.intact
    assert examen.entier
    for courriel, _, _ in COMPTES:
        assert Utilisateur.objects.get(email=courriel).check_password(MOT_DE_PASSE)


def test_une_base_remplie_n_est_pas_touchee(demonstration: None, odile: Utilisateur) -> None:
    call_command("demo")
    assert Utilisateur.objects.get() == odile


def test_refusee_hors_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match="démonstration"):
        call_command("demo")


@pytest.mark.django_db(transaction=True)
def test_remise_en_etat(demonstration: None, cle: Path) -> None:
    """Everything goes, append-only rows too, and comes back the same."""
    call_command("demo")
    CompteRendu.objects.filter(etat="brouillon").update(titre="Abîmé")
    call_command("demo", remettre=True)
    assert CompteRendu.objects.count() == 3
    assert not CompteRendu.objects.filter(titre="Abîmé").exists()

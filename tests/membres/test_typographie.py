"""French dates, numbers and spaces of the interface."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from membres.templatetags import conclu

NB, FINE = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (datetime.date(2026, 3, 1), f"1er{NB}mars 2026"),
        (datetime.date(2026, 3, 12), f"12{NB}mars 2026"),
        (datetime.date(2026, 8, 31), f"31{NB}août 2026"),
        (None, ""),
        ("", ""),
    ],
)
def test_date_fr(valeur: object, attendu: str) -> None:
    assert conclu.date_fr(valeur) == attendu


def test_un_instant_se_dit_a_l_heure_de_paris() -> None:
    instant = datetime.datetime(2026, 2, 28, 23, 30, tzinfo=datetime.UTC)
    assert conclu.quand(instant) == f"le 1er{NB}mars 2026 à 0{NB}h{NB}30"
    assert conclu.quand(datetime.date(2026, 3, 12)) == f"le 12{NB}mars 2026"
    assert conclu.quand(None) == ""


def test_heure_fr() -> None:
    assert conclu.heure_fr(datetime.time(14, 30)) == f"14{NB}h{NB}30"
    assert conclu.heure_fr(datetime.time(14, 0)) == f"14{NB}h"
    assert conclu.heure_fr(None) == ""


def test_jour_et_date_courte() -> None:
    jour = datetime.date(2026, 3, 1)
    assert conclu.jour_fr(jour) == f"dimanche 1er{NB}mars 2026"
    assert conclu.date_courte(jour) == "01/03/2026"
    assert conclu.quand_iso(timezone.make_aware(datetime.datetime(2026, 3, 1, 9))) == "2026-03-01T09:00:00+01:00"


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Vraiment ?", f"Vraiment{FINE}?"),
        ("À savoir : rien", f"À savoir{NB}: rien"),
        ("« oui »", f"«{NB}oui{NB}»"),
        ("12 % des usagers", f"12{FINE}% des usagers"),
        ("1 234 567", f"1{FINE}234{FINE}567"),
        ("l'État", "l’État"),
        ("M. Vasseur", f"M.{NB}Vasseur"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
    ],
)
def test_typo(texte: str, attendu: str) -> None:
    assert conclu.typo(texte) == attendu
    assert conclu.typo(attendu) == attendu


def test_typo_ne_rend_pas_sur_ce_qui_ne_l_est_pas() -> None:
    assert not isinstance(conclu.typo("<b> ?"), SafeString)
    assert conclu.typo(mark_safe('<a title="a ?">b ?</a>')) == f'<a title="a ?">b{FINE}?</a>'


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [(0, f"0{NB}séance"), (1, f"1{NB}séance"), (2, f"2{NB}séances"), (1200, f"1{FINE}200{NB}séances")],
)
def test_pluriel(nombre: int, attendu: str) -> None:
    assert conclu.pluriel(nombre, "séance,séances") == attendu


def test_nombre_fr() -> None:
    assert conclu.nombre_fr(-1234.5) == f"−1{FINE}234,5"
    assert conclu.nombre_fr(None) == ""
    assert conclu.insecable("7K3M 9QXD") == f"7K3M{NB}9QXD"

"""The guards guard: each is seen to fail what it must."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template import Context, Origin, Template, engines
from django.test import Client
from django.urls import path

from comites.models import Comite
from tests import fabriques
from tests.gardes import GABARITS
from tests.services import port_libre


@login_not_required
def qui_ecrit(request: HttpRequest) -> HttpResponse:
    """A view that writes, whatever the method."""
    Comite.objects.update(sigle="X")
    return HttpResponse("fait")


urlpatterns = [path("ecrire", qui_ecrit)]


@pytest.mark.urls("tests.test_gardes")
def test_un_get_qui_ecrit_echoue(clac: Comite) -> None:
    client = Client()
    with pytest.raises(pytest.fail.Exception, match="A GET wrote"):
        client.get("/ecrire")
    with pytest.raises(pytest.fail.Exception, match="A GET wrote"):
        client.head("/ecrire")
    assert client.post("/ecrire").content == b"fait"


@pytest.mark.parametrize("adresse", [("192.0.2.1", 80), ("exemple.invalid", 443), ("2001:db8::1", 25)])
def test_le_reseau_est_ferme(adresse: tuple[str, int]) -> None:
    famille = socket.AF_INET6 if ":" in adresse[0] else socket.AF_INET
    with socket.socket(famille) as prise, pytest.raises(pytest.fail.Exception, match="network"):
        prise.connect(adresse)


def test_cette_machine_reste_ouverte() -> None:
    with socket.socket() as prise:
        assert prise.connect_ex(("127.0.0.1", port_libre())) != 0


def rendre(texte: str, ou: Path) -> str:
    moteur = engines["django"].engine  # type: ignore[attr-defined]
    return Template(texte, origin=Origin(str(ou), str(ou)), engine=moteur).render(Context({"connu": "ici"}))


def test_une_variable_inconnue_echoue() -> None:
    with pytest.raises(pytest.fail.Exception, match="inconnu"):
        rendre("{{ inconnu }}", GABARITS / "page.html")
    with pytest.raises(pytest.fail.Exception, match="inconnu"):
        rendre("{{ inconnu|upper }}", GABARITS / "page.html")


@pytest.mark.parametrize(
    ("texte", "ou", "attendu"),
    [
        ("{{ connu }}", "page.html", "ici"),
        ("{{ inconnu|default:'rien' }}", "page.html", "rien"),
        ("{% if inconnu %}oui{% else %}non{% endif %}", "page.html", "non"),
        ("{{ inconnu }}", "crispy_dsfr/field.html", ""),
        ("{{ inconnu|default_if_none:'x' }}", "dsfr/base.html", ""),
    ],
)
def test_ce_qui_dit_qu_il_peut_manquer_passe(texte: str, ou: str, attendu: str) -> None:
    assert rendre(texte, GABARITS / ou) == attendu


@pytest.mark.parametrize("tour", [1, 2])
def test_le_cache_est_vide_a_chaque_test(tour: int) -> None:
    assert cache.get("tour") is None
    cache.set("tour", tour)


def test_le_vidage_remet_les_declencheurs(transactional_db: None) -> None:
    """A transactional test writes in the journal; Django's flush empties it; the next test finds it append-only."""
    from django.db import transaction

    from journal.actions import consigner

    comite = fabriques.comite()
    with transaction.atomic():
        consigner("un", comite, par=None)


def test_un_courriel_arrive_pour_de_vrai(smtp: list[Any]) -> None:
    """The SMTP sink speaks the protocol: a message comes, a refused recipient is refused."""
    import smtplib

    from django.core.mail import send_mail

    send_mail("Été", "Bonjour", "clac@exemple.invalid", ["odile@exemple.invalid"])
    assert smtp[0].rcpt_tos == ["odile@exemple.invalid"]
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_mail("Été", "Bonjour", "clac@exemple.invalid", ["personne@refus.invalid"])

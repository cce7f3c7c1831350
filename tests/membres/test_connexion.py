"""Sign in: neutral, counted, never fixing a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journal.models import Travail
from membres import demo_comptes
from membres.models import Utilisateur
from tests.fabriques import MOT_DE_PASSE

ADRESSE = "/connexion/"
NEUTRE = "L’adresse ou le mot de passe n’est pas le bon."


def essayer(client: Client, email: str, passe: str, **plus: Any) -> Any:
    return client.post(ADRESSE, {"username": email, "password": passe, **plus})


def test_entre_et_va_a_l_accueil(odile: Utilisateur) -> None:
    client = Client()
    reponse = essayer(client, odile.email, MOT_DE_PASSE)
    assert (reponse.status_code, reponse["Location"]) == (302, reverse("accueil"))
    assert client.get(reverse("membres:compte")).status_code == 200


def test_la_casse_de_l_adresse_n_importe_pas(odile: Utilisateur) -> None:
    assert essayer(Client(), f" {odile.email.upper()} ", MOT_DE_PASSE).status_code == 302


def test_revient_a_la_page_demandee_jamais_ailleurs(odile: Utilisateur) -> None:
    assert essayer(Client(), odile.email, MOT_DE_PASSE, next="/compte/")["Location"] == "/compte/"
    assert essayer(Client(), odile.email, MOT_DE_PASSE, next="https://ailleurs.invalid/")["Location"] == "/"


def test_refus_identique_que_le_compte_existe_ou_non(odile: Utilisateur, samir: Utilisateur) -> None:
    Utilisateur.objects.filter(pk=samir.pk).update(is_active=False)
    pages = [
        essayer(Client(), odile.email, "faux-mot-de-passe"),
        essayer(Client(), "personne@exemple.invalid", "faux-mot-de-passe"),
        essayer(Client(), samir.email, MOT_DE_PASSE),
    ]
    for page in pages:
        assert page.status_code == 200
        assert NEUTRE in page.content.decode()
        assert "<title>Erreur\u00a0: Connexion" in page.content.decode()
    assert [str(p.context["form"].errors) for p in pages] == [str(pages[0].context["form"].errors)] * 3


def test_la_session_change_de_cle(odile: Utilisateur) -> None:
    client = Client()
    session = client.session
    session["avant"] = True
    session.save()
    avant = session.session_key
    essayer(client, odile.email, MOT_DE_PASSE)
    assert client.session.session_key != avant


def test_dix_essais_ferment_la_porte_de_ce_compte_depuis_ce_poste(odile: Utilisateur, samir: Utilisateur) -> None:
    client = Client()
    statuts = [essayer(client, odile.email.upper() if n % 2 else odile.email, "faux").status_code for n in range(10)]
    assert statuts == [200] * 9 + [429]
    refus = essayer(client, odile.email, MOT_DE_PASSE)
    assert refus.status_code == 429
    assert "Attendez un quart d’heure" in refus.content.decode()
    assert essayer(Client(REMOTE_ADDR="192.0.2.7"), odile.email, MOT_DE_PASSE).status_code == 302
    assert essayer(Client(), samir.email, MOT_DE_PASSE).status_code == 302


@pytest.fixture
def derriere_mandataire(settings: Any) -> Callable[[str], Client]:
    """A visitor seen through the site's proxy, which writes the last address of ``X-Forwarded-For``."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return lambda vue: Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=vue)


def test_derriere_le_mandataire_un_poste_ne_ferme_pas_la_porte_des_autres(
    odile: Utilisateur, derriere_mandataire: Callable[[str], Client]
) -> None:
    for n in range(10):  # what the visitor writes before the proxy's word changes nothing
        refus = essayer(derriere_mandataire(f"10.0.0.{n}, 203.0.113.66"), odile.email, "faux")
    assert refus.status_code == 429
    assert essayer(derriere_mandataire("198.51.100.2"), odile.email, MOT_DE_PASSE).status_code == 302


def test_derriere_le_mandataire_chaque_poste_a_ses_demandes_de_mot_de_passe(
    odile: Utilisateur, derriere_mandataire: Callable[[str], Client]
) -> None:
    for n in range(30):
        derriere_mandataire("203.0.113.66").post("/mot-de-passe/oublie/", {"adresse": f"n{n}@exemple.invalid"})
    demandes = Travail.objects.filter(genre="membres.mot_de_passe")
    assert demandes.count() == 30
    derriere_mandataire("198.51.100.2").post("/mot-de-passe/oublie/", {"adresse": odile.email})
    assert demandes.count() == 31


def test_sans_mandataire_l_entete_du_visiteur_ne_change_rien(odile: Utilisateur) -> None:
    for n in range(10):
        refus = essayer(Client(HTTP_X_FORWARDED_FOR=f"198.51.100.{n}"), odile.email, "faux")
    assert refus.status_code == 429


def test_un_compte_connecte_ne_revoit_pas_la_page(
    odile: Utilisateur, client_de: Callable[[Utilisateur], Client]
) -> None:
    assert client_de(odile).get(ADRESSE).status_code == 302


@pytest.mark.parametrize("demonstration", [True, False])
def test_les_comptes_de_demonstration_ne_se_montrent_qu_en_demonstration(
    demonstration: bool, settings: Any, db: None
) -> None:
    settings.DEMONSTRATION = demonstration
    page = Client().get(ADRESSE).content.decode()
    assert (demo_comptes.MOT_DE_PASSE in page) is demonstration
    assert all((adresse in page) is demonstration for adresse, _, _ in demo_comptes.COMPTES)


def test_une_page_privee_mene_a_la_connexion(db: None) -> None:
    assert Client().get("/compte/")["Location"] == "/connexion/?next=/compte/"

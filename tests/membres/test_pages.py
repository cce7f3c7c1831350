"""Public texts, error pages, and the frame they all stand in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from membres import contexte
from membres.models import Autorite, Utilisateur

PUBLIQUES = (
    *("/connexion/", "/mot-de-passe/oublie/", "/mot-de-passe/envoye/", "/au-revoir/", "/accessibilite/"),
    *("/mentions-legales/", "/donnees-personnelles/", "/plan-du-site/", "/aide/"),
)


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_page_publique(adresse: str, db: None) -> None:
    reponse = Client().get(adresse)
    html = reponse.content.decode()
    assert reponse.status_code == 200
    assert html.count("<h1") == 1
    assert re.search(r"<title>[^<]+ — Conclu</title>", html)
    assert '<html lang="fr"' in html
    for interdit in (" style=", "<style", "onclick=", "javascript:"):
        assert interdit not in html
    assert re.findall(r"<script(?![^>]*src=)", html) == []
    idents = re.findall(r'\sid="([^"]*)"', html)
    assert len(idents) == len(set(idents))
    assert not [ident for ident in idents if re.search(r"\s", ident)]


def test_les_declarations_disent_ce_qui_n_est_pas_fait(db: None) -> None:
    page = Client().get("/accessibilite/").content.decode()
    assert "partiellement conforme" in page
    assert "Aucun audit par un tiers n’a encore été réalisé" in page


def test_l_entete_porte_la_marque_de_l_autorite(autorite: Autorite) -> None:
    contexte.oublier()
    html = Client().get("/aide/").content.decode()
    assert "PRÉFÈTE<br>DU VAL-D’OMBRE" in html
    Autorite.objects.filter(pk=autorite.pk).update(marque="<b>PIÈGE</b>")
    contexte.oublier()
    assert "&lt;b&gt;PIÈGE&lt;/b&gt;" in Client().get("/aide/").content.decode()


def test_la_demonstration_se_dit(settings: Any, db: None) -> None:
    assert "Démonstration" not in Client().get("/aide/").content.decode()
    settings.DEMONSTRATION = True
    assert "Démonstration" in Client().get("/aide/").content.decode()


def test_le_compte_dit_les_roles(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    html = client_de(odile).get("/compte/").content.decode()
    assert "Référent ou référente qualité" in html
    assert "depuis le 1er\u00a0janvier 2020" in html


def test_la_page_introuvable_est_en_francais(db: None) -> None:
    reponse = Client().get("/rien-ici/")
    assert reponse.status_code == 404
    assert "Cette page est introuvable" in reponse.content.decode()


def test_le_formulaire_refuse_rend_le_texte(odile: Utilisateur) -> None:
    client = Client(enforce_csrf_checks=True)
    reponse = client.post("/mot-de-passe/oublie/", {"adresse": "<b>un texte</b>", "password": "secret"})
    html = reponse.content.decode()
    assert reponse.status_code == 403
    assert "readonly>&lt;b&gt;un texte&lt;/b&gt;</textarea>" in html
    assert "secret" not in html


@pytest.mark.parametrize("nom", ["500.html", "503.html"])
def test_la_page_de_panne_tient_debout_seule(nom: str) -> None:
    html = render_to_string(nom)
    assert html.count("<h1") == 1
    assert "Retour à l’accueil" in html


@pytest.mark.parametrize("nom", ["400.html", "403.html", "409.html", "413.html", "429.html"])
def test_page_d_erreur(nom: str, db: None) -> None:
    from django.contrib.auth.models import AnonymousUser

    requete = RequestFactory().get("/")
    requete.user = AnonymousUser()
    html = render_to_string(nom, {"motif": "L’état actuel est « signé »."}, request=requete)
    assert html.count("<h1") == 1
    assert f"Erreur {nom[:3]}" in html
    assert ("L’état actuel est" in html) is (nom == "409.html")


def test_un_autre_nom_d_hote_est_refuse_par_une_page(db: None) -> None:
    """Refused before anyone is known: the page stands all the same."""
    reponse = Client(HTTP_HOST="ailleurs.invalid").get("/")
    assert reponse.status_code == 400
    assert "Erreur 400" in reponse.content.decode()


def test_aucun_gabarit_n_a_de_style_ni_de_script_en_ligne() -> None:
    for dossier in settings.TEMPLATES[0]["DIRS"]:
        for gabarit in (
            *dossier.glob("composants/*.html"),
            *dossier.glob("crispy_dsfr/**/*.html"),
            *dossier.glob("*.html"),
        ):
            texte = re.sub(r"{[%#].*?[%#]}", "", gabarit.read_text(), flags=re.DOTALL)
            assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", texte), gabarit

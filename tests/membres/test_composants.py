"""The living page of components, and the fragments a page relies on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from membres.models import Utilisateur


def test_la_page_montre_tout(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    html = client_de(odile).get("/composants/").content.decode()
    dossier = settings.TEMPLATES[0]["DIRS"][0] / "composants"
    ailleurs = {"chemin", "formulaire", "lignes", "marque", "messages"}
    for gabarit in dossier.glob("[!_]*.html"):
        assert gabarit.stem in ailleurs or f"composants/{gabarit.name}" in html, f"{gabarit.name} is not shown"
    assert len(re.findall(r"<h1", html)) == 1


def test_reservee_aux_comptes(db: None) -> None:
    assert Client().get("/composants/").status_code == 302


def test_le_formulaire_de_la_page_montre_ses_erreurs(
    odile: Utilisateur, client_de: Callable[[Utilisateur], Client]
) -> None:
    html = client_de(odile).post("/composants/", {}).content.decode()
    assert "<title>Erreur\u00a0: Composants" in html


def test_la_progression_avance_puis_finit(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    client = client_de(odile)
    assert 'value="50"' in client.get("/composants/progression/?pourcent=25").content.decode()
    fini = client.get("/composants/progression/?pourcent=75").content.decode()
    assert "Le document est prêt." in fini
    assert "hx-get" not in fini
    assert 'value="25"' in client.get("/composants/progression/?pourcent=<script>").content.decode()


def test_les_pages_gardent_la_recherche() -> None:
    requete = RequestFactory().get("/liste/", {"q": "à l’accueil", "tri": "-date", "page": "4"})
    html = render_to_string(
        "composants/pagination.html", {"page": Paginator(range(230), 10).get_page(4), "request": requete}
    )
    liens = re.findall(r'href="([^"]*)"', html)
    assert all("q=%C3%A0+l%E2%80%99accueil" in lien and "tri=-date" in lien for lien in liens)
    assert [lien.rpartition("page=")[2] for lien in liens] == ["3", "1", "2", "3", "5", "23", "5"]
    assert html.count('aria-current="page"') == 1


def test_une_seule_page_ne_montre_rien() -> None:
    requete = RequestFactory().get("/")
    html = render_to_string("composants/pagination.html", {"page": Paginator([1], 10).get_page(1), "request": requete})
    assert html.strip() == ""


@pytest.mark.parametrize(
    ("actuel", "sens", "suite"),
    [("", "", "tri=date"), ("date", "ascending", "tri=-date"), ("-date", "descending", "tri=date")],
)
def test_le_tri_dit_son_sens(actuel: str, sens: str, suite: str) -> None:
    requete = RequestFactory().get("/", {"tri": actuel, "page": "3"} if actuel else {})
    html = render_to_string("composants/tri.html", {"cle": "date", "libelle": "Date", "request": requete})
    assert (f'aria-sort="{sens}"' in html) is bool(sens)
    assert f'href="?{suite}"' in html


def test_la_recherche_garde_les_filtres_et_echappe() -> None:
    requete = RequestFactory().get("/", {"q": '"><script>', "etat": "signe", "page": "2"})
    html = render_to_string("composants/recherche.html", {"request": requete})
    assert '<input type="hidden" name="etat" value="signe">' in html
    assert "<script" not in html
    assert 'name="page"' not in html


def test_un_bouton_qui_agit_porte_le_jeton() -> None:
    html = render_to_string(
        "composants/bouton_post.html", {"url": "/x/", "libelle": "Publier", "csrf_token": "jeton-du-formulaire"}
    )
    assert 'value="jeton-du-formulaire"' in html
    assert 'method="post"' in html


def test_le_dialogue_mene_a_une_page_sans_script() -> None:
    html = render_to_string(
        "composants/dialogue.html",
        {
            **{"ident": "d", "titre": "Publier ?", "texte": "Ouvert à tous.", "url": "/publier/", "bouton": "Publier"},
            **{"confirmation_url": "/publier/confirmer/", "csrf_token": "j"},
        },
    )
    assert 'href="/publier/confirmer/"' in html
    assert 'action="/publier/"' in html
    assert 'aria-labelledby="d-titre"' in html


def test_le_tableau_echappe_sa_legende() -> None:
    gabarit = Template(
        "{% load conclu %}{% tableau legende %}<tbody><tr><td>{{ legende }}</td></tr></tbody>{% endtableau %}"
    )
    html = gabarit.render(Context({"legende": "<b>L’été</b>"}))
    assert "<caption>&lt;b&gt;" in html
    assert "<td>&lt;b&gt;" in html
    assert "<tbody>" in html


def test_le_menu_ne_montre_que_ce_qui_existe_et_ce_qui_est_permis(
    mireille: Utilisateur, odile: Utilisateur, client_de: Callable[[Utilisateur], Client]
) -> None:
    def menu(compte: Utilisateur) -> str:
        html = client_de(compte).get("/aide/").content.decode()
        return html[html.index('id="navigation"') : html.index("</nav>", html.index('id="navigation"'))]

    assert "Rédaction" not in menu(mireille)
    assert "Comptes et rôles" not in menu(odile)
    assert 'href=""' not in menu(odile)

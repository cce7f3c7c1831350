"""Sign out: by POST only, and the browser forgets."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from membres.models import Utilisateur


def test_ferme_la_session_et_fait_oublier(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    client = client_de(odile)
    reponse = client.post("/deconnexion/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/au-revoir/")
    assert reponse["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session
    assert client.get("/compte/").status_code == 302
    assert "Vous êtes déconnecté" in client.get("/au-revoir/").content.decode()


def test_un_lien_ne_deconnecte_pas(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    client = client_de(odile)
    assert client.get("/deconnexion/").status_code == 405
    assert client.get("/compte/").status_code == 200
    assert client.get("/au-revoir/").status_code == 302


def test_sans_session_ne_fait_rien(db: None) -> None:
    assert Client().post("/deconnexion/").status_code == 302

"""Home: each sees what awaits them, and nothing of a committee that is not theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comites.models import Comite, Seance
from comptes_rendus.models import CompteRendu
from membres.models import Utilisateur
from tests import fabriques

Ouvrir = Callable[[Utilisateur | None], Client]


@pytest.fixture
def relecture(clac: Comite, odile: Utilisateur) -> CompteRendu:
    compte_rendu = fabriques.compte_rendu(odile, seance=fabriques.seance(comite=clac))
    CompteRendu.objects.update(etat=CompteRendu.Etat.RELECTURE, soumis_le=timezone.now())
    compte_rendu.refresh_from_db()
    return compte_rendu


def lire(client: Client) -> str:
    reponse = client.get("/")
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def test_anonyme_trouve_le_chemin(client_de: Ouvrir, db: None) -> None:
    page = lire(client_de(None))
    for adresse in ("/comptes-rendus/", "/verifier/", "/connexion/"):
        assert f'href="{adresse}"' in page


def test_samir_voit_ce_qu_il_doit_relire(client_de: Ouvrir, relecture: CompteRendu, samir: Utilisateur) -> None:
    assert f"/redaction/{relecture.pk}/approuver/" in lire(client_de(samir))


def test_odile_voit_ses_brouillons_et_les_seances_sans_compte_rendu(
    client_de: Ouvrir, odile: Utilisateur, clac: Comite
) -> None:
    brouillon = fabriques.compte_rendu(odile, seance=fabriques.seance(comite=clac))
    nue = fabriques.seance(comite=clac, date=None, date_affichee="en 2026")
    page = lire(client_de(odile))
    assert f"/redaction/{brouillon.pk}/" in page
    assert f"/redaction/seance/{nue.pk}/" in page


def test_paul_ne_voit_rien_du_comite_des_autres(client_de: Ouvrir, relecture: CompteRendu, paul: Utilisateur) -> None:
    fabriques.seance(comite=relecture.seance.comite, etat=Seance.Etat.CONVOQUEE, date=timezone.localdate())
    page = lire(client_de(paul))
    assert "CLAC" not in page
    assert "Rien ne vous attend" in page


def test_nombre_de_requetes_constant(client_de: Ouvrir, odile: Utilisateur, clac: Comite) -> None:
    client = client_de(odile)
    fabriques.compte_rendu(odile, seance=fabriques.seance(comite=clac))
    fabriques.seance(comite=clac)
    fabriques.seance(comite=clac, date=timezone.localdate(), etat=Seance.Etat.CONVOQUEE)
    lire(client)
    avant = compter_requetes(client)
    for _ in range(9):
        fabriques.compte_rendu(odile, seance=fabriques.seance(comite=clac))
        fabriques.seance(comite=clac)
        fabriques.seance(comite=clac, date=timezone.localdate(), etat=Seance.Etat.CONVOQUEE)
    assert compter_requetes(client) == avant


def compter_requetes(client: Client) -> int:
    with CaptureQueriesContext(connection) as requetes:
        lire(client)
    return len(requetes)

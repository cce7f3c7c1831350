"""The password again before a sensitive act: at most five minutes old, throttled like a login."""

import datetime

import pytest
from django.utils import timezone

from comites.models import Comite
from membres import reauthentification
from tests.fabriques import MOT_DE_PASSE

ADRESSE = "/comites/clac-val-d-ombre/clore/"


@pytest.fixture
def client(clac, ada, client_de):
    return client_de(ada)


def test_sans_mot_de_passe_rien_ne_se_fait(client, rien_ecrit):
    with rien_ecrit():
        reponse = client.post(ADRESSE)
    assert reponse.status_code == 422
    assert "Saisissez votre mot de passe pour confirmer" in reponse.content.decode()


@pytest.mark.parametrize("saisi", ["faux", MOT_DE_PASSE.upper(), MOT_DE_PASSE + " "])
def test_un_faux_mot_de_passe_est_refuse_et_ne_revient_pas_dans_la_page(saisi, client, rien_ecrit):
    with rien_ecrit():
        reponse = client.post(ADRESSE, {"mot_de_passe": saisi})
    assert reponse.status_code == 422
    assert "n’est pas le vôtre" in reponse.content.decode()
    assert f'value="{saisi}"' not in reponse.content.decode()


def test_le_bon_ouvre_cinq_minutes_et_change_la_session(client, monkeypatch):
    avant = client.session.session_key
    assert client.post(ADRESSE, {"mot_de_passe": MOT_DE_PASSE}).status_code == 302
    assert Comite.objects.get().est_clos
    assert client.session.session_key != avant
    assert "mot_de_passe" not in client.get("/comites/clac-val-d-ombre/rouvrir/").content.decode()
    plus_tard = timezone.now() + datetime.timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(reauthentification.timezone, "now", lambda: plus_tard)
    assert "mot_de_passe" in client.get("/comites/clac-val-d-ombre/rouvrir/").content.decode()
    assert client.post("/comites/clac-val-d-ombre/rouvrir/").status_code == 422


def test_une_horloge_qui_recule_ne_prolonge_rien(client, monkeypatch):
    client.post(ADRESSE, {"mot_de_passe": MOT_DE_PASSE})
    hier = timezone.now() - datetime.timedelta(days=1)
    monkeypatch.setattr(reauthentification.timezone, "now", lambda: hier)
    assert client.post("/comites/clac-val-d-ombre/rouvrir/").status_code == 422


def test_une_marque_abimee_ne_vaut_rien(client, rf):
    requete = rf.get("/")
    for marque in (None, "demain", [], {}):
        requete.session = {reauthentification.CLE: marque}
        assert reauthentification.est_recente(requete) is False


def test_le_mot_de_passe_d_une_autre_personne_ne_vaut_rien(client, ada, odile, rien_ecrit):
    odile.set_password("un-autre-pont-de-pierre")
    odile.save()
    with rien_ecrit():
        assert client.post(ADRESSE, {"mot_de_passe": "un-autre-pont-de-pierre"}).status_code == 422


def test_le_bon_mot_de_passe_n_est_plus_demande_quand_un_autre_champ_est_faux(client, rien_ecrit):
    with rien_ecrit():
        reponse = client.post(
            "/comites/creer/", {"nom": "", "sigle": "X", "genre": "clu", "mot_de_passe": MOT_DE_PASSE}
        )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "mot_de_passe" not in page
    assert MOT_DE_PASSE not in page


def test_les_essais_sont_comptes_comme_a_la_connexion(client):
    codes = [client.post(ADRESSE, {"mot_de_passe": f"faux-{n}"}).status_code for n in range(11)]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert client.post(ADRESSE, {"mot_de_passe": MOT_DE_PASSE}).status_code == 429
    assert not Comite.objects.get().est_clos

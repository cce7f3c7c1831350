"""Plan a sitting: the quality officer, in an open committee of hers, and nobody else."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comites import actions
from comites.models import Seance
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from tests import fabriques

from .conftest import PIEGE

ADRESSE = "/comites/clac-val-d-ombre/seances/creer/"
SAISIE = {"date": "12/03/2026", "heure_debut": "14 h 30", "heure_fin": "16h", "genre": "ordinaire", "lieu": "salle B"}


def test_odile_prepare_une_seance(clac, odile, client_de):
    reponse = client_de(odile).post(ADRESSE, {**SAISIE, "presidence": "Mme Claire Aubry"})
    seance = Seance.objects.get()
    assert reponse.status_code == 302
    assert reponse["Location"] == f"/seances/{seance.pk}/"
    assert (seance.comite, seance.etat) == (clac, Seance.Etat.PREPAREE)
    assert (seance.date, seance.heure_debut) == (datetime.date(2026, 3, 12), datetime.time(14, 30))
    evenement = Evenement.objects.get()
    assert (evenement.verbe, evenement.par, evenement.portee) == ("creer_seance", odile, f"comite:{clac.pk}")


def test_rien_n_est_obligatoire(clac, odile, client_de):
    assert client_de(odile).post(ADRESSE, {"genre": "ordinaire"}).status_code == 302
    assert Seance.objects.get().quand == "date à fixer"


def test_l_etat_et_le_comite_ne_se_postent_pas(clac, autre_comite, odile, client_de):
    intrus = {"etat": "close", "comite": autre_comite.pk, "id": 77, "motif_annulation": "x"}
    client_de(odile).post(ADRESSE, {**SAISIE, **intrus})
    seance = Seance.objects.get()
    assert (seance.etat, seance.comite, seance.motif_annulation) == ("preparee", clac, "")
    assert seance.pk != 77


@pytest.mark.parametrize(
    ("qui", "code"), [("mireille", 403), ("agnes", 403), ("samir", 403), ("ada", 403), ("paul", 404)]
)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_refus(qui, code, methode, clac, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert getattr(client, methode)(ADRESSE, SAISIE).status_code == code


@pytest.mark.parametrize("qui", ["mireille", "agnes", "samir", "ada", "paul"])
def test_l_action_refuse_aussi(qui, clac, rien_ecrit, request):
    par = request.getfixturevalue(qui)
    with rien_ecrit(), pytest.raises(PermissionDenied):
        actions.creer_seance(clac, {}, par=par)


def test_un_comite_clos_ne_tient_plus_de_seance(clac, odile, client_de, rien_ecrit):
    type(clac).objects.update(est_clos=True)
    with rien_ecrit():
        reponse = client_de(odile).post(ADRESSE, SAISIE)
        assert reponse.status_code == 409
        assert "clos" in reponse.content.decode()
        with pytest.raises(TransitionRefusee):
            actions.creer_seance(clac, {}, par=odile)


def test_un_formulaire_envoye_deux_fois_ne_cree_qu_une_seance(clac, odile, client_de, rien_ecrit):
    client = client_de(odile)
    client.post(ADRESSE, SAISIE)
    with rien_ecrit():
        reponse = client.post(ADRESSE, SAISIE)
    assert reponse.status_code == 422
    assert "déjà une séance" in reponse.content.decode()


def test_une_seance_annulee_laisse_sa_place(clac, odile):
    fabriques.seance(comite=clac, etat=Seance.Etat.ANNULEE)
    actions.creer_seance(clac, {"date": datetime.date(2026, 3, 12), "heure_debut": datetime.time(14)}, par=odile)


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("date", "le 32 mars", "Écrivez la date ainsi"),
        ("heure_debut", "midi", "Écrivez l’heure ainsi"),
        ("heure_fin", "9 h", "La fin de la séance doit suivre son début."),
        ("genre", "autre", "Sélectionnez un choix valide"),
        ("lieu", "x" * 201, "au plus 200"),
        ("lieu", "a\x00b", "Le caractère nul"),
    ],
)
def test_une_saisie_fautive_est_expliquee_et_rien_n_est_perdu(
    champ, valeur, message, clac, odile, client_de, rien_ecrit
):
    with rien_ecrit():
        reponse = client_de(odile).post(ADRESSE, {**SAISIE, "animation": "Mme Ferrandon", champ: valeur})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert message in page
    assert "Mme Ferrandon" in page


def test_un_champ_inconnu_est_une_faute_de_programme(clac, odile, rien_ecrit):
    with rien_ecrit(), pytest.raises(TypeError):
        actions.creer_seance(clac, {"etat": "close"}, par=odile)


def test_les_dates_de_la_meme_heure_se_voient_dans_l_action(clac, odile, rien_ecrit):
    fabriques.seance(comite=clac)
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.creer_seance(clac, {"date": datetime.date(2026, 3, 12), "heure_debut": datetime.time(14)}, par=odile)


def test_ce_qui_est_saisi_est_toujours_echappe(clac, odile, client_de):
    client = client_de(odile)
    champs = {"date_affichee": PIEGE, "lieu": PIEGE, "presidence": PIEGE, "animation": PIEGE}
    reponse = client.post(ADRESSE, {"genre": "ordinaire", **champs}, follow=True)
    pk = Seance.objects.get().pk
    for adresse in (
        f"/seances/{pk}/",
        f"/seances/{pk}/modifier/",
        "/comites/",
        "/comites/clac-val-d-ombre/",
        "/journal/",
    ):
        page = client.get(adresse).content.decode()
        assert PIEGE not in page
        assert "&lt;script&gt;" in page, adresse
    assert reponse.status_code == 200

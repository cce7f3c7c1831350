"""Change the head of a sitting; what changed is in the journal, and nothing when nothing did."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comites import actions
from comites.models import Seance
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from tests import fabriques

SAISIE = {"genre": "ordinaire", "date": "2026-03-12", "heure_debut": "14:00", "heure_fin": "16:15", "lieu": "salle C"}


def test_odile_change_le_lieu(preparee, odile, client_de):
    reponse = client_de(odile).post(f"/seances/{preparee.pk}/modifier/", SAISIE)
    assert reponse["Location"] == f"/seances/{preparee.pk}/"
    preparee.refresh_from_db()
    assert preparee.lieu == "salle C"
    evenement = Evenement.objects.get()
    assert evenement.verbe == "modifier_seance"
    assert evenement.details == {"lieu": ["salle Jean-Moulin", "salle C"], "mode": ["presentiel", ""]}


def test_l_heure_de_fin_se_note_apres_la_seance(tenue, odile):
    actions.modifier_seance(tenue, {"heure_fin": datetime.time(17)}, par=odile)
    tenue.refresh_from_db()
    assert tenue.heure_fin == datetime.time(17)


def test_sans_changement_rien_n_entre_au_journal(preparee, odile):
    actions.modifier_seance(preparee, {"lieu": preparee.lieu}, par=odile)
    assert not Evenement.objects.exists()


def test_un_objet_lu_trop_tot_n_ecrase_pas_l_etat(preparee, odile):
    lue_avant = Seance.objects.get(pk=preparee.pk)
    actions.tenir_seance(preparee, par=odile)
    actions.modifier_seance(lue_avant, {"lieu": "salle D"}, par=odile)
    preparee.refresh_from_db()
    assert (preparee.etat, preparee.lieu) == ("tenue", "salle D")


def test_l_etat_ne_se_poste_pas(preparee, autre_comite, odile, client_de):
    client_de(odile).post(f"/seances/{preparee.pk}/modifier/", {**SAISIE, "etat": "close", "comite": autre_comite.pk})
    preparee.refresh_from_db()
    assert preparee.etat == "preparee"
    assert preparee.comite_id != autre_comite.pk


def test_le_jour_d_une_autre_seance_est_refuse(preparee, odile, rien_ecrit):
    autre = fabriques.seance(comite=preparee.comite, date=datetime.date(2026, 5, 5))
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.modifier_seance(autre, {"date": preparee.date}, par=odile)


@pytest.mark.parametrize(
    ("qui", "code"), [("mireille", 404), ("agnes", 404), ("samir", 403), ("ada", 404), ("paul", 404)]
)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_refus(qui, code, methode, preparee, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert getattr(client, methode)(f"/seances/{preparee.pk}/modifier/", SAISIE).status_code == code


@pytest.mark.parametrize("qui", ["mireille", "agnes", "samir", "ada", "paul"])
def test_l_action_refuse_aussi(qui, preparee, rien_ecrit, request):
    par = request.getfixturevalue(qui)
    with rien_ecrit(), pytest.raises(PermissionDenied):
        actions.modifier_seance(preparee, {"lieu": "x"}, par=par)


@pytest.mark.parametrize("etat", ["close", "annulee"])
def test_pas_dans_cet_etat(etat, clac, odile, client_de, rien_ecrit):
    seance = fabriques.seance(comite=clac, etat=etat)
    with rien_ecrit():
        assert client_de(odile).post(f"/seances/{seance.pk}/modifier/", SAISIE).status_code == 409
        with pytest.raises(TransitionRefusee):
            actions.modifier_seance(seance, {"lieu": "x"}, par=odile)


def test_ailleurs_et_nulle_part_sont_la_meme_reponse(preparee, paul, client_de):
    client = client_de(paul)
    ailleurs, nulle_part = (client.get(f"/seances/{pk}/") for pk in (preparee.pk, 999_999))
    assert (ailleurs.status_code, nulle_part.status_code) == (404, 404)

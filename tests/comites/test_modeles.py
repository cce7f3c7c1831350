"""What the models know by themselves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch

from comites import actions
from comites.models import Comite, Habilitation, LignePresence, PersonneCitee, PointOrdreDuJour
from comites.views import seances
from tests import fabriques


@pytest.mark.parametrize(
    ("champs", "texte"),
    [
        ({}, "CLAC, 12 mars 2026"),
        ({"date": datetime.date(2026, 3, 1)}, "CLAC, 1er mars 2026"),
        ({"date": datetime.date(2026, 3, 21)}, "CLAC, 21 mars 2026"),
        ({"date": None}, "CLAC, date à fixer"),
        ({"date_affichee": "en 2026"}, "CLAC, en 2026"),
    ],
)
def test_le_nom_d_une_seance(champs, texte, clac):
    assert str(fabriques.seance(comite=clac, **champs)) == texte


def test_un_comite_ne_se_continue_pas_lui_meme(clac, autre_comite):
    Comite.objects.filter(pk=autre_comite.pk).update(predecesseur=clac)
    clac.predecesseur = autre_comite
    autre_comite.refresh_from_db()
    with pytest.raises(ValidationError, match="se continuer lui-même"):
        clac.full_clean()


def test_une_longue_histoire_se_lit_jusqu_au_bout(autorite, odile, clac, client_de):
    precedent = None
    for rang in range(4):
        precedent = fabriques.comite(
            autorite=autorite, slug=f"ancien-{rang}", nom=f"ancien {rang}", predecesseur=precedent
        )
    Comite.objects.filter(pk=clac.pk).update(predecesseur=precedent)
    clac.refresh_from_db()
    clac.full_clean()
    suite = client_de(odile).get("/comites/clac-val-d-ombre/").context["predecesseurs"]
    assert [c.nom for c in suite] == ["ancien 3", "ancien 2", "ancien 1", "ancien 0"]


def test_un_point_a_des_natures_connues_et_un_autre_point_pour_parent(preparee):
    point = PointOrdreDuJour.objects.create(seance=preparee, titre="Bilan", genres=["avis", "echange"])
    assert point.genres_affiches == ["Pour avis", "Échange"]
    point.genres = ["vote"]
    with pytest.raises(ValidationError, match="Nature de point inconnue"):
        point.full_clean()
    point.genres, point.parent = [], point
    with pytest.raises(ValidationError, match="un autre point"):
        point.full_clean()


def test_les_noms_des_lignes_et_des_groupes(tenue):
    groupe = fabriques.presence(tenue, "Mme A\tprésidente", titre="", statut="absent")
    ligne = LignePresence.objects.get()
    assert (str(groupe), str(ligne)) == ("Absent", "Mme A, présidente")
    assert str(PersonneCitee(ligne=ligne, civilite="Mme", nom="A")) == "Mme A"
    assert str(tenue.comite.colleges.create(nom="Usagers")) == "Usagers"


def test_un_compte_ferme_n_a_plus_de_role(clac, odile):
    assert clac.roles_de(odile) == {"qualite"}
    odile.is_active = False
    assert clac.roles_de(odile) == set()
    assert not Habilitation.objects.de(odile).exists()


def test_modifier_sans_parler_des_colleges_les_garde(clac, ada):
    clac.colleges.create(nom="Usagers")
    actions.modifier_comite(clac, {"perimetre": "Préfecture"}, par=ada)
    assert clac.colleges.count() == 1


def test_l_action_borne_la_liste_collee(tenue, odile, rien_ecrit):
    groupe = fabriques.presence(tenue)
    for texte in ("", "x\n" * 501):
        with rien_ecrit(), pytest.raises(ValidationError):
            actions.ajouter_lignes(groupe, texte, par=odile)


def test_sans_l_application_des_comptes_rendus_la_page_se_lit(tenue, odile, client_de, monkeypatch):
    original = seances.reverse

    def reverse(nom, **reste):
        if nom.startswith("comptes_rendus:"):
            raise NoReverseMatch
        return original(nom, **reste)

    monkeypatch.setattr(seances, "reverse", reverse)
    assert "Rédiger le compte rendu" not in client_de(odile).get(f"/seances/{tenue.pk}/").content.decode()


def test_un_get_sur_l_ajout_ramene_a_la_presence(tenue, odile, client_de):
    groupe = fabriques.presence(tenue)
    reponse = client_de(odile).get(f"/seances/{tenue.pk}/presence/groupes/{groupe.pk}/lignes/")
    assert reponse["Location"] == f"/seances/{tenue.pk}/presence/#groupe-{groupe.pk}"

"""Create, change, close and reopen a committee: the administrator of its authority, with her password."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from comites import actions
from comites.models import Comite, Role
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from membres.models import Service
from tests import fabriques
from tests.fabriques import MOT_DE_PASSE

from .conftest import PIEGE

FICHE = "/comites/clac-val-d-ombre/"
SAISIE = {
    "nom": "comité local des usagers de Rocval",
    "sigle": "CLU",
    "genre": "clu",
    "slug": "",
    "colleges": "Usagers\r\n\r\nAdministration\r\nUsagers",
    "mot_de_passe": MOT_DE_PASSE,
}


@pytest.fixture
def sous_prefecture(autorite):
    return fabriques.autorite(nom="sous-préfecture de Rocval", rattachement=autorite)


def test_ada_cree_un_comite(autorite, ada, client_de):
    reponse = client_de(ada).post("/comites/creer/", {**SAISIE, "autorite_choisie": autorite.pk})
    comite = Comite.objects.get()
    assert reponse["Location"] == f"/comites/{comite.slug}/"
    assert comite.slug == "comite-local-des-usagers-de-rocval"
    assert [c.nom for c in comite.colleges.all()] == ["Usagers", "Administration"]
    evenement = Evenement.objects.get()
    assert (evenement.verbe, evenement.par, evenement.portee) == ("creer_comite", ada, f"comite:{comite.pk}")


def test_pas_dans_l_autorite_d_une_autre(sous_prefecture, ada, client_de, rien_ecrit):
    with rien_ecrit():
        reponse = client_de(ada).post("/comites/creer/", {**SAISIE, "autorite_choisie": sous_prefecture.pk})
        assert reponse.status_code == 422
        with pytest.raises(PermissionDenied):
            actions.creer_comite(sous_prefecture, {"nom": "x", "sigle": "x", "slug": "x"}, par=ada)


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("nom", "", "Remplissez ce champ"),
        ("slug", "creer", "réservée"),
        ("slug", "Deux mots", "slug"),
        ("slug", "clac-val-d-ombre", "Un comité a déjà cette adresse"),
        ("genre", "club", "Sélectionnez un choix valide"),
    ],
)
def test_une_saisie_fautive_ne_perd_rien(champ, valeur, message, clac, ada, client_de, rien_ecrit):
    with rien_ecrit():
        saisie = {**SAISIE, "autorite_choisie": clac.autorite_id, "perimetre": "toute la préfecture", champ: valeur}
        reponse = client_de(ada).post("/comites/creer/", saisie)
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert "toute la préfecture" in reponse.content.decode()


def test_ada_renomme_et_range_les_colleges(clac, ada, client_de):
    actions.modifier_comite(clac, {}, par=ada, colleges=["Usagers", "Élus"])
    usagers = clac.colleges.get(nom="Usagers")
    saisie = {**SAISIE, "slug": "clac-val-d-ombre", "colleges": "Administration\nUsagers", "est_clos": "on"}
    client_de(ada).post(f"{FICHE}modifier/", {**saisie, "autorite": 99})
    clac.refresh_from_db()
    assert (clac.nom, clac.est_clos) == (SAISIE["nom"], False)
    assert [c.nom for c in clac.colleges.all()] == ["Administration", "Usagers"]
    assert clac.colleges.get(nom="Usagers") == usagers
    details = Evenement.objects.first().details
    assert details["colleges"] == [["Usagers", "Élus"], ["Administration", "Usagers"]]


def test_sans_changement_rien_n_entre_au_journal(clac, ada, rien_ecrit):
    with rien_ecrit():
        actions.modifier_comite(clac, {"nom": clac.nom}, par=ada, colleges=[])


def test_le_service_et_le_predecesseur_sont_de_la_meme_autorite(clac, sous_prefecture, ada, rien_ecrit):
    ailleurs = fabriques.comite(autorite=sous_prefecture, slug="ailleurs")
    service = Service.objects.create(autorite=sous_prefecture, nom="x")
    for valeurs in ({"predecesseur": ailleurs}, {"service": service}, {"predecesseur": clac}):
        with rien_ecrit(), pytest.raises(ValidationError):
            actions.modifier_comite(clac, valeurs, par=ada)


def test_ada_clot_puis_rouvre(clac, ada, client_de):
    client = client_de(ada)
    client.post(f"{FICHE}clore/", {"mot_de_passe": MOT_DE_PASSE})
    clac.refresh_from_db()
    assert clac.est_clos
    assert client.post(f"{FICHE}clore/").status_code == 409
    client.post(f"{FICHE}rouvrir/")
    clac.refresh_from_db()
    assert not clac.est_clos
    with pytest.raises(TransitionRefusee):
        actions.rouvrir_comite(clac, par=ada)
    assert [e.verbe for e in Evenement.objects.all()] == ["rouvrir_comite", "clore_comite"]


@pytest.mark.parametrize(
    ("qui", "code"), [("mireille", 403), ("agnes", 403), ("odile", 403), ("samir", 403), ("paul", 404)]
)
@pytest.mark.parametrize("suite", ["modifier/", "clore/", "rouvrir/"])
def test_pas_ce_role(qui, code, suite, clac, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert client.get(FICHE + suite).status_code == code
        assert client.post(FICHE + suite, SAISIE).status_code == code


@pytest.mark.parametrize("qui", ["mireille", "agnes", "odile", "samir", "paul"])
def test_l_action_refuse_aussi(qui, clac, autorite, rien_ecrit, request, client_de):
    par = request.getfixturevalue(qui)
    with rien_ecrit():
        assert client_de(par).post("/comites/creer/", SAISIE).status_code == 403
        for verbe in (
            lambda: actions.creer_comite(autorite, {"nom": "x", "sigle": "x", "slug": "x"}, par=par),
            lambda: actions.modifier_comite(clac, {"nom": "x"}, par=par),
            lambda: actions.clore_comite(clac, par=par),
            lambda: actions.rouvrir_comite(clac, par=par),
        ):
            with pytest.raises(PermissionDenied):
                verbe()


def test_un_comite_ne_s_administre_pas_par_un_role_de_comite(clac, odile, rien_ecrit):
    """The database refuses an « administrateur » of one committee."""
    with rien_ecrit(), pytest.raises(IntegrityError), transaction.atomic():
        fabriques.habilitation(odile, Role.ADMINISTRATEUR, clac)


def test_ce_qui_est_saisi_est_toujours_echappe(clac, autre_comite, ada, odile, client_de):
    Comite.objects.filter(pk=clac.pk).update(nom=PIEGE, sigle="<i>x</i>", perimetre=PIEGE, predecesseur=autre_comite.pk)
    Comite.objects.filter(pk=autre_comite.pk).update(nom=PIEGE)
    clac.colleges.create(nom=PIEGE)
    for qui in (ada, odile):
        client = client_de(qui)
        for adresse in ("/comites/", FICHE):
            page = client.get(adresse).content.decode()
            assert "<script>alert" not in page.lower()
            assert "&lt;script&gt;" in page.lower()
            assert "<i>x" not in page
    assert "<script>alert" not in client_de(ada).get(f"{FICHE}modifier/").content.decode()

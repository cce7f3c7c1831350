"""What each one sees: my committees, one committee, one sitting."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comites.models import Comite, Habilitation, PointOrdreDuJour, Seance
from tests import fabriques

FICHE = "/comites/clac-val-d-ombre/"


def page(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def demain(jours=1):
    return timezone.localdate() + datetime.timedelta(days=jours)


# --- My committees -------------------------------------------------------------------------------------------------
def test_sans_role_la_page_dit_quoi_faire(mireille, client_de):
    Habilitation.objects.all().delete()
    assert "Aucun comité ouvert" in page(client_de(mireille), "/comites/")


def test_ada_sans_comite_peut_en_creer_un(autorite, ada, client_de):
    assert "/comites/creer/" in page(client_de(ada), "/comites/")


def test_chacun_ne_voit_que_les_siens(clac, autre_comite, odile, paul, client_de):
    assert "CLU" not in page(client_de(odile), "/comites/").split("<main")[1]
    assert "CLAC" not in page(client_de(paul), "/comites/").split("<main")[1]


@pytest.mark.parametrize(
    ("seances", "attendu"),
    [
        ([], "Préparer une séance"),
        ([{"etat": "preparee", "date": 5}], "Écrire l’ordre du jour"),
        ([{"etat": "preparee", "date": None, "points": True}], "La prochaine séance est prête"),
        ([{"etat": "preparee", "date": -3}], "La déclarer tenue"),
        ([{"etat": "tenue", "date": -3}], "Remplir la présence"),
        ([{"etat": "tenue", "date": -3, "presence": True}], "Préparer une séance"),
        ([{"etat": "annulee", "date": 3}], "Préparer une séance"),
    ],
)
def test_le_prochain_geste(seances, attendu, clac, odile, client_de):
    for valeurs in seances:
        jours = valeurs["date"]
        seance = fabriques.seance(comite=clac, etat=valeurs["etat"], date=None if jours is None else demain(jours))
        if "points" in valeurs:
            PointOrdreDuJour.objects.create(seance=seance, titre="Bilan")
        if "presence" in valeurs:
            fabriques.presence(seance, "Mme A")
    assert attendu in page(client_de(odile), "/comites/")


def test_les_membres_ne_voient_ni_brouillon_ni_geste(clac, mireille, client_de):
    seance = fabriques.seance(comite=clac, etat="preparee", date=demain())
    contenu = page(client_de(mireille), "/comites/")
    assert f"/seances/{seance.pk}/" not in contenu
    assert "Préparer une séance" not in contenu


def test_prochaine_et_derniere(clac, odile, client_de):
    for jours in (400, 10, 40):
        fabriques.seance(comite=clac, etat="preparee", date=demain(jours))
    for jours in (-400, -10, -40):
        fabriques.seance(comite=clac, etat="close", date=demain(jours))
    fabriques.seance(comite=clac, etat="preparee", date=None)
    (fiche,) = client_de(odile).get("/comites/").context["ouverts"]
    assert fiche["prochaine"].date == demain(10)
    assert fiche["derniere"].date == demain(-10)


def test_autant_de_requetes_pour_3_et_30_comites(autorite, ada, client_de, django_assert_num_queries):
    client = client_de(ada)
    for role in ("qualite", "signataire"):
        fabriques.habilitation(ada, role, autorite)

    def ajouter(nombre):
        for _ in range(nombre):
            comite = fabriques.comite(autorite=autorite, slug=f"c-{Comite.objects.count()}")
            fabriques.presence(fabriques.seance(comite=comite), "Mme A")
            fabriques.seance(comite=comite, etat="preparee", date=demain())

    ajouter(3)
    page(client, "/comites/")
    with CaptureQueriesContext(connection) as requetes:
        page(client, "/comites/")
    ajouter(27)
    with django_assert_num_queries(len(requetes)):
        page(client, "/comites/")


# --- One committee -------------------------------------------------------------------------------------------------
def test_ailleurs_et_nulle_part_sont_la_meme_reponse(clac, paul, client_de):
    client = client_de(paul)
    ailleurs, nulle_part = client.get(FICHE), client.get("/comites/nulle-part/")
    assert (ailleurs.status_code, nulle_part.status_code) == (404, 404)


def test_qui_fait_quoi_est_pour_la_qualite_et_les_signataires(clac, ada, odile, samir, mireille, agnes, client_de):
    for compte in (odile, samir):
        contenu = page(client_de(compte), FICHE)
        assert "mireille@exemple.invalid" in contenu
        assert "Référente qualité" in contenu
    for compte in (mireille, agnes, ada):
        assert "samir@exemple.invalid" not in page(client_de(compte), FICHE)


def test_l_histoire_relie_les_comites(clac, autre_comite, odile, samir, client_de):
    Comite.objects.filter(pk=clac.pk).update(predecesseur=autre_comite)
    fabriques.habilitation(odile, "qualite", autre_comite)
    assert 'href="/comites/clu-de-rocval/"' in page(client_de(odile), FICHE)
    assert "Il est continué par" in page(client_de(odile), "/comites/clu-de-rocval/")
    contenu = page(client_de(samir), FICHE)
    assert "comité local des usagers" in contenu
    assert 'href="/comites/clu-de-rocval/"' not in contenu


@pytest.mark.parametrize(
    ("tri", "attendu"),
    [
        ("", ["date à fixer", "5 mai 2026", "12 mars 2026"]),
        ("?tri=date", ["12 mars 2026", "5 mai 2026", "date à fixer"]),
        ("?tri=etat", ["12 mars 2026", "date à fixer", "5 mai 2026"]),
        ("?tri=comite__autorite__pied", ["date à fixer", "5 mai 2026", "12 mars 2026"]),
        ("?tri=-nature&page=99", ["5 mai 2026", "12 mars 2026", "date à fixer"]),
    ],
)
def test_les_seances_se_trient(tri, attendu, clac, odile, client_de):
    fabriques.seance(comite=clac, etat="annulee")
    fabriques.seance(comite=clac, date=datetime.date(2026, 5, 5))
    fabriques.seance(comite=clac, date=None, etat="preparee")
    seances = client_de(odile).get(FICHE + tri).context["seances"]
    if "nature" in tri:
        assert {s.quand for s in seances} == set(attendu)
    else:
        assert [s.quand for s in seances] == attendu


def test_l_administration_ne_lit_pas_les_seances(clac, ada, client_de):
    seance = fabriques.seance(comite=clac)
    assert f"/seances/{seance.pk}/" not in page(client_de(ada), FICHE)
    assert client_de(ada).get(f"/seances/{seance.pk}/").status_code == 404


# --- One sitting ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("etat", Seance.Etat.values)
@pytest.mark.parametrize(
    ("qui", "voit"),
    [
        ("odile", {"preparee", "convoquee", "tenue", "close", "annulee"}),
        ("samir", {"preparee", "convoquee", "tenue", "close", "annulee"}),
        ("mireille", {"convoquee", "tenue", "close"}),
        ("agnes", {"convoquee", "tenue", "close"}),
        ("ada", set()),
        ("paul", set()),
    ],
)
def test_qui_lit_une_seance(etat, qui, voit, clac, client_de, request):
    """Permission matrix, row 9, and rows 5 and 6 for the drafts."""
    seance = fabriques.seance(comite=clac, etat=etat)
    code = client_de(request.getfixturevalue(qui)).get(f"/seances/{seance.pk}/").status_code
    assert code == (200 if etat in voit else 404)


@pytest.mark.parametrize(
    ("etat", "offerts"),
    [
        ("preparee", ["Déclarer la séance tenue", "Modifier", "Annuler la séance"]),
        ("convoquee", ["Déclarer la séance tenue", "Modifier", "Annuler la séance"]),
        ("tenue", ["Modifier"]),
        ("close", []),
        ("annulee", []),
    ],
)
def test_les_gestes_offerts(etat, offerts, clac, odile, samir, client_de):
    seance = fabriques.seance(comite=clac, etat=etat)
    boutons = [b["libelle"] for b in client_de(odile).get(f"/seances/{seance.pk}/").context["actions"]]
    assert [b for b in boutons if b != "Rédiger le compte rendu"] == offerts
    boutons = [b["libelle"] for b in client_de(samir).get(f"/seances/{seance.pk}/").context["actions"]]
    assert boutons == (["Annuler la séance"] if "Annuler la séance" in offerts else [])


@pytest.mark.parametrize(
    ("champs", "titre"),
    [
        ({}, "Séance du 12 mars 2026"),
        ({"date_affichee": "en 2026"}, "Séance en 2026"),
        ({"date": None}, "Séance à fixer"),
        ({"date": datetime.date(2026, 4, 1), "heure_debut": None}, "Séance du 1er avril 2026"),
    ],
)
def test_le_titre_d_une_seance(champs, titre, clac, odile, client_de):
    seance = fabriques.seance(comite=clac, **champs)
    assert f"<h1>{titre}</h1>" in page(client_de(odile), f"/seances/{seance.pk}/")


@pytest.mark.parametrize(
    "adresse", ["/comites/", FICHE, "/seances/1/", "/comptes/", "/autorite/", "/journal/", "/travaux/"]
)
def test_il_faut_se_connecter(adresse, clac, client_de):
    reponse = client_de(None).get(adresse)
    assert reponse.status_code == 302
    assert reponse["Location"].startswith("/connexion/")

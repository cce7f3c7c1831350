"""The agenda: add, change, move, indent, number, remove."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comites import actions
from comites.actions.ordre_du_jour import numero
from comites.models import PointOrdreDuJour, Seance
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from tests import fabriques

from .conftest import PIEGE

HTMX = {"HX-Request": "true"}


def adresse(seance, suite=""):
    return f"/seances/{seance.pk}/ordre-du-jour/{suite}"


def plan(seance):
    """« A », « >B »: the titles in reading order, one chevron per level below the first."""
    return [">" * (len(rangs) - 1) + p.titre for rangs, p in actions.arbre(list(seance.points.all()))]


@pytest.fixture
def points(preparee):
    """A, B (with B1), C."""
    creer = PointOrdreDuJour.objects.create
    a, b, c = (creer(seance=preparee, titre=titre, ordre=rang) for rang, titre in enumerate("ABC"))
    return {"A": a, "B": b, "C": c, "B1": creer(seance=preparee, titre="B1", parent=b)}


# --- Add, change ---------------------------------------------------------------------------------------------------
def test_odile_ajoute_un_point(preparee, odile, client_de):
    saisie = {"titre": "Bilan", "numero": "1°)", "genres": ["information", "avis"], "diaporama": "pages 8 à 10"}
    reponse = client_de(odile).post(adresse(preparee), saisie)
    assert reponse["Location"] == adresse(preparee) + "#ajouter"
    point = preparee.points.get()
    assert (point.titre, point.genres, point.diaporama) == ("Bilan", ["information", "avis"], "pages 8 à 10")
    assert Evenement.objects.get().details == {"ajoute": "Bilan"}


def test_avec_htmx_seul_le_fragment_revient(preparee, odile, client_de):
    page = client_de(odile).post(adresse(preparee), {"titre": "Bilan"}, headers=HTMX).content.decode()
    assert "<html" not in page
    assert '<p id="dit" hx-swap-oob="innerHTML">Point ajouté' in page
    assert "autofocus" in page


def test_les_points_s_ajoutent_a_la_fin(points, preparee, odile):
    actions.enregistrer_point(preparee, {"titre": "D"}, par=odile)
    actions.enregistrer_point(preparee, {"titre": "B2", "parent": points["B"]}, par=odile)
    assert plan(preparee) == ["A", "B", ">B1", ">B2", "C", "D"]


def test_odile_modifie_un_point(points, preparee, odile, client_de):
    reponse = client_de(odile).post(adresse(preparee, f"{points['B1'].pk}/"), {"titre": "B1 bis"})
    assert reponse["Location"].endswith(f"#point-{points['B1'].pk}")
    assert plan(preparee) == ["A", "B", ">B1 bis", "C"]
    assert Evenement.objects.get().details == {"point": points["B1"].pk, "titre": ["B1", "B1 bis"]}


def test_sans_changement_rien_n_entre_au_journal(points, preparee, odile):
    actions.enregistrer_point(preparee, {"titre": "A"}, par=odile, point=points["A"])
    assert not Evenement.objects.exists()


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ({"titre": ""}, "Remplissez ce champ"),
        ({"titre": "x" * 501}, "au plus 500"),
        ({"titre": "A", "genres": ["vote"]}, "Sélectionnez un choix valide"),
    ],
)
def test_une_saisie_fautive_ne_perd_rien(saisie, message, preparee, odile, client_de, rien_ecrit):
    with rien_ecrit():
        reponse = client_de(odile).post(adresse(preparee), {"diaporama": "page douze", **saisie})
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert "page douze" in reponse.content.decode()


def test_un_point_ne_change_pas_de_seance(points, preparee, clac, odile, client_de):
    autre = fabriques.seance(comite=clac, etat="preparee")
    intrus = {"seance": autre.pk, "parent": points["A"].pk, "ordre": 9}
    client_de(odile).post(adresse(preparee, f"{points['C'].pk}/"), {"titre": "C", **intrus})
    assert plan(preparee) == ["A", "B", ">B1", "C"]


def test_trois_niveaux_au_plus(points, preparee, odile, rien_ecrit):
    b11 = actions.enregistrer_point(preparee, {"titre": "B11", "parent": points["B1"]}, par=odile)
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.enregistrer_point(preparee, {"titre": "trop bas", "parent": b11}, par=odile)
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.enregistrer_point(preparee, {"parent": b11}, par=odile, point=points["B"])


def test_le_parent_est_de_la_meme_seance(points, clac, odile, rien_ecrit):
    autre = fabriques.seance(comite=clac, etat="preparee")
    with rien_ecrit(), pytest.raises((ValidationError, KeyError)):
        actions.enregistrer_point(autre, {"titre": "x", "parent": points["A"]}, par=odile)


# --- Move ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("qui", "sens", "attendu"),
    [
        ("C", "haut", ["A", "C", "B", ">B1"]),
        ("A", "bas", ["B", ">B1", "A", "C"]),
        ("C", "droite", ["A", "B", ">B1", ">C"]),
        ("B", "droite", ["A", ">B", ">>B1", "C"]),
        ("B1", "gauche", ["A", "B", "B1", "C"]),
    ],
)
def test_deplacer(qui, sens, attendu, points, preparee, odile, client_de):
    reponse = client_de(odile).post(adresse(preparee, "deplacer/"), {sens: points[qui].pk})
    assert reponse["Location"].endswith(f"#point-{points[qui].pk}")
    assert plan(preparee) == attendu
    assert Evenement.objects.get().details == {"point": points[qui].pk, "titre": qui, "sens": sens}
    for parent in {None, *preparee.points.values_list("parent", flat=True)}:
        ordres = list(preparee.points.filter(parent=parent).values_list("ordre", flat=True))
        assert ordres == list(range(len(ordres)))


@pytest.mark.parametrize(
    ("qui", "sens"), [("A", "haut"), ("C", "bas"), ("A", "droite"), ("A", "gauche"), ("B1", "droite")]
)
def test_au_bord_rien_ne_bouge(qui, sens, points, preparee, odile, client_de, rien_ecrit):
    with rien_ecrit():
        assert client_de(odile).post(adresse(preparee, "deplacer/"), {sens: points[qui].pk}).status_code == 302


def test_pas_plus_de_trois_niveaux_par_les_boutons(points, preparee, odile, rien_ecrit):
    actions.enregistrer_point(preparee, {"titre": "B11", "parent": points["B1"]}, par=odile)
    with rien_ecrit():
        actions.deplacer_point(points["B"], actions.Sens.DROITE, par=odile)


@pytest.mark.parametrize(
    "saisie", [{}, {"haut": "x"}, {"haut": "-1"}, {"haut": "9" * 30}, {"oblique": "1"}, {"haut": "²"}]
)
def test_un_mouvement_mal_dit_est_introuvable(saisie, points, preparee, odile, client_de, rien_ecrit):
    with rien_ecrit():
        assert client_de(odile).post(adresse(preparee, "deplacer/"), saisie).status_code == 404


# --- Number, remove ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("maniere", "attendu"),
    [
        ("degre", ["1°) A", "2°) B", "a) B1", "3°) C"]),
        ("point", ["1. A", "2. B", "2.1. B1", "3. C"]),
        ("romain", ["I – A", "II – B", "a) B1", "III – C"]),
        ("aucune", ["A", "B", "B1", "C"]),
    ],
)
def test_numeroter(maniere, attendu, points, preparee, odile, client_de):
    client_de(odile).post(adresse(preparee, "numeroter/"), {"numerotation": maniere})
    assert [str(p) for _, p in actions.arbre(list(preparee.points.all()))] == attendu
    assert Evenement.objects.get().verbe == "numeroter_points"


def test_les_numeros_des_longues_listes():
    assert numero(actions.Numerotation.ROMAIN, (49,)) == "XLIX –"
    assert numero(actions.Numerotation.DEGRE, (3, 27)) == "a)"
    assert numero(actions.Numerotation.DEGRE, (3, 1, 1)) == ""


def test_le_role_se_verifie_avant_la_saisie(preparee, samir, client_de):
    assert client_de(samir).post(adresse(preparee, "numeroter/")).status_code == 403


def test_une_numerotation_inconnue_ne_change_rien(points, preparee, odile, client_de, rien_ecrit):
    with rien_ecrit():
        client_de(odile).post(adresse(preparee, "numeroter/"), {"numerotation": "gothique"})


def test_supprimer_un_point_et_ceux_qu_il_contient(points, preparee, odile, client_de):
    client = client_de(odile)
    page = client.get(adresse(preparee, f"{points['B'].pk}/supprimer/")).content.decode()
    assert "placés sous lui" in page
    assert plan(preparee) == ["A", "B", ">B1", "C"]
    client.post(adresse(preparee, f"{points['B'].pk}/supprimer/"))
    assert plan(preparee) == ["A", "C"]
    assert [p.ordre for p in preparee.points.all()] == [0, 1]
    assert Evenement.objects.get().details == {"point": points["B"].pk, "titre": "B"}


# --- Refusals ------------------------------------------------------------------------------------------------------
GESTES = {
    "ajouter": lambda p: ("", {"titre": "x"}),
    "modifier": lambda p: (f"{p['A'].pk}/", {"titre": "x"}),
    "deplacer": lambda p: ("deplacer/", {"bas": p["A"].pk}),
    "numeroter": lambda p: ("numeroter/", {"numerotation": "point"}),
    "supprimer": lambda p: (f"{p['A'].pk}/supprimer/", {}),
}
VERBES = [
    lambda p, par: actions.enregistrer_point(p["A"].seance, {"titre": "x"}, par=par),
    lambda p, par: actions.supprimer_point(p["A"], par=par),
    lambda p, par: actions.deplacer_point(p["A"], actions.Sens.BAS, par=par),
    lambda p, par: actions.numeroter_points(p["A"].seance, actions.Numerotation.POINT, par=par),
]


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize(
    ("qui", "code"), [("mireille", 404), ("agnes", 404), ("samir", 403), ("ada", 404), ("paul", 404)]
)
def test_pas_ce_role(geste, qui, code, points, preparee, client_de, rien_ecrit, request):
    suite, saisie = GESTES[geste](points)
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert client.post(adresse(preparee, suite), saisie).status_code == code


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("etat", ["tenue", "close", "annulee"])
def test_pas_dans_cet_etat(geste, etat, points, preparee, odile, client_de, rien_ecrit):
    Seance.objects.update(etat=etat)
    suite, saisie = GESTES[geste](points)
    with rien_ecrit():
        assert client_de(odile).post(adresse(preparee, suite), saisie).status_code == 409


@pytest.mark.parametrize("verbe", VERBES)
def test_l_action_refuse_aussi(verbe, points, preparee, samir, odile, rien_ecrit):
    with rien_ecrit(), pytest.raises(PermissionDenied):
        verbe(points, samir)
    Seance.objects.update(etat="tenue")
    with rien_ecrit(), pytest.raises(TransitionRefusee):
        verbe(points, odile)


@pytest.mark.parametrize("geste", ["modifier", "deplacer", "supprimer"])
def test_le_point_d_une_autre_seance_est_introuvable(geste, points, clac, odile, client_de, rien_ecrit):
    autre = fabriques.seance(comite=clac, etat="preparee")
    suite, saisie = GESTES[geste](points)
    with rien_ecrit():
        assert client_de(odile).post(adresse(autre, suite), saisie).status_code == 404


# --- What is shown -------------------------------------------------------------------------------------------------
def test_ce_qui_est_saisi_est_toujours_echappe(preparee, odile, client_de):
    client = client_de(odile)
    client.post(adresse(preparee), {"titre": PIEGE, "numero": "<i>", "presente_par": PIEGE, "diaporama": PIEGE})
    point = preparee.points.get()
    fragment = client.post(adresse(preparee), {"titre": PIEGE}, headers=HTMX).content.decode()
    lues = (f"/seances/{preparee.pk}/", adresse(preparee), adresse(preparee, f"{point.pk}/"))
    pages = [fragment, *(client.get(lue).content.decode() for lue in lues)]
    pages.append(client.get(adresse(preparee, f"{point.pk}/supprimer/")).content.decode())
    for page in pages:
        assert PIEGE not in page
        assert "<i>" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("chemin", ["/seances/{}/", "/seances/{}/ordre-du-jour/"])
def test_autant_de_requetes_pour_3_et_30_points(chemin, preparee, odile, client_de, django_assert_num_queries):
    client = client_de(odile)

    def ajouter(nombre):
        for rang in range(nombre):
            PointOrdreDuJour.objects.create(seance=preparee, titre=f"Point {rang}", ordre=rang)

    ajouter(3)
    client.get(chemin.format(preparee.pk))
    with CaptureQueriesContext(connection) as requetes:
        client.get(chemin.format(preparee.pk))
    ajouter(27)
    with django_assert_num_queries(len(requetes)):
        client.get(chemin.format(preparee.pk))
    assert len(requetes) < 16

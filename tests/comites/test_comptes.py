"""Accounts: invite, invite again, disable, enable; never one's own."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comites import actions, tasks
from comites.models import Habilitation
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Personne, Utilisateur
from tests import fabriques
from tests.fabriques import MOT_DE_PASSE

from .conftest import PIEGE


@pytest.fixture
def saisie(clac):
    return {
        "civilite": "Mme",
        "prenom": "Léa",
        "nom": "Moreau",
        "fonction": "chargée de mission",
        "email": "Lea.Moreau@Exemple.invalid",
        "role": "qualite",
        "sur": f"comite:{clac.pk}",
        "mot_de_passe": MOT_DE_PASSE,
    }


@pytest.fixture
def lea(clac, ada):
    valeurs = {"civilite": "Mme", "prenom": "Léa", "nom": "Moreau"}
    return actions.inviter_compte("lea@exemple.invalid", valeurs, role="qualite", objet=clac, par=ada)


# --- Invite --------------------------------------------------------------------------------------------------------
def test_ada_invite_et_le_lien_part_par_courriel(clac, ada, saisie, client_de, immediat):
    reponse = client_de(ada).post("/comptes/inviter/", {**saisie, "is_active": "", "password": "x", "personne_id": 1})
    lea = Utilisateur.objects.get(email="lea.moreau@exemple.invalid")
    assert reponse["Location"] == f"/comptes/{lea.pk}/"
    assert (str(lea), lea.is_active, lea.has_usable_password()) == ("Mme Léa MOREAU", True, False)
    assert clac.roles_de(lea) == {"qualite"}
    assert {e.verbe for e in Evenement.objects.all()} == {"inviter_compte", "accorder_habilitation"}
    (courriel,) = mail.outbox
    assert courriel.to == ["lea.moreau@exemple.invalid"]
    assert "référente qualité, comité local d’amélioration continue" in courriel.body
    (lien,) = (mot for mot in courriel.body.split() if mot.startswith("http"))
    choix = client_de(None).get(lien.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert choix.status_code == 200
    assert "new_password1" in choix.content.decode()


def test_le_travail_ne_porte_ni_lien_ni_adresse(lea):
    travail = Travail.objects.get()
    assert travail.arguments == {"compte": lea.pk, "cle_message": f"invitation:{lea.pk}:1"}


def test_une_personne_de_l_annuaire_n_est_pas_saisie_de_nouveau(clac, ada, saisie, client_de):
    prat = Personne.objects.create(nom="Prat", prenom="Solène")
    client_de(ada).post("/comptes/inviter/", {**saisie, "personne": prat.pk, "nom": "", "prenom": ""})
    assert Utilisateur.objects.get(personne=prat).email == "lea.moreau@exemple.invalid"


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("email", "ada@EXEMPLE.invalid", "Un compte a déjà cette adresse"),
        ("email", "pas une adresse", "Écrivez une adresse complète"),
        ("nom", "", "choisissez une personne de l’annuaire"),
        ("role", "", "Choisissez une réponse"),
        ("role", "prefet", "Sélectionnez un choix valide"),
        ("role", "administrateur", "pour une autorité entière"),
        ("sur", "comite:999", "Sélectionnez un choix valide"),
        ("personne", "999", "Sélectionnez un choix valide"),
    ],
)
def test_une_saisie_fautive_ne_perd_rien(champ, valeur, message, ada, saisie, client_de, rien_ecrit):
    with rien_ecrit():
        reponse = client_de(ada).post("/comptes/inviter/", {**saisie, champ: valeur})
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert "chargée de mission" in reponse.content.decode()


def test_pas_dans_le_comite_d_une_autre_autorite(ada, saisie, client_de, rien_ecrit):
    ailleurs = fabriques.comite(autorite=fabriques.autorite(nom="ailleurs"), slug="ailleurs")
    with rien_ecrit():
        reponse = client_de(ada).post("/comptes/inviter/", {**saisie, "sur": f"comite:{ailleurs.pk}"})
        assert reponse.status_code == 422
        with pytest.raises(PermissionDenied):
            actions.inviter_compte("x@exemple.invalid", {"nom": "X"}, role="membre", objet=ailleurs, par=ada)


def test_une_adresse_prise_n_ajoute_personne_a_l_annuaire(clac, ada, rien_ecrit):
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.inviter_compte("ada@exemple.invalid", {"nom": "X"}, role="membre", objet=clac, par=ada)


def test_l_invitation_se_renvoie_tant_qu_elle_attend(lea, ada, client_de, rien_ecrit):
    client = client_de(ada)
    client.post(f"/comptes/{lea.pk}/invitation/")
    assert [t.cle for t in Travail.objects.order_by("pk")] == [f"invitation:{lea.pk}:1", f"invitation:{lea.pk}:2"]
    lea.set_password(MOT_DE_PASSE)
    lea.save()
    with rien_ecrit():
        assert client.post(f"/comptes/{lea.pk}/invitation/").status_code == 409
    assert client.get(f"/comptes/{lea.pk}/invitation/").status_code == 405


@pytest.mark.parametrize("cas", ["désactivé", "mot de passe choisi", "supprimé"])
def test_le_courriel_regarde_avant_de_partir(cas, lea):
    if cas == "désactivé":
        Utilisateur.objects.filter(pk=lea.pk).update(is_active=False)
    elif cas == "mot de passe choisi":
        lea.set_password(MOT_DE_PASSE)
        lea.save()
    tasks.inviter(compte=lea.pk if cas != "supprimé" else 999, cle_message="x")
    assert mail.outbox == []


def test_le_meme_travail_deux_fois_porte_le_meme_numero_de_message(lea):
    for _ in range(2):
        tasks.inviter(compte=lea.pk, cle_message=f"invitation:{lea.pk}:1")
    assert {m.extra_headers["Message-ID"] for m in mail.outbox} == {f"<invitation-{lea.pk}-1@conclu>"}


def test_le_courriel_dit_les_noms_tels_quels(clac, ada):
    nom = "O'Neill & <fils>"
    compte = actions.inviter_compte("o@exemple.invalid", {"nom": nom}, role="membre", objet=clac, par=ada)
    Habilitation.objects.all().delete()
    tasks.inviter(compte=compte.pk, cle_message="x")
    assert nom in mail.outbox[0].body
    assert "Votre rôle" not in mail.outbox[0].body


# --- Disable, enable -----------------------------------------------------------------------------------------------
def test_un_compte_desactive_perd_sa_session(odile, ada, client_de):
    sienne, client = client_de(odile), client_de(ada)
    assert sienne.get("/comites/").status_code == 200
    client.post(f"/comptes/{odile.pk}/desactiver/", {"mot_de_passe": MOT_DE_PASSE})
    assert sienne.get("/comites/").status_code == 302
    assert client.post(f"/comptes/{odile.pk}/desactiver/").status_code == 409
    client.post(f"/comptes/{odile.pk}/reactiver/")
    odile.refresh_from_db()
    assert odile.is_active
    assert client.post(f"/comptes/{odile.pk}/reactiver/").status_code == 409
    assert [e.verbe for e in Evenement.objects.all()] == ["reactiver_compte", "desactiver_compte"]


def test_jamais_le_sien(ada, client_de, rien_ecrit):
    client = client_de(ada)
    with rien_ecrit():
        reponse = client.post(f"/comptes/{ada.pk}/desactiver/", {"mot_de_passe": MOT_DE_PASSE})
        assert reponse.status_code == 403
        with pytest.raises(PermissionDenied):
            actions.reactiver_compte(ada, par=ada)
    assert "Désactiver le compte" not in client.get(f"/comptes/{ada.pk}/").content.decode()


def test_un_compte_qui_a_un_role_ailleurs_ne_se_ferme_pas_d_ici(odile, ada, client_de, rien_ecrit):
    fabriques.habilitation(odile, "membre", fabriques.autorite(nom="ailleurs"))
    with rien_ecrit(), pytest.raises(PermissionDenied):
        actions.desactiver_compte(odile, par=ada)
    assert "ailleurs" not in client_de(ada).get(f"/comptes/{odile.pk}/").content.decode()


def test_un_compte_sans_lien_avec_l_autorite_est_introuvable(clac, ada, client_de, rien_ecrit):
    inconnu = fabriques.utilisateur("Odile", "Ailleurs")
    client = client_de(ada)
    for suite in ("", "desactiver/", "reactiver/", "roles/donner/"):
        assert client.get(f"/comptes/{inconnu.pk}/{suite}").status_code == 404
    with rien_ecrit(), pytest.raises(PermissionDenied):
        actions.desactiver_compte(inconnu, par=ada)


# --- Who may -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("qui", ["mireille", "agnes", "odile", "samir", "paul"])
def test_reserve_a_l_administration(qui, lea, saisie, client_de, rien_ecrit, request):
    par = request.getfixturevalue(qui)
    client, habilitation = client_de(par), lea.habilitations.get()
    with rien_ecrit():
        for suite in ("", f"{lea.pk}/"):
            assert client.get(f"/comptes/{suite}").status_code == 403
        suites = ["inviter/", *(f"{lea.pk}/{s}/" for s in ("invitation", "desactiver", "reactiver", "roles/donner"))]
        for suite in [*suites, f"{lea.pk}/roles/{habilitation.pk}/retirer/"]:
            assert client.post(f"/comptes/{suite}", saisie).status_code == 403, suite
        for verbe in (
            lambda: actions.inviter_compte(
                "x@exemple.invalid", {"nom": "X"}, role="membre", objet=habilitation.comite, par=par
            ),
            lambda: actions.renvoyer_invitation(lea, par=par),
            lambda: actions.desactiver_compte(lea, par=par),
            lambda: actions.reactiver_compte(lea, par=par),
        ):
            with pytest.raises(PermissionDenied):
                verbe()


def test_un_compte_desactive_n_attend_plus_d_invitation(lea, ada, rien_ecrit):
    actions.desactiver_compte(lea, par=ada)
    with rien_ecrit(), pytest.raises(TransitionRefusee):
        actions.renvoyer_invitation(lea, par=ada)


# --- The list ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("requete", "attendus"),
    [
        ("", {"Ada", "Léa", "Mireille", "Odile"}),
        ("?q=moreau+l%C3%A9a", {"Léa"}),
        ("?q=exemple.invalid+ada", {"Ada"}),
        ("?role=qualite", {"Léa", "Odile"}),
        ("?etat=inactifs", {"Odile"}),
        ("?etat=actifs&role=qualite", {"Léa"}),
        ("?etat=attente", {"Léa"}),
        ("?q=personne", set()),
        ("?role=prefet", {"Ada", "Léa", "Mireille", "Odile"}),
        ("?page=99&email__contains=x", {"Ada", "Léa", "Mireille", "Odile"}),
    ],
)
def test_chercher_un_compte(requete, attendus, lea, ada, odile, mireille, client_de):
    Utilisateur.objects.filter(pk=odile.pk).update(is_active=False)
    fabriques.utilisateur("Inconnue", "Ailleurs")
    page = client_de(ada).get(f"/comptes/{requete}").context["page"]
    assert {c.personne.prenom for c in page} == attendus


def test_autant_de_requetes_pour_3_et_30_comptes(clac, ada, client_de, django_assert_num_queries):
    client = client_de(ada)

    def ajouter(nombre):
        for rang in range(nombre):
            compte = fabriques.utilisateur(f"P{Utilisateur.objects.count()}", f"N{rang}")
            for role in ("membre", "agent"):
                fabriques.habilitation(compte, role, clac)

    ajouter(3)
    client.get("/comptes/")
    with CaptureQueriesContext(connection) as requetes:
        client.get("/comptes/")
    ajouter(27)
    with django_assert_num_queries(len(requetes)):
        client.get("/comptes/")


def test_ce_qui_est_saisi_est_toujours_echappe(lea, ada, client_de):
    Personne.objects.filter(pk=lea.personne_id).update(nom=PIEGE[:90], fonction=PIEGE, affichage=PIEGE)
    client = client_de(ada)
    lues = ["", f"{lea.pk}/", f"{lea.pk}/desactiver/", f"{lea.pk}/roles/donner/", "?q=<script>alert"]
    for suite in [*lues, f"{lea.pk}/roles/{lea.habilitations.get().pk}/retirer/"]:
        page = client.get(f"/comptes/{suite}").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page, suite

"""The journal to those who answer for it, the queue to the administrator, neither bodies nor arguments."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comites import actions
from comites.libelles import erreur_lisible, genre_travail, nom_role
from journal.actions import consigner
from journal.models import Evenement, Travail
from membres.actes import ACTES, libelle_acte
from tests import fabriques


def ecrire(objet, verbe="creer_seance", par=None, **details):
    with transaction.atomic():
        return consigner(verbe, objet, par=par, details=details)


@pytest.fixture
def faits(clac, autre_comite, autorite, odile, ada):
    ailleurs = fabriques.comite(autorite=fabriques.autorite(nom="ailleurs"), slug="ailleurs", nom="comité lointain")
    return {
        "clac": ecrire(clac, par=odile),
        "autre": ecrire(autre_comite, "annuler", motif="<script>neige</script>"),
        "autorite": ecrire(autorite, "modifier_autorite", par=ada),
        "compte": ecrire(odile, "desactiver_compte", par=ada),
        "ailleurs": ecrire(ailleurs),
        "inconnu": ecrire(fabriques.utilisateur("Inconnue", "Ailleurs"), "inviter_compte"),
    }


# --- Journal -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("qui", "voit"),
    [
        ("odile", {"clac"}),
        ("samir", {"clac"}),
        ("paul", {"autre"}),
        ("ada", {"clac", "autre", "autorite", "compte"}),
    ],
)
def test_chacun_lit_ce_dont_il_repond(qui, voit, faits, client_de, request):
    page = client_de(request.getfixturevalue(qui)).get("/journal/").context["page"]
    assert {e.numero for e in page} == {faits[nom].numero for nom in voit}


@pytest.mark.parametrize("qui", ["mireille", "agnes"])
def test_les_autres_ne_le_lisent_pas(qui, faits, client_de, request):
    assert client_de(request.getfixturevalue(qui)).get("/journal/").status_code == 403


@pytest.mark.parametrize(
    ("requete", "voit"),
    [
        ("?q=usagers", {"autre"}),
        ("?verbe=annuler", {"autre"}),
        ("?auteur=ferrandon", {"clac"}),
        ("?du=01/01/2030", set()),
        ("?au=01/01/2020", set()),
        ("?du={jour}&au={jour}", {"clac", "autre", "autorite", "compte"}),
        ("?page=99", {"clac", "autre", "autorite", "compte"}),
        ("?portee=comite:9&order_by=details", {"clac", "autre", "autorite", "compte"}),
    ],
)
def test_filtrer_le_journal(requete, voit, faits, ada, client_de):
    reponse = client_de(ada).get("/journal/" + requete.format(jour=timezone.localdate().isoformat()))
    assert {e.numero for e in reponse.context["page"]} == {faits[nom].numero for nom in voit}


def test_une_date_fautive_est_expliquee(faits, ada, client_de):
    reponse = client_de(ada).get("/journal/?du=hier")
    assert reponse.status_code == 422
    assert "Écrivez la date ainsi" in reponse.content.decode()


def test_le_journal_dit_le_motif_sans_l_executer(faits, ada, client_de):
    page = client_de(ada).get("/journal/").content.decode()
    assert "a annulé la séance" in page
    assert "&lt;script&gt;neige" in page
    assert "<script>neige" not in page


def test_le_journal_vide(clac, odile, client_de):
    assert "Rien pour l’instant" in client_de(odile).get("/journal/").content.decode()
    assert "Aucun acte ne correspond" in client_de(odile).get("/journal/?q=x").content.decode()


def test_autant_de_requetes_pour_3_et_30_actes(clac, odile, client_de, django_assert_num_queries):
    client = client_de(odile)

    def ajouter(nombre):
        for _ in range(nombre):
            ecrire(clac, par=odile)

    ajouter(3)
    client.get("/journal/")
    with CaptureQueriesContext(connection) as requetes:
        client.get("/journal/")
    ajouter(27)
    with django_assert_num_queries(len(requetes)):
        client.get("/journal/")


def test_on_ne_poste_rien_au_journal(faits, ada, client_de, rien_ecrit):
    with rien_ecrit():
        assert client_de(ada).post("/journal/").status_code == 405


# --- Queue ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def echec(db):
    return Travail.objects.create(
        genre="comites.inviter",
        cle="invitation:7:1",
        etat="echoue",
        essais=5,
        arguments={"compte": 7, "secret": "canari"},
        erreur="SMTPRecipientsRefused : lea@exemple.invalid",
        fini_le=timezone.now(),
    )


def test_la_file_se_lit_sans_contenu_ni_adresse(autorite, ada, echec, client_de):
    page = client_de(ada).get("/travaux/").content.decode()
    assert "Invitation à ouvrir un compte" in page
    assert "Incident technique (SMTPRecipientsRefused)" in page
    for secret in ("canari", "lea@exemple.invalid", "invitation:7:1"):
        assert secret not in page


@pytest.mark.parametrize(
    ("requete", "nombre"), [("", 2), ("?etat=echoue", 1), ("?etat=en_attente", 1), ("?etat=fait", 0), ("?etat=x", 2)]
)
def test_filtrer_la_file(requete, nombre, autorite, ada, echec, client_de):
    Travail.objects.create(genre="x", cle="y", essais=1, pas_avant_le=timezone.now() + datetime.timedelta(hours=1))
    assert len(client_de(ada).get("/travaux/" + requete).context["page"]) == nombre


def test_ada_relance_un_echec(autorite, ada, echec, client_de):
    client = client_de(ada)
    reponse = client.post(f"/travaux/{echec.pk}/relancer/", follow=True)
    echec.refresh_from_db()
    assert (echec.etat, echec.essais, echec.erreur) == ("en_attente", 0, "")
    assert "Le travail est relancé" in reponse.content.decode()
    assert Evenement.objects.get().verbe == "relancer"
    assert "a relancé un travail" in client.get("/journal/").content.decode()


def test_ce_qui_n_a_pas_echoue_ne_se_relance_pas(autorite, ada, client_de, rien_ecrit):
    travail = Travail.objects.create(genre="x", cle="y", etat="fait")
    with rien_ecrit():
        reponse = client_de(ada).post(f"/travaux/{travail.pk}/relancer/", follow=True)
    assert "rien n’a été relancé" in reponse.content.decode()


@pytest.mark.parametrize("qui", ["mireille", "agnes", "odile", "samir", "paul"])
def test_la_file_est_a_l_administration(qui, echec, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert client.get("/travaux/").status_code == 403
        assert client.post(f"/travaux/{echec.pk}/relancer/").status_code == 403


def test_un_travail_inconnu_est_introuvable_et_un_get_ne_relance_pas(autorite, ada, echec, client_de, rien_ecrit):
    with rien_ecrit():
        assert client_de(ada).post("/travaux/999/relancer/").status_code == 404
        assert client_de(ada).get(f"/travaux/{echec.pk}/relancer/").status_code == 405


# --- Words ---------------------------------------------------------------------------------------------------------
def test_les_mots_simples():
    assert libelle_acte("signer") == "a signé"
    assert libelle_acte("verbe_inconnu").endswith("verbe inconnu")
    assert genre_travail("comptes_rendus.figer_le_pdf") == "Figer le pdf"
    assert erreur_lisible("Cette adresse n’existe pas.") == "Cette adresse n’existe pas."
    assert nom_role("agent", "") == "agent ou agente"
    assert nom_role("administrateur", "M.") == "administrateur"


def test_chaque_verbe_a_son_libelle():
    """Every verb this app writes in the journal has words of its own."""
    from comites.workflow import EDITIONS, WORKFLOW

    verbes = {*EDITIONS, *WORKFLOW.transitions} | {v for v in actions.__all__ if v.endswith(("comite", "compte"))}
    assert {v for v in verbes if v not in ACTES} == set()

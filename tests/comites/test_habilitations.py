"""Give and withdraw a role: at once, for ever remembered, never to oneself."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from comites import actions
from comites.models import Comite, Habilitation, autorites_administrees
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from tests import fabriques
from tests.fabriques import MOT_DE_PASSE


def adresse(compte, suite="donner/"):
    return f"/comptes/{compte.pk}/roles/{suite}"


def test_ada_donne_un_role(clac, mireille, ada, client_de):
    saisie = {"role": "agent", "sur": f"comite:{clac.pk}", "mot_de_passe": MOT_DE_PASSE, "utilisateur": ada.pk}
    reponse = client_de(ada).post(adresse(mireille), saisie)
    assert reponse["Location"] == f"/comptes/{mireille.pk}/"
    assert clac.roles_de(mireille) == {"membre", "agent"}
    evenement = Evenement.objects.get()
    assert (evenement.verbe, evenement.portee) == ("accorder_habilitation", f"comite:{clac.pk}")
    assert evenement.details == {"compte": "Mme Mireille AUBERTIN", "role": "Agent ou agente", "sur": str(clac)}


def test_un_role_sur_toute_l_autorite_vaut_dans_chaque_comite(autorite, clac, autre_comite, mireille, ada):
    actions.accorder_habilitation(mireille, "qualite", autorite, par=ada)
    assert "qualite" in clac.roles_de(mireille)
    assert "qualite" in autre_comite.roles_de(mireille)
    assert Evenement.objects.get().portee == f"autorite:{autorite.pk}"


def test_un_role_a_des_dates_comprises(clac, mireille, ada):
    jour = timezone.localdate()
    actions.accorder_habilitation(mireille, "agent", clac, par=ada, du=jour, au=jour)
    actions.accorder_habilitation(mireille, "qualite", clac, par=ada, du=jour + datetime.timedelta(days=1))
    assert clac.roles_de(mireille) == {"membre", "agent"}


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"role": "membre"}, "a déjà ce rôle à ces dates"),
        ({"du": "02/03/2027", "au": "01/03/2027"}, "La fin ne peut pas précéder le début"),
        ({"du": "hier"}, "Écrivez la date ainsi"),
        ({"role": "administrateur"}, "pour une autorité entière"),
        ({"sur": "autorite:0"}, "Sélectionnez un choix valide"),
        ({"mot_de_passe": "faux"}, "n’est pas le vôtre"),
    ],
)
def test_une_saisie_fautive_est_expliquee(champs, message, clac, mireille, ada, client_de, rien_ecrit):
    saisie = {"role": "agent", "sur": f"comite:{clac.pk}", "mot_de_passe": MOT_DE_PASSE, **champs}
    with rien_ecrit():
        reponse = client_de(ada).post(adresse(mireille), saisie)
    assert reponse.status_code == 422
    assert message in reponse.content.decode()


def test_un_role_se_retire_tout_de_suite(clac, odile, ada, client_de):
    sienne, habilitation = client_de(odile), odile.habilitations.get()
    assert sienne.get("/comites/clac-val-d-ombre/").status_code == 200
    client = client_de(ada)
    assert "référente qualité" in client.get(adresse(odile, f"{habilitation.pk}/retirer/")).content.decode()
    client.post(adresse(odile, f"{habilitation.pk}/retirer/"), {"mot_de_passe": MOT_DE_PASSE})
    habilitation.refresh_from_db()
    assert habilitation.au == timezone.localdate()
    assert not habilitation.est_active
    assert sienne.get("/comites/clac-val-d-ombre/").status_code == 404
    assert (
        Habilitation.objects.actives(au=timezone.localdate() - datetime.timedelta(days=1))
        .filter(pk=habilitation.pk)
        .exists()
    )
    assert client.post(adresse(odile, f"{habilitation.pk}/retirer/")).status_code == 409
    assert "Rôles passés" in client.get(f"/comptes/{odile.pk}/").content.decode()


def test_un_role_retire_se_donne_de_nouveau_le_meme_jour(clac, odile, ada):
    actions.retirer_habilitation(odile.habilitations.get(), par=ada)
    actions.accorder_habilitation(odile, "qualite", clac, par=ada)
    assert clac.roles_de(odile) == {"qualite"}
    assert odile.habilitations.count() == 2


def test_un_role_a_venir_se_retire_avant_de_commencer(clac, mireille, ada):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    futur = actions.accorder_habilitation(mireille, "qualite", clac, par=ada, du=demain)
    actions.retirer_habilitation(futur, par=ada)
    assert not Habilitation.objects.actives(au=demain).filter(pk=futur.pk).exists()


def test_un_role_fini_ne_se_retire_plus(clac, mireille, ada, rien_ecrit):
    passe = fabriques.habilitation(mireille, "agent", clac, au=datetime.date(2021, 1, 1))
    with rien_ecrit(), pytest.raises(TransitionRefusee):
        actions.retirer_habilitation(passe, par=ada)


def test_jamais_a_soi_meme(clac, autorite, ada, client_de, rien_ecrit):
    client, mienne = client_de(ada), ada.habilitations.get()
    saisie = {"role": "signataire", "sur": f"comite:{clac.pk}", "mot_de_passe": MOT_DE_PASSE}
    with rien_ecrit():
        assert client.post(adresse(ada), saisie).status_code == 403
        assert client.post(adresse(ada, f"{mienne.pk}/retirer/"), saisie).status_code == 403


def test_le_role_d_une_autre_autorite_est_introuvable(odile, ada, client_de, rien_ecrit):
    etranger = fabriques.habilitation(odile, "membre", fabriques.autorite(nom="ailleurs"))
    with rien_ecrit():
        assert client_de(ada).post(adresse(odile, f"{etranger.pk}/retirer/")).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.retirer_habilitation(etranger, par=ada)


@pytest.mark.parametrize("qui", ["mireille", "agnes", "odile", "samir", "paul"])
def test_reserve_a_l_administration(qui, clac, autorite, ada, rien_ecrit, request):
    par, cible = request.getfixturevalue(qui), ada
    with rien_ecrit():
        for objet in (clac, autorite):
            with pytest.raises(PermissionDenied):
                actions.accorder_habilitation(cible, "membre", objet, par=par)
        with pytest.raises(PermissionDenied):
            actions.retirer_habilitation(ada.habilitations.get(), par=par)


def test_un_role_d_administration_fini_n_administre_plus(autorite, ada):
    Habilitation.objects.update(au=datetime.date(2021, 1, 1))
    assert not autorites_administrees(ada).exists()


def test_la_base_refuse_un_role_sans_lieu_ou_retire_sans_date(clac, odile):
    for champs in ({"comite": None}, {"retiree_le": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Habilitation.objects.update(**champs)
    habilitation = odile.habilitations.get()
    assert (habilitation.objet, str(habilitation)) == (clac, f"Référent ou référente qualité — {clac}")
    with pytest.raises(ValidationError):
        Habilitation(utilisateur=odile, role="membre").full_clean()
    assert Comite.objects.ou(odile).get() == clac

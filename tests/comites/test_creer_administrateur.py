"""The first administrator, from the machine's shell."""

import getpass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comites.models import autorites_administrees
from journal.models import Evenement
from membres.models import Autorite, Utilisateur
from tests import fabriques

BON = "le-moulin-de-papier-1654"
QUI = {"prenom": "Ada", "nom": "Kermorvan"}
OU = {"autorite": "préfecture du Val-d’Ombre", "territoire": "du Val-d’Ombre", "lieu": "Ombreval"}


@pytest.fixture
def clavier(monkeypatch):
    """Type these, one after the other."""

    def taper(*saisies):
        suite = iter(saisies)
        monkeypatch.setattr(getpass, "getpass", lambda invite: next(suite))

    return taper


def lancer(**options):
    sortie = StringIO()
    call_command("creer_administrateur", "Ada@Exemple.invalid", stdout=sortie, stderr=sortie, **{**QUI, **options})
    return sortie.getvalue()


def test_la_premiere_cree_aussi_l_autorite(db, clavier, client_de):
    clavier(BON, BON)
    assert "administre désormais" in lancer(**OU, civilite="Mme")
    ada = Utilisateur.objects.get()
    assert (str(ada), ada.email, ada.check_password(BON)) == ("Mme Ada KERMORVAN", "ada@exemple.invalid", True)
    assert autorites_administrees(ada).get().lieu == "Ombreval"
    evenement = Evenement.objects.get()
    assert (evenement.verbe, evenement.par) == ("creer_administrateur", None)
    assert client_de(ada).get("/comptes/").status_code == 200


def test_l_autorite_seule_est_reprise(autorite, clavier):
    clavier(BON, BON)
    lancer()
    assert autorites_administrees(Utilisateur.objects.get()).get() == autorite


def test_parmi_plusieurs_il_faut_la_nommer(autorite, clavier):
    fabriques.autorite(nom="sous-préfecture de Rocval")
    clavier(*[BON] * 4)
    with pytest.raises(CommandError, match="Plusieurs autorités"):
        lancer()
    assert "sous-préfecture" in lancer(autorite="sous-préfecture de Rocval")


def test_sans_autorite_il_faut_tout_dire(db, clavier):
    clavier(BON, BON)
    with pytest.raises(CommandError, match="--autorite, --territoire et --lieu"):
        lancer(autorite="préfecture du Val-d’Ombre")
    assert not Utilisateur.objects.exists()


def test_un_mot_de_passe_faible_ou_mal_recopie_est_redemande(autorite, clavier):
    clavier("court", "court", BON, "autre", BON, BON)
    sortie = lancer()
    assert "trop court" in sortie
    assert "diffèrent" in sortie
    assert Utilisateur.objects.get().check_password(BON)


def test_apres_trois_essais_rien_n_est_ouvert(autorite, clavier):
    clavier(*["court"] * 6)
    with pytest.raises(CommandError, match="Aucun compte"):
        lancer()
    assert not Utilisateur.objects.exists()


def test_une_adresse_prise_ne_laisse_rien(ada, clavier):
    clavier(BON, BON)
    with pytest.raises(CommandError, match="Un compte a déjà cette adresse"):
        lancer()
    assert Autorite.objects.count() == Utilisateur.objects.count() == 1
    assert not Evenement.objects.exists()

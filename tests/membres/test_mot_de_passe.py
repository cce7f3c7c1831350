"""Change a password, or ask it back: neutral, counted, once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from journal.models import Evenement, Travail
from membres import tasks
from membres.models import Utilisateur
from tests.fabriques import MOT_DE_PASSE

OUBLI = "/mot-de-passe/oublie/"
NOUVEAU = "quatre-mots-sans-rapport"


def lien(message: mail.EmailMessage) -> str:
    trouve = re.search(r"http://[^/]+(/mot-de-passe/\S+/)\n", str(message.body))
    assert trouve
    return trouve[1]


# --- Forgotten ----------------------------------------------------------------------------------------------------


def test_la_reponse_ne_dit_pas_si_le_compte_existe(odile: Utilisateur) -> None:
    connue = Client().post(OUBLI, {"adresse": odile.email}, follow=True)
    inconnue = Client().post(OUBLI, {"adresse": "personne@exemple.invalid"}, follow=True)
    assert connue.redirect_chain == inconnue.redirect_chain == [("/mot-de-passe/envoye/", 302)]
    assert "Si un compte existe à cette adresse" in inconnue.content.decode()
    assert Travail.objects.filter(genre="membres.mot_de_passe").count() == 2


def test_le_courriel_part_au_compte_et_a_lui_seul(odile: Utilisateur, samir: Utilisateur, immediat: None) -> None:
    Utilisateur.objects.filter(pk=samir.pk).update(is_active=False)
    for adresse in (odile.email.upper(), samir.email, "personne@exemple.invalid"):
        Client().post(OUBLI, {"adresse": adresse})
    assert [message.to for message in mail.outbox] == [[odile.email]]
    assert "une seule fois" in mail.outbox[0].body
    assert "Odile Ferrandon" in mail.outbox[0].body


def test_le_lien_secret_n_est_pas_dans_le_travail(odile: Utilisateur) -> None:
    Client().post(OUBLI, {"adresse": odile.email})
    travail = Travail.objects.get(genre="membres.mot_de_passe")
    assert set(travail.arguments) == {"compte", "cle_message"}
    assert odile.email not in str(travail.arguments)


def test_cinq_demandes_par_heure_et_par_adresse(odile: Utilisateur) -> None:
    reponses = [Client().post(OUBLI, {"adresse": odile.email}) for _ in range(7)]
    assert {reponse["Location"] for reponse in reponses} == {"/mot-de-passe/envoye/"}
    assert Travail.objects.filter(genre="membres.mot_de_passe").count() == 5


def test_une_adresse_incomplete_est_redemandee(db: None) -> None:
    page = Client().post(OUBLI, {"adresse": "odile@"})
    assert page.status_code == 422
    assert "Écrivez une adresse complète" in page.content.decode()


def test_le_lien_sert_une_seule_fois(odile: Utilisateur) -> None:
    tasks.mot_de_passe(compte=odile.pk, cle_message="essai:1")
    adresse = lien(mail.outbox[0])
    client = Client()
    page = client.get(adresse, follow=True)
    assert "Choisir un mot de passe" in page.content.decode()
    odile.refresh_from_db()
    assert odile.check_password(MOT_DE_PASSE), "opening the link changes nothing"

    formulaire = page.redirect_chain[-1][0]
    assert adresse.split("/")[-2] not in formulaire
    assert client.post(formulaire, {"new_password1": NOUVEAU, "new_password2": NOUVEAU})["Location"] == "/connexion/"
    odile.refresh_from_db()
    assert odile.check_password(NOUVEAU)
    assert Evenement.objects.filter(verbe="changer_mot_de_passe", par=odile).count() == 1

    assert "Ce lien ne sert plus" in Client().get(adresse, follow=True).content.decode()


def test_un_lien_invente_ne_sert_pas(odile: Utilisateur) -> None:
    assert "Ce lien ne sert plus" in Client().get("/mot-de-passe/MQ/abc-def/", follow=True).content.decode()


# --- Changed ------------------------------------------------------------------------------------------------------


def test_change_et_termine_les_autres_sessions(odile: Utilisateur, client_de: Callable[[Utilisateur], Client]) -> None:
    ici, ailleurs = client_de(odile), client_de(odile)
    assert ailleurs.get("/compte/").status_code == 200
    envoi = {"old_password": MOT_DE_PASSE, "new_password1": NOUVEAU, "new_password2": NOUVEAU}
    assert ici.post("/compte/mot-de-passe/", envoi)["Location"] == "/compte/"
    assert ici.get("/compte/").status_code == 200
    assert ailleurs.get("/compte/").status_code == 302
    assert Evenement.objects.get(verbe="changer_mot_de_passe").par == odile


@pytest.mark.parametrize(
    ("envoi", "motif"),
    [
        ({"old_password": "faux", "new_password1": NOUVEAU, "new_password2": NOUVEAU}, "pas votre mot de passe actuel"),
        ({"old_password": MOT_DE_PASSE, "new_password1": NOUVEAU, "new_password2": "autre"}, "Les deux saisies"),
        ({"old_password": MOT_DE_PASSE, "new_password1": "court", "new_password2": "court"}, "12 caractères"),
        ({}, "Choisissez un mot de passe."),
    ],
)
def test_refus(
    envoi: dict[str, str], motif: str, odile: Utilisateur, client_de: Callable[[Utilisateur], Client]
) -> None:
    page = client_de(odile).post("/compte/mot-de-passe/", envoi)
    assert page.status_code == 422
    assert motif in page.content.decode()
    odile.refresh_from_db()
    assert odile.check_password(MOT_DE_PASSE)
    assert not Evenement.objects.filter(verbe="changer_mot_de_passe").exists()

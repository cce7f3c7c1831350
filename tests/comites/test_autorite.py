"""The authority: its administrator changes it, with her password; the mark of the pages follows at once."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comites import actions
from journal.models import Evenement
from tests import fabriques
from tests.fabriques import MOT_DE_PASSE

from .conftest import PIEGE

SAISIE = {
    "nom": "préfecture du Val-d’Ombre",
    "genre": "prefet",
    "territoire": "du Val-d’Ombre",
    "chef_civilite": "M.",
    "chef_nom": "Jean LEROY",
    "lieu": "Ombreval",
    "pied": "12, place des Tilleuls\r\n99000 Ombreval",
    "mot_de_passe": MOT_DE_PASSE,
}


def image(nature="PNG"):
    octets = BytesIO()
    Image.new("RGB", (40, 20), "#ffffff").save(octets, nature)
    return octets.getvalue()


def test_ada_change_le_titulaire_et_le_bloc_marque_suit(autorite, ada, client_de):
    client = client_de(ada)
    assert "PRÉFÈTE" in client.get("/comites/").content.decode()
    assert client.get("/autorite/")["Location"] == f"/autorite/{autorite.pk}/"
    reponse = client.post(f"/autorite/{autorite.pk}/", SAISIE)
    assert reponse.status_code == 302
    autorite.refresh_from_db()
    assert (autorite.titre_chef, autorite.pied) == ("préfet", "12, place des Tilleuls\n99000 Ombreval")
    evenement = Evenement.objects.get()
    assert (evenement.verbe, evenement.portee) == ("modifier_autorite", f"autorite:{autorite.pk}")
    assert evenement.details["chef_nom"] == ["Hélène DARCOURT", "Jean LEROY"]


def test_la_marque_des_pages_n_attend_pas(autorite, ada, client_de, django_capture_on_commit_callbacks):
    client = client_de(ada)
    client.get("/comites/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/autorite/{autorite.pk}/", SAISIE)
    assert "PRÉFET<br>" in client.get("/comites/").content.decode()


def test_un_logo_se_depose_se_montre_et_se_retire(autorite, ada, client_de, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = client_de(ada)
    assert client.get(f"/autorite/{autorite.pk}/logo/").status_code == 404
    logo = SimpleUploadedFile("../../moi.png", image(), "image/png")
    client.post(f"/autorite/{autorite.pk}/", {**SAISIE, "logo": logo})
    assert f"/autorite/{autorite.pk}/logo/" in client.get(f"/autorite/{autorite.pk}/").content.decode()
    reponse = client.get(f"/autorite/{autorite.pk}/logo/")
    assert (reponse["Content-Type"], reponse["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert reponse.content.startswith(b"\x89PNG")
    client.post(f"/autorite/{autorite.pk}/", {**SAISIE, "logo-clear": "on"})
    autorite.refresh_from_db()
    assert not autorite.logo


@pytest.mark.parametrize("fichier", [b"<svg onload=alert(1)>", b"", image("GIF")])
def test_un_fichier_qui_n_est_pas_une_image_est_refuse(
    fichier, autorite, ada, client_de, rien_ecrit, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    logo = SimpleUploadedFile("logo.png", fichier, "image/png")
    with rien_ecrit():
        reponse = client_de(ada).post(f"/autorite/{autorite.pk}/", {**SAISIE, "logo": logo})
    assert reponse.status_code == 422
    assert "Jean LEROY" in reponse.content.decode()
    assert list(tmp_path.iterdir()) == []


def test_un_logo_qui_n_est_ni_png_ni_jpeg_ne_sort_pas(autorite, ada, client_de, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "logo.svg").write_text("<svg/>")
    type(autorite).objects.update(logo="logo.svg")
    assert client_de(ada).get(f"/autorite/{autorite.pk}/logo/").status_code == 404


def test_plusieurs_autorites_se_choisissent(autorite, ada, client_de):
    autre = fabriques.autorite(nom="sous-préfecture de Rocval", rattachement=autorite)
    fabriques.habilitation(ada, "administrateur", autre)
    page = client_de(ada).get("/autorite/").content.decode()
    assert f"/autorite/{autre.pk}/" in page
    assert "Autorités" in client_de(ada).get(f"/autorite/{autre.pk}/").content.decode()


@pytest.mark.parametrize("qui", ["mireille", "agnes", "odile", "samir", "paul"])
def test_reserve_a_l_administration(qui, autorite, client_de, rien_ecrit, request):
    par = request.getfixturevalue(qui)
    client = client_de(par)
    with rien_ecrit():
        for adresse in ("/autorite/", f"/autorite/{autorite.pk}/", f"/autorite/{autorite.pk}/logo/"):
            assert client.get(adresse).status_code == 403
        assert client.post(f"/autorite/{autorite.pk}/", SAISIE).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.modifier_autorite(autorite, {"nom": "x"}, par=par)


def test_l_autorite_d_une_autre_est_introuvable(ada, client_de, rien_ecrit):
    autre = fabriques.autorite(nom="ailleurs")
    with rien_ecrit():
        assert client_de(ada).post(f"/autorite/{autre.pk}/", SAISIE).status_code == 404
        assert client_de(ada).get(f"/autorite/{autre.pk}/logo/").status_code == 404


def test_sans_changement_rien_n_entre_au_journal(autorite, ada, rien_ecrit):
    with rien_ecrit():
        actions.modifier_autorite(autorite, {"nom": autorite.nom, "logo": autorite.logo}, par=ada)


def test_ce_qui_est_saisi_est_toujours_echappe(autorite, ada, client_de):
    type(autorite).objects.update(nom=PIEGE, territoire=PIEGE, chef_nom=PIEGE, lieu=PIEGE, marque=PIEGE, pied=PIEGE)
    page = client_de(ada).get(f"/autorite/{autorite.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page

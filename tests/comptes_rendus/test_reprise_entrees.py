"""Bad input at the take-over page: a clear answer in French each time, and what can be kept is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from comites.models import Comite
from comptes_rendus.models import Bloc, CompteRendu
from comptes_rendus.texte import vers_texte
from journal.models import Evenement
from membres.models import Utilisateur

PAGE = "/redaction/reprendre/"
PHRASE = "La séance est ouverte à 14 h par Mme la secrétaire générale, où chacun se présente."


@pytest.fixture
def client(client_de: Callable[..., Client], odile: Utilisateur) -> Client:
    return client_de(odile)


def envoyer(client: Client, comite: Comite, octets: bytes | None = None, texte: str = "") -> str:
    """Post a file or a text; the page that answers, or the page it leads to."""
    donnees: dict[str, object] = {"comite": comite.pk, "texte": texte}
    if octets is not None:
        donnees["fichier"] = SimpleUploadedFile("compte-rendu.txt", octets, content_type="text/plain")
    reponse = client.post(PAGE, donnees, follow=True)
    assert reponse.status_code in (200, 413, 422), reponse.status_code
    return reponse.content.decode()


def rien_n_est_ecrit() -> bool:
    return not CompteRendu.objects.exists() and not Evenement.objects.exists()


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "vide"),
        (b" \n\t\n ", "vide"),
        (b"x" * 10_000_000, "2"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "fichier"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "image"),
        (bytes(range(256)) * 40, "texte"),
    ],
    ids=["vide", "blanc", "10-Mo", "pdf", "docx", "image", "binaire"],
)
def test_fichier_refuse_avec_une_raison(client: Client, clac: Comite, octets: bytes, message: str) -> None:
    page = envoyer(client, clac, octets)
    assert "fr-error-text" in page or "fr-message--error" in page
    assert message in page
    assert rien_n_est_ecrit()


def test_texte_colle_trop_long(client: Client, clac: Comite) -> None:
    """10 MB pasted never reach the form: the answer names the limit, and says that nothing is lost on the screen."""
    reponse = client.post(PAGE, {"comite": clac.pk, "texte": "mot " * 2_500_000})
    assert reponse.status_code == 413
    assert "Mo" in reponse.content.decode()
    assert rien_n_est_ecrit()


def test_texte_colle_refuse_reste_dans_le_formulaire(client: Client, clac: Comite) -> None:
    page = envoyer(client, clac, b"un fichier", texte=PHRASE)
    assert "mais pas les deux" in page
    assert "où chacun se présente" in page
    assert rien_n_est_ecrit()


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodages_lus(client: Client, clac: Comite, encodage: str) -> None:
    envoyer(client, clac, f"COMPTE RENDU\n\n{PHRASE}\n\nLevée à 16 h.".encode(encodage))
    textes = [vers_texte(html) for html in Bloc.objects.values_list("html", flat=True)]
    assert PHRASE in textes


def test_texte_quelconque_devient_un_brouillon_signale(client: Client, clac: Comite) -> None:
    texte = "Recette de la tarte aux pommes.\n\nÉplucher six pommes, les couper en quartiers."
    page = envoyer(client, clac, texte=texte)
    assert "À vérifier" in page
    assert "Éplucher six pommes, les couper en quartiers." in page


@pytest.mark.parametrize(
    "bombe",
    [
        "**" * 200_000,
        "^{" * 200_000,
        "<div>" * 100_000,
        "- " * 300_000,
        "- x\n" * 20_000,
        "\t" * 500_000 + "fin",
        "«" * 300_000,
    ],
    ids=["gras", "exposants", "balises", "tirets", "liste", "tabulations", "guillemets"],
)
def test_bombe_lue_ou_refusee_sans_dommage(client: Client, clac: Comite, bombe: str) -> None:
    page = envoyer(client, clac, bombe.encode())
    assert "<div><div>" not in page
    assert "</html>" in page


def test_balises_du_texte_restent_du_texte(client: Client, clac: Comite) -> None:
    page = envoyer(client, clac, texte="Mme Martin lit <script>alert(1)</script> et <b onclick=x>ceci</b>.")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_commande_refuse_avec_le_code_deux(tmp_path: object, clac: Comite) -> None:
    with pytest.raises(CommandError, match="illisible") as refus:
        call_command("reprendre", "/nulle/part.txt")
    assert refus.value.returncode == 2

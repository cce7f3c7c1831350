"""The signing page: the very PDF, the password at every signature; the approval page; the pages around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comptes_rendus.models import CompteRendu, PdfFige
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests.fabriques import MOT_DE_PASSE
from tests.photo import photo

Etat = CompteRendu.Etat
HTMX = {"HX-Request": "true"}
Ouvrir = Callable[[Utilisateur | None], Client]


def adresse(nom: str, compte_rendu: CompteRendu) -> str:
    return reverse(f"comptes_rendus:{nom}", args=[compte_rendu.pk])


def contenu(reponse: Any) -> str:
    return str(reponse.content.decode())


@pytest.fixture
def client_samir(client_de: Ouvrir, samir: Utilisateur) -> Client:
    return client_de(samir)


@pytest.fixture
def approuve(mene: Any, pdf_a_signer: bytes, cle: Path) -> CompteRendu:
    compte_rendu: CompteRendu = mene(Etat.APPROUVE, octets=(pdf_a_signer, b""))
    return compte_rendu


def empreinte(compte_rendu: CompteRendu) -> str:
    assert compte_rendu.pdf_approuve is not None
    return compte_rendu.pdf_approuve.empreinte


def rien_de_signe() -> bool:
    return not PdfFige.objects.filter(est_signe=True).exists() and not Evenement.objects.filter(verbe="signer").exists()


def test_le_pdf_son_empreinte_et_le_mot_de_passe(
    approuve: CompteRendu, client_samir: Client, pdf_a_signer: bytes
) -> None:
    page = contenu(client_samir.get(adresse("signer", approuve)))
    assert adresse("pdf_approuve", approuve) in page
    assert empreinte(approuve) in page
    assert 'type="password"' in page
    fichier = client_samir.get(adresse("pdf_approuve", approuve))
    assert (fichier.content, fichier.headers["Content-Type"]) == (pdf_a_signer, "application/pdf")
    assert "default-src 'none'" in fichier.headers["Content-Security-Policy"]
    assert fichier.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_signer_d_un_geste(approuve: CompteRendu, client_samir: Client, samir: Utilisateur) -> None:
    saisie = {"empreinte": empreinte(approuve), "mot_de_passe": MOT_DE_PASSE}
    reponse = client_samir.post(adresse("signer", approuve), saisie, follow=True)
    assert "Le compte rendu est signé." in contenu(reponse)
    approuve.refresh_from_db()
    assert (approuve.etat, approuve.signe_par) == (Etat.SIGNE, samir)
    signe = client_samir.get(adresse("pdf_signe", approuve)).content
    assert signe.startswith(bytes(approuve.pdf_approuve.octets))  # type: ignore[union-attr]
    encore = client_samir.post(adresse("signer", approuve), saisie)
    assert encore.status_code == 409, "Back and send again: signed once"
    assert PdfFige.objects.filter(est_signe=True).count() == 1


def test_le_mot_de_passe_est_demande_a_chaque_signature(approuve: CompteRendu, client_samir: Client) -> None:
    """Given a minute ago elsewhere, it is asked all the same."""
    session = client_samir.session
    session["reauthentifie_le"] = timezone.now().timestamp()
    session.save()
    assert 'type="password"' in contenu(client_samir.get(adresse("signer", approuve)))
    for passe in ({}, {"mot_de_passe": ""}):
        reponse = client_samir.post(adresse("signer", approuve), {"empreinte": empreinte(approuve), **passe})
        assert reponse.status_code == 422
    assert rien_de_signe()


@pytest.mark.parametrize("passe", ["faux", MOT_DE_PASSE.upper(), f" {MOT_DE_PASSE}", "\u202e", "x" * 5000])
def test_un_mauvais_mot_de_passe_ne_signe_rien(passe: str, approuve: CompteRendu, client_samir: Client) -> None:
    avant = photo()
    reponse = client_samir.post(adresse("signer", approuve), {"empreinte": empreinte(approuve), "mot_de_passe": passe})
    assert reponse.status_code == 422
    assert passe[:50] not in contenu(reponse) or passe == "faux", "never sent back"
    assert photo() == avant


def test_le_mot_de_passe_d_une_autre_personne_ne_signe_rien(
    approuve: CompteRendu, client_samir: Client, odile: Utilisateur
) -> None:
    odile.set_password("le-moulin-rouge-1848")
    odile.save()
    saisie = {"empreinte": empreinte(approuve), "mot_de_passe": "le-moulin-rouge-1848", "username": odile.email}
    assert client_samir.post(adresse("signer", approuve), saisie).status_code == 422
    assert rien_de_signe()


@pytest.mark.parametrize(("autre", "code"), [("0" * 64, 409), ("x", 422), ("", 422), ("A" * 64, 422)])
def test_une_autre_empreinte_ne_signe_rien(autre: str, code: int, approuve: CompteRendu, client_samir: Client) -> None:
    avant = photo()
    reponse = client_samir.post(adresse("signer", approuve), {"empreinte": autre, "mot_de_passe": MOT_DE_PASSE})
    assert reponse.status_code == code
    assert photo() == avant


def test_sans_cle_la_page_le_dit(approuve: CompteRendu, client_samir: Client, settings: Any) -> None:
    settings.SIGNATURE_P12 = ""
    saisie = {"empreinte": empreinte(approuve), "mot_de_passe": MOT_DE_PASSE}
    reponse = client_samir.post(adresse("signer", approuve), saisie, follow=True)
    assert "Rien n’a été signé. Aucune clé de signature n’est installée." in contenu(reponse)
    assert rien_de_signe()


def test_un_fichier_qui_ne_se_signe_pas_est_dit(mene: Any, client_samir: Client, cle: Path) -> None:
    compte_rendu = mene(Etat.APPROUVE)
    saisie = {"empreinte": empreinte(compte_rendu), "mot_de_passe": MOT_DE_PASSE}
    reponse = client_samir.post(adresse("signer", compte_rendu), saisie, follow=True)
    assert "Rien n’a été signé." in contenu(reponse)
    assert rien_de_signe()


def test_le_nom_annonce_est_celui_du_document_fige(approuve: CompteRendu, client_samir: Client) -> None:
    """The page quotes the frozen block, whatever the rows have become."""
    CompteRendu.objects.update(signature="Un autre nom")
    page = contenu(client_samir.get(adresse("signer", approuve)))
    assert "Marie TESSANDIER" in page
    assert "Un autre nom" not in page


@pytest.mark.parametrize(("etat", "texte"), [("en_attente", "se prépare"), ("echoue", "Document trop long.")])
def test_en_attendant_le_pdf(etat: str, texte: str, approuve: CompteRendu, client_samir: Client) -> None:
    CompteRendu.objects.update(pdf_approuve=None)
    Travail.objects.create(genre="figer", cle=f"figer:{approuve.pk}:x", etat=etat, erreur="Document trop long.")
    for entetes in ({}, HTMX):
        reponse = client_samir.get(adresse("signer", approuve), headers=entetes)
        assert texte in contenu(reponse)
        assert contenu(reponse).lstrip().startswith("<!") == (not entetes)
    assert client_samir.get(adresse("pdf_approuve", approuve)).status_code == 409


# --- Approve, return, publish -----------------------------------------------------------------------------------------
def test_approuver_ce_qui_est_a_l_ecran(mene: Any, client_samir: Client) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    page = client_samir.get(adresse("approuver", compte_rendu))
    assert "La séance est ouverte." in contenu(page)
    vue = page.context["form"].initial["empreinte"]
    for autre in ("", "0" * 64, "x"):
        saisie = {"empreinte": autre, "mot_de_passe": MOT_DE_PASSE}
        assert client_samir.post(adresse("approuver", compte_rendu), saisie).status_code == 409
    assert client_samir.post(adresse("approuver", compte_rendu), {"empreinte": vue}).status_code == 302
    assert CompteRendu.objects.get().etat == Etat.APPROUVE


@pytest.mark.parametrize("verbe", ["approuver", "publier"])
def test_mot_de_passe_redemande(verbe: str, mene: Any, client_samir: Client) -> None:
    """Row 27 and figures (e): approving and publishing want a password given at most five minutes ago."""
    compte_rendu = mene(Etat.RELECTURE if verbe == "approuver" else Etat.SIGNE)
    page = client_samir.get(adresse(verbe, compte_rendu))
    saisie = {"empreinte": page.context["form"].initial.get("empreinte", "")}
    for passe in ({}, {"mot_de_passe": "le-moulin-rouge-1848"}):
        assert client_samir.post(adresse(verbe, compte_rendu), {**saisie, **passe}).status_code == 422
    assert CompteRendu.objects.get().etat == compte_rendu.etat
    saisie["mot_de_passe"] = MOT_DE_PASSE
    assert client_samir.post(adresse(verbe, compte_rendu), saisie).status_code == 302
    assert CompteRendu.objects.get().etat == (Etat.APPROUVE if verbe == "approuver" else Etat.PUBLIE)


def test_une_delegation_inventee_est_refusee(
    mene: Any, client_samir: Client, client_de: Ouvrir, odile: Utilisateur
) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    avant = photo()
    assert client_samir.post(adresse("delegation", compte_rendu), {"delegation": "x"}).status_code == 409
    assert client_de(odile).post(adresse("delegation", compte_rendu), {"delegation": "x"}).status_code == 403
    assert photo() == avant


def test_le_motif_tape_reste_quand_il_n_est_plus_temps(mene: Any, client_samir: Client) -> None:
    compte_rendu = mene(Etat.SIGNE)
    reponse = client_samir.post(adresse("renvoyer", compte_rendu), {"motif": "Le point 2 manque."})
    assert reponse.status_code == 409
    assert "Le point 2 manque." in contenu(reponse)


def test_les_pages_du_projet(brouillon: CompteRendu, client_samir: Client) -> None:
    assert client_samir.post(adresse("projet", brouillon)).status_code == 302
    assert "se prépare" in contenu(client_samir.get(adresse("projet", brouillon)))
    Travail.objects.update(etat=Travail.Etat.ECHOUE, erreur="Trop long.")
    assert "Trop long." in contenu(client_samir.get(adresse("projet", brouillon)))
    assert client_samir.get(adresse("pdf_projet", brouillon)).status_code == 409

"""The whole chain in a real browser, by the accounts of the cast, on each of the real minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from comptes_rendus.models import CompteRendu
from membres.models import Utilisateur
from tests.fabriques import MOT_DE_PASSE
from tests.reels import REELS

from .axe import sans_faute

CORRECTION = "Passage corrigé par la référente qualité pendant l’essai de bout en bout."


@pytest.fixture
def ouvrir(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """A browser of one's own, logged in through the page; its console must stay clean."""
    contextes: list[Any] = []
    erreurs: list[str] = []

    def nouveau(compte: Utilisateur | None = None) -> Any:
        contexte = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris", base_url=live_server.url)
        contextes.append(contexte)
        page = contexte.new_page()
        page.on("console", lambda m: erreurs.append(f"{page.url} {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: erreurs.append(f"{page.url} {e}"))
        if compte is not None:
            page.goto("/connexion/")
            page.fill("[name=username]", compte.email)
            page.fill("[name=password]", MOT_DE_PASSE)
            page.get_by_role("button", name="Se connecter").click()
            page.wait_for_url("**/")
        return page

    yield nouveau
    for contexte in contextes:
        contexte.close()
    assert not erreurs, erreurs


def test_de_bout_en_bout(
    reel: Path,
    ouvrir: Callable[..., Any],
    transactional_db: None,
    immediat: None,
    cle: Path,
    odile: Utilisateur,
    samir: Utilisateur,
    tmp_path: Path,
) -> None:
    regarder = sans_faute if reel == REELS[1] else lambda page: None

    # Odile takes the text over and corrects one block.
    bureau = ouvrir(odile)
    regarder(bureau)
    bureau.goto("/redaction/reprendre/")
    regarder(bureau)
    bureau.set_input_files("[name=fichier]", reel)
    bureau.get_by_role("button", name="Reprendre ce texte").click()
    bureau.wait_for_url(re.compile(r"/redaction/\d+/$"))
    adresse = bureau.url
    regarder(bureau)
    bloc = bureau.locator("article.passage--paragraphe").first
    ancre = bloc.get_attribute("id")
    bloc.hover()
    bloc.get_by_role("link", name="Modifier").click()
    edition = bureau.locator(f"article#{ancre}.passage--edition")
    edition.wait_for()
    regarder(bureau)
    edition.locator("[name=texte]").fill(CORRECTION)
    edition.get_by_role("button", name="Enregistrer").click()
    bureau.locator(f"article#{ancre}", has_text=CORRECTION).get_by_text("Passage enregistré").wait_for()
    bureau.get_by_role("button", name="Soumettre à relecture").click()
    bureau.get_by_text("soumis à relecture").first.wait_for()

    # Samir sends it back with a reason; Odile reads it and submits again.
    cabinet = ouvrir(samir)
    cabinet.goto(adresse)
    cabinet.get_by_role("link", name="Relire et approuver").click()
    regarder(cabinet)
    assert CORRECTION in cabinet.content()
    cabinet.get_by_role("link", name="Renvoyer avec un motif").click()
    regarder(cabinet)
    cabinet.locator("[name=motif]").fill("Précisez la date de la prochaine séance.")
    cabinet.get_by_role("button", name="Renvoyer avec ce motif").click()
    cabinet.wait_for_url(adresse)
    bureau.goto(adresse)
    bureau.get_by_text("Précisez la date de la prochaine séance.").first.wait_for()
    bureau.get_by_role("button", name="Soumettre à relecture").click()

    # Samir approves, sees the very PDF, types the password again and signs.
    cabinet.goto(adresse)
    cabinet.get_by_role("link", name="Relire et approuver").click()
    cabinet.locator("[name=mot_de_passe]").fill(MOT_DE_PASSE)
    cabinet.get_by_role("button", name="Approuver ce texte").click()
    cabinet.wait_for_url("**/signer/")
    cabinet.get_by_title(re.compile("PDF à signer")).wait_for()
    regarder(cabinet)
    cabinet.locator("[name=mot_de_passe]").fill(MOT_DE_PASSE)
    cabinet.get_by_role("button", name="Signer ce compte rendu").click()
    cabinet.wait_for_url(adresse)
    cabinet.get_by_text("est signé").first.wait_for()

    # Odile publishes.
    bureau.goto(adresse)
    regarder(bureau)
    bureau.get_by_role("link", name="Publier").click()
    regarder(bureau)
    bureau.locator("[name=mot_de_passe]").fill(MOT_DE_PASSE)
    bureau.get_by_role("button", name="Publier maintenant").click()
    bureau.get_by_role("link", name="Voir la page publique").wait_for()

    # Anyone reads it and checks the file; one flipped byte is told.
    compte_rendu = CompteRendu.objects.get()
    assert compte_rendu.pdf_signe is not None
    passant = ouvrir()
    passant.goto("/comptes-rendus/")
    regarder(passant)
    passant.get_by_role("link", name=re.compile("compte rendu|comité", re.IGNORECASE)).first.wait_for()
    passant.goto(f"/comptes-rendus/{compte_rendu.permalien}/")
    regarder(passant)
    assert CORRECTION in passant.content()
    octets = passant.request.get(f"/comptes-rendus/{compte_rendu.permalien}/pdf/").body()
    assert octets == bytes(compte_rendu.pdf_signe.octets)
    assert octets.startswith(bytes(compte_rendu.pdf_approuve.octets))  # type: ignore[union-attr]
    fichier = tmp_path / "compte-rendu.pdf"
    fichier.write_bytes(octets)
    assert "authentique" in verdict(passant, fichier).lower()
    regarder(passant)
    milieu = len(bytes(compte_rendu.pdf_approuve.octets)) // 2  # type: ignore[union-attr]
    fichier.write_bytes(octets[:milieu] + bytes([octets[milieu] ^ 1]) + octets[milieu + 1 :])
    assert "ne vous y fiez pas" in verdict(passant, fichier).lower()
    regarder(passant)


def verdict(page: Any, fichier: Path) -> str:
    """Choose a file on the verification page, send it whole if its hash alone says too little; the answer."""
    page.goto("/verifier/")
    page.set_input_files("input[type=file]", fichier)
    reponse = page.locator("#verdict .fr-alert")
    reponse.wait_for()
    envoyer = page.get_by_role("button", name="Envoyer le fichier pour examen")
    if envoyer.count():
        with page.expect_navigation():
            envoyer.click()
        reponse.wait_for()
    return str(reponse.inner_text())

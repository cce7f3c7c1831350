"""The form of the authority: what it accepts as a logo, and what is left of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from membres.forms import AutoriteForm
from membres.models import Autorite

VALEURS = {"genre": "prefet", "nom": "préfecture du Val-d’Ombre", "territoire": "du Val-d’Ombre", "lieu": "Ombreval"}


def image(nature: str = "PNG", taille: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    tampon = BytesIO()
    Image.new(mode, taille, "red").save(tampon, nature, **options)
    return tampon.getvalue()


def formulaire(octets: bytes, nom: str = "logo.png", **valeurs: str) -> AutoriteForm:
    return AutoriteForm({**VALEURS, **valeurs}, {"logo": SimpleUploadedFile(nom, octets)})


def test_les_metadonnees_disparaissent(db: None) -> None:
    secret = PngInfo()
    secret.add_text("Comment", "ecrit-par-odile")
    exif = Image.Exif()
    exif[0x010E] = "photo-de-bureau"
    for octets, nom in ((image(pnginfo=secret) + b"ecrit-par-odile", "a.png"), (image("JPEG", exif=exif), "a.jpg")):
        assert b"ecrit-par-odile" in octets or b"photo-de-bureau" in octets
        form = formulaire(octets, nom)
        assert form.is_valid(), form.errors
        garde = form.cleaned_data["logo"].read()
        assert b"ecrit-par-odile" not in garde
        assert b"photo-de-bureau" not in garde
        with Image.open(BytesIO(garde)) as relue:
            assert relue.size == (40, 20)
        assert form.cleaned_data["logo"].name in ("logo.png", "logo.jpg")


def test_la_transparence_reste(db: None) -> None:
    form = formulaire(image(mode="RGBA"))
    assert form.is_valid(), form.errors
    with Image.open(form.cleaned_data["logo"]) as relue:
        assert relue.mode == "RGBA"


@pytest.mark.parametrize(
    ("octets", "nom", "motif"),
    [
        (b"%PDF-1.7", "logo.png", "PNG ou JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png", "PNG ou JPEG"),
        (image(taille=(4001, 1)), "logo.png", "4 000 pixels"),
        (b"\0" * (1024 * 1024 + 1), "logo.png", "1 Mo"),
        (image(taille=(400, 400))[:-40], "logo.png", "abîmée"),
        (image("GIF"), "logo.png", "PNG ou JPEG"),
    ],
)
def test_refuse(octets: bytes, nom: str, motif: str, db: None) -> None:
    form = formulaire(octets, nom)
    assert not form.is_valid()
    assert motif in str(form.errors["logo"])


def test_trois_lignes_de_pied_au_plus(db: None) -> None:
    assert "3 lignes au plus" in str(formulaire(image(), pied="a\nb\nc\nd").errors["pied"])
    form = formulaire(image(), pied=" a \r\n\r\nb ")
    assert form.is_valid()
    assert form.cleaned_data["pied"] == "a\nb"


def test_une_autorite_ne_se_rattache_pas_a_elle_meme(autorite: Autorite) -> None:
    assert "rattachement" not in AutoriteForm(instance=autorite).fields
    assert list(AutoriteForm().fields["rattachement"].queryset) == [autorite]  # type: ignore[attr-defined]

"""Forms of the accounts and of the authority: they check shape and write nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models import QuerySet

from .formulaires import FormulaireDsfr, FormulaireMixin
from .models import Autorite, valider_logo

AIDE_MOT_DE_PASSE = (
    "Douze caractères au moins, et pas seulement des chiffres. Quelques mots sans rapport se retiennent bien."
)


class ConnexionForm(FormulaireMixin, AuthenticationForm):
    """Sign in by e-mail. The refusal is the same whether the account exists, is disabled or the password is wrong."""

    bouton = "Se connecter"
    mention = False
    veille = False
    error_messages = {
        "invalid_login": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les deux, puis recommencez.",
        "inactive": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les deux, puis recommencez.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adresse, passe = self.fields["username"], self.fields["password"]
        adresse.label = "Adresse électronique"
        adresse.help_text = "Celle de votre compte, par exemple prenom.nom@exemple.fr."
        adresse.widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "maxlength": 254}
        )
        adresse.error_messages["required"] = "Saisissez votre adresse électronique."
        passe.error_messages["required"] = "Saisissez votre mot de passe."

    def clean_username(self) -> str:
        """One spelling of an address: case may not give ten more tries."""
        return str(self.cleaned_data["username"]).strip().lower()


class _NouveauMotDePasse(FormulaireMixin):
    mention = False
    veille = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nouveau, encore = self.fields["new_password1"], self.fields["new_password2"]
        nouveau.label, nouveau.help_text = "Nouveau mot de passe", AIDE_MOT_DE_PASSE
        encore.label, encore.help_text = "Nouveau mot de passe, une seconde fois", ""
        nouveau.error_messages["required"] = "Choisissez un mot de passe."
        encore.error_messages["required"] = "Saisissez-le une seconde fois."


class MotDePasseForm(_NouveauMotDePasse, PasswordChangeForm):
    bouton = "Changer le mot de passe"
    error_messages = {
        "password_incorrect": "Ce n’est pas votre mot de passe actuel.",
        "password_mismatch": "Les deux saisies diffèrent : recommencez.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mot de passe actuel"
        self.fields["old_password"].error_messages["required"] = "Saisissez votre mot de passe actuel."


class MotDePasseNouveauForm(_NouveauMotDePasse, SetPasswordForm):
    bouton = "Enregistrer ce mot de passe"
    error_messages = {"password_mismatch": "Les deux saisies diffèrent : recommencez."}


class MotDePasseOublieForm(FormulaireDsfr):
    bouton = "Recevoir le lien"
    mention = False
    veille = False

    adresse = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text="Celle de votre compte, par exemple prenom.nom@exemple.fr.",
        error_messages={"required": "Saisissez votre adresse électronique."},
    )

    def clean_adresse(self) -> str:
        return str(self.cleaned_data["adresse"]).strip().lower()


class AutoriteForm(FormulaireMixin, forms.ModelForm):
    """The authority that issues the minutes. ``rattachements``: the authorities it may depend on (caller's choice)."""

    groupes = [
        ("L’autorité", ["nom", "genre", "territoire", "rattachement"]),
        ("Son ou sa titulaire", [("chef_civilite", "chef_nom"), "lieu"]),
        ("Ce qui s’imprime", ["marque", "a_devise", "pied", "logo"]),
    ]

    class Meta:
        model = Autorite
        fields = (
            *("nom", "genre", "territoire", "rattachement", "chef_civilite", "chef_nom", "lieu"),
            *("marque", "a_devise", "pied", "logo"),
        )
        widgets = {
            "marque": forms.Textarea(attrs={"rows": 3}),
            "pied": forms.Textarea(attrs={"rows": 3}),
            "logo": forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        }

    def __init__(self, *args: Any, rattachements: QuerySet[Autorite] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        autres = Autorite.objects.all() if rattachements is None else rattachements
        if self.instance.pk:
            autres = autres.exclude(pk=self.instance.pk)
        champ: Any = self.fields["rattachement"]
        champ.queryset = autres
        if not autres.exists():
            del self.fields["rattachement"]

    def clean_marque(self) -> str:
        return _lignes(self.cleaned_data["marque"], 4, "Le bloc-marque")

    def clean_pied(self) -> str:
        return _lignes(self.cleaned_data["pied"], 3, "Le pied de page")

    def clean_logo(self) -> Any:
        """A new image is decoded and written anew: whatever a camera or an office suite hid in it is gone."""
        fichier = self.cleaned_data.get("logo")
        if not isinstance(fichier, UploadedFile):
            return fichier
        valider_logo(fichier)
        return recoder(fichier)


def _lignes(texte: str, maximum: int, quoi: str) -> str:
    """Lines without blanks at the ends; raises ValidationError above ``maximum`` lines."""
    lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    if len(lignes) > maximum:
        raise ValidationError(f"{quoi} tient en {maximum} lignes au plus.")
    return "\n".join(lignes)


def recoder(fichier: UploadedFile) -> SimpleUploadedFile:
    """The same picture, same format, pixels only: no EXIF, no comment, no trailing data. Raises ValidationError."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        fichier.seek(0)
        with Image.open(fichier, formats=("PNG", "JPEG")) as image:
            nature = "PNG" if image.format == "PNG" else "JPEG"
            droite = ImageOps.exif_transpose(image)
            assert droite is not None
            transparente = nature == "PNG" and ("A" in droite.getbands() or "transparency" in droite.info)
            pixels = droite.convert("RGBA" if transparente else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as erreur:
        raise ValidationError("Cette image est abîmée : enregistrez-la de nouveau, puis recommencez.") from erreur
    pixels.info.clear()
    sortie = BytesIO()
    if nature == "PNG":
        pixels.save(sortie, "PNG", optimize=True)
    else:
        pixels.save(sortie, "JPEG", quality=92, optimize=True)
    suffixe, mime = ("png", "image/png") if nature == "PNG" else ("jpg", "image/jpeg")
    return SimpleUploadedFile(f"logo.{suffixe}", sortie.getvalue(), mime)

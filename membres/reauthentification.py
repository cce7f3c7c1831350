"""Ask the password again before a sensitive act, once every five minutes (ASVS 7.5.3; confiance.md (c), cells YR)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

DUREE = timedelta(minutes=5)
CLE = "reauthentifie_le"


def est_recente(request: HttpRequest) -> bool:
    """True when this session gave its password at most five minutes ago (a clock that went back: False)."""
    instant = request.session.get(CLE)
    if not isinstance(instant, int | float):
        return False
    return 0 <= timezone.now().timestamp() - instant <= DUREE.total_seconds()


def marquer(request: HttpRequest) -> None:
    """Remember that the password was just given; the session key changes (ASVS 7.2.4)."""
    request.session.cycle_key()
    request.session[CLE] = timezone.now().timestamp()


class ReauthentificationMixin:
    """A form that asks for the password unless it was given at most five minutes ago.

    ``class SignatureForm(ReauthentificationMixin, forms.Form)``, then ``SignatureForm(request.POST, request=request)``.
    The field ``mot_de_passe`` exists only when it is needed; it never reaches ``cleaned_data``. The check goes through
    the authentication backends, so django-axes counts the failures and locks out as it does at login.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not est_recente(request):
            self.fields["mot_de_passe"] = champ_mot_de_passe()

    def clean_mot_de_passe(self) -> None:
        """Raise ValidationError (French) unless the password is that of the logged-in account."""
        verifier_mot_de_passe(self.request, self.cleaned_data.pop("mot_de_passe"))

    def clean(self) -> dict[str, Any] | None:
        """Once given, the password is not asked again on the same form, even if another field is to be corrected."""
        super().clean()  # type: ignore[misc]
        if "mot_de_passe" in self.fields and est_recente(self.request):
            del self.fields["mot_de_passe"]
        self.cleaned_data.pop("mot_de_passe", None)
        return self.cleaned_data


def verifier_mot_de_passe(request: HttpRequest, saisi: str) -> None:
    """Check the password of the logged-in account and mark the session.

    Goes through the authentication backends, so that django-axes counts the failures and locks out as at login. Raises
    ValidationError (French) when it is not the right one.
    """
    compte = request.user
    verifie = authenticate(request, username=compte.get_username(), password=saisi)
    if verifie is None or verifie.pk != compte.pk:
        raise ValidationError("Ce mot de passe n’est pas le vôtre. Vérifiez les majuscules puis recommencez.")
    marquer(request)


def champ_mot_de_passe() -> forms.CharField:
    """The field, spaces kept, pasting and password managers welcome."""
    return forms.CharField(
        label="Votre mot de passe",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Par sécurité, il est demandé avant cet acte, puis plus pendant cinq minutes.",
        error_messages={"required": "Saisissez votre mot de passe pour confirmer."},
    )

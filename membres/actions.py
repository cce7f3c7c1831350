"""What an account does for itself: choose, change or ask back its password."""

from __future__ import annotations

import uuid

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from journal.actions import confier, consigner

from .models import Utilisateur


def changer_mot_de_passe(compte: Utilisateur, mot_de_passe: str, *, par: Utilisateur) -> Utilisateur:
    """Set the password. Every other session of the account ends with its next request.

    Raises ValidationError when the password is too weak.
    """
    validate_password(mot_de_passe, compte)
    with transaction.atomic():
        compte.set_password(mot_de_passe)
        compte.save(update_fields=["password"])
        consigner("changer_mot_de_passe", compte, par=par)
    return compte


def demander_mot_de_passe(adresse: str) -> None:
    """Hand over the mail by which a forgotten password is replaced.

    A job is written whether or not the address has an account: neither the answer nor its duration tells. The job
    names the account only; the secret link is made when the mail leaves.
    """
    compte = Utilisateur.objects.filter(email__iexact=adresse, is_active=True).first()
    cle = f"mot-de-passe:{uuid.uuid4().hex}"
    with transaction.atomic():
        confier("membres.mot_de_passe", cle, compte=compte.pk if compte else None, cle_message=cle)

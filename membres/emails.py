"""Mails of the accounts: plain text, no picture, one link."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import Utilisateur


def lien_mot_de_passe(compte: Utilisateur) -> str:
    """A link that serves once, to choose a password. Absolute, from ``SITE_URL`` (never from the Host header)."""
    chemin = reverse(
        "membres:mot_de_passe_nouveau",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(compte.pk)),
            "token": default_token_generator.make_token(compte),
        },
    )
    return settings.SITE_URL + chemin


def duree_du_lien() -> str:
    """« 1 heure », « 3 jours »: how long such a link serves."""
    heures = max(1, settings.PASSWORD_RESET_TIMEOUT // 3600)
    if heures >= 48:
        return f"{heures // 24}\u00a0jours"
    return f"{heures}\u00a0heure{'s' if heures > 1 else ''}"


def mot_de_passe(compte: Utilisateur, *, cle_message: str) -> EmailMessage:
    """The mail that answers « mot de passe oublié »; the same key gives the same Message-ID."""
    contexte = {
        "nom": " ".join((compte.personne.prenom, compte.personne.nom)).strip(),
        "lien": lien_mot_de_passe(compte),
        "duree": duree_du_lien(),
    }
    identifiant = re.sub(r"[^A-Za-z0-9.-]", "-", cle_message)
    return EmailMessage(
        "Choisir un nouveau mot de passe",
        render_to_string("membres/mot_de_passe_courriel.txt", contexte),
        to=[compte.email],
        headers={"Message-ID": f"<{identifiant}@conclu>", "Auto-Submitted": "auto-generated"},
    )

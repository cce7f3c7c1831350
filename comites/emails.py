"""Mails of the committees: plain text, no picture, one link."""

from __future__ import annotations

import re

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from membres.emails import duree_du_lien, lien_mot_de_passe
from membres.models import Utilisateur

from .libelles import nom_role
from .models import Habilitation


def invitation(compte: Utilisateur, *, cle_message: str) -> EmailMessage:
    """The mail by which a new account chooses its password; the same key gives the same Message-ID."""
    habilitation = Habilitation.objects.de(compte).select_related("comite", "autorite").first()
    contexte = {
        "nom": " ".join((compte.personne.prenom, compte.personne.nom)).strip(),
        "role": nom_role(habilitation.role, compte.personne.civilite) if habilitation else "",
        "sur": str(habilitation.objet) if habilitation else "",
        "email": compte.email,
        "lien": lien_mot_de_passe(compte),
        "duree": duree_du_lien(),
    }
    identifiant = re.sub(r"[^A-Za-z0-9.-]", "-", cle_message)
    return EmailMessage(
        "Votre compte Conclu",
        render_to_string("comites/invitation_courriel.txt", contexte),
        to=[compte.email],
        headers={"Message-ID": f"<{identifiant}@conclu>", "Auto-Submitted": "auto-generated"},
    )

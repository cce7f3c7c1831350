"""Plain words for what the journal and the queue hold."""

from __future__ import annotations

import re

from .models import Role

# Role → masculine, feminine; without civility the label of the model says both.
ROLES = {
    Role.MEMBRE: ("membre", "membre"),
    Role.AGENT: ("agent", "agente"),
    Role.QUALITE: ("référent qualité", "référente qualité"),
    Role.SIGNATAIRE: ("signataire", "signataire"),
    Role.ADMINISTRATEUR: ("administrateur", "administratrice"),
}

TRAVAUX = {
    "comites.inviter": "Invitation à ouvrir un compte",
    "membres.mot_de_passe": "Lien pour choisir un mot de passe",
    "figer": "PDF à signer",
    "projet": "PDF d’un projet",
}

_TECHNIQUE = re.compile(r"(\w+) : ", re.ASCII)


def nom_role(role: str, civilite: str) -> str:
    """« référente qualité » for a woman, « référent ou référente qualité » when the civility is unknown."""
    if not civilite:
        return Role(role).label.lower()
    return ROLES[Role(role)][civilite == "Mme"]


def genre_travail(genre: str) -> str:
    """« Invitation à ouvrir un compte »; a job unknown here keeps the last part of its name."""
    return TRAVAUX.get(genre, genre.rpartition(".")[2].replace("_", " ").capitalize())


def erreur_lisible(erreur: str) -> str:
    """The sentence of a job that cannot succeed; of any other failure its name only, for it may quote an address."""
    technique = _TECHNIQUE.match(erreur)
    return f"Incident technique ({technique[1]})." if technique else erreur

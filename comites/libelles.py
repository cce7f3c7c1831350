"""Plain words for what the journal and the queue hold."""

from __future__ import annotations

import re

from .models import Role

ACTES = {
    "creer_comite": "a créé le comité",
    "modifier_comite": "a modifié le comité",
    "clore_comite": "a clos le comité",
    "rouvrir_comite": "a rouvert le comité",
    "modifier_autorite": "a modifié l’autorité",
    "creer_seance": "a préparé la séance",
    "modifier_seance": "a modifié la séance",
    "tenir": "a déclaré la séance tenue",
    "annuler": "a annulé la séance",
    "enregistrer_point": "a écrit l’ordre du jour",
    "supprimer_point": "a retiré un point",
    "deplacer_point": "a déplacé un point",
    "numeroter_points": "a numéroté l’ordre du jour",
    "enregistrer_groupe": "a écrit un groupe de présence",
    "supprimer_groupe": "a retiré un groupe de présence",
    "deplacer_groupe": "a déplacé un groupe de présence",
    "enregistrer_ligne": "a écrit une ligne de présence",
    "ajouter_lignes": "a ajouté des lignes de présence",
    "supprimer_ligne": "a retiré une ligne de présence",
    "deplacer_ligne": "a déplacé une ligne de présence",
    "reprendre_presence": "a repris une liste de présence",
    "inviter_compte": "a invité",
    "renvoyer_invitation": "a renvoyé l’invitation",
    "creer_administrateur": "a ouvert le compte d’administration",
    "desactiver_compte": "a désactivé le compte",
    "reactiver_compte": "a réactivé le compte",
    "accorder_habilitation": "a donné un rôle",
    "retirer_habilitation": "a retiré un rôle",
    "relancer": "a relancé un travail",
    # Verbs of the apps above, known here by their names alone.
    "soumettre": "a soumis à relecture",
    "reprendre_la_main": "a repris la main",
    "renvoyer": "a renvoyé au rédacteur",
    "approuver": "a approuvé",
    "signer": "a signé",
    "publier": "a publié",
    "remplacer": "a remplacé par une nouvelle version",
}

# Role → masculine, feminine; without civility the label of the model says both.
ROLES = {
    Role.MEMBRE: ("membre", "membre"),
    Role.AGENT: ("agent", "agente"),
    Role.QUALITE: ("référent qualité", "référente qualité"),
    Role.SIGNATAIRE: ("signataire", "signataire"),
    Role.ADMINISTRATEUR: ("administrateur", "administratrice"),
}

TRAVAUX = {"comites.inviter": "Invitation à ouvrir un compte"}

_TECHNIQUE = re.compile(r"(\w+) : ", re.ASCII)


def acte_journal(verbe: str) -> str:
    """« a préparé la séance »; a verb unknown here is shown by its own name."""
    return ACTES.get(verbe, "acte : " + verbe.replace("_", " "))


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

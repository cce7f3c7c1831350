"""The life of a compte rendu, on one screen."""

from comites.models import Role
from journal.workflow import Transition, Workflow

from .models import CompteRendu

Etat = CompteRendu.Etat
REDIGE, SIGNE = Role.QUALITE, Role.SIGNATAIRE

WORKFLOW = Workflow(
    soumettre=Transition({Etat.BROUILLON}, Etat.RELECTURE, REDIGE, "soumettre à relecture"),
    reprendre_la_main=Transition({Etat.RELECTURE}, Etat.BROUILLON, REDIGE, "reprendre la main"),
    renvoyer=Transition({Etat.RELECTURE, Etat.APPROUVE}, Etat.BROUILLON, SIGNE, "renvoyer au rédacteur"),
    approuver=Transition({Etat.RELECTURE}, Etat.APPROUVE, SIGNE, "approuver"),
    signer=Transition({Etat.APPROUVE}, Etat.SIGNE, SIGNE, "signer"),
    publier=Transition({Etat.SIGNE}, Etat.PUBLIE, {REDIGE, SIGNE}, "publier"),
    remplacer=Transition({Etat.PUBLIE}, Etat.REMPLACE, {REDIGE, SIGNE}, "remplacer par une nouvelle version"),
)

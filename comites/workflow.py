"""The life of a sitting on one screen: what changes its state, and what may still be written in each state."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from journal.actions import consigner
from journal.workflow import Transition, TransitionRefusee, Workflow, verrouiller

from .models import Comite, Role, Seance

logger = logging.getLogger("conclu.refus")

Etat = Seance.Etat
PREPARE, PRESIDE = Role.QUALITE, Role.SIGNATAIRE
AVANT = frozenset({Etat.PREPAREE, Etat.CONVOQUEE})
JUSQU_A_LA_CLOTURE = AVANT | {Etat.TENUE}

WORKFLOW = Workflow(
    tenir=Transition(AVANT, Etat.TENUE, PREPARE, "marquer la séance comme tenue"),
    annuler=Transition(AVANT, Etat.ANNULEE, {PREPARE, PRESIDE}, "annuler la séance"),
)


@dataclass(frozen=True)
class Edition:
    """A verb that writes without changing the state: from which states, and who."""

    depuis: frozenset[str]
    role: str
    libelle: str


# Source: permission matrix (confiance.md c), rows 5, 6 and 11.
EDITIONS = {
    "modifier_seance": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la séance"),
    "enregistrer_point": Edition(AVANT, PREPARE, "modifier l’ordre du jour"),
    "supprimer_point": Edition(AVANT, PREPARE, "modifier l’ordre du jour"),
    "deplacer_point": Edition(AVANT, PREPARE, "modifier l’ordre du jour"),
    "numeroter_points": Edition(AVANT, PREPARE, "modifier l’ordre du jour"),
    "enregistrer_groupe": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "supprimer_groupe": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "deplacer_groupe": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "enregistrer_ligne": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "ajouter_lignes": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "supprimer_ligne": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "deplacer_ligne": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
    "reprendre_presence": Edition(JUSQU_A_LA_CLOTURE, PREPARE, "modifier la liste de présence"),
}


def exiger_role(role: str, objet: Comite | Seance, *, par: Any, libelle: str) -> None:
    """Raise PermissionDenied (logged) unless ``par`` holds ``role`` on ``objet`` today."""
    if role not in objet.roles_de(par):
        logger.warning("refused: « %s » by user %s on %s %s", libelle, par.pk, objet._meta.label_lower, objet.pk)
        raise PermissionDenied(f"Votre rôle ne permet pas de « {libelle} ».")


def exiger(verbe: str, seance: Seance, *, par: Any) -> None:
    """May ``par`` do this edition or transition now? Role first, then state.

    Raises PermissionDenied (not your role), TransitionRefusee (not now).
    """
    if verbe in WORKFLOW.transitions:
        WORKFLOW.exiger_role(verbe, seance, par=par)
        depuis, libelle = WORKFLOW.transitions[verbe].depuis, WORKFLOW.transitions[verbe].libelle
    else:
        edition = EDITIONS[verbe]
        exiger_role(edition.role, seance, par=par, libelle=edition.libelle)
        depuis, libelle = edition.depuis, edition.libelle
    if seance.etat not in depuis:
        raise TransitionRefusee(
            f"Il n’est plus possible de {libelle} : elle est « {seance.get_etat_display().lower()} »."
            if "séance" in libelle
            else f"Il n’est plus possible de {libelle} : la séance est « {seance.get_etat_display().lower()} »."
        )


def permis(seance: Seance, utilisateur: Any) -> set[str]:
    """Verbs this user may do on this sitting now (for buttons; the door checks again)."""
    roles = seance.roles_de(utilisateur)
    ecrits = {v for v, e in EDITIONS.items() if e.role in roles and seance.etat in e.depuis}
    passages = {v for v, t in WORKFLOW.transitions.items() if not roles.isdisjoint(t.roles) and seance.etat in t.depuis}
    return ecrits | passages


@contextmanager
def ecrire(verbe: str, seance: Seance, *, par: Any) -> Iterator[tuple[Seance, dict[str, Any]]]:
    """The door of the editions: lock the sitting, check role and state, then append to the journal.

    Yields the locked, fresh sitting and the details of the journal entry, to be filled; when they stay empty nothing
    happened and nothing is written. Raises PermissionDenied, TransitionRefusee.
    """
    with transaction.atomic():
        fraiche = verrouiller(seance)
        exiger(verbe, fraiche, par=par)
        details: dict[str, Any] = {}
        yield fraiche, details
        if details:
            consigner(verbe, fraiche, par=par, details=details)

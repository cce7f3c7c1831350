"""The one door of every life cycle.

A life cycle is a table (verb → from-states, to-state, roles). ``franchir`` locks the row, checks role then state, lets
the action do what is particular to the verb, validates, saves and appends to the journal — or does nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from .actions import consigner

logger = logging.getLogger("conclu.refus")

Objet = TypeVar("Objet", bound=models.Model)


class TransitionRefusee(Exception):
    """Not now: the object is in another state than the verb needs. The message, in French, is shown to the user."""


@dataclass(frozen=True)
class Transition:
    """``depuis``: states the verb may start from; ``vers``: where it leads; ``roles``: who may do it (any of them)."""

    depuis: frozenset[str]
    vers: str
    roles: frozenset[str]
    libelle: str

    def __init__(self, depuis: Iterable[str], vers: str, roles: str | Iterable[str], libelle: str) -> None:
        object.__setattr__(self, "depuis", frozenset(depuis))
        object.__setattr__(self, "vers", vers)
        object.__setattr__(self, "roles", frozenset([roles] if isinstance(roles, str) else roles))
        object.__setattr__(self, "libelle", libelle)


class Workflow:
    """The table of one model. The model has a field ``etat`` and a method ``roles_de(utilisateur) -> set[str]``."""

    def __init__(self, **transitions: Transition) -> None:
        self.transitions = transitions

    def permis(self, objet: Any, utilisateur: Any) -> set[str]:
        """Verbs this user may do on this object now (for buttons; the door checks again)."""
        roles = objet.roles_de(utilisateur)
        return {
            verbe for verbe, t in self.transitions.items() if objet.etat in t.depuis and not roles.isdisjoint(t.roles)
        }

    def exiger_role(self, verbe: str, objet: Any, *, par: Any) -> None:
        """Raise PermissionDenied unless ``par`` holds one of the roles of the verb, whatever the state."""
        if objet.roles_de(par).isdisjoint(self.transitions[verbe].roles):
            logger.warning("refused: %s by user %s on %s %s", verbe, par.pk, objet._meta.label_lower, objet.pk)
            raise PermissionDenied(f"Votre rôle ne permet pas de « {self.transitions[verbe].libelle} ».")

    @contextmanager
    def franchir(self, verbe: str, objet: Objet, *, par: Any, details: dict[str, Any] | None = None) -> Iterator[Objet]:
        """Go through the door.

        Yields the locked, fresh row; the caller sets what is particular to the verb on it. Everything in the ``with``
        is one transaction. ``details`` (JSON values) goes into the journal; the caller may fill it inside the block.

        Raises ``PermissionDenied`` (not your role), ``TransitionRefusee`` (not now), ``ValidationError``.
        """
        transition = self.transitions[verbe]
        with transaction.atomic():
            verrouille = verrouiller(objet)
            self.exiger_role(verbe, verrouille, par=par)
            if verrouille.etat not in transition.depuis:  # type: ignore[attr-defined]
                raise TransitionRefusee(self._refus(transition, verrouille))
            avant = verrouille.etat  # type: ignore[attr-defined]
            yield verrouille
            verrouille.etat = transition.vers  # type: ignore[attr-defined]
            verrouille.full_clean()
            verrouille.save()
            consigner(verbe, verrouille, par=par, details={"avant": avant, "apres": transition.vers, **(details or {})})

    @staticmethod
    def _refus(transition: Transition, objet: Any) -> str:
        return (
            f"L’action « {transition.libelle} » n’est plus possible : "
            f"l’état actuel est « {objet.get_etat_display().lower()} ». "
            "Rechargez la page pour voir où en est le document."
        )


def verrouiller(objet: Objet) -> Objet:
    """The fresh row, locked until the end of the transaction (SQLite: the transaction itself is exclusive)."""
    return type(objet)._base_manager.select_for_update(of=("self",)).get(pk=objet.pk)

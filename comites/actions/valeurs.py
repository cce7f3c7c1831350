"""What the verbs share: set known fields and tell what changed, keep an order, name a direction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import count
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile


class Sens(StrEnum):
    """Where a button moves an agenda item, a heading or a row."""

    HAUT = "haut"
    BAS = "bas"
    DROITE = "droite"
    GAUCHE = "gauche"


def poser(objet: models.Model, valeurs: Mapping[str, Any], permis: Iterable[str]) -> dict[str, list[Any]]:
    """Set ``valeurs`` on ``objet`` and return ``{field: [before, after]}`` of those that differ, as JSON values.

    Raises TypeError for a field that is not in ``permis``: a verb never sets what it does not name.
    """
    inconnus = set(valeurs) - set(permis)
    if inconnus:
        raise TypeError(f"unexpected fields: {', '.join(sorted(inconnus))}")
    changements = {}
    for nom, valeur in valeurs.items():
        champ: Any = objet._meta.get_field(nom)
        avant = lisible(getattr(objet, nom))
        champ.save_form_data(objet, valeur.replace("\r\n", "\n") if isinstance(valeur, str) else valeur)
        apres = lisible(getattr(objet, nom))
        if avant != apres:
            changements[nom] = [avant, apres]
    return changements


def lisible(valeur: Any) -> Any:
    """A JSON value that a reader of the journal understands."""
    if isinstance(valeur, models.Model):
        return str(valeur)
    if isinstance(valeur, datetime.date | datetime.time):
        return valeur.isoformat()
    if isinstance(valeur, FieldFile):
        return valeur.name or ""
    return "" if valeur is None else valeur


def renumeroter(objets: Iterable[Any], *, debut: int = 0, pas: int = 1) -> None:
    """Write ``ordre`` = 0, 1, 2… (from ``debut``, by ``pas``) in one statement, for rows whose order changed."""
    changes = []
    for ordre, objet in zip(count(debut, pas), objets, strict=False):
        if objet.ordre != ordre:
            objet.ordre = ordre
            changes.append(objet)
    if changes:
        type(changes[0])._base_manager.bulk_update(changes, ["ordre"])


def echanger(objets: list[Any], objet: Any, sens: Sens) -> bool:
    """Move ``objet`` one place up or down in the list; False at the edge, where there is nothing to do."""
    rang = next(rang for rang, candidat in enumerate(objets) if candidat.pk == objet.pk)
    cible = rang + (1 if sens == Sens.BAS else -1)
    if not 0 <= cible < len(objets):
        return False
    objets[rang], objets[cible] = objets[cible], objets[rang]
    return True

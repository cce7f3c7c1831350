"""The whole database as data, to tell that nothing was written."""

from __future__ import annotations

from typing import Any

from django.apps import apps

APPS = ("journal", "membres", "comites", "comptes_rendus", "reclamations", "indicateurs")
MODELES = [modele for app in APPS for modele in apps.get_app_config(app).get_models(include_auto_created=True)]
SUIVIS_PAR_DJANGO = {"last_login"}


def photo() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every model of ours, journal and outbox included."""
    return {modele._meta.label: _lignes(modele) for modele in MODELES}


def _lignes(modele: Any) -> list[tuple[Any, ...]]:
    colonnes = [c.attname for c in modele._meta.concrete_fields if c.attname not in SUIVIS_PAR_DJANGO]
    lignes = modele._base_manager.order_by("pk").values_list(*colonnes)
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in ligne) for ligne in lignes]

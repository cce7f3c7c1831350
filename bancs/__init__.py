"""Benchmarks, as ratios measured in one run: ``python -m bancs`` runs every ``bancs/*.py`` that has ``mesurer()``."""

import os
from importlib import import_module
from typing import NamedTuple


class Mesure(NamedTuple):
    """One figure: its value, its unit (``ratio``, ``ms``, ``requêtes``…), and the bound it must not exceed, if any."""

    valeur: float
    unite: str
    borne: float | None = None


def lancer(nom: str) -> dict[str, Mesure]:
    """Run ``bancs/<nom>.py``, with the settings of the suite."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    return {cle: Mesure(*mesure) for cle, mesure in import_module(f"bancs.{nom}").mesurer().items()}

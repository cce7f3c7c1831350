"""What the tests of this app share: sittings in each state, a photograph of every row, a payload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.apps import apps

from comites.models import Comite, Seance
from tests import fabriques

PIEGE = "<script>alert('à')</script><b onclick=\"x\">"


def photographie() -> dict[str, Any]:
    """Every row of every app of ours, the sessions and login counters aside."""
    modeles = [m for app in ("journal", "membres", "comites") for m in apps.get_app_config(app).get_models()]
    champs = {m: [c.attname for c in m._meta.concrete_fields if c.attname != "last_login"] for m in modeles}
    return {m._meta.label: list(m._base_manager.order_by("pk").values(*champs[m])) for m in modeles}


@pytest.fixture
def rien_ecrit() -> Callable[[], AbstractContextManager[None]]:
    """``with rien_ecrit():`` whatever happens inside leaves every row, the journal and the outbox as they were."""

    @contextmanager
    def garder() -> Iterator[None]:
        avant = photographie()
        yield
        assert photographie() == avant

    return garder


@pytest.fixture
def preparee(clac: Comite) -> Seance:
    return fabriques.seance(comite=clac, etat=Seance.Etat.PREPAREE)


@pytest.fixture
def tenue(clac: Comite) -> Seance:
    return fabriques.seance(comite=clac, etat=Seance.Etat.TENUE)

"""The named cast, and nobody else.

Mireille, Odile, Samir, Agnès and Ada belong to the CLAC; Paul to another committee.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from comites.models import Comite, Role
from membres.models import Autorite, Utilisateur

from . import fabriques

pytest_plugins = ["tests.gardes", "tests.services", "tests.reels", "tests.cles"]


@pytest.fixture
def autorite(db: None) -> Autorite:
    return fabriques.autorite()


@pytest.fixture
def clac(autorite: Autorite) -> Comite:
    """The committee of the cast."""
    return fabriques.comite(autorite=autorite)


@pytest.fixture
def autre_comite(autorite: Autorite) -> Comite:
    """Another committee of the same authority: Paul's."""
    return fabriques.comite(autorite=autorite, nom="comité local des usagers", sigle="CLU", slug="clu-de-rocval")


@pytest.fixture
def mireille(clac: Comite) -> Utilisateur:
    compte = fabriques.utilisateur("Mireille", "Aubertin")
    fabriques.habilitation(compte, Role.MEMBRE, clac)
    return compte


@pytest.fixture
def paul(autre_comite: Comite) -> Utilisateur:
    """Quality officer of another committee: has every right there, none here."""
    compte = fabriques.utilisateur("Paul", "Vasseur", "M.")
    for role in (Role.QUALITE, Role.SIGNATAIRE, Role.MEMBRE):
        fabriques.habilitation(compte, role, autre_comite)
    return compte


@pytest.fixture
def agnes(clac: Comite) -> Utilisateur:
    compte = fabriques.utilisateur("Agnes", "Lormeau")
    fabriques.habilitation(compte, Role.AGENT, clac)
    return compte


@pytest.fixture
def odile(clac: Comite) -> Utilisateur:
    compte = fabriques.utilisateur("Odile", "Ferrandon")
    fabriques.habilitation(compte, Role.QUALITE, clac)
    return compte


@pytest.fixture
def samir(clac: Comite) -> Utilisateur:
    compte = fabriques.utilisateur("Samir", "Belkacem", "M.")
    fabriques.habilitation(compte, Role.SIGNATAIRE, clac)
    return compte


@pytest.fixture
def ada(autorite: Autorite) -> Utilisateur:
    compte = fabriques.utilisateur("Ada", "Kermorvan")
    fabriques.habilitation(compte, Role.ADMINISTRATEUR, autorite)
    return compte


@pytest.fixture
def client_de() -> Callable[[Utilisateur | None], Client]:
    """A logged-in client for a member of the cast (``None``: anonymous)."""

    def ouvrir(compte: Utilisateur | None = None) -> Client:
        client = Client()
        if compte is not None:
            client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return ouvrir

"""A demonstration key of the authority, made once for the whole suite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PASSE = "cle-de-la-suite"


@pytest.fixture(scope="session")
def _cle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from comptes_rendus import signature

    chemin = tmp_path_factory.mktemp("cle") / "cle.p12"
    signature.creer_cle_de_demonstration(chemin, PASSE, "Conclu, suite de tests")
    return chemin


@pytest.fixture
def cle(_cle: Path, settings: Any) -> Path:
    """The authority's key, in the settings."""
    settings.SIGNATURE_P12, settings.SIGNATURE_P12_PASSE = str(_cle), PASSE
    return _cle

"""The real minutes, read where they lie, outside the project; and how their words are compared."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from .services import manque

DOSSIER = Path(os.environ.get("REELS") or Path(__file__).resolve().parent.parent.parent / "shared" / "seeds")
REELS = sorted(DOSSIER.glob("*.txt"))


@pytest.fixture(params=REELS or [None], ids=lambda chemin: chemin.stem if chemin else "absents")
def reel(request: Any) -> Path:
    """Each of the real minutes in turn. They stay outside the project: where they lack, said aloud (CI: failed)."""
    if request.param is None:
        manque(f"the real minutes are not in {DOSSIER} (REELS=folder names another)")
    chemin: Path = request.param
    return chemin


def mots(texte: str) -> list[str]:
    """Words and numbers, in order: what neither layout, typography nor hyphens may change."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", texte))

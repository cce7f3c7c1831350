"""The Celery application of the worker sub-processes of the suite: the house's own, and one slow job."""

import os
import time
from pathlib import Path

import django

from config.celery import app

django.setup()

from journal.tasks import executeur  # noqa: E402

__all__ = ["app", "essai"]


@executeur("essai")
def essai(dossier: str) -> None:
    """Note which process began, wait as long as the file ``lent`` is there, note which one ended."""
    lieu = Path(dossier)
    with open(lieu / "debuts", "a") as sortie:
        sortie.write(f"{os.getpid()}\n")
    while (lieu / "lent").exists():
        time.sleep(0.05)
    with open(lieu / "fins", "a") as sortie:
        sortie.write(f"{os.getpid()}\n")

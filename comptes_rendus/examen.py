"""Examine a stranger's PDF in a process of its own: a file made to hang or to swell dies alone.

Parent: ``examiner_a_part``. Child: ``python -m comptes_rendus.examen``, which knows neither Django nor the database,
reads the bytes on standard input and answers one line of JSON.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

from .signature import Examen, examiner

logger = logging.getLogger("conclu.verification")

RACINE = Path(__file__).resolve().parent.parent
SECONDES = 15  # wall clock; CPU too
MEMOIRE_MIO = 768  # address space of the child
A_LA_FOIS = threading.BoundedSemaphore(2)


class ExamenImpossible(Exception):
    """The file could not be examined within the bounds, or too many are being examined now."""


def examiner_a_part(octets: bytes, *, empreintes: Collection[str] = ()) -> Examen:
    """What ``signature.examiner`` says of these bytes; ``instant`` is left out. Raises ``ExamenImpossible``."""
    if not A_LA_FOIS.acquire(timeout=SECONDES):
        raise ExamenImpossible("busy")
    try:
        sortie = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "comptes_rendus.examen", *sorted(empreintes)],
            input=octets,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=RACINE,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
            timeout=SECONDES,
            check=True,
        ).stdout
        return Examen(**json.loads(sortie))
    except (subprocess.SubprocessError, ValueError, TypeError, OSError) as erreur:
        logger.warning("a file of %s bytes could not be examined: %s", len(octets), type(erreur).__name__)
        raise ExamenImpossible(str(erreur)) from erreur
    finally:
        A_LA_FOIS.release()


def _repondre(empreintes: list[str]) -> None:
    octets = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES, SECONDES))
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MIO << 20, MEMOIRE_MIO << 20))
    examen = examiner(octets, empreintes=empreintes)
    noms = ("verdict", "intact", "entier", "signataire", "empreinte", "de_nous", "message")
    reponse: dict[str, Any] = {nom: getattr(examen, nom) for nom in noms}
    sys.stdout.write(json.dumps(reponse))


if __name__ == "__main__":
    _repondre(sys.argv[1:])

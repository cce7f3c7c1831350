"""Public pages against a view that answers « ok » through the same middleware, both through a real server.

A throw-away SQLite database, gunicorn with one worker as `make run` has it, one client that keeps its connection. Runs
alternate; medians. Query counts, taken in process, must not grow with the data.
"""

from __future__ import annotations

import datetime
import hashlib
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import Mesure

PEU, BEAUCOUP, COMITES = 10, 10_000, 12
PASSES = 60


def mesurer() -> dict[str, Mesure]:
    """Ratios to the bare view at 10,000 published minutes, and queries at 10 and at 10,000."""
    from django.conf import settings
    from django.db import connection
    from django.urls import reverse

    settings.VAR.mkdir(mode=0o700, exist_ok=True)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    premier = publier(PEU)
    pages = {"liste": reverse("comptes_rendus:publics"), "page": reverse("comptes_rendus:public", args=[premier])}
    avant = {nom: requetes(adresse) for nom, adresse in pages.items()}
    publier(BEAUCOUP - PEU, modele=premier)
    apres = {nom: requetes(adresse) for nom, adresse in pages.items()}
    with serveur(connection.settings_dict["NAME"]) as demander:
        medianes = alterner(demander, {"nu": "/nu", **pages})
    mesures = {
        "pages: liste ÷ vue nue": Mesure(medianes["liste"] / medianes["nu"], "ratio", 15),
        "pages: compte rendu ÷ vue nue": Mesure(medianes["page"] / medianes["nu"], "ratio", 10),
        "pages: vue nue": Mesure(medianes["nu"] * 1000, "ms"),
    }
    for nom in pages:
        mesures[f"pages: requêtes, {nom}, à {PEU}"] = Mesure(avant[nom], "requêtes")
        mesures[f"pages: requêtes, {nom}, à {BEAUCOUP}"] = Mesure(apres[nom], "requêtes", avant[nom])
    connection.close()
    shutil.rmtree(settings.VAR)
    return mesures


def requetes(adresse: str) -> int:
    """Queries of a page once its caches are warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.get(adresse)
    with CaptureQueriesContext(connection) as capture:
        assert client.get(adresse).status_code == 200
    return len(capture)


@contextmanager
def serveur(base: str) -> Iterator[Any]:
    """gunicorn on that database; yields ``demander(adresse) -> seconds``."""
    from tests.services import attendre, port_libre, processus, repond

    port = port_libre()
    commande = [sys.executable, "-m", "gunicorn", "bancs._application", "--bind", f"127.0.0.1:{port}"]
    commande += "--worker-class gthread --threads 8 --no-control-socket --log-level error".split()
    milieu = {**os.environ, "DATABASE_URL": f"sqlite:///{base}"}
    with processus(*commande, env=milieu, stdout=subprocess.DEVNULL):
        attendre(lambda: repond(2, ("127.0.0.1", port)))
        liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def demander(adresse: str) -> float:
            debut = time.perf_counter()
            liaison.request("GET", adresse)
            reponse = liaison.getresponse()
            reponse.read()
            assert reponse.status == 200, (adresse, reponse.status)
            return time.perf_counter() - debut

        yield demander
        liaison.close()


def alterner(demander: Any, adresses: dict[str, str]) -> dict[str, float]:
    """Median time of each address, in seconds, after a warm-up; one of each in turn."""
    temps: dict[str, list[float]] = {nom: [] for nom in adresses}
    for passe in range(PASSES + 5):
        for nom, adresse in adresses.items():
            duree = demander(adresse)
            if passe >= 5:
                temps[nom].append(duree)
    return {nom: statistics.median(valeurs) for nom, valeurs in temps.items()}


def publier(combien: int, *, modele: str = "") -> str:
    """Publish that many minutes; the address of the first. ``modele``: copy these in bulk instead of building each."""
    from django.db import transaction
    from django.db.models import OuterRef, Subquery

    from comptes_rendus.models import CompteRendu, PdfFige, nouvelle_reference
    from tests.comptes_rendus.publies import publie

    with transaction.atomic():
        if not modele:
            return [publie(*TEXTES).permalien for _ in range(combien)].pop()
        original = CompteRendu.objects.select_related("seance__comite", "pdf_signe").get(permalien=modele)
        comites = copies(original.seance.comite, COMITES, lambda n: {"slug": f"comite-{n}"})
        seances = copies(
            original.seance,
            combien,
            lambda n: {"date": JOUR - datetime.timedelta(days=n % 3650), "comite": comites[n % COMITES]},
        )
        nouveaux = copies(
            original,
            combien,
            lambda n: {
                **{"seance": seances[n], "permalien": f"banc-{n}", "reference": nouvelle_reference()},
                "date_de_tri": seances[n].date,
                **{"etat": "brouillon", "pdf_approuve": None, "pdf_signe": None},
            },
        )
        for est_signe in (False, True):
            empreintes = [hashlib.sha256(f"{n} {est_signe}".encode()).hexdigest() for n in range(combien)]
            figes = [
                {"compte_rendu": nouveau, "est_signe": est_signe, "empreinte": empreinte}
                for nouveau, empreinte in zip(nouveaux, empreintes, strict=True)
            ]
            copies(original.pdf_signe, combien, figes.__getitem__)

        def pdf(est_signe: bool) -> Any:
            return Subquery(PdfFige.objects.filter(compte_rendu=OuterRef("pk"), est_signe=est_signe).values("pk")[:1])

        CompteRendu.objects.filter(permalien__startswith="banc-").update(
            etat="publie", pdf_approuve=pdf(False), pdf_signe=pdf(True)
        )
    return modele


JOUR = datetime.date(2026, 3, 12)
TEXTES = [f"Paragraphe {n} : les délais d’attente au guichet sont présentés et discutés." for n in range(60)]


def copies(original: Any, combien: int, changes: Any) -> list[Any]:
    """Insert ``combien`` copies of a row, each with its own changes."""
    champs = {c.attname: getattr(original, c.attname) for c in original._meta.concrete_fields if not c.primary_key}
    lignes = [type(original)(**{**champs}) for _ in range(combien)]
    for n, ligne in enumerate(lignes):
        for nom, valeur in changes(n).items():
            setattr(ligne, nom, valeur)
    return list(type(original)._base_manager.bulk_create(lignes, batch_size=500))

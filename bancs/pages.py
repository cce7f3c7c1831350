"""Public pages against a view that answers « ok » through the same middleware, on a throw-away SQLite database.

The test client, in process: no network, no server. Runs alternate; medians. Query counts must not grow with the data.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import statistics
import time
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("DATABASE_URL", None)

from . import Mesure

PEU, BEAUCOUP, COMITES = 10, 10_000, 200
PASSES = 25


def mesurer() -> dict[str, Mesure]:
    """Ratios to the bare view at 10,000 published minutes, and queries at 10 and at 10,000."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.decorators import login_not_required
    from django.db import connection
    from django.http import HttpResponse
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import path, reverse

    from config.urls import urlpatterns

    setup_test_environment()
    settings.VAR.mkdir(mode=0o700)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    adresses: list[Any] = urlpatterns
    adresses.append(path("nu", login_not_required(lambda requete: HttpResponse("ok"))))
    client = Client()

    def requetes(adresse: str) -> int:
        client.get(adresse)  # warm caches
        with CaptureQueriesContext(
            connection,
        ) as capture:
            assert client.get(adresse).status_code == 200
        return len(capture)

    def duree(adresse: str) -> float:
        debut = time.perf_counter()
        reponse = client.get(adresse)
        assert reponse.status_code == 200, (adresse, reponse.status_code)
        return time.perf_counter() - debut

    premier = publier(PEU)
    pages = {"liste": reverse("comptes_rendus:publics"), "page": reverse("comptes_rendus:public", args=[premier])}
    avant = {nom: requetes(adresse) for nom, adresse in pages.items()}
    publier(BEAUCOUP - PEU, modele=premier)
    apres = {nom: requetes(adresse) for nom, adresse in pages.items()}

    temps: dict[str, list[float]] = {nom: [] for nom in ("nu", *pages)}
    for _ in range(PASSES):
        for nom, adresse in {"nu": "/nu", **pages}.items():
            temps[nom].append(duree(adresse))
    medianes = {nom: statistics.median(valeurs) for nom, valeurs in temps.items()}
    assert not settings.DEBUG
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

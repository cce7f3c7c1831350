"""The worker's side of the outbox: claim one job by a conditional UPDATE, act, set the mark; sweep what was left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db.models import F
from django.utils import timezone

from .actions import BAIL, prevenir
from .models import Travail

logger = logging.getLogger("conclu.travaux")

ESSAIS_MAX = 5
ATTENTES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))

Executeur = Callable[..., None]
_executeurs: dict[str, Executeur] = {}


class EchecDefinitif(Exception):
    """The job can never succeed: no further try. Its French message is shown to the administrator."""


def executeur(genre: str) -> Callable[[Executeur], Executeur]:
    """Register the function that does the jobs of ``genre``; it must be idempotent (a job may run twice)."""

    def inscrire(fonction: Executeur) -> Executeur:
        _executeurs[genre] = fonction
        return fonction

    return inscrire


@shared_task
def executer(pk: int) -> None:
    """Run one job, if it is still to be done and nobody holds it."""
    maintenant = timezone.now()
    pris = (
        Travail.objects.a_faire()
        .filter(pk=pk)
        .update(etat=Travail.Etat.EN_COURS, bail_jusqu_au=maintenant + BAIL, essais=F("essais") + 1)
    )
    if not pris:
        return
    travail = Travail.objects.get(pk=pk)
    try:
        _executeurs[travail.genre](**travail.arguments)
    except EchecDefinitif as echec:
        _echouer(travail, str(echec), definitif=True)
    except Exception as erreur:
        logger.warning("job %s failed (try %s)", travail, travail.essais, exc_info=True)
        _echouer(travail, f"{type(erreur).__name__} : {erreur}", definitif=travail.essais >= ESSAIS_MAX)
    else:
        _marquer(travail, etat=Travail.Etat.FAIT, erreur="", fini_le=timezone.now())


@shared_task
def balayer() -> None:
    """Take up what was left: jobs due and not told, jobs whose worker died (lease over)."""
    for pk, essais in Travail.objects.a_faire().order_by("pk").values_list("pk", "essais")[:500]:
        if essais >= ESSAIS_MAX:
            _echouer(Travail.objects.get(pk=pk), "Interrompu à chaque essai.", definitif=True)
        else:
            prevenir(executer, pk)


def _echouer(travail: Travail, erreur: str, *, definitif: bool) -> None:
    if definitif:
        _marquer(travail, etat=Travail.Etat.ECHOUE, erreur=erreur[:2000], fini_le=timezone.now())
        return
    attente = ATTENTES[min(travail.essais, len(ATTENTES)) - 1]
    _marquer(travail, etat=Travail.Etat.EN_ATTENTE, erreur=erreur[:2000], pas_avant_le=timezone.now() + attente)


def _marquer(travail: Travail, **valeurs: Any) -> None:
    """Only the holder of the current try may mark the job: a worker that outlived its lease changes nothing."""
    Travail.objects.filter(pk=travail.pk, essais=travail.essais).update(bail_jusqu_au=None, **valeurs)

"""Append to the journal, hand a job to the outbox. Both belong to the caller's transaction."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from .models import Chaine, Evenement, Travail

logger = logging.getLogger("conclu.journal")

BAIL = timedelta(seconds=settings.RENDU_SECONDES + 30)
"""How long a worker may hold a job: more than the longest one, a rendering."""


def consigner(verbe: str, objet: models.Model, *, par: Any | None, details: dict[str, Any] | None = None) -> Evenement:
    """Append one event, chained to the last one.

    ``objet`` may offer ``portee_journal`` (str, e.g. ``comite:3``) by which upper apps scope who reads the event.
    Must run in a transaction: the head of the chain stays locked until it ends.
    """
    assert transaction.get_connection().in_atomic_block, "consigner() belongs to the transaction of the act"
    tete, _ = Chaine.objects.select_for_update().get_or_create(pk=1)
    maintenant = timezone.now()
    evenement = Evenement(
        numero=tete.numero + 1,
        survenu_le=maintenant,
        par=par,
        auteur=str(par)[:200] if par is not None else "",
        verbe=verbe,
        objet_type=objet._meta.label_lower,
        objet_id=str(objet.pk),
        objet_texte=str(objet)[:300],
        portee=getattr(objet, "portee_journal", ""),
        details=json.loads(json.dumps(details or {})),  # as it will be read back: the hash is that of what is kept
        precedent=tete.empreinte,
    )
    evenement.empreinte = evenement.calculer_empreinte()
    evenement.save(force_insert=True)
    Chaine.objects.filter(pk=1).update(numero=evenement.numero, empreinte=evenement.empreinte)
    return evenement


def confier(genre: str, cle: str, *, pas_avant_le: Any = None, **arguments: Any) -> Travail:
    """Write a job in this transaction; once it commits, a worker is told. A job of the same ``cle`` is not doubled."""
    from .tasks import executer

    travail, cree = Travail.objects.get_or_create(
        cle=cle, defaults={"genre": genre, "arguments": arguments, "pas_avant_le": pas_avant_le or timezone.now()}
    )
    if cree and pas_avant_le is None:
        transaction.on_commit(lambda: prevenir(executer, travail.pk))
    return travail


def prevenir(tache: Any, pk: int) -> None:
    """Tell a worker. A broker that is down delays the job until the sweeper, and never fails the page."""
    try:
        tache.apply_async((pk,), retry=False)
    except Exception:
        logger.warning("worker not told of job %s: the sweeper will take it", pk, exc_info=True)


def relancer(travail: Travail, *, par: Any) -> Travail:
    """Give a failed job another chance, its tries counted anew."""
    from .tasks import executer

    with transaction.atomic():
        repris = Travail.objects.filter(pk=travail.pk, etat=Travail.Etat.ECHOUE).update(
            etat=Travail.Etat.EN_ATTENTE, essais=0, erreur="", pas_avant_le=timezone.now(), fini_le=None
        )
        if repris:
            travail.refresh_from_db()
            consigner("relancer", travail, par=par)
            transaction.on_commit(lambda: prevenir(executer, travail.pk))
    return travail

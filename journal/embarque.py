"""The embedded profile: a Celery worker and beat as two threads of the web process, on an in-memory broker.

The same tasks as in production; what a crash interrupts is in the outbox and is taken up at the next start.
"""

from __future__ import annotations

import threading
from typing import Any

from celery import current_app
from celery.beat import EmbeddedService, Scheduler

from .tasks import balayer


class Atelier:
    """Start with ``ouvrir()``, stop with ``fermer()``, once each. Only where ``REDIS_URL`` is empty."""

    def __init__(self) -> None:
        self.ouvrier: Any = current_app.WorkController(
            pool="threads", concurrency=2, loglevel="WARNING",
            without_gossip=True, without_mingle=True, without_heartbeat=True,
        )  # fmt: skip
        self.fil = threading.Thread(target=self.ouvrier.start, name="travaux", daemon=True)
        self.horloge: Any = EmbeddedService(current_app, thread=True, scheduler_cls=Scheduler)

    def ouvrir(self) -> None:
        self.fil.start()
        self.horloge.start()
        balayer.apply_async()  # what was left by the last stop

    def fermer(self, *, secondes: float = 10) -> None:
        """Let the jobs in hand end, for at most ``secondes``; the others wait in the outbox."""
        self.horloge.service.stop()
        threading.Thread(target=self.ouvrier.stop, daemon=True).start()
        self.fil.join(secondes)

"""``manage.py servir``: the whole application in one process, for a trial or a small house."""

from __future__ import annotations

import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from journal.embarque import Atelier

HOTE = "127.0.0.1"


class Serveur(BaseApplication):
    """Gunicorn, one process, eight threads; jobs run in the same process where no Redis is given."""

    atelier: Atelier | None = None

    def __init__(self, port: int, quand_pret: Any) -> None:
        self.port, self.quand_pret = port, quand_pret
        super().__init__()

    def load_config(self) -> None:
        reglages = {
            "bind": f"{HOTE}:{self.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "loglevel": "warning",
            "control_socket_disable": True,
            "graceful_timeout": 20,
            "when_ready": lambda arbitre: self.quand_pret(),
            "post_worker_init": self.ouvrir,
            "worker_exit": self.fermer,
        }
        for nom, valeur in reglages.items():
            self.cfg.set(nom, valeur)

    def load(self) -> Any:
        return get_wsgi_application()

    def ouvrir(self, _ouvrier: Any) -> None:
        if not settings.REDIS_URL:
            self.atelier = Atelier()
            self.atelier.ouvrir()

    def fermer(self, _arbitre: Any, _ouvrier: Any) -> None:
        if self.atelier is not None:
            self.atelier.fermer()


class Command(BaseCommand):
    help = "Sert l’application (port : variable PORT, 8000 par défaut), travaux compris s’il n’y a pas de Redis."
    requires_migrations_checks = True

    def handle(self, **options: Any) -> None:
        try:
            port = int(os.environ.get("PORT") or 8000)
        except ValueError as erreur:
            raise CommandError("PORT doit être un nombre, par exemple PORT=9000.") from erreur
        exiger_libre(port)
        connections.close_all()  # no connection may cross the fork

        def annoncer() -> None:
            self.stdout.write(f"\nConclu : http://{HOTE}:{port}\n(Ctrl-C pour arrêter)\n")
            self.stdout.flush()

        Serveur(port, annoncer).run()


def exiger_libre(port: int) -> None:
    """Raise CommandError, in words, when something listens on this port already."""
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((HOTE, port))
        except OSError as erreur:
            raise CommandError(f"Le port {port} est déjà pris. Choisissez-en un autre : PORT=9000 make run") from erreur

"""``manage.py sante``: ask the running server whether it can serve, as a container's health check does."""

from __future__ import annotations

import os
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Interroge /sante sur cette machine (port : variable PORT, 8000 par défaut) ; code de retour 1 si c’est non."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        adresse = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/sante"
        hote = settings.ALLOWED_HOSTS[0].lstrip(".")
        try:
            with urlopen(Request(adresse, headers={"Host": hote}), timeout=4) as reponse:
                self.stdout.write(reponse.read().decode())
        except OSError as erreur:
            raise CommandError(f"{adresse} : {erreur}") from erreur

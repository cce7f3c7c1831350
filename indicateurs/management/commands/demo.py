"""Demonstration data: made on an empty database, put back as they were on demand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from indicateurs import demo
from journal import immuable
from membres.models import Utilisateur


class Command(BaseCommand):
    help = "Remplit une base vide avec les données de démonstration (--remettre : efface tout, puis recommence)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remettre", action="store_true", help="effacer toute la base avant")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Réservé à une installation de démonstration (DEMONSTRATION=true).")
        if options["remettre"]:
            with immuable.suspendues():
                call_command("flush", interactive=False, verbosity=0)
        elif Utilisateur.objects.exists():
            self.stdout.write("La base contient déjà des comptes : rien n’est changé.")
            return
        demo.creer()
        self.stdout.write("Données de démonstration prêtes.")

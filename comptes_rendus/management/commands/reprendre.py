"""Take over an existing text from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from comites.models import Comite, Habilitation, Role
from comptes_rendus import actions, reprise
from membres.models import Utilisateur


class Command(BaseCommand):
    help = "Reprend le texte d’un compte rendu existant : en fait un brouillon, ou montre ce qui en est lu (--json)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", help="fichier texte, ou - pour l’entrée standard")
        parser.add_argument("--json", action="store_true", help="écrire la structure lue, sans rien enregistrer")
        parser.add_argument("--comite", metavar="ADRESSE", help="adresse du comité (par défaut : le seul qui existe)")
        parser.add_argument("--par", metavar="COURRIEL", help="compte qui reprend (par défaut : référent qualité)")

    def handle(self, *args: Any, fichier: str, **options: Any) -> None:
        """Exit status 0 when a draft could be made, 2 when the file could not be read as text."""
        source = self._lire(fichier)
        lecture = reprise.reprendre(source)
        if options["json"]:
            self.stdout.write(json.dumps(lecture.en_json(), ensure_ascii=False, indent=1))
            return
        comite = self._comite(options["comite"])
        compte_rendu = actions.reprendre(
            lecture, comite=comite, source=source, par=self._auteur(comite, options["par"])
        )
        self.stdout.write(settings.SITE_URL + reverse("comptes_rendus:detail", args=[compte_rendu.pk]))
        for point in compte_rendu.a_verifier:
            self.stderr.write(f"À vérifier : {point['texte']}")

    def _lire(self, fichier: str) -> str:
        try:
            if fichier == "-":
                octets = sys.stdin.buffer.read(reprise.TAILLE_MAX + 1)
            else:
                with Path(fichier).open("rb") as flux:
                    octets = flux.read(reprise.TAILLE_MAX + 1)
            return reprise.decoder(octets)
        except OSError as erreur:
            raise CommandError(f"Fichier illisible : {fichier} ({erreur.strerror}).", returncode=2) from erreur
        except reprise.TexteIllisible as refus:
            raise CommandError(str(refus), returncode=2) from refus

    def _comite(self, slug: str | None) -> Comite:
        comites = list(Comite.objects.filter(slug=slug) if slug else Comite.objects.filter(est_clos=False)[:2])
        if len(comites) != 1:
            connus = ", ".join(Comite.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(f"Précisez le comité avec --comite (comités connus : {connus}).")
        return comites[0]

    def _auteur(self, comite: Comite, courriel: str | None) -> Utilisateur:
        comptes = Utilisateur.objects.filter(is_active=True)
        if courriel:
            comptes = comptes.filter(email__iexact=courriel)
        else:
            actives = Habilitation.objects.actives().filter(role=Role.QUALITE)
            comptes = comptes.filter(
                pk__in=(actives.filter(comite=comite) | actives.filter(autorite=comite.autorite)).values("utilisateur")
            )
        compte = comptes.order_by("pk").first()
        if compte is None:
            raise CommandError("Aucun compte ne peut reprendre ce texte : précisez-en un avec --par.")
        return compte

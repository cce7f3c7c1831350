"""``manage.py creer_administrateur EMAIL --prenom P --nom N``: the first administrator, and the authority if none."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comites import actions
from membres.models import Autorite, Personne, Utilisateur

ESSAIS = 3


class Command(BaseCommand):
    help = "Ouvre un compte d’administration ; le mot de passe est demandé au clavier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--prenom", required=True)
        parser.add_argument("--nom", required=True)
        parser.add_argument("--civilite", choices=["Mme", "M."], default="")
        parser.add_argument("--autorite", default="", help="nom de l’autorité, par exemple : préfecture du Val-d’Ombre")
        parser.add_argument("--territoire", default="", help="avec son article, par exemple : du Val-d’Ombre")
        parser.add_argument("--lieu", default="", help="lieu de signature, par exemple : Ombreval")

    def handle(self, *args: Any, **options: Any) -> None:
        mot_de_passe = self._demander(options)
        try:
            with transaction.atomic():
                autorite = self._autorite(options)
                compte = actions.creer_administrateur(
                    options["email"],
                    mot_de_passe,
                    prenom=options["prenom"],
                    nom=options["nom"],
                    civilite=options["civilite"],
                    autorite=autorite,
                )
        except ValidationError as erreur:
            raise CommandError(" ".join(erreur.messages)) from erreur
        self.stdout.write(f"{compte} administre désormais « {autorite} ». Connexion avec {compte.email}.")

    def _autorite(self, options: dict[str, Any]) -> Autorite:
        """The authority named, else the only one; created when there is none and everything is given."""
        autorites = Autorite.objects.all()
        if options["autorite"]:
            autorites = autorites.filter(nom=options["autorite"])
        trouvees = list(autorites[:2])
        if len(trouvees) == 1:
            return trouvees[0]
        if trouvees:
            raise CommandError("Plusieurs autorités existent : nommez-en une avec --autorite.")
        if not (options["autorite"] and options["territoire"] and options["lieu"]):
            raise CommandError("Aucune autorité de ce nom : donnez --autorite, --territoire et --lieu pour la créer.")
        autorite = Autorite(nom=options["autorite"], territoire=options["territoire"], lieu=options["lieu"])
        autorite.full_clean()
        autorite.save()
        return autorite

    def _demander(self, options: dict[str, Any]) -> str:
        """Ask twice, at most three times, until the password is good."""
        personne = Personne(prenom=options["prenom"], nom=options["nom"])
        compte = Utilisateur(email=options["email"], personne=personne)
        for _ in range(ESSAIS):
            saisi = getpass.getpass("Mot de passe (douze caractères au moins) : ")
            if saisi != getpass.getpass("Le même, une seconde fois : "):
                self.stderr.write("Les deux saisies diffèrent.")
                continue
            try:
                validate_password(saisi, compte)
            except ValidationError as erreur:
                self.stderr.write(" ".join(erreur.messages))
                continue
            return saisi
        raise CommandError("Aucun compte n’a été ouvert.")

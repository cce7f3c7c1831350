from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from comptes_rendus.recherche import poser_index, retirer_index


def poser(apps: Any, editeur: Any) -> None:
    poser_index(base=editeur.connection.alias)


def retirer(apps: Any, editeur: Any) -> None:
    retirer_index(base=editeur.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("comptes_rendus", "0002_immuable")]
    operations = [
        migrations.CreateModel(
            name="IndexRecherche",
            fields=[
                (
                    "compte_rendu",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="recherche",
                        serialize=False,
                        to="comptes_rendus.compterendu",
                    ),
                ),
                ("titre", models.CharField(blank=True, max_length=1000, verbose_name="titre")),
                ("texte", models.TextField(blank=True, verbose_name="texte sans mise en forme")),
                ("tokens", models.TextField(blank=True)),
                ("tokens_titre", models.TextField(blank=True)),
            ],
            options={"verbose_name": "index de recherche"},
        ),
        migrations.RunPython(poser, retirer),
    ]

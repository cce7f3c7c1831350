"""`manage.py reindexer`: make the search index anew from the frozen documents."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from comptes_rendus.models import CompteRendu
from comptes_rendus.recherche import IndexRecherche, indexer, poser_index


class Command(BaseCommand):
    help = "Refait l’index de recherche des comptes rendus publiés, à partir de leurs documents figés."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            poser_index()
            IndexRecherche.objects.all().delete()
            publies = CompteRendu.objects.publies().select_related("seance__comite").order_by("pk")
            nombre = 0
            for compte_rendu in publies.defer("source", "document_approuve").iterator(chunk_size=50):
                indexer(compte_rendu)
                nombre += 1
        self.stdout.write(f"{nombre} compte(s) rendu(s) publié(s) indexé(s).")

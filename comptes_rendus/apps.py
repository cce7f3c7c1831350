from django.apps import AppConfig


class ComptesRendusConfig(AppConfig):
    name = "comptes_rendus"
    verbose_name = "Comptes rendus"

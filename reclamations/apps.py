from django.apps import AppConfig


class ReclamationsConfig(AppConfig):
    name = "reclamations"
    verbose_name = "Réclamations"

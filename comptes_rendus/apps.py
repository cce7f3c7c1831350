from django.apps import AppConfig


class ComptesRendusConfig(AppConfig):
    name = "comptes_rendus"
    verbose_name = "Comptes rendus"

    def ready(self) -> None:
        from . import tasks  # noqa: F401 - its jobs are known to whoever runs the outbox

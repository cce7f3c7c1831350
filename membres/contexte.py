"""What every page shows of the house: one cached value, no query per page."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from .models import Autorite

CLE = "maison"


def maison(request: HttpRequest) -> dict[str, Any]:
    """``maison``: the lines of the State mark and the name of the main authority, from the cache."""
    valeur = cache.get(CLE)
    if valeur is None:
        autorite = Autorite.objects.filter(rattachement=None).first()
        valeur = {
            "marque": autorite.lignes_marque if autorite else ["RÉPUBLIQUE", "FRANÇAISE"],
            "nom": autorite.nom if autorite else "Conclu",
        }
        cache.set(CLE, valeur, 300)
    return {"maison": valeur, "demonstration": settings.DEMONSTRATION}


def oublier() -> None:
    """Call after an authority changes."""
    cache.delete(CLE)

"""Roles of the visitor, for the menu: at most one query, and only if the template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Habilitation


def roles(request: HttpRequest) -> dict[str, Any]:
    """``mes_roles``: the set of roles the user holds anywhere today (for what to show; the door checks again)."""

    def lire() -> set[str]:
        utilisateur = getattr(request, "user", None)  # none on the error page of a request refused early (bad Host)
        if utilisateur is None:
            return set()
        return set(Habilitation.objects.de(utilisateur).values_list("role", flat=True))

    return {"mes_roles": SimpleLazyObject(lire)}

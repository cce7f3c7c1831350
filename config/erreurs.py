"""The page shown when a form's security token is missing or stale: nothing typed may be lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 that keeps the typed text: the fields posted are shown back so that they can be copied or sent again."""
    secrets = {"csrfmiddlewaretoken", "password", "mot_de_passe", "old_password", "new_password1", "new_password2"}
    saisies = [(nom, str(valeur)) for nom, valeur in request.POST.items() if nom not in secrets and str(valeur).strip()]
    return render(request, "403_csrf.html", {"saisies": saisies[:100]}, status=403)

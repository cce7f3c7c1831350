"""The authority: its mark, its holder, its logo (permission matrix, row 60)."""

from __future__ import annotations

import mimetypes

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..forms import AutoriteForm
from .acces import Etape, Requete, administration, page_formulaire, rendre, saisie, tenter


@require_safe
def autorites(request: Requete) -> HttpResponse:
    """The one authority this user administers, or the choice among several."""
    miennes = list(administration(request))
    if len(miennes) == 1:
        return redirect("comites:modifier_autorite", pk=miennes[0].pk)
    return rendre(request, "comites/autorites.html", {"autorites": miennes})


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_autorite(request: Requete, pk: int) -> HttpResponse:
    miennes = administration(request)
    autorite = get_object_or_404(miennes, pk=pk)
    logo = autorite.logo.name
    form = AutoriteForm(**saisie(request), instance=autorite, request=request, rattachements=miennes)
    if tenter(form, lambda: actions.modifier_autorite(autorite, form.cleaned_data, par=request.user)):
        messages.success(request, "L’autorité est modifiée. Les comptes rendus déjà approuvés ne changent pas.")
        return redirect("comites:modifier_autorite", pk=pk)
    chemin = [Etape("Autorités", reverse("comites:autorite"))] if len(miennes) > 1 else []
    contexte = {"autorite": autorite, "a_logo": bool(logo), "precedents": chemin, "gabarit": "comites/autorite.html"}
    return page_formulaire(request, "Autorité", form, **contexte)


@require_safe
def logo(request: Requete, pk: int) -> HttpResponse:
    """The logo, to whoever administers the authority; its type comes from its name, checked when it was sent."""
    autorite = get_object_or_404(administration(request), pk=pk)
    nom = autorite.logo.name or ""
    if not nom or not autorite.logo.storage.exists(nom):
        raise Http404
    nature = mimetypes.guess_type(nom)[0]
    if nature not in ("image/png", "image/jpeg"):
        raise Http404
    with autorite.logo.open("rb") as fichier:
        return HttpResponse(fichier.read(), content_type=nature)

"""The agenda of one sitting: add, change, move, number, remove; a fragment for htmx, a page for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import ConfirmationSimple, NumerotationForm, PointForm
from ..models import PointOrdreDuJour, Seance
from ..workflow import exiger
from .acces import Etape, Requete, page_formulaire, rendre, saisie, seance_visible, tenter
from .seances import points_en_arbre, precedents

VERBE = "enregistrer_point"


def _page(
    request: Requete, seance: Seance, form: PointForm | None = None, *, dit: str = "", focus: bool = False
) -> HttpResponse:
    """The whole page, or to htmx the part that changes, with what is read aloud."""
    adresse = reverse("comites:ordre_du_jour", args=[seance.pk])
    form = form or PointForm(action=adresse, cible="#ordre-du-jour", focus=focus)
    contexte = {
        "seance": seance,
        "points": points_en_arbre(seance),
        "form": form,
        "numerotation": NumerotationForm(),
        "dit": dit,
        "chemin": precedents(seance),
    }
    gabarit = "comites/_ordre_du_jour_edition.html" if request.htmx else "comites/ordre_du_jour.html"
    return rendre(request, gabarit, contexte, form)


def _apres(request: Requete, seance: Seance, dit: str, ancre: str = "", *, focus: bool = False) -> HttpResponse:
    if request.htmx:
        return _page(request, seance, dit=dit, focus=focus)
    return redirect(reverse("comites:ordre_du_jour", args=[seance.pk]) + (f"#{ancre}" if ancre else ""))


@require_http_methods(["GET", "HEAD", "POST"])
def ordre_du_jour(request: Requete, pk: int) -> HttpResponse:
    """The agenda and, below it, the form that adds an item."""
    seance = seance_visible(request, pk)
    exiger(VERBE, seance, par=request.user)
    form = PointForm(
        **saisie(request),
        instance=PointOrdreDuJour(seance=seance),
        action=reverse("comites:ordre_du_jour", args=[pk]),
        cible="#ordre-du-jour",
    )
    if point := tenter(form, lambda: actions.enregistrer_point(seance, form.valeurs, par=request.user)):
        return _apres(request, seance, f"Point ajouté : {point.titre}", "ajouter", focus=True)
    return _page(request, seance, form)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_point(request: Requete, pk: int, point_pk: int) -> HttpResponse:
    seance, point = _point(request, pk, point_pk)
    exiger(VERBE, seance, par=request.user)
    adresse = reverse("comites:ordre_du_jour", args=[pk])
    form = PointForm(**saisie(request), instance=point, bouton="Enregistrer", annuler=f"{adresse}#point-{point_pk}")
    if tenter(form, lambda: actions.enregistrer_point(seance, form.valeurs, par=request.user, point=point)):
        messages.success(request, "Le point est modifié.")
        return redirect(f"{adresse}#point-{point_pk}")
    chemin = [*precedents(seance), Etape("Ordre du jour", adresse)]
    return page_formulaire(request, "Modifier un point", form, precedents=chemin)


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer_point(request: Requete, pk: int, point_pk: int) -> HttpResponse:
    seance, point = _point(request, pk, point_pk)
    exiger("supprimer_point", seance, par=request.user)
    adresse = reverse("comites:ordre_du_jour", args=[pk])
    form = ConfirmationSimple(**saisie(request), bouton="Supprimer le point", annuler=f"{adresse}#point-{point_pk}")

    def supprimer() -> bool:
        actions.supprimer_point(point, par=request.user)
        return True

    if tenter(form, supprimer):
        messages.success(request, "Le point est supprimé.")
        return redirect(adresse)
    suite = " Les points placés sous lui le seront aussi." if point.enfants.exists() else ""
    chemin = [*precedents(seance), Etape("Ordre du jour", adresse)]
    introduction = f"« {point} » sera retiré de l’ordre du jour.{suite}"
    return page_formulaire(request, "Supprimer un point", form, introduction=introduction, precedents=chemin)


@require_POST
def deplacer_point(request: Requete, pk: int) -> HttpResponse:
    """One of ``haut``, ``bas``, ``droite``, ``gauche`` carries the item: the name of the button pressed."""
    seance = seance_visible(request, pk)
    sens, identifiant = mouvement(request)
    point = get_object_or_404(seance.points.all(), pk=identifiant)
    actions.deplacer_point(point, sens, par=request.user)
    return _apres(request, seance, f"Point déplacé : {point.titre}", f"point-{point.pk}")


@require_POST
def numeroter_points(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("numeroter_points", seance, par=request.user)
    form = NumerotationForm(**saisie(request))

    def numeroter() -> bool:
        actions.numeroter_points(seance, actions.Numerotation(form.cleaned_data["numerotation"]), par=request.user)
        return True

    dit = "Points numérotés." if tenter(form, numeroter) else "Choisissez une manière de numéroter."
    return _apres(request, seance, dit)


def mouvement(request: Requete) -> tuple[actions.Sens, int]:
    """Which button was pressed and for which row; 0, which no row has, when the request does not say."""
    for sens in actions.Sens:
        identifiant = request.POST.get(sens.value, "")
        if identifiant.isdecimal() and len(identifiant) < 19:
            return sens, int(identifiant)
    return actions.Sens.HAUT, 0


def _point(request: Requete, pk: int, point_pk: int) -> tuple[Seance, Any]:
    seance = seance_visible(request, pk)
    return seance, get_object_or_404(seance.points.all(), pk=point_pk)

"""What every view of the app shares: rows seen or 404, the answer of a form, a fragment or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.middleware import HtmxDetails

from membres.models import Autorite, Utilisateur

from ..forms import appliquer
from ..models import Comite, Habilitation, Seance, autorites_administrees

T = TypeVar("T")


class Requete(HttpRequest):
    """A request as the middlewares leave it: somebody is logged in (``LoginRequiredMiddleware``), htmx is known."""

    user: Utilisateur
    htmx: HtmxDetails


class Etape(NamedTuple):
    """One step of the breadcrumb."""

    nom: str
    url: str


def comite_visible(request: Requete, slug: str) -> Comite:
    """404 when the committee is not there, or not this user's: the same answer."""
    comites = Comite.objects.visibles_par(request.user).select_related("autorite", "service", "predecesseur")
    return get_object_or_404(comites, slug=slug)


def seance_visible(request: Requete, pk: int) -> Seance:
    """404 when the sitting is not there, or not this user's: the same answer."""
    return get_object_or_404(Seance.objects.visibles_par(request.user).select_related("comite__autorite"), pk=pk)


def administration(request: Requete) -> QuerySet[Autorite]:
    """The authorities this user administers; PermissionDenied when there is none."""
    autorites = autorites_administrees(request.user)
    if not autorites:
        raise PermissionDenied("Cette page est réservée à l’administration.")
    return autorites


def roles_par_comite(utilisateur: Any, comites: Sequence[Comite]) -> dict[int, set[str]]:
    """Roles held today in each of these committees, in one query."""
    habilitations = list(Habilitation.objects.de(utilisateur))
    return {
        comite.pk: {h.role for h in habilitations if comite.pk == h.comite_id or comite.autorite_id == h.autorite_id}
        for comite in comites
    }


def saisie(request: Requete) -> dict[str, Any]:
    """The arguments that bind a form to what was sent, or none on a GET."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def tenter(formulaire: Any, verbe: Callable[[], T]) -> T | None:
    """Run the action of a form that is valid; what it refuses is shown on the form, with all that was typed."""
    if not formulaire.is_bound or not formulaire.is_valid():
        return None
    try:
        return verbe()
    except ValidationError as erreur:
        appliquer(formulaire, erreur)
        return None


def page_formulaire(request: Requete, titre: str, formulaire: Any, **contexte: Any) -> HttpResponse:
    """A whole page for one form: 200 when it is shown, 422 when it is shown again with its errors."""
    gabarit = contexte.pop("gabarit", "composants/formulaire.html")
    return rendre(request, gabarit, {"titre": titre, "form": formulaire, **contexte}, formulaire)


def rendre(request: Requete, gabarit: str, contexte: dict[str, Any], *formulaires: Any) -> HttpResponse:
    refuse = any(formulaire.is_bound and formulaire.errors for formulaire in formulaires)
    return render(request, gabarit, contexte, status=422 if refuse else 200)


def paginer(request: Requete, lignes: Any, par_page: int) -> Page[Any]:
    return Paginator(lignes, par_page).get_page(request.GET.get("page"))


def trier(request: Requete, lignes: QuerySet[Any], cles: dict[str, tuple[str, ...]], defaut: str) -> QuerySet[Any]:
    """Order by one of ``cles`` (name in the address → columns); anything else in ``?tri=`` gives the default.

    A missing value comes last when ascending, first when descending: an undated sitting is still to come.
    """
    tri = request.GET.get("tri", defaut)
    if tri.lstrip("-") not in cles:
        tri = defaut
    colonnes = [F(colonne) for colonne in cles[tri.lstrip("-")]]
    if tri.startswith("-"):
        return lignes.order_by(*(colonne.desc(nulls_first=True) for colonne in colonnes), "-pk")
    return lignes.order_by(*(colonne.asc(nulls_last=True) for colonne in colonnes), "-pk")

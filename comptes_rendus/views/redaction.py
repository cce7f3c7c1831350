"""The working pages of the minutes: list, take-over, workspace, head."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comites.models import Comite, Role, Seance
from journal.models import Evenement

from .. import actions, assemblage
from ..actions import Depasse
from ..actions.ecriture import exiger_qualite
from ..forms import RepriseForm, TeteForm, orateurs
from ..models import CompteRendu
from ..workflow import WORKFLOW
from .acces import compte_rendu_visible, en_redaction, garder_la_saisie, saisie, visibles

TRIS = {
    "date": ("seance__date", "pk"),
    "-date": ("-seance__date", "-pk"),
    "etat": ("etat", "-seance__date"),
    "comite": ("seance__comite__nom", "-seance__date"),
}


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Minutes of my committees, by state and committee."""
    comites = Comite.objects.ou(request.user, Role.QUALITE, Role.SIGNATAIRE)
    compte_rendus = visibles(request)
    etat, comite = request.GET.get("etat", ""), request.GET.get("comite", "")
    if etat in CompteRendu.Etat.values:
        compte_rendus = compte_rendus.filter(etat=etat)
    if comite:
        compte_rendus = compte_rendus.filter(seance__comite__in=[c for c in comites if c.slug == comite])
    tri = request.GET.get("tri", "-date")
    page = Paginator(compte_rendus.order_by(*TRIS.get(tri, TRIS["-date"])), 20).get_page(request.GET.get("page"))
    contexte = {
        "page": page,
        "comites": comites,
        "etats": CompteRendu.Etat.choices,
        "etat": etat,
        "comite": comite,
        "tri": tri if tri in TRIS else "-date",
        "redige": comites.filter(pk__in=Comite.objects.ou(request.user, Role.QUALITE)).exists(),
    }
    return render(request, "comptes_rendus/liste.html", contexte)


@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest, seance: int) -> HttpResponse:
    """Open the minutes of a sitting, or go to them when they exist."""
    objet = get_object_or_404(
        Seance.objects.visibles_par(request.user).select_related("comite__autorite", "comite__service"), pk=seance
    )
    exiger_qualite(objet, request.user)  # type: ignore[arg-type]
    if request.method == "POST":
        compte_rendu = actions.creer(objet, par=request.user)  # type: ignore[arg-type]
        messages.success(request, "Le compte rendu est ouvert : vous pouvez rédiger.")
        return redirect("comptes_rendus:detail", compte_rendu.pk)
    existant = objet.comptes_rendus.order_by("-version").first()
    if existant is not None:
        return redirect("comptes_rendus:detail", existant.pk)
    return render(request, "comptes_rendus/creer.html", {"seance": objet})


@require_http_methods(["GET", "POST"])
def reprendre(request: HttpRequest) -> HttpResponse:
    """Take over an existing text (file or pasted): makes a draft, with what is to be checked."""
    comites = Comite.objects.ou(request.user, Role.QUALITE).filter(est_clos=False)
    if not comites.exists():
        raise PermissionDenied("Seule une personne référente qualité reprend des comptes rendus.")
    form = RepriseForm(saisie(request), request.FILES or None, comites=comites)
    if request.method == "POST" and form.is_valid():
        compte_rendu = actions.reprendre(
            form.cleaned_data["lecture"],
            comite=form.cleaned_data["comite"],
            source=form.cleaned_data["source"],
            par=request.user,  # type: ignore[arg-type]
        )
        messages.success(
            request, "Le texte est repris dans un brouillon, sans un mot de perdu. Vérifiez les points signalés."
        )
        return redirect("comptes_rendus:detail", compte_rendu.pk)
    statut = 422 if form.is_bound else 200
    return render(request, "comptes_rendus/reprendre.html", {"form": form}, status=statut)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The workspace: the whole text by rubriques, what to check, what can be done now."""
    compte_rendu = compte_rendu_visible(request, pk)
    return render(request, "comptes_rendus/detail.html", contexte_detail(request, compte_rendu))


def contexte_detail(request: HttpRequest, compte_rendu: CompteRendu) -> dict[str, Any]:
    corps, annexes = assemblage.rubriques_et_annexes(compte_rendu)
    permis = WORKFLOW.permis(compte_rendu, request.user)
    return {
        "compte_rendu": compte_rendu,
        "rubriques": corps,
        "annexes": annexes,
        "groupes": assemblage.groupes(compte_rendu.seance),
        "points": assemblage.points(compte_rendu.seance),
        "signature": assemblage.lignes_signature(compte_rendu),
        "permis": permis,
        "redige": "soumettre" in permis,
        "est_redacteur": Role.QUALITE in compte_rendu.roles_de(request.user),
        "reste_a_verifier": sum(not point["fait"] for point in compte_rendu.a_verifier),
        "orateurs": orateurs(compte_rendu) if "soumettre" in permis else [],
        "historique": Evenement.objects.de_l_objet(compte_rendu)[:12],
    }


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it was taken over, and every mending made to it."""
    return render(request, "comptes_rendus/source.html", {"compte_rendu": compte_rendu_visible(request, pk)})


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def tete(request: HttpRequest, pk: int) -> HttpResponse:
    """Head, title, date, agenda printed or not, signature block."""
    compte_rendu = en_redaction(request, pk)
    form = TeteForm(saisie(request), compte_rendu=compte_rendu)
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data.pop("base")
        try:
            actions.modifier_tete(compte_rendu, base=base, par=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Depasse:
            compte_rendu.refresh_from_db()
            rebase = TeteForm({**request.POST.dict(), "base": compte_rendu.revision}, compte_rendu=compte_rendu)
            return _tete(request, rebase, compte_rendu, statut=409)
        messages.success(request, "L’en-tête est enregistré.")
        return redirect("comptes_rendus:detail", compte_rendu.pk)
    return _tete(request, form, compte_rendu, statut=422 if form.is_bound else 200)


def _tete(request: HttpRequest, form: TeteForm, compte_rendu: CompteRendu, *, statut: int) -> HttpResponse:
    contexte = {"form": form, "compte_rendu": compte_rendu, "conflit": statut == 409}
    return render(request, "comptes_rendus/tete.html", contexte, status=statut)


@require_POST
def pointer(request: HttpRequest, pk: int, rang: int) -> HttpResponse:
    """Tick one point of the take-over's list."""
    compte_rendu = en_redaction(request, pk)
    try:
        compte_rendu = actions.pointer(
            compte_rendu,
            rang,
            fait=request.POST.get("fait") != "0",
            par=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as absent:
        raise Http404 from absent
    if request.htmx:  # type: ignore[attr-defined]
        contexte = {
            "compte_rendu": compte_rendu,
            "redige": True,
            "reste_a_verifier": sum(not point["fait"] for point in compte_rendu.a_verifier),
        }
        return render(request, "comptes_rendus/_a_verifier.html", contexte)
    return redirect("comptes_rendus:detail", pk)

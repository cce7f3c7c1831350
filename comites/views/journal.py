"""What was done, for those who answer for it; what is still to do, for the administrator."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from journal.actions import relancer as relancer_travail
from journal.models import Evenement, Travail
from membres.actes import ACTES

from .. import actions
from ..forms_comptes import FiltreJournalForm
from ..libelles import genre_travail
from ..models import Comite, Role, autorites_administrees
from .acces import Requete, administration, paginer, rendre


def evenements_visibles(utilisateur: Any) -> QuerySet[Evenement]:
    """Events of one's committees (quality officer, signatory) and of one's authorities (administrator).

    Raises PermissionDenied for whoever has none of these roles. Source: permission matrix, row 61.
    """
    comites = Comite.objects.ou(utilisateur, Role.QUALITE, Role.SIGNATAIRE, Role.ADMINISTRATEUR)
    autorites = list(autorites_administrees(utilisateur).values_list("pk", flat=True))
    portees = [f"comite:{pk}" for pk in comites.values_list("pk", flat=True)]
    portees += [f"autorite:{pk}" for pk in autorites]
    if not portees:
        raise PermissionDenied("Le journal est réservé à l’administration, à la qualité et aux signataires.")
    visibles = Q(portee__in=portees)
    if autorites:
        comptes = actions.comptes_administres(utilisateur).annotate(cle=Cast("pk", CharField())).values("cle")
        visibles |= Q(objet_type="membres.utilisateur", objet_id__in=comptes) | Q(objet_type="journal.travail")
    return Evenement.objects.filter(visibles)


@require_safe
def journal(request: Requete) -> HttpResponse:
    evenements = evenements_visibles(request.user)
    form = FiltreJournalForm(request.GET or None, verbes=sorted(ACTES.items(), key=lambda acte: acte[1]))
    if form.is_valid():
        evenements = filtrer(evenements, form.cleaned_data)
    contexte = {"form": form, "page": paginer(request, evenements, 50), "est_filtre": bool(form.is_bound)}
    return rendre(request, "comites/journal.html", contexte, form)


def filtrer(evenements: QuerySet[Evenement], criteres: dict[str, Any]) -> QuerySet[Evenement]:
    """By words of the object, verb, words of the author's name, and days (local, both included)."""
    if criteres["q"]:
        evenements = evenements.filter(objet_texte__icontains=criteres["q"])
    if criteres["verbe"]:
        evenements = evenements.filter(verbe=criteres["verbe"])
    if criteres["auteur"]:
        evenements = evenements.filter(auteur__icontains=criteres["auteur"])
    if criteres["du"]:
        evenements = evenements.filter(survenu_le__gte=_minuit(criteres["du"]))
    if criteres["au"]:
        evenements = evenements.filter(survenu_le__lt=_minuit(criteres["au"] + datetime.timedelta(days=1)))
    return evenements


def _minuit(jour: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(jour, datetime.time.min))


@require_safe
def travaux(request: Requete) -> HttpResponse:
    """The queue: nature, state, tries. Never the bodies nor the arguments (matrix row 65)."""
    administration(request)
    etat = request.GET.get("etat", "")
    lignes = Travail.objects.defer("arguments")
    if etat in Travail.Etat.values:
        lignes = lignes.filter(etat=etat)
    page = paginer(request, lignes, 50)
    for travail in page.object_list:
        travail.libelle = genre_travail(travail.genre)
    contexte = {
        "page": page,
        "etat": etat,
        "etats": [("", "Tous"), *Travail.Etat.choices],
        "echecs": Travail.objects.filter(etat=Travail.Etat.ECHOUE).count(),
    }
    return rendre(request, "comites/travaux.html", contexte)


@require_POST
def relancer(request: Requete, pk: int) -> HttpResponse:
    """Give a failed job another chance (matrix row 65)."""
    administration(request)
    travail = relancer_travail(get_object_or_404(Travail, pk=pk), par=request.user)
    if travail.etat == Travail.Etat.EN_ATTENTE:
        messages.success(request, "Le travail est relancé.")
    else:
        messages.info(request, "Ce travail n’était pas en échec : rien n’a été relancé.")
    return redirect(reverse("comites:travaux"))

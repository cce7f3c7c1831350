"""The first move of every working view: fetch through ``visibles_par``, then ask the role, then the state."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from journal.workflow import TransitionRefusee

from ..actions.ecriture import exiger_qualite
from ..models import Bloc, CompteRendu, Rubrique


def visibles(request: HttpRequest) -> QuerySet[CompteRendu]:
    return CompteRendu.objects.complets().visibles_par(request.user)


def compte_rendu_visible(request: HttpRequest, pk: int) -> CompteRendu:
    """404 when not there or not yours: both look the same."""
    compte_rendu: CompteRendu = get_object_or_404(visibles(request), pk=pk)
    return compte_rendu


def en_redaction(request: HttpRequest, pk: int) -> CompteRendu:
    """The draft a quality officer is writing. 404 not yours, 403 not your role, 409 no longer a draft."""
    compte_rendu = compte_rendu_visible(request, pk)
    exiger_qualite(compte_rendu, request.user)  # type: ignore[arg-type]
    if not compte_rendu.est_modifiable:
        raise TransitionRefusee(
            f"Ce compte rendu est « {compte_rendu.get_etat_display().lower()} » : son texte ne peut plus être modifié."
        )
    return compte_rendu


def bloc_de(compte_rendu: CompteRendu, cle: Any) -> Bloc:
    bloc: Bloc = get_object_or_404(Bloc.objects.filter(rubrique__compte_rendu=compte_rendu), cle=cle)
    bloc.rubrique.compte_rendu = compte_rendu
    return bloc


def saisie(request: HttpRequest) -> QueryDict | None:
    """What binds a form: what was sent, be it nothing; None on a GET."""
    return request.POST if request.method == "POST" else None


LIBELLES = {"texte": "Texte", "orateur": "Orateur ou oratrice", "titre": "Titre", "motif": "Motif"}
TUS = {"csrfmiddlewaretoken", "base", "genre", "niveau", "empreinte", "mot_de_passe", "delegation", "est_annexe"}


def garder_la_saisie(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """« Not now » on a form that was typed: 409 with the reason, and everything typed, to be copied."""

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return vue(request, *args, **kwargs)
        except TransitionRefusee as refus:
            ecrits = [(nom, valeur) for nom, valeur in request.POST.items() if nom not in TUS and str(valeur).strip()]
            if not ecrits:
                raise
            saisies = [(LIBELLES.get(nom, nom.removeprefix("ligne_").replace("_", " ")), v) for nom, v in ecrits]
            return render(request, "comptes_rendus/refus.html", {"motif": str(refus), "saisies": saisies}, status=409)

    return enveloppe


def rubrique_de(compte_rendu: CompteRendu, cle: Any) -> Rubrique:
    rubrique: Rubrique = get_object_or_404(compte_rendu.rubriques.all(), cle=cle)
    rubrique.compte_rendu = compte_rendu
    return rubrique

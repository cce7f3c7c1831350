"""The first move of every working view: fetch through ``visibles_par``, then ask the role, then the state."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

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


def rubrique_de(compte_rendu: CompteRendu, cle: Any) -> Rubrique:
    rubrique: Rubrique = get_object_or_404(compte_rendu.rubriques.all(), cle=cle)
    rubrique.compte_rendu = compte_rendu
    return rubrique

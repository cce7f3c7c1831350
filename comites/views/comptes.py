"""Accounts and roles, for the administrator (permission matrix, rows 56 to 58)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from membres.models import Utilisateur

from .. import actions
from ..forms import ConfirmationForm
from ..forms_comptes import FiltreComptesForm, HabilitationForm, InvitationForm
from ..libelles import nom_role
from ..models import Habilitation
from .acces import Etape, Requete, administration, page_formulaire, paginer, rendre, saisie, tenter

ACTIF = {"actifs": True, "inactifs": False}


def comptes_visibles(request: Requete) -> QuerySet[Any]:
    """Accounts of the authorities this user administers, each with the roles it holds there (``roles_vus``)."""
    autorites = administration(request)
    roles = Habilitation.objects.dans(autorites).select_related("comite", "autorite").order_by("-du", "-pk")
    return (
        actions.comptes_administres(request.user)
        .select_related("personne__structure")
        .prefetch_related(Prefetch("habilitations", roles, to_attr="roles_vus"))
        .order_by("personne__nom", "personne__prenom", "pk")
    )


@require_safe
def comptes(request: Requete) -> HttpResponse:
    lignes = comptes_visibles(request)
    form = FiltreComptesForm(request.GET or None)
    if form.is_valid():
        lignes = filtrer(lignes, form.cleaned_data)
    contexte = {"form": form, "page": paginer(request, lignes, 50), "est_filtre": form.is_bound}
    return rendre(request, "comites/comptes.html", contexte, form)


def filtrer(lignes: QuerySet[Utilisateur], criteres: dict[str, Any]) -> QuerySet[Utilisateur]:
    """By words of the name or address, role in force today, and whether the account is open."""
    for mot in criteres["q"].split()[:6]:
        lignes = lignes.filter(
            Q(personne__nom__icontains=mot)
            | Q(personne__prenom__icontains=mot)
            | Q(personne__affichage__icontains=mot)
            | Q(email__icontains=mot)
        )
    if criteres["role"]:
        tenus = Habilitation.objects.actives().filter(role=criteres["role"])
        lignes = lignes.filter(pk__in=tenus.values("utilisateur"))
    if criteres["etat"] in ACTIF:
        lignes = lignes.filter(is_active=ACTIF[criteres["etat"]])
    elif criteres["etat"] == "attente":
        lignes = lignes.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return lignes


@require_safe
def compte(request: Requete, pk: int) -> HttpResponse:
    """One account: who, since when, which roles, present and past."""
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    est_moi = compte.pk == request.user.pk
    contexte = {
        "compte": compte,
        "est_moi": est_moi,
        "attend": compte.is_active and not compte.has_usable_password(),
        "en_cours": [h for h in compte.roles_vus if h.est_active],
        "autres": [h for h in compte.roles_vus if not h.est_active],
    }
    return rendre(request, "comites/compte.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: Requete) -> HttpResponse:
    autorites = administration(request)
    form = InvitationForm(**saisie(request), request=request, autorites=autorites, annuler=reverse("comites:comptes"))

    def inviter() -> Utilisateur:
        donnees = form.cleaned_data
        return actions.inviter_compte(
            donnees["email"], form.personne_ou_valeurs, role=donnees["role"], objet=donnees["sur"], par=request.user
        )

    if compte := tenter(form, inviter):
        messages.success(request, f"L’invitation part vers {compte.email}.")
        return redirect("comites:compte", pk=compte.pk)
    introduction = "La personne reçoit un lien pour choisir elle-même son mot de passe."
    return page_formulaire(request, "Inviter une personne", form, introduction=introduction, precedents=_chemin())


@require_http_methods(["GET", "HEAD", "POST"])
def accorder(request: Requete, pk: int) -> HttpResponse:
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    form = HabilitationForm(**saisie(request), request=request, autorites=administration(request), annuler=_adresse(pk))

    def accorder() -> Habilitation:
        donnees = form.cleaned_data
        return actions.accorder_habilitation(
            compte, donnees["role"], donnees["sur"], par=request.user, du=donnees["du"], au=donnees["au"]
        )

    if tenter(form, accorder):
        messages.success(request, "Le rôle est donné.")
        return redirect(_adresse(pk))
    return page_formulaire(request, f"Donner un rôle à {compte}", form, precedents=_chemin(compte))


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: Requete, pk: int, habilitation_pk: int) -> HttpResponse:
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    habilitation = next((h for h in compte.roles_vus if h.pk == habilitation_pk), None)
    habilitation = habilitation or get_object_or_404(Habilitation.objects.none())
    return _confirmer(
        request,
        compte,
        lambda: actions.retirer_habilitation(habilitation, par=request.user),
        titre="Retirer un rôle",
        introduction=f"{compte} ne sera plus « {nom_role(habilitation.role, compte.personne.civilite)} » "
        f"({habilitation.objet}), dès maintenant. La trace de ce rôle reste.",
        fait="Le rôle est retiré.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def desactiver(request: Requete, pk: int) -> HttpResponse:
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    return _confirmer(
        request,
        compte,
        lambda: actions.desactiver_compte(compte, par=request.user),
        titre="Désactiver le compte",
        introduction=f"{compte} sera déconnecté(e) et ne pourra plus se connecter. Ce que cette personne a fait reste.",
        fait="Le compte est désactivé.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reactiver(request: Requete, pk: int) -> HttpResponse:
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    return _confirmer(
        request,
        compte,
        lambda: actions.reactiver_compte(compte, par=request.user),
        titre="Réactiver le compte",
        introduction=f"{compte} pourra de nouveau se connecter, avec les rôles qui n’ont pas pris fin.",
        fait="Le compte est réactivé.",
    )


@require_POST
def renvoyer_invitation(request: Requete, pk: int) -> HttpResponse:
    compte = get_object_or_404(comptes_visibles(request), pk=pk)
    actions.renvoyer_invitation(compte, par=request.user)
    messages.success(request, f"Une nouvelle invitation part vers {compte.email}.")
    return redirect(_adresse(pk))


def _confirmer(
    request: Requete, compte: Utilisateur, verbe: Callable[[], Any], *, titre: str, introduction: str, fait: str
) -> HttpResponse:
    form = ConfirmationForm(**saisie(request), request=request, bouton=titre, annuler=_adresse(compte.pk))
    if tenter(form, verbe):
        messages.success(request, fait)
        return redirect(_adresse(compte.pk))
    return page_formulaire(request, titre, form, introduction=introduction, precedents=_chemin(compte))


def _adresse(pk: int) -> str:
    return reverse("comites:compte", args=[pk])


def _chemin(compte: Utilisateur | None = None) -> list[Etape]:
    chemin = [Etape("Comptes et rôles", reverse("comites:comptes"))]
    return [*chemin, Etape(compte.personne.nom_simple, _adresse(compte.pk))] if compte else chemin

"""Writing block by block: each gesture has its own small form; htmx renders the block alone, a page otherwise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions
from ..actions import Conflit, Depasse
from ..actions.ecriture import exiger_qualite
from ..forms import BlocForm, RevisionForm, RubriqueForm
from ..models import Bloc, CompteRendu, Revision, Rubrique
from .acces import bloc_de, compte_rendu_visible, en_redaction, garder_la_saisie, rubrique_de, saisie


def _ancre(bloc: Bloc) -> str:
    return reverse("comptes_rendus:detail", args=[bloc.rubrique.compte_rendu_id]) + f"#b-{bloc.cle.hex}"


def _bloc(request: HttpRequest, bloc: Bloc, message: str, *, niveau: int = messages.SUCCESS) -> HttpResponse:
    """The block as it now stands: alone for htmx, else the workspace at its place."""
    if request.htmx:  # type: ignore[attr-defined]
        contexte = {"bloc": bloc, "compte_rendu": bloc.rubrique.compte_rendu, "redige": True, "etat": message}
        return render(request, "comptes_rendus/_bloc.html", contexte)
    messages.add_message(request, niveau, message)
    return redirect(_ancre(bloc))


def _formulaire(request: HttpRequest, form: BlocForm, statut: int = 200, **contexte: Any) -> HttpResponse:
    gabarit = "_bloc_form.html" if request.htmx else "bloc_form.html"  # type: ignore[attr-defined]
    return render(request, f"comptes_rendus/{gabarit}", {"form": form, **contexte}, status=statut)


@require_safe
def bloc(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """One block as shown (« Annuler » of its form); without htmx, its place in the workspace."""
    objet = bloc_de(en_redaction(request, pk), cle)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_ancre(objet))
    contexte = {"bloc": objet, "compte_rendu": objet.rubrique.compte_rendu, "redige": True}
    return render(request, "comptes_rendus/_bloc.html", contexte)


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def modifier(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Edit a block. 409 with both texts when someone saved it meanwhile; what was typed stays in the form."""
    compte_rendu = en_redaction(request, pk)
    objet = bloc_de(compte_rendu, cle)
    contexte: dict[str, Any] = {"bloc": objet, "compte_rendu": compte_rendu, "action": request.path}
    form = BlocForm(saisie(request), bloc=objet)
    if request.method != "POST":
        return _formulaire(request, form, **contexte)
    if not form.is_valid():
        return _formulaire(request, form, 422, **contexte)
    try:
        objet = actions.enregistrer_bloc(
            objet,
            form.contenu(),
            base=form.cleaned_data["base"],
            par=request.user,  # type: ignore[arg-type]
        )
    except Conflit as conflit:
        rebase = BlocForm({**request.POST.dict(), "base": conflit.actuel.revision}, bloc=conflit.actuel)
        reponse = _formulaire(request, rebase, 409, **{**contexte, "actuel": conflit.actuel})
        reponse.headers["HX-Retarget"] = f"#b-{objet.cle.hex}"  # else htmx keeps a 409 to itself
        return reponse
    objet.rubrique.compte_rendu = compte_rendu
    return _bloc(request, objet, "Passage enregistré.")


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def ajouter(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Insert a block in a rubrique, after the one named by ``apres`` (else first)."""
    compte_rendu = en_redaction(request, pk)
    rubrique = rubrique_de(compte_rendu, cle)
    form = BlocForm(saisie(request), bloc=Bloc(rubrique=rubrique))
    contexte: dict[str, Any] = {
        "rubrique": rubrique,
        "compte_rendu": compte_rendu,
        "action": request.get_full_path(),
    }
    if request.method != "POST":
        return _formulaire(request, form, **contexte)
    if not form.is_valid():
        return _formulaire(request, form, 422, **contexte)
    apres = _apres(request, rubrique)
    cree = actions.ajouter_bloc(
        rubrique,
        form.contenu(),
        apres=apres,
        cle=form.cleaned_data["cle"],
        par=request.user,  # type: ignore[arg-type]
    )
    return _bloc(request, cree, "Passage ajouté.")


def _apres(request: HttpRequest, rubrique: Rubrique) -> Bloc | None:
    try:
        cle = UUID(request.GET.get("apres", ""))
    except ValueError:
        return None
    return rubrique.blocs.filter(cle=cle).first()


@require_POST
def retirer(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    return _basculer(request, pk, cle, actions.retirer_bloc, "Passage retiré.")


@require_POST
def remettre(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    return _basculer(request, pk, cle, actions.remettre_bloc, "Passage remis à sa place.")


def _basculer(request: HttpRequest, pk: int, cle: Any, action: Any, message: str) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    objet = bloc_de(compte_rendu, cle)
    form = RevisionForm(request.POST)
    base = form.cleaned_data["base"] if form.is_valid() else -1
    try:
        objet = action(objet, base=base, par=request.user)
    except Conflit as conflit:
        refus = f"{conflit} Rien n’a été changé : relisez-le avant de recommencer."
        conflit.actuel.rubrique.compte_rendu = compte_rendu
        return _bloc(request, conflit.actuel, refus, niveau=messages.ERROR)
    objet.rubrique.compte_rendu = compte_rendu
    return _bloc(request, objet, message)


@require_POST
def deplacer(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    objet = bloc_de(en_redaction(request, pk), cle)
    actions.deplacer_bloc(objet, vers_le_haut=request.POST.get("sens") == "haut", par=request.user)  # type: ignore[arg-type]
    return redirect(_ancre(objet))


@require_safe
def historique(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Every state of a block, who wrote it and when: for who writes (matrix, row 22), in any state."""
    compte_rendu = compte_rendu_visible(request, pk)
    exiger_qualite(compte_rendu, request.user)  # type: ignore[arg-type]
    objet = bloc_de(compte_rendu, cle)
    revisions = Revision.objects.filter(compte_rendu=compte_rendu, cle=objet.cle).select_related("par__personne")
    contexte = {"compte_rendu": compte_rendu, "bloc": objet, "revisions": revisions[:200]}
    return render(request, "comptes_rendus/historique_bloc.html", contexte)


@require_POST
def restaurer(request: HttpRequest, pk: int, cle: Any, numero: int) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    bloc_de(compte_rendu, cle)
    revision = get_object_or_404(Revision, compte_rendu=compte_rendu, cle=cle, numero=numero)
    objet = actions.restaurer(revision, par=request.user)  # type: ignore[arg-type]
    messages.success(request, "L’ancien texte est de retour ; celui d’avant reste dans l’historique.")
    return redirect(_ancre(objet))


# --- Rubriques -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def rubrique_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    form = RubriqueForm(saisie(request), initial={"est_annexe": request.GET.get("annexe") == "1"})
    if request.method == "POST" and form.is_valid():
        champs = {**form.cleaned_data}
        champs.pop("base")
        rubrique = actions.ajouter_rubrique(compte_rendu, par=request.user, **champs)  # type: ignore[arg-type]
        messages.success(request, "Rubrique ajoutée.")
        return redirect(_place(compte_rendu, rubrique))
    return _rubrique(request, form, compte_rendu, None)


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def rubrique_modifier(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    rubrique = rubrique_de(compte_rendu, cle)
    form = RubriqueForm(saisie(request), rubrique=rubrique)
    if request.method == "POST" and form.is_valid():
        champs = {**form.cleaned_data}
        base = champs.pop("base")
        try:
            actions.modifier_rubrique(rubrique, base=base, par=request.user, **champs)  # type: ignore[arg-type]
        except Depasse:
            rubrique.refresh_from_db()
            rebase = RubriqueForm({**request.POST.dict(), "base": rubrique.revision}, rubrique=rubrique)
            return _rubrique(request, rebase, compte_rendu, rubrique, statut=409)
        messages.success(request, "Rubrique enregistrée.")
        return redirect(_place(compte_rendu, rubrique))
    return _rubrique(request, form, compte_rendu, rubrique)


@require_POST
def rubrique_deplacer(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    rubrique = rubrique_de(compte_rendu, cle)
    actions.deplacer_rubrique(rubrique, vers_le_haut=request.POST.get("sens") == "haut", par=request.user)  # type: ignore[arg-type]
    return redirect(_place(compte_rendu, rubrique))


@require_POST
def rubrique_supprimer(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    actions.supprimer_rubrique(rubrique_de(compte_rendu, cle), par=request.user)  # type: ignore[arg-type]
    messages.success(request, "Rubrique supprimée.")
    return redirect("comptes_rendus:detail", pk)


def _place(compte_rendu: CompteRendu, rubrique: Rubrique) -> str:
    return reverse("comptes_rendus:detail", args=[compte_rendu.pk]) + f"#r-{rubrique.cle.hex}"


def _rubrique(
    request: HttpRequest, form: RubriqueForm, compte_rendu: CompteRendu, rubrique: Rubrique | None, statut: int = 0
) -> HttpResponse:
    contexte = {"form": form, "compte_rendu": compte_rendu, "rubrique": rubrique, "conflit": statut == 409}
    statut = statut or (422 if form.is_bound else 200)
    return render(request, "comptes_rendus/rubrique_form.html", contexte, status=statut)

"""Writing block by block: each gesture has its own small form; htmx renders the block alone, a page otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions
from ..actions import Conflit
from ..forms import BlocForm, RevisionForm, RubriqueForm
from ..models import Bloc, CompteRendu, Revision, Rubrique
from .acces import bloc_de, compte_rendu_visible, en_redaction, rubrique_de


def _ancre(bloc: Bloc) -> str:
    return reverse("comptes_rendus:detail", args=[bloc.rubrique.compte_rendu_id]) + f"#b-{bloc.cle.hex}"


def _bloc(request: HttpRequest, bloc: Bloc, message: str) -> HttpResponse:
    """The block as it now stands: alone for htmx, else the workspace at its place."""
    if request.htmx:  # type: ignore[attr-defined]
        contexte = {"bloc": bloc, "compte_rendu": bloc.rubrique.compte_rendu, "redige": True, "etat": message}
        return render(request, "comptes_rendus/_bloc.html", contexte)
    messages.success(request, message)
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
def modifier(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Edit a block. 409 with both texts when someone saved it meanwhile; what was typed stays in the form."""
    compte_rendu = en_redaction(request, pk)
    objet = bloc_de(compte_rendu, cle)
    contexte = {"bloc": objet, "compte_rendu": compte_rendu, "action": request.path}
    form = BlocForm(request.POST or None, bloc=objet)
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
        rebase = BlocForm({**form.data.dict(), "base": conflit.actuel.revision}, bloc=conflit.actuel)
        return _formulaire(request, rebase, 409, **{**contexte, "actuel": conflit.actuel})
    objet.rubrique.compte_rendu = compte_rendu
    return _bloc(request, objet, "Passage enregistré.")


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Insert a block in a rubrique, after the one named by ``apres`` (else first)."""
    compte_rendu = en_redaction(request, pk)
    rubrique = rubrique_de(compte_rendu, cle)
    form = BlocForm(request.POST or None, bloc=Bloc(rubrique=rubrique))
    contexte = {"rubrique": rubrique, "compte_rendu": compte_rendu, "action": request.get_full_path()}
    if request.method != "POST":
        return _formulaire(request, form, **contexte)
    if not form.is_valid():
        return _formulaire(request, form, 422, **contexte)
    apres = _apres(request, rubrique)
    cree = actions.ajouter_bloc(rubrique, form.contenu(), apres=apres, par=request.user)  # type: ignore[arg-type]
    return _bloc(request, cree, "Passage ajouté.")


def _apres(request: HttpRequest, rubrique: Rubrique) -> Bloc | None:
    cle = request.GET.get("apres", "")
    return rubrique.blocs.filter(cle=cle).first() if len(cle) == 32 and cle.isalnum() else None


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
        messages.error(request, f"{conflit} Rien n’a été changé : relisez-le avant de recommencer.")
        return redirect(_ancre(objet))
    objet.rubrique.compte_rendu = compte_rendu
    return _bloc(request, objet, message)


@require_POST
def deplacer(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    objet = bloc_de(en_redaction(request, pk), cle)
    actions.deplacer_bloc(objet, vers_le_haut=request.POST.get("sens") == "haut", par=request.user)  # type: ignore[arg-type]
    return redirect(_ancre(objet))


@require_safe
def historique(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    """Every state of a block, who wrote it and when."""
    compte_rendu = compte_rendu_visible(request, pk)
    objet = bloc_de(compte_rendu, cle)
    revisions = Revision.objects.filter(compte_rendu=compte_rendu, cle=objet.cle).select_related("par__personne")
    contexte = {"compte_rendu": compte_rendu, "bloc": objet, "revisions": revisions[:200]}
    return render(request, "comptes_rendus/historique_bloc.html", contexte)


@require_POST
def restaurer(request: HttpRequest, pk: int, cle: Any, numero: int) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    revision = get_object_or_404(Revision, compte_rendu=compte_rendu, cle=cle, numero=numero)
    objet = actions.restaurer(revision, par=request.user)  # type: ignore[arg-type]
    messages.success(request, "L’ancien texte est de retour ; celui d’avant reste dans l’historique.")
    return redirect(_ancre(objet))


# --- Rubriques -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def rubrique_ajouter(request: HttpRequest, pk: int) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    form = RubriqueForm(request.POST or None, initial={"est_annexe": request.GET.get("annexe") == "1"})
    if request.method == "POST" and form.is_valid():
        champs = {**form.cleaned_data}
        champs.pop("base")
        rubrique = actions.ajouter_rubrique(compte_rendu, par=request.user, **champs)  # type: ignore[arg-type]
        messages.success(request, "Rubrique ajoutée.")
        return redirect(_place(compte_rendu, rubrique))
    return _rubrique(request, form, compte_rendu, None)


@require_http_methods(["GET", "POST"])
def rubrique_modifier(request: HttpRequest, pk: int, cle: Any) -> HttpResponse:
    compte_rendu = en_redaction(request, pk)
    rubrique = rubrique_de(compte_rendu, cle)
    form = RubriqueForm(request.POST or None, rubrique=rubrique)
    if request.method == "POST" and form.is_valid():
        champs = {**form.cleaned_data}
        base = champs.pop("base")
        actions.modifier_rubrique(rubrique, base=base, par=request.user, **champs)  # type: ignore[arg-type]
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
    request: HttpRequest, form: RubriqueForm, compte_rendu: CompteRendu, rubrique: Rubrique | None
) -> HttpResponse:
    contexte = {"form": form, "compte_rendu": compte_rendu, "rubrique": rubrique}
    return render(request, "comptes_rendus/rubrique_form.html", contexte, status=422 if form.is_bound else 200)

"""Sittings: everything of one on a page, plan, change, hold, cancel."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.models import Evenement
from journal.workflow import TransitionRefusee

from .. import actions
from ..forms import AnnulationForm, ConfirmationSimple, SeanceForm
from ..models import GroupePresence, LignePresence, Role, Seance
from ..workflow import exiger, exiger_role, permis
from .acces import Etape, Requete, comite_visible, page_formulaire, rendre, saisie, seance_visible, tenter

REDIGEABLES = {Seance.Etat.CONVOQUEE, Seance.Etat.TENUE}


def precedents(seance: Seance) -> list[Etape]:
    """The breadcrumb down to the sitting."""
    return [
        Etape("Comités et séances", reverse("comites:liste")),
        Etape(seance.comite.sigle, reverse("comites:comite", args=[seance.comite.slug])),
        Etape(seance.quand, reverse("comites:seance", args=[seance.pk])),
    ]


def points_en_arbre(seance: Seance) -> list[dict[str, Any]]:
    """The agenda in reading order, each item with its level and what its buttons may do. One query."""
    arbre = actions.arbre(list(seance.points.all()))
    fratries: dict[tuple[int, ...], int] = {}
    for rangs, _ in arbre:
        fratries[rangs[:-1]] = fratries.get(rangs[:-1], 0) + 1
    return [
        {
            "point": point,
            "niveau": len(rangs),
            "est_premier": rangs[-1] == 1,
            "est_dernier": rangs[-1] == fratries[rangs[:-1]],
            "peut_entrer": rangs[-1] > 1 and len(rangs) < 3,
            "peut_sortir": len(rangs) > 1,
        }
        for rangs, point in arbre
    ]


def groupes_de(seance: Seance) -> list[GroupePresence]:
    """Headings with their rows and what these mean, in three queries whatever their number."""
    lignes = LignePresence.objects.select_related("structure").prefetch_related("personnes")
    return list(seance.groupes.prefetch_related(Prefetch("lignes", lignes)))


@require_safe
def seance(request: Requete, pk: int) -> HttpResponse:
    """Everything of one sitting. Members read the agenda; the attendance is for those who prepare or sign it."""
    seance = seance_visible(request, pk)
    roles = seance.roles_de(request.user)
    voit_tout = bool(roles & {Role.QUALITE, Role.SIGNATAIRE})
    contexte = {
        "seance": seance,
        "titre": titre(seance),
        "points": points_en_arbre(seance),
        "groupes": groupes_de(seance) if voit_tout else None,
        "historique": historique(seance) if voit_tout else None,
        "actions": boutons(seance, roles, permis(seance, request.user)),
        "verbes": permis(seance, request.user),
    }
    return rendre(request, "comites/seance.html", contexte)


def titre(seance: Seance) -> str:
    """« Séance du 12 mars 2026 », « Séance en 2026 » (the printed text), « Séance à fixer »."""
    if seance.date_affichee:
        return f"Séance {seance.date_affichee}"
    return f"Séance du {seance.quand}" if seance.date else "Séance à fixer"


def boutons(seance: Seance, roles: set[str], verbes: set[str]) -> list[dict[str, str]]:
    """What may be done with the sitting now, the main thing first."""
    possibles: list[dict[str, str]] = []
    if Role.QUALITE in roles and seance.etat in REDIGEABLES and (adresse := _adresse_redaction(seance)):
        possibles.append({"libelle": "Rédiger le compte rendu", "url": adresse, "icone": "fr-icon-draft-line"})
    for verbe, nom, libelle, icone in (
        ("tenir", "tenir", "Déclarer la séance tenue", "fr-icon-check-line"),
        ("modifier_seance", "modifier_seance", "Modifier", "fr-icon-edit-line"),
        ("annuler", "annuler", "Annuler la séance", ""),
    ):
        if verbe in verbes:
            possibles.append({"libelle": libelle, "url": reverse(f"comites:{nom}", args=[seance.pk]), "icone": icone})
    est_a_venir = seance.date is None or seance.date > timezone.localdate()
    for rang, bouton in enumerate(possibles):
        est_principal = rang == 0 and bouton["url"] != reverse("comites:modifier_seance", args=[seance.pk])
        attend = est_a_venir and seance.etat != Seance.Etat.TENUE
        bouton["style"] = "tertiary" if not bouton["icone"] else "" if est_principal and not attend else "secondary"
    return possibles


def historique(seance: Seance) -> list[dict[str, Any]]:
    """The latest acts on the sitting, those of one person and verb in a row told once, with how many."""
    recents = Evenement.objects.de_l_objet(seance)[:60]
    suites = [list(suite) for _, suite in groupby(recents, key=lambda e: (e.auteur, e.verbe))]
    return [{"dernier": suite[0], "nombre": len(suite)} for suite in suites[:8]]


def _adresse_redaction(seance: Seance) -> str:
    """The minutes belong to an app above this one: known by the name of its address alone."""
    try:
        return reverse("comptes_rendus:creer", args=[seance.pk])
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def creer_seance(request: Requete, slug: str) -> HttpResponse:
    comite = comite_visible(request, slug)
    exiger_role(Role.QUALITE, comite, par=request.user, libelle="préparer une séance")
    if comite.est_clos:
        raise TransitionRefusee("Ce comité est clos : il ne tient plus de séance.")
    adresse = reverse("comites:comite", args=[slug])
    form = SeanceForm(**saisie(request), bouton="Créer la séance", annuler=adresse)
    if creee := tenter(form, lambda: actions.creer_seance(comite, form.valeurs, par=request.user)):
        messages.success(request, "La séance est créée. Il reste à écrire son ordre du jour.")
        return redirect("comites:seance", pk=creee.pk)
    chemin = [Etape("Comités et séances", reverse("comites:liste")), Etape(comite.sigle, adresse)]
    introduction = "Rien n’est obligatoire : ce que vous ne savez pas encore pourra être ajouté plus tard."
    return page_formulaire(request, "Nouvelle séance", form, introduction=introduction, precedents=chemin)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_seance(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("modifier_seance", seance, par=request.user)
    chemin = precedents(seance)
    form = SeanceForm(**saisie(request), instance=seance, annuler=reverse("comites:seance", args=[pk]))
    if tenter(form, lambda: actions.modifier_seance(seance, form.valeurs, par=request.user)):
        messages.success(request, "La séance est modifiée.")
        return redirect("comites:seance", pk=pk)
    return page_formulaire(request, "Modifier la séance", form, precedents=chemin)


@require_http_methods(["GET", "HEAD", "POST"])
def tenir(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("tenir", seance, par=request.user)
    form = ConfirmationSimple(
        **saisie(request), bouton="Déclarer la séance tenue", annuler=reverse("comites:seance", args=[pk])
    )
    if tenter(form, lambda: actions.tenir_seance(seance, par=request.user)):
        messages.success(request, "La séance est tenue. La présence reste à compléter, le compte rendu à rédiger.")
        return redirect("comites:seance", pk=pk)
    introduction = (
        f"{seance.comite.sigle}, {seance.quand}. L’ordre du jour ne changera plus. "
        "La liste de présence pourra encore être complétée. Ce changement est définitif."
    )
    return page_formulaire(
        request, "Déclarer la séance tenue", form, introduction=introduction, precedents=precedents(seance)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def annuler(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("annuler", seance, par=request.user)
    form = AnnulationForm(**saisie(request))

    def annuler() -> Seance:
        return actions.annuler_seance(seance, motif=form.cleaned_data["motif"], par=request.user)

    if tenter(form, annuler):
        messages.success(request, "La séance est annulée.")
        return redirect("comites:seance", pk=pk)
    introduction = f"{seance.comite.sigle}, {seance.quand}. Une séance annulée ne peut pas être rétablie."
    contexte = {"gabarit": "comites/annuler.html", "seance": seance, "precedents": precedents(seance)}
    return page_formulaire(request, "Annuler la séance", form, introduction=introduction, **contexte)

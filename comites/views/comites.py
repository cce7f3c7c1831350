"""Committees: mine, one of them, create, change, close."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..forms import ComiteForm, ConfirmationForm
from ..libelles import nom_role
from ..models import Comite, Habilitation, LignePresence, PointOrdreDuJour, Role, Seance, autorites_administrees
from ..workflow import exiger_role
from .acces import (
    Etape,
    Requete,
    administration,
    comite_visible,
    page_formulaire,
    paginer,
    rendre,
    roles_par_comite,
    saisie,
    tenter,
    trier,
)

TRIS = {"date": ("date",), "nature": ("genre", "date"), "etat": ("etat", "date")}
A_VENIR = {Seance.Etat.PREPAREE, Seance.Etat.CONVOQUEE}
PASSEES = {Seance.Etat.TENUE, Seance.Etat.CLOSE}


@require_safe
def liste(request: Requete) -> HttpResponse:
    """My committees: last and next sitting, what is to be done."""
    seances = Seance.objects.visibles_par(request.user).annotate(
        a_ordre_du_jour=Exists(PointOrdreDuJour.objects.filter(seance=OuterRef("pk"))),
        a_presence=Exists(LignePresence.objects.filter(groupe__seance=OuterRef("pk"))),
    )
    comites = list(
        Comite.objects.visibles_par(request.user)
        .select_related("autorite")
        .prefetch_related(Prefetch("seances", seances, to_attr="seances_visibles"))
    )
    roles = roles_par_comite(request.user, comites)
    civilite = request.user.personne.civilite
    fiches = [fiche(comite, roles[comite.pk], civilite) for comite in comites]
    contexte = {
        "ouverts": [f for f in fiches if not f["comite"].est_clos],
        "clos": [f for f in fiches if f["comite"].est_clos],
        "peut_creer": any(Role.ADMINISTRATEUR in r for r in roles.values())
        or (not comites and autorites_administrees(request.user).exists()),
    }
    return rendre(request, "comites/liste.html", contexte)


def fiche(comite: Any, roles: set[str], civilite: str) -> dict[str, Any]:
    """A committee as its card shows it. No query: reads ``seances_visibles``, annotated."""
    jour = timezone.localdate()
    seances = [s for s in comite.seances_visibles if s.etat != Seance.Etat.ANNULEE]
    futures = [s for s in seances if s.etat in A_VENIR and (s.date is None or s.date >= jour)]
    passees = [s for s in seances if s.etat in PASSEES]
    oubliees = [s for s in seances if s.etat in A_VENIR and s.date and s.date < jour]
    prochaine = min(futures, key=lambda s: (s.date is None, s.date or jour, s.pk), default=None)
    derniere = max(passees, key=lambda s: (s.date is not None, s.date or jour, s.pk), default=None)
    suite = None
    if Role.QUALITE in roles and not comite.est_clos:
        suite = prochain_geste(comite, prochaine, derniere, oubliees[0] if oubliees else None)
    noms = [nom_role(role, civilite) for role in Role if role in roles]
    return {"comite": comite, "prochaine": prochaine, "derniere": derniere, "suite": suite, "roles": noms}


def prochain_geste(comite: Comite, prochaine: Any, derniere: Any, oubliee: Any) -> dict[str, str]:
    """What awaits the quality officer of this committee: one thing at a time, the nearest first."""
    if oubliee:
        return {
            "texte": f"La séance « {oubliee.quand} » est passée : a-t-elle été tenue ?",
            "libelle": "La déclarer tenue",
            "url": reverse("comites:tenir", args=[oubliee.pk]),
        }
    if derniere and not derniere.a_presence:
        return {
            "texte": f"La liste de présence de la séance « {derniere.quand} » est vide.",
            "libelle": "Remplir la présence",
            "url": reverse("comites:presence", args=[derniere.pk]),
        }
    if prochaine and not prochaine.a_ordre_du_jour:
        return {
            "texte": "La prochaine séance n’a pas encore d’ordre du jour.",
            "libelle": "Écrire l’ordre du jour",
            "url": reverse("comites:ordre_du_jour", args=[prochaine.pk]),
        }
    if prochaine:
        return {
            "texte": "La prochaine séance est prête.",
            "libelle": "Voir la séance",
            "url": reverse("comites:seance", args=[prochaine.pk]),
        }
    return {
        "texte": "Aucune séance n’est prévue.",
        "libelle": "Préparer une séance",
        "url": reverse("comites:creer_seance", args=[comite.slug]),
    }


@require_safe
def comite(request: Requete, slug: str) -> HttpResponse:
    """One committee: what it is, what it continues, its sittings, who holds a role in it."""
    comite = comite_visible(request, slug)
    roles = comite.roles_de(request.user)
    seances = trier(request, comite.seances.visibles_par(request.user), TRIS, "-date")
    anciens, suivants = predecesseurs(comite), list(comite.successeurs.all())
    voisins = Comite.objects.visibles_par(request.user).filter(pk__in=[c.pk for c in anciens + suivants])
    contexte = {
        "comite": comite,
        "titre": comite.nom[:1].upper() + comite.nom[1:],
        "sous_titre": f"{comite.sigle}, {comite.autorite}",
        "actions": boutons(comite, roles),
        "seances": paginer(request, seances, 20),
        "colleges": list(comite.colleges.all()),
        "predecesseurs": anciens,
        "successeurs": suivants,
        "lisibles": set(voisins.values_list("pk", flat=True)),
        "habilitations": habilitations(comite) if roles & {Role.QUALITE, Role.SIGNATAIRE} else None,
        "peut_preparer": Role.QUALITE in roles and not comite.est_clos,
        "voit_seances": bool(roles - {Role.ADMINISTRATEUR}),
    }
    return rendre(request, "comites/comite.html", contexte)


def boutons(comite: Comite, roles: set[str]) -> list[dict[str, str]]:
    """What may be done with the committee, the main thing first."""
    possibles = []
    if Role.QUALITE in roles and not comite.est_clos:
        possibles.append(("Préparer une séance", "creer_seance", "", "fr-icon-add-line"))
    if Role.ADMINISTRATEUR in roles:
        possibles.append(("Modifier", "modifier_comite", "secondary", "fr-icon-edit-line"))
        verbe = ("Rouvrir", "rouvrir_comite") if comite.est_clos else ("Clore", "clore_comite")
        possibles.append((*verbe, "tertiary", ""))
    return [
        {"libelle": libelle, "url": reverse(f"comites:{nom}", args=[comite.slug]), "style": style, "icone": icone}
        for libelle, nom, style, icone in possibles
    ]


def predecesseurs(comite: Comite) -> list[Comite]:
    """The committees this one continues, the latest first (at most ten)."""
    suite: list[Comite] = []
    courant = comite.predecesseur
    while courant is not None and len(suite) < 10:
        suite.append(courant)
        courant = courant.predecesseur
    return suite


def habilitations(comite: Comite) -> list[Habilitation]:
    """Roles in force today in this committee or over its authority, by role then name."""
    actives = Habilitation.objects.actives().filter(utilisateur__is_active=True)
    miennes = actives.filter(comite=comite) | actives.filter(autorite=comite.autorite_id)
    rangs = {role: rang for rang, role in enumerate(reversed(Role.values))}
    return sorted(
        miennes.select_related("utilisateur__personne__structure", "autorite"),
        key=lambda h: (rangs[h.role], h.utilisateur.personne.nom, h.utilisateur.personne.prenom),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def creer_comite(request: Requete) -> HttpResponse:
    autorites = administration(request)
    form = ComiteForm(
        **saisie(request),
        request=request,
        autorites=autorites,
        bouton="Créer le comité",
        annuler=reverse("comites:liste"),
    )

    def creer() -> Comite:
        donnees = form.cleaned_data
        colleges = donnees["colleges"].splitlines()
        return actions.creer_comite(donnees["autorite_choisie"], form.valeurs, par=request.user, colleges=colleges)

    if cree := tenter(form, creer):
        messages.success(request, "Le comité est créé.")
        return redirect("comites:comite", slug=cree.slug)
    precedents = [Etape("Comités et séances", reverse("comites:liste"))]
    return page_formulaire(request, "Nouveau comité", form, precedents=precedents)


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_comite(request: Requete, slug: str) -> HttpResponse:
    comite = comite_visible(request, slug)
    exiger_role(Role.ADMINISTRATEUR, comite, par=request.user, libelle="modifier le comité")
    nom, adresse = comite.sigle, reverse("comites:comite", args=[slug])
    form = ComiteForm(
        **saisie(request),
        instance=comite,
        request=request,
        autorites=autorites_administrees(request.user).filter(pk=comite.autorite_id),
        annuler=adresse,
    )

    def modifier() -> Comite:
        colleges = form.cleaned_data["colleges"].splitlines()
        return actions.modifier_comite(comite, form.valeurs, par=request.user, colleges=colleges)

    if modifie := tenter(form, modifier):
        messages.success(request, "Le comité est modifié.")
        return redirect("comites:comite", slug=modifie.slug)
    precedents = [Etape("Comités et séances", reverse("comites:liste")), Etape(nom, adresse)]
    return page_formulaire(request, "Modifier le comité", form, precedents=precedents)


@require_http_methods(["GET", "HEAD", "POST"])
def clore_comite(request: Requete, slug: str) -> HttpResponse:
    return _clore(
        request,
        slug,
        actions.clore_comite,
        titre="Clore le comité",
        introduction="Il ne tiendra plus de séance. Son histoire, ses séances et ses comptes rendus restent lisibles. "
        "Vous pourrez le rouvrir.",
        fait="Le comité est clos.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rouvrir_comite(request: Requete, slug: str) -> HttpResponse:
    return _clore(
        request,
        slug,
        actions.rouvrir_comite,
        titre="Rouvrir le comité",
        introduction="Il pourra de nouveau tenir des séances.",
        fait="Le comité est rouvert.",
    )


def _clore(request: Requete, slug: str, verbe: Any, *, titre: str, introduction: str, fait: str) -> HttpResponse:
    comite = comite_visible(request, slug)
    exiger_role(Role.ADMINISTRATEUR, comite, par=request.user, libelle="clore ou rouvrir le comité")
    adresse = reverse("comites:comite", args=[slug])
    form = ConfirmationForm(**saisie(request), request=request, bouton=titre, annuler=adresse)
    if tenter(form, lambda: verbe(comite, par=request.user)):
        messages.success(request, fait)
        return redirect(adresse)
    precedents = [Etape("Comités et séances", reverse("comites:liste")), Etape(comite.sigle, adresse)]
    return page_formulaire(request, titre, form, introduction=introduction, precedents=precedents)

"""The attendance of one sitting: headings, rows, the directory. Fragments for htmx, pages for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from membres.models import Personne

from .. import actions
from ..forms import ConfirmationSimple, GroupeForm, LigneForm, LignesForm
from ..models import GroupePresence, LignePresence, PersonneCitee, Seance
from ..workflow import exiger
from .acces import Etape, Requete, page_formulaire, rendre, saisie, seance_visible, tenter
from .ordre_du_jour import mouvement
from .seances import groupes_de, precedents

VERBE = "enregistrer_ligne"
SEL = "comites.retablir_ligne"
RETABLIR_SECONDES = 3600
ANNUAIRE_MAX = 50


def adresse_presence(seance: Seance, ancre: str = "") -> str:
    return reverse("comites:presence", args=[seance.pk]) + (f"#{ancre}" if ancre else "")


def _lignes_form(groupe: GroupePresence, **arguments: Any) -> LignesForm:
    """One small form per heading: its ids carry the heading's."""
    return LignesForm(
        action=reverse("comites:ajouter_lignes", args=[groupe.seance_id, groupe.pk]),
        cible="#presence",
        auto_id=f"id_g{groupe.pk}_%s",
        **arguments,
    )


def _page(
    request: Requete, seance: Seance, *, dit: str = "", refuse: LignesForm | None = None, **contexte: Any
) -> HttpResponse:
    groupes = groupes_de(seance)
    formulaires = {g.pk: _lignes_form(g, focus=contexte.get("focus") == g.pk) for g in groupes}
    if refuse is not None:
        formulaires[contexte.pop("groupe_pk")] = refuse
    contexte = {"retablir": None, "focus": None} | contexte
    contexte |= {
        "seance": seance,
        "groupes": [(groupe, formulaires[groupe.pk]) for groupe in groupes],
        "precedente": None if groupes else seance_precedente(request, seance),
        "dit": dit,
        "chemin": precedents(seance),
    }
    gabarit = "comites/_presence_edition.html" if request.htmx else "comites/presence.html"
    return rendre(request, gabarit, contexte, *([refuse] if refuse else []))


def _apres(request: Requete, seance: Seance, dit: str, ancre: str = "", **contexte: Any) -> HttpResponse:
    if request.htmx:
        return _page(request, seance, dit=dit, **contexte)
    return redirect(adresse_presence(seance, ancre))


def seance_precedente(request: Requete, seance: Seance) -> Seance | None:
    """The latest other sitting of the committee that has an attendance: where to start from."""
    autres = Seance.objects.visibles_par(request.user).filter(comite=seance.comite_id, groupes__isnull=False)
    return autres.exclude(pk=seance.pk).distinct().first()


@require_http_methods(["GET", "HEAD"])
def presence(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger(VERBE, seance, par=request.user)
    return _page(request, seance)


@require_POST
def reprendre_presence(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("reprendre_presence", seance, par=request.user)
    depuis = seance_precedente(request, seance)
    if depuis is None:
        raise Http404
    actions.reprendre_presence(seance, depuis, par=request.user)
    messages.success(request, "La liste est reprise. Vérifiez qui était présent, excusé ou absent.")
    return redirect(adresse_presence(seance))


@require_http_methods(["GET", "HEAD", "POST"])
def creer_groupe(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    exiger("enregistrer_groupe", seance, par=request.user)
    form = _groupe_form(request, seance, instance=GroupePresence(seance=seance), annuler=adresse_presence(seance))
    if groupe := tenter(form, lambda: actions.enregistrer_groupe(seance, form.valeurs, par=request.user)):
        return redirect(adresse_presence(seance, f"groupe-{groupe.pk}"))
    return page_formulaire(request, "Ajouter un groupe", form, precedents=_chemin(seance))


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_groupe(request: Requete, pk: int, groupe_pk: int) -> HttpResponse:
    seance, groupe = _groupe(request, pk, groupe_pk)
    exiger("enregistrer_groupe", seance, par=request.user)
    retour = adresse_presence(seance, f"groupe-{groupe_pk}")
    form = _groupe_form(request, seance, instance=groupe, bouton="Enregistrer", annuler=retour)
    if tenter(form, lambda: actions.enregistrer_groupe(seance, form.valeurs, par=request.user, groupe=groupe)):
        messages.success(request, "Le groupe est modifié.")
        return redirect(retour)
    return page_formulaire(request, "Modifier un groupe", form, precedents=_chemin(seance))


def _groupe_form(request: Requete, seance: Seance, **arguments: Any) -> GroupeForm:
    return GroupeForm(**saisie(request), colleges=[c.nom for c in seance.comite.colleges.all()], **arguments)


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer_groupe(request: Requete, pk: int, groupe_pk: int) -> HttpResponse:
    seance, groupe = _groupe(request, pk, groupe_pk)
    exiger("supprimer_groupe", seance, par=request.user)
    retour = adresse_presence(seance, f"groupe-{groupe_pk}")
    form = ConfirmationSimple(**saisie(request), bouton="Supprimer le groupe", annuler=retour)

    def supprimer() -> bool:
        actions.supprimer_groupe(groupe, par=request.user)
        return True

    if tenter(form, supprimer):
        messages.success(request, "Le groupe est supprimé.")
        return redirect(adresse_presence(seance))
    nombre = groupe.lignes.count()
    suite = f" avec ses {nombre} lignes" if nombre > 1 else " avec sa ligne" if nombre else ""
    introduction = f"« {groupe} » sera retiré de la liste de présence{suite}."
    return page_formulaire(request, "Supprimer un groupe", form, introduction=introduction, precedents=_chemin(seance))


@require_POST
def deplacer_groupe(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    sens, identifiant = mouvement(request)
    groupe = get_object_or_404(seance.groupes.all(), pk=identifiant)
    actions.deplacer_groupe(groupe, sens, par=request.user)
    return _apres(request, seance, f"Groupe déplacé : {groupe}", f"groupe-{groupe.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def ajouter_lignes(request: Requete, pk: int, groupe_pk: int) -> HttpResponse:
    """Rows typed or pasted under a heading, one per line."""
    seance, groupe = _groupe(request, pk, groupe_pk)
    exiger("ajouter_lignes", seance, par=request.user)
    form = _lignes_form(groupe, **saisie(request))
    if lignes := tenter(form, lambda: actions.ajouter_lignes(groupe, form.cleaned_data["texte"], par=request.user)):
        dit = f"{len(lignes)} lignes ajoutées." if len(lignes) > 1 else "Ligne ajoutée."
        return _apres(request, seance, dit, f"groupe-{groupe.pk}", focus=groupe.pk)
    if request.method != "POST":
        return redirect(adresse_presence(seance, f"groupe-{groupe.pk}"))
    return _page(request, seance, refuse=form, groupe_pk=groupe.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def annuaire(request: Requete, pk: int, groupe_pk: int) -> HttpResponse:
    """Choose persons of the directory: nothing is typed again."""
    seance, groupe = _groupe(request, pk, groupe_pk)
    exiger("ajouter_lignes", seance, par=request.user)
    erreur = ""
    if request.method == "POST":
        choisies = [_identifiant(pk) for pk in request.POST.getlist("personnes")[:ANNUAIRE_MAX]]
        personnes = list(Personne.objects.filter(pk__in=choisies).select_related("structure"))
        if personnes:
            actions.ajouter_personnes(groupe, personnes, par=request.user)
            nombre = len(personnes)
            messages.success(request, f"{nombre} personnes ajoutées." if nombre > 1 else "Personne ajoutée.")
            return redirect(adresse_presence(seance, f"groupe-{groupe.pk}"))
        erreur = "Cochez au moins une personne."
    recherche = request.GET.get("q", "").replace("\x00", "").strip()[:100]  # PostgreSQL refuses a NUL
    trouvees = list(chercher(recherche)[: ANNUAIRE_MAX + 1])
    contexte = {
        "seance": seance,
        "groupe": groupe,
        "recherche": recherche,
        "personnes": trouvees[:ANNUAIRE_MAX],
        "a_suite": len(trouvees) > ANNUAIRE_MAX,
        "deja": set(PersonneCitee.objects.filter(ligne__groupe__seance=seance).values_list("personne", flat=True)),
        "erreur": erreur,
        "chemin": _chemin(seance),
    }
    reponse = rendre(request, "comites/annuaire.html", contexte)
    reponse.status_code = 422 if erreur else 200
    return reponse


def chercher(recherche: str) -> Any:
    """Persons of the directory whose name, function or structure holds every word."""
    personnes = Personne.objects.select_related("structure")
    for mot in recherche.split()[:6]:
        personnes = personnes.filter(
            Q(nom__icontains=mot)
            | Q(prenom__icontains=mot)
            | Q(affichage__icontains=mot)
            | Q(fonction__icontains=mot)
            | Q(structure__nom__icontains=mot)
            | Q(structure__sigle__icontains=mot)
        )
    return personnes


@require_http_methods(["GET", "HEAD", "POST"])
def modifier_ligne(request: Requete, pk: int, ligne_pk: int) -> HttpResponse:
    seance, ligne = _ligne(request, pk, ligne_pk)
    exiger(VERBE, seance, par=request.user)
    groupe = ligne.groupe
    retour = adresse_presence(seance, f"ligne-{ligne_pk}")
    form = LigneForm(**saisie(request), instance=ligne, annuler=retour)
    if tenter(form, lambda: actions.enregistrer_ligne(groupe, form.valeurs, par=request.user, ligne=ligne)):
        messages.success(request, "La ligne est modifiée.")
        return redirect(retour)
    return page_formulaire(request, "Modifier une ligne", form, precedents=_chemin(seance))


@require_POST
def deplacer_ligne(request: Requete, pk: int) -> HttpResponse:
    seance = seance_visible(request, pk)
    sens, identifiant = mouvement(request)
    ligne = _ligne(request, pk, identifiant)[1]
    actions.deplacer_ligne(ligne, sens, par=request.user)
    ligne.refresh_from_db(fields=["groupe"])
    return _apres(request, seance, f"Ligne déplacée : {ligne}, {ligne.groupe}", f"ligne-{ligne.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer_ligne(request: Requete, pk: int) -> HttpResponse:
    """With htmx the row goes at once and may be put back; without, a page asks first."""
    seance, ligne = _ligne(request, pk, _identifiant(request.POST.get("ligne") or request.GET.get("ligne", "")))
    exiger("supprimer_ligne", seance, par=request.user)
    form = ConfirmationSimple(
        **saisie(request), bouton="Supprimer la ligne", annuler=adresse_presence(seance, f"ligne-{ligne.pk}")
    )
    memoire = {"seance": seance.pk, **actions.instantane(ligne)}

    def supprimer() -> bool:
        actions.supprimer_ligne(ligne, par=request.user)
        return True

    if tenter(form, supprimer):
        if not request.htmx:
            messages.success(request, "La ligne est supprimée.")
        memoire_signee = signing.dumps(memoire, salt=SEL, compress=True)
        retablir = {"groupe": ligne.groupe_id, "texte": str(ligne), "memoire": memoire_signee}
        return _apres(request, seance, f"Ligne supprimée : {ligne}", f"groupe-{ligne.groupe_id}", retablir=retablir)
    introduction = f"« {ligne} » sera retiré de la liste de présence."
    return page_formulaire(request, "Supprimer une ligne", form, introduction=introduction, precedents=_chemin(seance))


@require_POST
def retablir_ligne(request: Requete, pk: int) -> HttpResponse:
    """Put back the row just removed; the page carried it, signed."""
    seance = seance_visible(request, pk)
    try:
        memoire = signing.loads(request.POST.get("memoire", ""), salt=SEL, max_age=RETABLIR_SECONDES)
    except signing.BadSignature as erreur:
        raise Http404 from erreur
    if memoire.pop("seance") != seance.pk:
        raise Http404
    ligne = actions.retablir_ligne(seance, memoire, par=request.user)
    return _apres(request, seance, f"Ligne rétablie : {ligne}", f"ligne-{ligne.pk}")


def _identifiant(texte: str) -> int:
    return int(texte) if texte.isdecimal() and len(texte) < 19 else 0


def _chemin(seance: Seance) -> list[Etape]:
    return [*precedents(seance), Etape("Présence", adresse_presence(seance))]


def _groupe(request: Requete, pk: int, groupe_pk: int) -> tuple[Seance, GroupePresence]:
    seance = seance_visible(request, pk)
    return seance, get_object_or_404(seance.groupes.all(), pk=groupe_pk)


def _ligne(request: Requete, pk: int, ligne_pk: int) -> tuple[Seance, LignePresence]:
    seance = seance_visible(request, pk)
    lignes = LignePresence.objects.filter(groupe__seance=seance).select_related("groupe__seance__comite")
    return seance, get_object_or_404(lignes, pk=ligne_pk)

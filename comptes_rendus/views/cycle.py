"""From draft to publication: each step a page that shows what it does, and one POST that does it."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.models import Travail
from journal.workflow import TransitionRefusee

from .. import actions, affichage, assemblage
from ..forms import ApprobationForm, DelegationForm, MotifForm, PublicationForm, SignatureForm
from ..models import CompteRendu, PdfProjet
from ..workflow import WORKFLOW
from .acces import compte_rendu_visible, garder_la_saisie, saisie

PDF_DANS_LA_PAGE = {"default-src": ["'none'"], "frame-ancestors": ["'self'"], "style-src": ["'unsafe-inline'"]}


def _exiger(verbe: str, compte_rendu: CompteRendu, request: HttpRequest) -> None:
    """Role (403), then state (409), before a page that prepares a verb is shown."""
    WORKFLOW.exiger_role(verbe, compte_rendu, par=request.user)
    if verbe not in WORKFLOW.permis(compte_rendu, request.user):
        raise TransitionRefusee(
            f"Ce compte rendu est « {compte_rendu.get_etat_display().lower()} » : cette étape n’est pas possible."
        )


@require_POST
def soumettre(request: HttpRequest, pk: int) -> HttpResponse:
    actions.soumettre(compte_rendu_visible(request, pk), par=request.user)  # type: ignore[arg-type]
    messages.success(
        request, "Le compte rendu est soumis à relecture. Vous pouvez reprendre la main avant l’approbation."
    )
    return redirect("comptes_rendus:detail", pk)


@require_POST
def reprendre_la_main(request: HttpRequest, pk: int) -> HttpResponse:
    actions.reprendre_la_main(compte_rendu_visible(request, pk), par=request.user)  # type: ignore[arg-type]
    messages.success(request, "Le compte rendu est de nouveau un brouillon.")
    return redirect("comptes_rendus:detail", pk)


@require_http_methods(["GET", "POST"])
@garder_la_saisie
def renvoyer(request: HttpRequest, pk: int) -> HttpResponse:
    compte_rendu = compte_rendu_visible(request, pk)
    _exiger("renvoyer", compte_rendu, request)
    form = MotifForm(saisie(request))
    if request.method == "POST" and form.is_valid():
        actions.renvoyer(compte_rendu, motif=form.cleaned_data["motif"], par=request.user)  # type: ignore[arg-type]
        messages.success(request, "Le compte rendu est renvoyé, avec votre motif.")
        return redirect("comptes_rendus:detail", pk)
    contexte = {"form": form, "compte_rendu": compte_rendu}
    return render(request, "comptes_rendus/renvoyer.html", contexte, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def approuver(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole document, and one button that approves exactly what is on the screen."""
    compte_rendu = compte_rendu_visible(request, pk)
    _exiger("approuver", compte_rendu, request)
    form = ApprobationForm(saisie(request), request=request)
    if request.method == "POST":
        valide = form.is_valid()
        if "empreinte" in form.errors:
            raise TransitionRefusee("Le texte approuvé doit être celui affiché : relisez-le avant de l’approuver.")
        if valide:
            actions.approuver(compte_rendu, empreinte=form.cleaned_data["empreinte"], par=request.user)  # type: ignore[arg-type]
            messages.success(request, "Le compte rendu est approuvé. Son PDF se prépare, puis vous pourrez le signer.")
            return redirect("comptes_rendus:signer", pk)
    document = assemblage.assembler(compte_rendu)
    form.initial["empreinte"] = assemblage.empreinte(document)
    contexte = {
        "compte_rendu": compte_rendu,
        "corps": affichage.corps_du_document(document),
        "form": form,
        "delegation": DelegationForm(initial={"delegation": compte_rendu.delegation}),
        "a_redige": actions.a_redige(compte_rendu, request.user),  # type: ignore[arg-type]
    }
    return render(request, "comptes_rendus/approuver.html", contexte, status=422 if form.is_bound else 200)


@require_POST
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    compte_rendu = compte_rendu_visible(request, pk)
    _exiger("approuver", compte_rendu, request)
    form = DelegationForm(request.POST)
    if not form.is_valid():
        raise TransitionRefusee("Cette ligne de délégation n’existe pas.")
    actions.choisir_delegation(compte_rendu, form.cleaned_data["delegation"], par=request.user)  # type: ignore[arg-type]
    messages.success(request, "La ligne de délégation est enregistrée : relisez le bloc de signature.")
    return redirect("comptes_rendus:approuver", pk)


@require_http_methods(["GET", "POST"])
def signer(request: HttpRequest, pk: int) -> HttpResponse:
    """The very PDF to sign, in the page; the password again; one signature."""
    compte_rendu = compte_rendu_visible(request, pk)
    _exiger("signer", compte_rendu, request)
    fige = compte_rendu.pdf_approuve
    initial = {"empreinte": fige.empreinte if fige else ""}
    form = SignatureForm(saisie(request), request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _apposer(request, compte_rendu, form)
    contexte = {
        "compte_rendu": compte_rendu,
        "form": form,
        "pdf": fige,
        "travail": _travail(compte_rendu),
        "nom": request.user.personne.nom_simple,  # type: ignore[union-attr]
        "nom_imprime": (fige.document["signature"] or [""])[-1] if fige else "",
    }
    gabarit = "_signer.html" if request.htmx else "signer.html"  # type: ignore[attr-defined]
    return render(request, f"comptes_rendus/{gabarit}", contexte, status=422 if form.is_bound else 200)


def _apposer(request: HttpRequest, compte_rendu: CompteRendu, form: Any) -> HttpResponse:
    from ..signature import CleIndisponible, SignatureImpossible

    try:
        actions.signer(compte_rendu, empreinte=form.cleaned_data["empreinte"], par=request.user)  # type: ignore[arg-type]
    except (CleIndisponible, SignatureImpossible) as erreur:
        messages.error(request, f"Rien n’a été signé. {erreur}")
        return redirect("comptes_rendus:signer", compte_rendu.pk)
    messages.success(request, "Le compte rendu est signé. Il reste à le publier.")
    return redirect("comptes_rendus:detail", compte_rendu.pk)


def _travail(compte_rendu: CompteRendu) -> Travail | None:
    """The job that renders the approved PDF, to tell a slow one from a failed one."""
    prefixe = f"figer:{compte_rendu.pk}:"
    return Travail.objects.filter(genre="figer", cle__startswith=prefixe).order_by("-pk").first()


@require_http_methods(["GET", "POST"])
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    compte_rendu = compte_rendu_visible(request, pk)
    _exiger("publier", compte_rendu, request)
    form = PublicationForm(saisie(request), request=request)
    if request.method == "POST" and form.is_valid():
        actions.publier(compte_rendu, par=request.user)  # type: ignore[arg-type]
        messages.success(request, "Le compte rendu est publié.")
        return redirect("comptes_rendus:detail", pk)
    contexte = {"compte_rendu": compte_rendu, "form": form}
    return render(request, "comptes_rendus/publier.html", contexte, status=422 if form.is_bound else 200)


@require_POST
def rectifier(request: HttpRequest, pk: int) -> HttpResponse:
    suivant = actions.rectifier(compte_rendu_visible(request, pk), par=request.user)  # type: ignore[arg-type]
    messages.success(request, "Une nouvelle version est ouverte. L’ancienne reste en ligne jusqu’à sa publication.")
    return redirect("comptes_rendus:detail", suivant.pk)


# --- Files ---


@require_http_methods(["GET", "POST"])
def projet(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the PDF marked « PROJET », wait for it, open it."""
    compte_rendu = compte_rendu_visible(request, pk)
    if request.method == "POST":
        actions.demander_projet(compte_rendu, par=request.user)  # type: ignore[arg-type]
        return redirect("comptes_rendus:projet", pk)
    pret = _projet_a_jour(compte_rendu)
    travail = Travail.objects.filter(genre="projet", cle__startswith=f"projet:{pk}:").order_by("-pk").first()
    contexte = {"compte_rendu": compte_rendu, "pret": pret, "travail": travail}
    gabarit = "_projet.html" if request.htmx else "projet.html"  # type: ignore[attr-defined]
    return render(request, f"comptes_rendus/{gabarit}", contexte)


def _projet_a_jour(compte_rendu: CompteRendu) -> PdfProjet | None:
    sha256 = assemblage.empreinte(assemblage.assembler(compte_rendu))
    return PdfProjet.objects.filter(compte_rendu=compte_rendu, empreinte_document=sha256).first()


@require_safe
@xframe_options_sameorigin
@csp_replace(PDF_DANS_LA_PAGE)  # type: ignore[arg-type]  # its annotation knows only views without arguments
def fichier(request: HttpRequest, pk: int, nature: str) -> HttpResponse:
    """The bytes of a PDF of these minutes: ``projet``, ``approuve`` (the one to sign) or ``signe``."""
    compte_rendu = compte_rendu_visible(request, pk)
    if nature == "projet":
        garde = PdfProjet.objects.filter(compte_rendu=compte_rendu).first()
    else:
        garde = compte_rendu.pdf_approuve if nature == "approuve" else compte_rendu.pdf_signe  # type: ignore[assignment]
    if garde is None:
        raise TransitionRefusee("Ce fichier n’existe pas encore.")
    reponse = HttpResponse(bytes(garde.octets), content_type="application/pdf")
    nom = f"CR_{compte_rendu.permalien}_{nature}.pdf"
    reponse.headers["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse

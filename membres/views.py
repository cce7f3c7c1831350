"""Pages of the accounts, public texts about the service, and the living page of components."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, demo_composants, demo_comptes, reseau
from .emails import duree_du_lien
from .forms import ConnexionForm, MotDePasseForm, MotDePasseNouveauForm, MotDePasseOublieForm

HEURE = 3600
DEMANDES_PAR_ADRESSE = 5
DEMANDES_PAR_POSTE = 30


def _envoi(request: HttpRequest) -> QueryDict | None:
    """What was sent, even an empty form; ``None`` when the page is only read."""
    return request.POST if request.method == "POST" else None


# --- Sign in, sign out --------------------------------------------------------------------------------------------


class Connexion(LoginView):
    """Django's own logic: new session key, safe ``next``; django-axes counts the failures and answers 429."""

    template_name = "membres/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexte: dict[str, Any] = super().get_context_data(**kwargs)
        contexte["suite"] = self.get_redirect_url()
        if settings.DEMONSTRATION:
            contexte["comptes_demo"] = demo_comptes.COMPTES
            contexte["mot_de_passe_demo"] = demo_comptes.MOT_DE_PASSE
        return contexte


connexion = Connexion.as_view()


@require_POST
@login_not_required
@never_cache
def deconnexion(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget what it kept. Cookies of neighbouring sites are not ours to clear."""
    logout(request)
    reponse = redirect("membres:au_revoir")
    reponse.headers["Clear-Site-Data"] = '"cache", "storage"'
    return reponse


@require_safe
@login_not_required
@never_cache
def au_revoir(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("accueil")
    return render(request, "membres/au_revoir.html")


# --- Account ------------------------------------------------------------------------------------------------------


@require_safe
def compte(request: HttpRequest) -> HttpResponse:
    habilitations: Any = getattr(request.user, "habilitations")  # noqa: B009 - a relation of an upper app
    roles = habilitations.actives().select_related("comite", "autorite").order_by("role", "pk")
    return render(request, "membres/compte.html", {"roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    utilisateur: Any = request.user
    form = MotDePasseForm(utilisateur, _envoi(request), annuler=reverse_lazy("membres:compte"))
    if form.is_valid():
        actions.changer_mot_de_passe(utilisateur, form.cleaned_data["new_password1"], par=utilisateur)
        update_session_auth_hash(request, utilisateur)
        messages.success(request, "Votre mot de passe est changé. Vos autres sessions sont terminées.")
        return redirect("membres:compte")
    return render(request, "membres/mot_de_passe.html", {"form": form}, status=422 if form.errors else 200)


def _trop_de_demandes(adresse: str, poste: str) -> bool:
    """Count one request per address and per network address; True above the allowance of the hour."""
    trop = False
    for valeur, limite in ((f"adresse:{adresse}", DEMANDES_PAR_ADRESSE), (f"poste:{poste}", DEMANDES_PAR_POSTE)):
        cle = "oubli:" + hashlib.sha256(valeur.encode()).hexdigest()
        cache.add(cle, 0, HEURE)
        try:
            nombre = cache.incr(cle)
        except ValueError:  # expired in between
            cache.set(cle, nombre := 1, HEURE)
        trop = trop or nombre > limite
    return trop


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def mot_de_passe_oublie(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the address has an account, has none, or asked too often."""
    form = MotDePasseOublieForm(_envoi(request), annuler=reverse_lazy("membres:connexion"))
    if form.is_valid():
        adresse = form.cleaned_data["adresse"]
        if not _trop_de_demandes(adresse, str(reseau.adresse(request))):
            actions.demander_mot_de_passe(adresse)
        return redirect("membres:mot_de_passe_envoye")
    return render(request, "membres/mot_de_passe_oublie.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_not_required
def mot_de_passe_envoye(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/mot_de_passe_envoye.html", {"duree": duree_du_lien()})


class MotDePasseNouveau(PasswordResetConfirmView):
    """The token leaves the address at once (it goes into the session); opening the link changes nothing by itself."""

    template_name = "membres/mot_de_passe_nouveau.html"
    form_class = MotDePasseNouveauForm
    success_url = reverse_lazy("membres:connexion")
    reset_url_token = "choisir"  # noqa: S105 - a word of the address, not a secret

    def form_valid(self, form: Any) -> HttpResponse:
        utilisateur: Any = self.user
        actions.changer_mot_de_passe(utilisateur, form.cleaned_data["new_password1"], par=utilisateur)
        del self.request.session["_password_reset_token"]
        messages.success(self.request, "Votre mot de passe est enregistré. Vous pouvez vous connecter.")
        return redirect(self.get_success_url())


mot_de_passe_nouveau = MotDePasseNouveau.as_view()


# --- Public texts -------------------------------------------------------------------------------------------------


@require_safe
@login_not_required
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/accessibilite.html")


@require_safe
@login_not_required
def mentions_legales(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/mentions_legales.html")


@require_safe
@login_not_required
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/donnees_personnelles.html")


@require_safe
@login_not_required
def plan(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/plan.html")


@require_safe
@login_not_required
def aide(request: HttpRequest) -> HttpResponse:
    return render(request, "membres/aide.html")


# --- Components ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def composants(request: HttpRequest) -> HttpResponse:
    """Every fragment in every state, with the line to copy. A POST only shows the form's errors: nothing is written."""
    return render(request, "membres/composants.html", demo_composants.contexte(request))


@require_safe
def composants_progression(request: HttpRequest) -> HttpResponse:
    """The polled fragment of the living page: 25 % more each time, then the end."""
    return render(request, "membres/_composants_progression.html", demo_composants.progression(request))


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Published minutes may be indexed; the rest has nothing for an engine."""
    interdits = "".join(
        f"Disallow: /{racine}/\n" for racine in ("redaction", "comites", "seances", "compte", "verifier")
    )
    return HttpResponse(f"User-agent: *\n{interdits}", content_type="text/plain; charset=utf-8")

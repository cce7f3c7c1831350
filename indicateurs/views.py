"""Home: for a visitor the way in, for the others what awaits them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comites.models import Comite, Role, Seance
from comptes_rendus.models import CompteRendu
from journal.models import Travail

Etat = CompteRendu.Etat


@require_safe
@login_not_required
def accueil(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        derniers = CompteRendu.objects.publies().select_related("seance__comite").order_by("-publie_le")[:3]
        return render(request, "indicateurs/accueil_public.html", {"derniers": derniers})
    redige = Comite.objects.ou(request.user, Role.QUALITE)
    signe = Comite.objects.ou(request.user, Role.SIGNATAIRE)
    administre = Comite.objects.ou(request.user, Role.ADMINISTRATEUR).exists()
    textes = CompteRendu.objects.select_related("seance__comite", "auteur__personne").order_by("-pk")
    tenues = Seance.objects.select_related("comite").filter(comite__in=redige, etat=Seance.Etat.TENUE)
    contexte = {
        "a_rediger": textes.filter(seance__comite__in=redige, etat=Etat.BROUILLON)[:20],
        "sans_compte_rendu": tenues.filter(comptes_rendus=None)[:20],
        "a_approuver": textes.filter(seance__comite__in=signe, etat=Etat.RELECTURE)[:20],
        "a_signer": textes.filter(seance__comite__in=signe, etat=Etat.APPROUVE)[:20],
        "a_publier": textes.filter(seance__comite__in=redige, etat=Etat.SIGNE)[:20],
        "en_relecture": textes.filter(seance__comite__in=redige, etat__in=[Etat.RELECTURE, Etat.APPROUVE])[:20],
        "a_venir": Seance.objects.visibles_par(request.user)
        .select_related("comite")
        .filter(date__gte=timezone.localdate())
        .exclude(etat=Seance.Etat.ANNULEE)
        .order_by("date")[:5],
        "derniers": textes.publies()
        .filter(seance__comite__in=Comite.objects.visibles_par(request.user))
        .order_by("-publie_le")[:5],
        "travaux_echoues": Travail.objects.filter(etat=Travail.Etat.ECHOUE).count() if administre else 0,
    }
    contexte["rien"] = not any(
        contexte[cle] for cle in ("a_rediger", "sans_compte_rendu", "a_approuver", "a_signer", "a_publier")
    )
    return render(request, "indicateurs/accueil.html", contexte)

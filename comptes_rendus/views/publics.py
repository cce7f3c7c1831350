"""The pages anyone may read: the published minutes, their PDF, and « is this file really yours? »."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import F, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import register_converter
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from comites.models import Comite
from membres.reseau import adresse

from .. import recherche, verification
from ..affichage import corps_du_document
from ..document import Document
from ..models import CompteRendu, PdfFige
from ..verification import TAILLE_MAX, Motif, Nature, Verdict

PAR_PAGE = 20
COLONNES = (
    *("permalien", "etat", "version", "publie_le", "seance__date", "seance__date_affichee"),
    *("seance__comite__nom", "seance__comite__sigle"),
)
RECENTE = ("-date_de_tri", "-pk")
TRIS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "recente": ("Séance la plus récente", RECENTE),
    "ancienne": ("Séance la plus ancienne", (F("seance__date").asc(nulls_last=True), "pk")),
    "publication": ("Publication la plus récente", ("-publie_le", "-pk")),
}


class Jour:
    """A day in an address, « 2026-03-12 »."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, valeur: str) -> datetime.date:
        return datetime.date.fromisoformat(valeur)

    def to_url(self, valeur: datetime.date | str) -> str:
        return str(valeur)


register_converter(Jour, "jour")


def en_cache_public(request: HttpRequest, reponse: HttpResponse) -> HttpResponse:
    """One minute in shared caches, for visitors without a session only; a logged-in one gets ``no-store`` anyway."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        reponse.headers["Cache-Control"] = "public, max-age=60"
    return reponse


# --- The list -----------------------------------------------------------------------------------------------------


@require_safe
@login_not_required
def publics(request: HttpRequest) -> HttpResponse:
    """Published minutes: search, filters, sort, pages. The number of queries does not depend on the rows."""
    publies = CompteRendu.objects.publies()
    texte = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    comites, annees = cache.get_or_set(recherche.FILTRES, _filtres, 60) or _filtres()  # publishing forgets it at once
    comite = next((c for c in comites if c.slug == request.GET.get("comite")), None)
    annee = next((a for a in annees if str(a) == request.GET.get("annee")), None)
    tri = request.GET.get("tri", "")
    lignes = recherche.rechercher(publies, texte)
    if tri in TRIS:
        lignes = lignes.order_by(*TRIS[tri][1])
    if comite:
        lignes = lignes.filter(seance__comite=comite)
    if annee:
        lignes = lignes.filter(date_de_tri__year=annee)
    page = Paginator(lignes.values_list("pk", flat=True), PAR_PAGE).get_page(request.GET.get("page"))
    demandes = recherche.termes(texte)
    contexte = {
        "page": page,
        "fiches": _fiches(list(page), demandes),
        "texte": texte,
        "trop_courant": bool(texte and not demandes),
        "comites": comites,
        "comite": comite,
        "annees": annees,
        "annee": annee,
        "tris": {cle: nom for cle, (nom, _) in TRIS.items()},
        "tri": tri if tri in TRIS else "",
        "filtre": bool(texte or comite or annee),
    }
    reponse = render(request, "comptes_rendus/publics/liste.html", contexte)
    if request.GET:
        reponse.headers["X-Robots-Tag"] = "noindex"
    return en_cache_public(request, reponse)


def _filtres() -> tuple[list[Comite], list[int]]:
    """Committees and years that have something published."""
    publies = CompteRendu.objects.publies().order_by()
    jours = publies.exclude(date_de_tri=datetime.date.min).values_list("date_de_tri", flat=True).distinct()
    comites = Comite.objects.filter(pk__in=publies.values("seance__comite")).order_by("nom")
    return list(comites), sorted({jour.year for jour in jours}, reverse=True)


@dataclass(frozen=True, slots=True)
class Fiche:
    """A row of the list. The title is that of the frozen document."""

    compte_rendu: CompteRendu
    titre: str
    extrait: str


def _fiches(cles: list[int], demandes: list[tuple[str, ...]]) -> list[Fiche]:
    """The rows of one page, in the order of their keys: one query, the few columns that are shown."""
    titre = Coalesce("recherche__titre", KeyTextTransform("titre", "pdf_signe__document"), output_field=TextField())
    texte = F("recherche__texte") if demandes else Value("")
    lignes = (
        CompteRendu.objects.filter(pk__in=cles)
        .select_related("seance__comite")
        .only(*COLONNES)
        .annotate(titre_fige=titre, texte_fige=texte)
    )
    lues: dict[int, Any] = {ligne.pk: ligne for ligne in lignes}
    return [_fiche(lues[cle], demandes) for cle in cles]


def _fiche(ligne: Any, demandes: list[tuple[str, ...]]) -> Fiche:
    titre = ligne.titre_fige or f"Compte rendu de la séance ({ligne.seance.quand})"
    if not demandes:
        return Fiche(ligne, titre, "")
    return Fiche(ligne, recherche.surligner(titre, demandes), recherche.extrait(ligne.texte_fige or "", demandes))


# --- One compte rendu ---------------------------------------------------------------------------------------------


def _publie(permalien: str) -> CompteRendu:
    """404 when not there or not public: both look the same."""
    publies = CompteRendu.objects.publies().select_related("seance__comite__autorite", "signe_par__personne")
    compte_rendu: CompteRendu = get_object_or_404(publies.defer("source", "document_approuve"), permalien=permalien)
    return compte_rendu


@require_safe
@login_not_required
def public(request: HttpRequest, permalien: str) -> HttpResponse:
    """The minutes as they were signed: made from the frozen document, never from rows that can change."""
    compte_rendu = _publie(permalien)
    fige = PdfFige.objects.get(pk=compte_rendu.pdf_signe_id or 0)
    document = Document.depuis_json(fige.document)
    est_integre = verification.est_integre(fige)
    contexte = {
        "compte_rendu": compte_rendu,
        "document": document,
        "titre": document.titre or document.intitule or str(compte_rendu),
        # Frozen bytes, frozen text: rendered once an hour and process at the most.
        "corps": cache.get_or_set(f"corps:{fige.empreinte}", lambda: corps_du_document(document), 3600),
        "sommaire": [r for r in (*document.rubriques, *document.annexes) if r.cle and (r.titre or r.numero)],
        "signataire": verification.signataire(fige.document, compte_rendu),
        "est_integre": est_integre,
        "taille": _poids(len(fige.octets)),
        "pages": fige.pages,
        "remplacant": verification.version_en_vigueur(compte_rendu),
        **_voisins(compte_rendu),
    }
    reponse = render(request, "comptes_rendus/publics/detail.html", contexte)
    return en_cache_public(request, reponse)


def _voisins(compte_rendu: CompteRendu) -> dict[str, CompteRendu | None]:
    """The minutes in force of the sittings before and after, in the same committee."""
    jour, seance = compte_rendu.date_de_tri, compte_rendu.seance_id
    if jour == datetime.date.min:
        return {"precedent": None, "suivant": None}
    autres = (
        CompteRendu.objects.filter(etat=CompteRendu.Etat.PUBLIE, seance__comite=compte_rendu.seance.comite_id)
        .exclude(Q(seance=seance) | Q(date_de_tri=datetime.date.min))
        .select_related("seance__comite")
        .only("permalien", "version", "seance__date", "seance__date_affichee", "seance__comite__sigle")
    )
    # The day is given twice, once alone, so that both engines walk the index and stop at the first row.
    avant = autres.filter(Q(date_de_tri__lt=jour) | Q(seance__lt=seance), date_de_tri__lte=jour)
    apres = autres.filter(Q(date_de_tri__gt=jour) | Q(seance__gt=seance), date_de_tri__gte=jour)
    return {
        "precedent": avant.order_by("-date_de_tri", "-seance", "-version").first(),
        "suivant": apres.order_by("date_de_tri", "seance", "-version").first(),
    }


def _poids(octets: int) -> str:
    """« 120 ko », « 1,4 Mo » (decimal units, as French systems count)."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0ko"
    return f"{octets / 1_000_000:.1f}".replace(".", ",") + "\u00a0Mo"


@require_safe
@login_not_required
def public_pdf(request: HttpRequest, permalien: str) -> HttpResponse:
    """The very bytes that were signed; 503 if what is kept no longer has its hash."""
    compte_rendu = _publie(permalien)
    fige = PdfFige.objects.defer("document").get(pk=compte_rendu.pdf_signe_id or 0)
    if not verification.est_integre(fige):
        return render(request, "comptes_rendus/publics/indisponible.html", {"compte_rendu": compte_rendu}, status=503)
    reponse = HttpResponse(fige.octets, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="{_nom_de_fichier(compte_rendu)}"'
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    reponse.headers["ETag"] = quote_etag(fige.empreinte)
    en_cache_public(request, reponse)
    return get_conditional_response(request, etag=reponse.headers["ETag"], response=reponse) or reponse


def _nom_de_fichier(compte_rendu: CompteRendu) -> str:
    """« CR_CLAC_2026-03-12.pdf »: plain ASCII, the reference when the sitting has no date."""
    seance = compte_rendu.seance
    sigle = re.sub(r"[^A-Za-z0-9]+", "-", recherche.sans_accents(seance.comite.sigle)).strip("-") or "comite"
    version = f"_v{compte_rendu.version}" if compte_rendu.version > 1 else ""
    return f"CR_{sigle}_{seance.date or compte_rendu.reference}{version}.pdf"


@require_safe
@login_not_required
def date(request: HttpRequest, comite: str, jour: datetime.date) -> HttpResponse:
    """The address one can guess: committee and day lead to the minutes in force of that sitting."""
    publies = CompteRendu.objects.publies().filter(seance__comite__slug=comite, seance__date=jour)
    permaliens = publies.order_by("etat", "-version", "-pk").values_list("permalien", flat=True)  # publie < remplace
    permalien = permaliens.first()
    if permalien is None:
        raise Http404
    return en_cache_public(request, redirect("comptes_rendus:public", permalien=permalien))


# --- « Is this file really yours? » --------------------------------------------------------------------------------

FENETRE = 600  # seconds
ENVOIS_MAX, QUESTIONS_MAX = 20, 120  # files sent, hashes and references asked, per network and window


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def verifier(request: HttpRequest) -> HttpResponse:
    """Check a file (or its hash, or a reference). Nothing is kept."""
    donnees = request.POST if request.method == "POST" else request.GET
    fichier = request.FILES.get("fichier") if request.method == "POST" else None
    empreinte, reference = donnees.get("empreinte", "").strip(), donnees.get("reference", "").strip()
    if fichier is not None:
        if _trop(request, "fichier", ENVOIS_MAX):
            return _page(request, erreur="trop_souvent", status=429)
        if (fichier.size or 0) > TAILLE_MAX:
            return _page(request, erreur="trop_lourd", status=413)
        return _page(request, verdict=verification.verifier(fichier.read()), nom=fichier.name or "")
    if not (empreinte or reference):
        return _page(request, erreur="rien" if request.method == "POST" else "")
    if _trop(request, "question", QUESTIONS_MAX):
        return _page(request, erreur="trop_souvent", status=429)
    if empreinte:
        return _page(request, verdict=verification.verifier_empreinte(empreinte))
    return _page(request, verdict=verification.verifier_reference(reference), reference=reference[:60])


def _page(
    request: HttpRequest, *, verdict: Verdict | None = None, erreur: str = "", status: int = 200, **contexte: Any
) -> HttpResponse:
    """The whole page, or its answer alone when the page's own script asks for it."""
    seul = request.headers.get("X-Conclu") == "verdict"
    gabarit = "_verdict" if seul else "verifier"
    contexte |= {"verdict": verdict, "erreur": erreur, "taille_max": TAILLE_MAX, "nom": contexte.get("nom", "")}
    contexte |= {"reference": contexte.get("reference", ""), "peut_envoyer": seul and _a_examiner(verdict)}
    reponse = render(request, f"comptes_rendus/publics/{gabarit}.html", contexte, status=status)
    reponse.headers["Cache-Control"] = "no-store, private"
    if verdict or erreur:
        reponse.headers["X-Robots-Tag"] = "noindex"
    if status == 429:
        reponse.headers["Retry-After"] = str(FENETRE)
    return reponse


def _a_examiner(verdict: Verdict | None) -> bool:
    """Whether sending the file itself may tell more than its hash did."""
    return verdict is not None and verdict.nature == Nature.INCONNU and verdict.motif == Motif.SANS_TRACE


def _trop(request: HttpRequest, quoi: str, maximum: int) -> bool:
    """Count one more check of this network; true when it is one too many. A lost counter lets through."""
    cle = f"verifier:{quoi}:{adresse(request)}"
    cache.add(cle, 0, FENETRE)
    try:
        return int(cache.incr(cle)) > maximum
    except ValueError:
        return False

"""French dates and typography, and what the fragments of ``templates/composants`` need to compute."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateformat import format as formater
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from membres.actes import libelle_acte

register = template.Library()

INSECABLE = "\u00a0"
FINE = "\u202f"


# --- Dates ------------------------------------------------------------------------------------------------------


def _jour(valeur: Any) -> datetime.date | None:
    if isinstance(valeur, datetime.datetime):
        return timezone.localtime(valeur).date() if timezone.is_aware(valeur) else valeur.date()
    return valeur if isinstance(valeur, datetime.date) else None


@register.filter
def date_fr(valeur: Any) -> str:
    """« 12 mars 2026 », « 1er mars 2026 » (no-break between day and month); empty for anything but a date."""
    jour = _jour(valeur)
    if jour is None:
        return ""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{formater(jour, 'F Y')}"


@register.filter
def date_courte(valeur: Any) -> str:
    """« 12/03/2026 », for narrow columns."""
    jour = _jour(valeur)
    return formater(jour, "d/m/Y") if jour else ""


@register.filter
def jour_fr(valeur: Any) -> str:
    """« jeudi 12 mars 2026 »."""
    jour = _jour(valeur)
    return f"{formater(jour, 'l')} {date_fr(jour)}" if jour else ""


@register.filter
def heure_fr(valeur: Any) -> str:
    """« 14 h 30 », « 14 h » (local time for an instant); empty for anything but a time."""
    if isinstance(valeur, datetime.datetime):
        valeur = timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur
    elif not isinstance(valeur, datetime.time):
        return ""
    minutes = f"{INSECABLE}{valeur.minute:02d}" if valeur.minute else ""
    return f"{valeur.hour}{INSECABLE}h{minutes}"


@register.filter
def quand(valeur: Any) -> str:
    """« le 12 mars 2026 à 14 h 30 », in the time zone of the settings; a bare date gives « le 12 mars 2026 »."""
    if isinstance(valeur, datetime.datetime):
        return f"le {date_fr(valeur)} à {heure_fr(valeur)}"
    return f"le {date_fr(valeur)}" if isinstance(valeur, datetime.date) else ""


@register.filter
def quand_iso(valeur: Any) -> str:
    """The machine form for ``<time datetime>``."""
    return valeur.isoformat() if isinstance(valeur, datetime.date | datetime.time) else ""


# --- Typography ---------------------------------------------------------------------------------------------------

_BLANC = "[ \u00a0\u202f\u2009]"
_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=\w)"), "’"),
    (re.compile(rf"«{_BLANC}*"), f"«{INSECABLE}"),
    (re.compile(rf"{_BLANC}*»"), f"{INSECABLE}»"),
    (re.compile(rf"{_BLANC}+:(?!\S)"), f"{INSECABLE}:"),
    (re.compile(rf"{_BLANC}+(?=[;?!])"), FINE),
    (re.compile(rf"(?<=\d){_BLANC}*%"), f"{FINE}%"),
    (re.compile(rf"(?<=\d){_BLANC}(?=\d{{3}}(?!\d))"), FINE),
    (re.compile(rf"\b(M\.|MM\.|Mmes?|[nN]°s?){_BLANC}+(?=[\wÀ-Þ])"), rf"\1{INSECABLE}"),
    (re.compile(rf"(?<=\d){_BLANC}+(?=(?:h|heures?|minutes?|jours?|mois|ans?|€|euros?|Mo|Ko|pages?)\b)"), INSECABLE),
)


def texte_fr(texte: str) -> str:
    """French spaces and apostrophes of a plain text of the interface."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


@register.filter(is_safe=True)
def typo(valeur: Any) -> str:
    """No-break spaces and apostrophes of a plain text; it adds and removes no markup."""
    if isinstance(valeur, SafeString):
        morceaux = re.split(r"(<[^>]*>|&[#\w]+;)", valeur)
        morceaux[::2] = [texte_fr(m) for m in morceaux[::2]]
        return mark_safe("".join(morceaux))  # noqa: S308 - same markup, only spaces between its tags
    return texte_fr(str(valeur))


@register.filter(is_safe=True)
def insecable(valeur: Any) -> str:
    """Every space becomes a no-break space: a name, a reference, an amount."""
    return str(valeur).replace(" ", INSECABLE)


@register.filter
def nombre_fr(valeur: Any) -> str:
    """« 1 234,5 » with narrow no-break spaces; empty for None."""
    if valeur is None or valeur == "":
        return ""
    entier, _, decimales = str(valeur).partition(".")
    signe = "−" if entier.startswith("-") else ""
    entier = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", FINE, entier.lstrip("-"))
    return f"{signe}{entier},{decimales}" if decimales else f"{signe}{entier}"


@register.filter
def pluriel(nombre: Any, formes: str) -> str:
    """``{{ 3|pluriel:"séance,séances" }}`` → « 3 séances »; 0 and 1 take the singular, as French does."""
    un, _, plusieurs = formes.partition(",")
    return f"{nombre_fr(nombre)}{INSECABLE}{un if abs(int(nombre)) < 2 else plusieurs or un + 's'}"


# --- Menu ---------------------------------------------------------------------------------------------------------

TOUS = frozenset({"*"})
CONNECTES = frozenset({"membre", "agent", "qualite", "signataire", "administrateur"})
REDACTION = frozenset({"qualite", "signataire"})
ADMINISTRATION = frozenset({"administrateur"})

#: (who, url name, label); a name that does not exist yet leaves no entry. A list instead of a name is a sub-menu.
MENU: tuple[tuple[frozenset[str], Any, str], ...] = (
    (TOUS, "accueil", "Accueil"),
    (TOUS, "comptes_rendus:publics", "Comptes rendus"),
    (REDACTION, "comptes_rendus:liste", "Rédaction"),
    (CONNECTES, "comites:liste", "Comités et séances"),
    (
        REDACTION | ADMINISTRATION,
        (
            (REDACTION | ADMINISTRATION, "comites:journal", "Journal"),
            (ADMINISTRATION, "comites:comptes", "Comptes et rôles"),
            (ADMINISTRATION, "membres:autorite", "Autorité"),
            (ADMINISTRATION, "comites:autorite", "Autorité"),
            (ADMINISTRATION, "comites:travaux", "Travaux en cours"),
        ),
        "Administration",
    ),
    (TOUS, "comptes_rendus:verifier", "Vérifier un document"),
)


def _entrees(table: Any, roles: Any) -> list[dict[str, Any]]:
    entrees: list[dict[str, Any]] = []
    for qui, cible, libelle in table:
        if qui is not TOUS and not any(role in roles for role in qui):
            continue
        if isinstance(cible, tuple):
            enfants = _entrees(cible, roles)
            if len(enfants) == 1:
                entrees.append(enfants[0])
            elif enfants:
                entrees.append({"libelle": libelle, "url": "", "enfants": enfants, "courant": ""})
            continue
        try:
            url = reverse(cible)
        except NoReverseMatch:
            continue
        entrees.append({"libelle": libelle, "url": url, "enfants": [], "courant": ""})
    return entrees


@register.simple_tag(takes_context=True)
def menu(context: RequestContext) -> list[dict[str, Any]]:
    """Entries of the main menu for the roles held; the one whose address is the longest prefix is the current one."""
    entrees = _entrees(MENU, context.get("mes_roles") or ())
    request = context.get("request")
    if request is None:
        return entrees
    plates = [f for e in entrees for f in (e["enfants"] or [e])]
    candidates = [
        e for e in plates if request.path == e["url"] or (len(e["url"]) > 1 and request.path.startswith(e["url"]))
    ]
    if candidates:
        courante = max(candidates, key=lambda e: len(e["url"]))
        courante["courant"] = "page" if courante["url"] == request.path else "true"
        for entree in entrees:
            if courante in entree["enfants"]:
                entree["courant"] = "true"
    return entrees


# --- Fragments ----------------------------------------------------------------------------------------------------


@register.inclusion_tag("composants/chemin.html")
def chemin(*niveaux: str) -> dict[str, Any]:
    """Breadcrumb: ``{% chemin "Comités" url_comites "CLAC" url_clac "Séance du 12 mars" %}``; the last is the page."""
    paires = list(zip(niveaux[0:-1:2], niveaux[1:-1:2], strict=True))
    return {"niveaux": [{"nom": nom, "url": url} for nom, url in paires], "courant": niveaux[-1] if niveaux else ""}


@register.simple_block_tag(end_name="endtableau")
def tableau(content: str, legende: str, legende_visible: bool = True, classe: str = "", ident: str = "") -> SafeString:
    """The four wrappers of a DSFR table around ``<thead>…</thead><tbody>…</tbody>``.

    ``conclu.js`` makes it focusable when it is wider than its place.
    """
    return format_html(
        '<div class="fr-table cc-tableau {}{}"{}><div class="fr-table__wrapper"><div class="fr-table__container">'
        '<div class="fr-table__content" data-cc-defile="{}"><table><caption>{}</caption>{}</table>'
        "</div></div></div></div>",
        "" if legende_visible else "fr-table--no-caption ",
        classe,
        format_html(' id="{}"', ident) if ident else "",
        legende,
        legende,
        content,
    )


TEINTES = {
    # compte rendu
    "brouillon": "fr-badge--beige-gris-galet",
    "relecture": "fr-badge--yellow-tournesol",
    "approuve": "fr-badge--blue-ecume",
    "signe": "fr-badge--green-menthe",
    "publie": "fr-badge--success",
    "remplace": "cc-badge--neutre",
    # séance
    "preparee": "fr-badge--beige-gris-galet",
    "convoquee": "fr-badge--blue-ecume",
    "tenue": "fr-badge--green-menthe",
    "close": "cc-badge--neutre",
    "annulee": "fr-badge--pink-tuile",
    # travail
    "en_attente": "fr-badge--beige-gris-galet",
    "en_cours": "fr-badge--blue-ecume",
    "fait": "fr-badge--success",
    "echoue": "fr-badge--error",
    # sollicitation
    "recue": "fr-badge--yellow-tournesol",
    "en_instruction": "fr-badge--blue-ecume",
    "repondue": "fr-badge--success",
    "ecartee": "cc-badge--neutre",
}


@register.filter
def teinte_etat(etat: Any) -> str:
    """The DSFR colour class of a state; the word itself always stands in the badge."""
    return TEINTES.get(str(etat), "cc-badge--neutre")


@register.filter
def acte(verbe: Any) -> str:
    """The verb of a journal event as a sentence part: « a soumis à relecture »."""
    return libelle_acte(str(verbe))


@register.simple_tag
def numeros_de_page(page: Page[Any]) -> list[Any]:
    """Page numbers around the current one, « … » where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def _requete(request: HttpRequest, **champs: Any) -> str:
    parametres: QueryDict = request.GET.copy()
    for nom, valeur in champs.items():
        parametres.pop(nom, None)
        if valeur not in (None, ""):
            parametres[nom] = str(valeur)
    return "?" + parametres.urlencode()


@register.simple_tag
def lien_page(request: HttpRequest, numero: int, parametre: str = "page") -> str:
    """The address of another page of the same list: every other parameter is kept."""
    return _requete(request, **{parametre: numero})


@register.simple_tag
def etat_tri(request: HttpRequest, cle: str, defaut: str = "") -> dict[str, str]:
    """For a sortable heading: ``sens`` (ascending, descending, empty) and ``lien`` (the next click, on page 1)."""
    actuel = request.GET.get("tri", defaut)
    sens = {cle: "ascending", f"-{cle}": "descending"}.get(actuel, "")
    return {"sens": sens, "lien": _requete(request, tri=f"-{cle}" if sens == "ascending" else cle, page=None)}


@register.simple_tag
def champs_caches(request: HttpRequest, *sauf: str) -> list[tuple[str, str]]:
    """(name, value) pairs of the query string to carry through a search form, all but ``sauf`` and the page number."""
    return [(n, v) for n, valeurs in request.GET.lists() if n not in {*sauf, "page"} for v in valeurs]


@register.simple_tag
def valeur_requete(request: HttpRequest, nom: str) -> str:
    """What was asked last time, to show it again in the search field (escaped by the template engine)."""
    return request.GET.get(nom, "")

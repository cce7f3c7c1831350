"""The table of ``matrice.py``, played on the real pages: every route, everyone, on one's own and on others'."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from comites.models import Comite, GroupePresence, Habilitation, LignePresence, PointOrdreDuJour
from comptes_rendus.models import Bloc, CompteRendu, Revision, Rubrique
from journal.models import Travail
from membres.models import Utilisateur

from . import fabriques
from .comptes_rendus.publies import document, mener
from .matrice import ACTEURS, CODES, LIGNES, Ligne
from .photo import photo

ECRITURE = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
ETATS = CompteRendu.Etat.values
Objets = dict[str, dict[str, Any]]


def routes(resolveur: Any = None, prefixe: str = "") -> Iterator[str]:
    """The full name of every route of the URLconf."""
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            espace = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
            yield from routes(motif, espace)
        elif isinstance(motif, URLPattern):
            yield f"{prefixe}{motif.name}"


def test_chaque_route_a_sa_ligne_et_chaque_ligne_sa_route() -> None:
    connues, ecrites = set(routes()), {ligne.route for ligne in LIGNES}
    assert connues - ecrites == set(), "routes without a row"
    assert ecrites - connues == set(), "rows without a route"


def objets(comite: Comite, redige: Utilisateur, signe: Utilisateur) -> Objets:
    """One of everything in a committee, and the arguments of the address that names it (``?``: what is sent)."""
    seance = fabriques.seance(comite=comite)
    fabriques.presence(fabriques.seance(comite=comite, date=datetime.date(2025, 11, 4)), "Mme A")
    fabriques.presence(seance, "Mme A", "M. B")
    groupe, ligne = GroupePresence.objects.get(seance=seance), LignePresence.objects.filter(groupe__seance=seance)[0]
    nue = fabriques.seance(comite=comite)
    preparee = fabriques.seance(comite=comite, etat="preparee")
    point = PointOrdreDuJour.objects.create(seance=preparee, titre="Accueil")
    habilitation = Habilitation.objects.get(utilisateur=signe, comite=comite, role="signataire")
    travail = Travail.objects.create(genre="essai", cle=f"essai:{comite.pk}", etat="echoue")
    connus: Objets = {
        "-": {},
        "comite": {"slug": comite.slug},
        "seance": {"pk": seance.pk},
        "seance@preparee": {"pk": preparee.pk},
        "point": {"pk": preparee.pk, "point_pk": point.pk},
        "point?": {"pk": preparee.pk, "?": {"bas": point.pk}},
        "groupe?": {"pk": seance.pk, "?": {"bas": groupe.pk}},
        "ligne?": {"pk": seance.pk, "?": {"bas": ligne.pk, "ligne": ligne.pk}},
        "groupe": {"pk": seance.pk, "groupe_pk": groupe.pk},
        "ligne": {"pk": seance.pk, "ligne_pk": ligne.pk},
        "compte": {"pk": signe.pk},
        "role": {"pk": signe.pk, "habilitation_pk": habilitation.pk},
        "autorite": {"pk": comite.autorite_id},
        "travail": {"pk": travail.pk},
        "nue": {"seance": nue.pk},
        "seance@nue": {"pk": nue.pk},
        "jeton": {"uidb64": "MQ", "token": "faux"},
    }
    for etat in ETATS:
        connus |= compte_rendu(fabriques.seance(comite=comite), etat, redige, signe)
    return connus


def compte_rendu(seance: Any, etat: str, redige: Utilisateur, signe: Utilisateur) -> Objets:
    a_verifier = [{"texte": "La date.", "fait": False}]
    objet = fabriques.compte_rendu(redige, seance=seance, a_verifier=a_verifier)
    mener(objet, etat, document(reference=objet.reference), par=signe)
    rubrique, bloc = Rubrique.objects.get(compte_rendu=objet), Bloc.objects.get(rubrique__compte_rendu=objet)
    Revision.objects.create(compte_rendu=objet, cle=bloc.cle, numero=1, html=bloc.html, genre=bloc.genre, par=redige)
    return {
        f"cr@{etat}": {"pk": objet.pk},
        f"a_verifier@{etat}": {"pk": objet.pk, "rang": 0},
        f"rubrique@{etat}": {"pk": objet.pk, "cle": rubrique.cle},
        f"bloc@{etat}": {"pk": objet.pk, "cle": bloc.cle},
        f"revision@{etat}": {"pk": objet.pk, "cle": bloc.cle, "numero": 1},
        f"public@{etat}": {"permalien": objet.permalien},
        f"jour@{etat}": {"comite": seance.comite.slug, "jour": seance.date},
    }


class Monde:
    """Two committees with one of everything, and everyone's session."""

    def __init__(self, request: pytest.FixtureRequest, client_de: Any) -> None:
        comptes = {nom: request.getfixturevalue(nom) for nom in ACTEURS if nom != "anonyme"}
        self.sessions = {nom: client_de(comptes.get(nom)).cookies.output(header="", sep=";") for nom in ACTEURS}
        clac, autre = request.getfixturevalue("clac"), request.getfixturevalue("autre_comite")
        ailleurs = fabriques.utilisateur("Paula", "Ailleurs")
        self.siens = objets(clac, comptes["odile"], comptes["samir"])
        self.d_ailleurs = objets(autre, ailleurs, comptes["paul"])
        self.avant = photo()

    def appeler(self, methode: str, route: str, arguments: dict[str, Any], qui: str) -> str:
        """The code of the table for what this person gets; whatever is done is undone."""
        client = Client()
        client.cookies = SimpleCookie(self.sessions[qui])
        adresse = reverse(route, kwargs={nom: valeur for nom, valeur in arguments.items() if nom != "?"})
        ecritures: list[str] = []

        def noter(execute: Any, sql: str, *reste: Any) -> Any:
            ecritures.extend([sql] if ECRITURE.match(sql) else [])
            return execute(sql, *reste)

        with transaction.atomic():
            with connection.execute_wrapper(noter):
                reponse = getattr(client, methode)(adresse, arguments.get("?"))
            recu = reponse.status_code
            ecrit = recu not in (200, 302) and bool(ecritures) and photo() != self.avant
            transaction.set_rollback(True)
        if ecrit:
            return f"{recu} and something was written"
        if recu == 302:
            return "L" if reponse.headers["Location"].startswith(reverse("membres:connexion") + "?") else "->"
        return next((code for code, valeur in CODES.items() if valeur == recu), str(recu))


@pytest.fixture
def monde(db: None, request: pytest.FixtureRequest, client_de: Any) -> Monde:
    return Monde(request, client_de)


def ecarts(monde: Monde, ligne: Ligne) -> Iterator[str]:
    """Where the page does not answer as the table says."""
    for methode, attendus in (("get", ligne.get), ("post", ligne.post)):
        for qui in ACTEURS:
            recu = monde.appeler(methode, ligne.route, monde.siens[ligne.objet], qui)
            if recu != attendus[qui]:
                yield f"{methode} {ligne.route} {ligne.objet}: {qui} gets {recu}, the table says {attendus[qui]}"
        if not monde.siens[ligne.objet]:
            continue
        for qui in ("mireille", "agnes", "odile", "samir"):
            recu = monde.appeler(methode, ligne.route, monde.d_ailleurs[ligne.objet], qui)
            if recu != attendus["paul"]:
                yield f"{methode} {ligne.route} of others: {qui} gets {recu}, Paul {attendus['paul']}"


@pytest.mark.parametrize("espace", sorted({ligne.route.rpartition(":")[0] for ligne in LIGNES}))
def test_chacun_ne_va_que_la_ou_la_table_le_dit(espace: str, monde: Monde) -> None:
    lignes = [ligne for ligne in LIGNES if ligne.route.rpartition(":")[0] == espace]
    trouves = [ecart for ligne in lignes for ecart in ecarts(monde, ligne)]
    assert not trouves, "\n".join(trouves)

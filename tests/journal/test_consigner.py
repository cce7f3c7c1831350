"""The journal: one chain, no gap, and a database that refuses to rewrite it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from comites.models import Comite
from journal import immuable
from journal.actions import consigner
from journal.models import VIDE, Evenement
from membres.models import Utilisateur
from tests import fabriques

TABLE = "journal_evenement"


def test_un_acte_garde_qui_quoi_sur_quoi(clac: Comite, odile: Utilisateur) -> None:
    evenement = consigner("renommer", clac, par=odile, details={"avant": "CLU"})
    evenement.refresh_from_db()
    assert (evenement.par, evenement.auteur, evenement.verbe) == (odile, str(odile), "renommer")
    assert (evenement.objet_type, evenement.objet_id) == ("comites.comite", str(clac.pk))
    assert evenement.details == {"avant": "CLU"}
    assert list(Evenement.objects.de_l_objet(clac)) == [evenement]


def test_la_machine_peut_agir_sans_compte(clac: Comite) -> None:
    evenement = consigner("balayer", clac, par=None)
    assert evenement.par is None
    assert evenement.auteur == ""


def test_chaque_evenement_porte_l_empreinte_du_precedent(clac: Comite, odile: Utilisateur) -> None:
    for verbe in ("un", "deux", "trois"):
        consigner(verbe, clac, par=odile)
    chaine = list(Evenement.objects.order_by("numero"))
    assert [e.numero for e in chaine] == [1, 2, 3]
    assert [e.precedent for e in chaine] == [VIDE, chaine[0].empreinte, chaine[1].empreinte]
    assert all(e.calculer_empreinte() == e.empreinte for e in chaine), "read back, each hash is found again"


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("auteur", "X"), ("verbe", "X"), ("objet_texte", "X"), ("objet_id", "9"), ("portee", "X"), ("details", {"x": 1})],
)
def test_changer_une_colonne_se_voit(clac: Comite, odile: Utilisateur, champ: str, valeur: Any) -> None:
    evenement = consigner("un", clac, par=odile)
    setattr(evenement, champ, valeur)
    assert evenement.calculer_empreinte() != evenement.empreinte


def test_l_empreinte_est_celle_de_ce_qui_est_garde(clac: Comite, odile: Utilisateur) -> None:
    """Integer keys sort otherwise than the strings they become; a very long name is cut."""
    odile.personne.nom = "N" * 300
    details = {10: "dix", 2: "deux", "duo": ("a", "b")}
    evenement = consigner("un", clac, par=odile, details=details)  # type: ignore[arg-type]
    lu = Evenement.objects.get()
    assert lu.calculer_empreinte() == lu.empreinte == evenement.empreinte
    assert len(lu.auteur) == 200


def test_une_transaction_annulee_ne_fait_pas_de_trou(clac: Comite, odile: Utilisateur) -> None:
    consigner("un", clac, par=odile)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        consigner("perdu", clac, par=odile)
        _ = 1 / 0
    consigner("deux", clac, par=odile)
    assert list(Evenement.objects.order_by("numero").values_list("numero", "verbe")) == [(1, "un"), (2, "deux")]


def test_hors_transaction_c_est_refuse(transactional_db: None, a_la_fois: Callable[..., list[Any]]) -> None:
    comite = fabriques.comite()
    with pytest.raises(AssertionError, match="belongs to the transaction"):
        consigner("un", comite, par=None)


def test_huit_a_la_fois_sans_trou_ni_double(a_la_fois: Callable[..., list[Any]]) -> None:
    comite = fabriques.comite()

    def cinq() -> None:
        for _ in range(5):
            with transaction.atomic():
                consigner("agir", comite, par=None)

    assert a_la_fois(*[cinq] * 8) == [None] * 8
    chaine = list(Evenement.objects.order_by("numero"))
    assert [e.numero for e in chaine] == list(range(1, 41))
    assert all(b.precedent == a.empreinte for a, b in pairwise(chaine))


INTERDITS = {
    "UPDATE": f"UPDATE {TABLE} SET verbe = 'autre'",
    "DELETE": f"DELETE FROM {TABLE}",
    **({"TRUNCATE": f"TRUNCATE {TABLE}"} if connection.vendor == "postgresql" else {}),
}


@pytest.fixture
def evenement(clac: Comite, odile: Utilisateur) -> Evenement:
    un = consigner("un", clac, par=odile)
    if connection.vendor == "postgresql":
        executer("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending checks is neither emptied nor altered
    return un


def executer(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(sql)


@pytest.mark.parametrize("interdit", INTERDITS)
def test_la_base_refuse_de_recrire(evenement: Evenement, interdit: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        executer(INTERDITS[interdit])
    assert Evenement.objects.get().verbe == "un"


@pytest.mark.parametrize("interdit", INTERDITS)
def test_sans_declencheur_la_base_laisserait_faire(evenement: Evenement, interdit: str) -> None:
    """The twin: it is the trigger that refuses, nothing else."""
    immuable.lever(TABLE)
    try:
        executer(INTERDITS[interdit])
        assert not Evenement.objects.filter(verbe="un").exists()
    finally:
        immuable.poser(TABLE)


def test_chaque_table_immuable_a_ses_declencheurs(db: None) -> None:
    """What the migrations promise is in the database, for every table they name."""
    if connection.vendor == "sqlite":
        requete = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        attendus = {f"{t}_{verbe}" for t in immuable.TABLES_IMMUABLES for verbe in ("update", "delete")}
    else:
        requete = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        attendus = {f"{t}_{nom}" for t in immuable.TABLES_IMMUABLES for nom in ("immuable", "vidage")}
    with connection.cursor() as curseur:
        curseur.execute(requete)
        assert attendus <= {ligne[0] for ligne in curseur.fetchall()}
    assert TABLE in immuable.TABLES_IMMUABLES

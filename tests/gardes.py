"""The guards of the suite: what no test may do, and what every test starts from."""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.template import Node, engines
from django.template.base import FilterExpression
from django.test import Client, TransactionTestCase

from config.celery import app
from journal import immuable

RACINE = Path(__file__).resolve().parent.parent
GABARITS = RACINE / "templates"
GABARITS_DES_AUTRES = {"crispy_dsfr", "dsfr", "django"}  # overrides of packages, which count on undefined names


# --- A folder of one's own ----------------------------------------------------------------------------------------
def pytest_configure() -> None:
    settings.VAR.mkdir(mode=0o700)


def pytest_unconfigure() -> None:
    connections.close_all()
    shutil.rmtree(settings.VAR)


# --- Nothing is left out ------------------------------------------------------------------------------------------
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Under ``CI=true`` a test that does not run has failed."""
    rapport = yield
    if os.environ.get("CI") == "true" and rapport.skipped:
        rapport.outcome, rapport.longrepr = "failed", f"skipped, under CI: {rapport.longrepr[2]}"
    return rapport


# --- No network ---------------------------------------------------------------------------------------------------
def _local(adresse: Any) -> bool:
    if not isinstance(adresse, tuple):  # Unix sockets, netlink
        return True
    try:
        return ipaddress.ip_address(adresse[0]).is_loopback
    except ValueError:
        return bool(adresse[0] == "localhost")


@pytest.fixture(scope="session", autouse=True)
def sans_reseau() -> Iterator[None]:
    """A connection to anything but this machine fails the test."""
    with pytest.MonkeyPatch.context() as patch:
        for nom in ("connect", "connect_ex"):
            original = getattr(socket.socket, nom)

            def garder(prise: socket.socket, adresse: Any, original: Any = original) -> Any:
                if not _local(adresse):
                    pytest.fail(f"The suite may not reach the network: {adresse}")
                return original(prise, adresse)

            patch.setattr(socket.socket, nom, garder)
        yield


# --- Templates ----------------------------------------------------------------------------------------------------
class Indefini(str):
    """Django's ``string_if_invalid``: fails when one of *our* templates prints a name that is not there.

    ``{{ x|default:… }}`` says that the name may be missing and passes, as do ``if``, ``for`` and ``firstof``, which
    never ask. Elsewhere it is the empty string it is in production.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        cadre = sys._getframe(1)
        expression = cadre.f_locals.get("self")
        if cadre.f_code.co_name != "resolve" or not isinstance(expression, FilterExpression):
            return False
        if any(filtre.__name__ in ("default", "default_if_none") for filtre, _ in expression.filters):
            return False
        while cadre.f_back is not None and not isinstance(cadre.f_locals.get("self"), Node):
            cadre = cadre.f_back
        noeud = cadre.f_locals.get("self")
        origine = Path(str(getattr(getattr(noeud, "origin", None), "name", "")))
        if origine.is_relative_to(GABARITS) and origine.relative_to(GABARITS).parts[0] not in GABARITS_DES_AUTRES:
            pytest.fail(f"{origine.relative_to(RACINE)}: « {expression.token} » is undefined")
        return False


@pytest.fixture(scope="session", autouse=True)
def gabarits_stricts() -> None:
    engines["django"].engine.string_if_invalid = Indefini("")  # type: ignore[attr-defined]


# --- GET does not write -------------------------------------------------------------------------------------------
_ECRITURE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)


def refuser_ecriture(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    ecriture = _ECRITURE.match(sql)
    if ecriture and not ecriture[1].startswith(("django_session", "axes_")):
        pytest.fail(f"A GET wrote in the database: {sql[:200]}")
    return execute(sql, params, many, context)


@pytest.fixture(scope="session", autouse=True)
def get_sans_ecriture() -> Iterator[None]:
    """Whatever a test client GETs writes nothing (sessions and login counters aside)."""
    original = Client.request

    def request(self: Client, **requete: Any) -> Any:
        if requete.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return original(self, **requete)
        with connection.execute_wrapper(refuser_ecriture):
            return original(self, **requete)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


# --- Database -----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def vidage_permis() -> Iterator[None]:
    """Django empties the tables after a transactional test: lift the append-only triggers for that moment."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def _fixture_teardown(self: Any) -> None:
        with immuable.suspendues():
            original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _fixture_teardown)
        yield


@pytest.fixture(autouse=True)
def cache_vide() -> None:
    cache.clear()


# --- Jobs ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def immediat(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Jobs handed to the outbox are done, here, as soon as the outermost transaction of the act ends.

    Without it they wait: no test runs a mail or a rendering by accident.
    """
    du_test = len(connection.atomic_blocks)
    sortir = transaction.Atomic.__exit__

    def __exit__(self: transaction.Atomic, *exc: Any) -> None:
        sortir(self, *exc)
        while du_test and len(connection.atomic_blocks) == du_test and connection.run_on_commit:
            connection.run_on_commit.pop(0)[1]()

    monkeypatch.setattr(transaction.Atomic, "__exit__", __exit__)
    connection.run_on_commit.clear()
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def a_la_fois(transactional_db: None) -> Callable[..., list[Any]]:
    """Run functions at the same instant, each in a thread with its own connection; results or exceptions, in order."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    def lancer(*fonctions: Callable[[], Any]) -> list[Any]:
        depart = Barrier(len(fonctions), timeout=10)

        def un(fonction: Callable[[], Any]) -> Any:
            try:
                depart.wait()
                return fonction()
            except Exception as erreur:
                return erreur
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(fonctions)) as fils:
            return list(fils.map(un, fonctions))

    return lancer

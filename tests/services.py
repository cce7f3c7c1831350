"""The real servers of the suite: PostgreSQL, Redis, an SMTP sink, Chromium; private, stopped at the end.

A server that is given (``TEST_POSTGRES_URL``, ``TEST_REDIS_URL``) is used; else one is started. What is not installed
skips its tests, except under ``CI=true``, where it fails them.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

EN_CI = os.environ.get("CI") == "true"
COMPTES_SANS_DROITS = ("postgres", "nobody")


class Absent(Exception):
    """A server is not installed."""


def manque(message: str) -> NoReturn:
    """Skip, or fail under CI."""
    (pytest.fail if EN_CI else pytest.skip)(message)
    raise AssertionError


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def chercher(*noms: str) -> str:
    """The first of these programs, PostgreSQL's own folders included (Debian leaves them out of the PATH)."""
    dossiers = [os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
    for nom in noms:
        chemin = shutil.which(nom, path=os.pathsep.join(dossiers))
        if chemin:
            return chemin
    raise Absent(f"{noms[0]} is not installed (`make test` installs it)")


@contextmanager
def processus(*commande: str, arret: int = signal.SIGTERM, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a session of its own (a ^C does not reach it), stopped at the end whatever happens."""
    programme = subprocess.Popen(commande, start_new_session=True, **options)
    try:
        yield programme
    finally:
        if programme.poll() is None:
            programme.send_signal(arret)
        try:
            programme.wait(10)
        except subprocess.TimeoutExpired:
            programme.kill()
            programme.wait()
        if programme.stdout is not None:
            programme.stdout.close()


def attendre(pret: Any, *, secondes: float = 30, pas: float = 0.02) -> Any:
    """Poll until ``pret()`` is true; its value. Raises ``TimeoutError``."""
    fin = time.monotonic() + secondes
    while True:
        if valeur := pret():
            return valeur
        if time.monotonic() > fin:
            raise TimeoutError(f"still not after {secondes} s: {pret}")
        time.sleep(pas)


def repond(famille: int, adresse: Any) -> bool:
    with socket.socket(famille) as prise:
        return prise.connect_ex(adresse) == 0


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL: the one given, else a cluster of our own behind a Unix socket."""
    if donnee := os.environ.get("TEST_POSTGRES_URL"):
        yield donnee
        return
    initdb, serveur = chercher("initdb"), chercher("postgres")
    # PostgreSQL refuses to run as root.
    compte: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd

        qui = next(pwd.getpwnam(nom) for nom in COMPTES_SANS_DROITS if nom in {p.pw_name for p in pwd.getpwall()})
        compte = {"user": qui.pw_uid, "group": qui.pw_gid, "extra_groups": []}
    with tempfile.TemporaryDirectory(prefix="conclu-pg-") as dossier:
        if compte:
            os.chown(dossier, compte["user"], compte["group"])
        donnees = f"{dossier}/donnees"
        creation = [initdb, "-D", donnees, "-U", "conclu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(creation, check=True, stdout=subprocess.DEVNULL, cwd=dossier, **compte)
        reglages = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="
        commande = [serveur, "-D", donnees, "-k", dossier, *reglages.split()]
        prise = f"{dossier}/.s.PGSQL.5432"
        with (
            open(f"{dossier}/sortie", "wb") as sortie,
            processus(*commande, arret=signal.SIGINT, stdout=sortie, stderr=sortie, cwd=dossier, **compte),
        ):
            attendre(lambda: os.path.exists(prise) and repond(socket.AF_UNIX, prise))
            yield f"postgres://conclu@/{dossier}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis: the one given, else a server of our own on a free port."""
    if donnee := os.environ.get("TEST_REDIS_URL"):
        yield donnee
        return
    port = port_libre()
    commande = [chercher("redis-server"), *f"--port {port} --bind 127.0.0.1 --appendonly no --save".split(), ""]
    with (
        tempfile.TemporaryDirectory(prefix="conclu-redis-") as dossier,
        processus(*commande, cwd=dossier, stdout=subprocess.DEVNULL),
    ):
        attendre(lambda: repond(socket.AF_INET, ("127.0.0.1", port)))
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis for this session."""
    try:
        with redis() as adresse:
            yield adresse
    except Absent as absence:
        manque(str(absence))


@pytest.fixture
def smtp(settings: Any) -> Iterator[list[Any]]:
    """A real SMTP dialogue on loopback: mail goes there; the list fills with aiosmtpd envelopes.

    A recipient at ``refus.invalid`` is refused (550).
    """
    from aiosmtpd.controller import Controller

    recus: list[Any] = []

    class Boite:
        async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
            if address.endswith("@refus.invalid"):
                return "550 no such user"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            recus.append(envelope)
            return "250 OK"

    serveur = Controller(Boite(), hostname="127.0.0.1", port=port_libre())
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield recus
    finally:
        serveur.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium as the system has it, driven by Playwright; no download, no call home."""
    from playwright.sync_api import sync_playwright

    try:
        programme = chercher("chromium", "chromium-browser", "google-chrome")
    except Absent as absence:
        manque(str(absence))
    options = ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=programme, args=options)
        yield navigateur
        navigateur.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh French page; an error in its console (a CSP refusal is one) fails the test."""
    contexte = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    feuille = contexte.new_page()
    erreurs: list[str] = []
    feuille.on("console", lambda message: erreurs.append(message.text) if message.type == "error" else None)
    feuille.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
    feuille.erreurs = erreurs
    yield feuille
    contexte.close()
    assert not erreurs, erreurs

"""The outbox: written with the act or not at all, done once, tried again, never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from celery import Celery
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from comites.models import Comite
from journal import actions, tasks
from journal.embarque import Atelier
from journal.management.commands.servir import exiger_libre
from journal.models import Travail
from membres.models import Utilisateur
from tests.services import attendre, port_libre, processus

Etat = Travail.Etat
RACINE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def faits(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the jobs « essai » done, by their argument."""
    compte: Counter[str] = Counter()
    monkeypatch.setitem(tasks._executeurs, "essai", lambda quoi="": compte.update([quoi]))
    return compte


def qui_leve(monkeypatch: pytest.MonkeyPatch, erreur: Exception) -> None:
    def echouer() -> None:
        raise erreur

    monkeypatch.setitem(tasks._executeurs, "essai", echouer)


# --- Handing over -------------------------------------------------------------------------------------------------
def test_annule_avec_l_acte(db: None, django_capture_on_commit_callbacks: Any) -> None:
    class Renonce(Exception):
        pass

    def acte() -> None:
        with transaction.atomic():
            actions.confier("essai", "cle")
            raise Renonce

    with django_capture_on_commit_callbacks() as rappels, pytest.raises(Renonce):
        acte()
    assert not Travail.objects.exists()
    assert rappels == []


def test_fait_des_que_l_acte_est_valide(faits: Counter[str], immediat: None) -> None:
    with transaction.atomic():
        travail = actions.confier("essai", "cle", quoi="courriel")
        assert not faits, "not before the transaction ends"
    travail.refresh_from_db()
    assert faits == {"courriel": 1}
    assert (travail.etat, travail.essais, travail.erreur, travail.bail_jusqu_au) == (Etat.FAIT, 1, "", None)
    assert travail.fini_le is not None


def test_la_meme_cle_n_est_pas_doublee(faits: Counter[str], immediat: None) -> None:
    for _ in range(3):
        with transaction.atomic():
            actions.confier("essai", "cle", quoi="a")
    assert faits == {"a": 1}
    assert Travail.objects.count() == 1


def test_pas_avant_l_heure(faits: Counter[str], immediat: None) -> None:
    with transaction.atomic():
        travail = actions.confier("essai", "cle", pas_avant_le=timezone.now() + timedelta(hours=1))
    tasks.executer(travail.pk)
    tasks.balayer()
    assert not faits
    Travail.objects.update(pas_avant_le=timezone.now())
    tasks.balayer()
    assert faits == {"": 1}


def test_rien_ne_part_sans_immediat(db: None, faits: Counter[str]) -> None:
    with transaction.atomic():
        actions.confier("essai", "cle")
    assert not faits
    assert Travail.objects.get().etat == Etat.EN_ATTENTE


# --- Claiming -----------------------------------------------------------------------------------------------------
def test_huit_ouvriers_un_seul_fait_chaque_travail(faits: Counter[str], a_la_fois: Callable[..., list[Any]]) -> None:
    cles = [Travail.objects.create(genre="essai", cle=f"c{n}", arguments={"quoi": f"c{n}"}).pk for n in range(10)]

    def ouvrier() -> None:
        for pk in cles:
            tasks.executer(pk)

    assert a_la_fois(*[ouvrier] * 8) == [None] * 8
    assert faits == {f"c{n}": 1 for n in range(10)}
    assert set(Travail.objects.values_list("etat", "essais")) == {(Etat.FAIT, 1)}


@pytest.mark.parametrize(
    ("etat", "bail", "pris"),
    [
        (Etat.EN_ATTENTE, None, True),
        (Etat.EN_COURS, timedelta(seconds=30), False),
        (Etat.EN_COURS, timedelta(seconds=-1), True),
        (Etat.FAIT, None, False),
        (Etat.ECHOUE, None, False),
    ],
)
def test_ce_qui_peut_etre_pris(
    faits: Counter[str], immediat: None, etat: str, bail: timedelta | None, pris: bool
) -> None:
    """By a message that comes late or twice, and by the sweeper, alike."""
    for n in (1, 2):
        Travail.objects.create(
            genre="essai", cle=f"c{n}", etat=etat, essais=1, bail_jusqu_au=bail and timezone.now() + bail
        )
    tasks.executer(Travail.objects.get(cle="c1").pk)
    assert faits.total() == (1 if pris else 0)
    tasks.balayer()
    assert faits.total() == (2 if pris else 0)


def test_le_bail_couvre_le_plus_long_travail(settings: Any) -> None:
    assert timedelta(seconds=settings.RENDU_SECONDES) < actions.BAIL
    if redis := settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout"):
        assert timedelta(seconds=redis) > actions.BAIL


# --- Failing ------------------------------------------------------------------------------------------------------
def test_cinq_essais_de_plus_en_plus_espaces(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    qui_leve(monkeypatch, ConnectionError("serveur muet"))
    travail = Travail.objects.create(genre="essai", cle="c")
    attentes = []
    for _ in range(4):
        avant = timezone.now()
        tasks.executer(travail.pk)
        travail.refresh_from_db()
        assert (travail.etat, travail.erreur) == (Etat.EN_ATTENTE, "ConnectionError : serveur muet")
        assert not Travail.objects.a_faire().exists(), "it waits"
        attentes.append(round((travail.pas_avant_le - avant).total_seconds()))
        Travail.objects.update(pas_avant_le=timezone.now())
    assert attentes == [10, 60, 300, 1800]
    tasks.executer(travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, travail.essais) == (Etat.ECHOUE, 5)
    assert travail.fini_le is not None


def test_un_echec_definitif_n_est_pas_retente(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    qui_leve(monkeypatch, tasks.EchecDefinitif("Adresse refusée."))
    travail = Travail.objects.create(genre="essai", cle="c")
    tasks.executer(travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, travail.essais, travail.erreur) == (Etat.ECHOUE, 1, "Adresse refusée.")


def test_une_nature_inconnue_echoue_et_le_dit(db: None) -> None:
    travail = Travail.objects.create(genre="inconnue", cle="c")
    tasks.executer(travail.pk)
    travail.refresh_from_db()
    assert "inconnue" in travail.erreur


def test_interrompu_a_chaque_essai(db: None, faits: Counter[str], immediat: None) -> None:
    """A job that kills its worker each time is set aside: it may not kill for ever."""
    travail = Travail.objects.create(
        genre="essai", cle="c", etat=Etat.EN_COURS, essais=tasks.ESSAIS_MAX, bail_jusqu_au=timezone.now()
    )
    tasks.balayer()
    travail.refresh_from_db()
    assert (travail.etat, travail.erreur) == (Etat.ECHOUE, "Interrompu à chaque essai.")
    assert not faits


def test_qui_a_depasse_son_bail_ne_marque_rien(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def pendant() -> None:
        Travail.objects.update(essais=2, erreur="repris par un autre")

    monkeypatch.setitem(tasks._executeurs, "essai", pendant)
    travail = Travail.objects.create(genre="essai", cle="c")
    tasks.executer(travail.pk)
    travail.refresh_from_db()
    assert (travail.etat, travail.essais, travail.erreur) == (Etat.EN_COURS, 2, "repris par un autre")


def test_relancer_un_travail_echoue(ada: Utilisateur, clac: Comite, faits: Counter[str], immediat: None) -> None:
    travail = Travail.objects.create(genre="essai", cle="c", etat=Etat.ECHOUE, essais=5, erreur="muet")
    assert actions.relancer(travail, par=ada).erreur == ""
    assert faits == {"": 1}
    travail.refresh_from_db()
    assert (travail.etat, travail.essais) == (Etat.FAIT, 1)


def test_relancer_un_travail_fait_ne_fait_rien(ada: Utilisateur, faits: Counter[str], immediat: None) -> None:
    travail = Travail.objects.create(genre="essai", cle="c", etat=Etat.FAIT)
    actions.relancer(travail, par=ada)
    assert not faits


# --- Real brokers -------------------------------------------------------------------------------------------------
def test_l_ouvrier_embarque(transactional_db: None, faits: Counter[str]) -> None:
    """The real worker and beat, as threads, on memory://: told at commit, and what was left taken up at the start."""
    Travail.objects.create(genre="essai", cle="reste", arguments={"quoi": "reste"})
    atelier = Atelier()
    atelier.ouvrir()
    try:
        attendre(lambda: faits["reste"])
        with transaction.atomic():
            actions.confier("essai", "neuf", quoi="neuf")
        attendre(lambda: Travail.objects.filter(etat=Etat.FAIT).count() == 2)
    finally:
        atelier.fermer()
    assert not atelier.fil.is_alive()
    assert faits == {"reste": 1, "neuf": 1}


def base_de_test() -> str:
    """The address of the test database, for a sub-process."""
    reglages = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{reglages['NAME']}"
    return f"postgres://{reglages['USER']}@/{reglages['HOST']}/{reglages['NAME']}"


def milieu(redis: str) -> dict[str, str]:
    return {
        **os.environ,
        "REDIS_URL": redis,
        "DATABASE_URL": base_de_test(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def ouvrier(redis: str) -> Any:
    commande = (
        "-m celery -A tests.journal.ouvrier worker --pool solo --loglevel ERROR --without-mingle --without-gossip"
    )
    return processus(sys.executable, *commande.split(), env=milieu(redis), cwd=RACINE)


def test_tue_en_plein_travail_puis_repris(transactional_db: None, redis_url: str, tmp_path: Path) -> None:
    """kill -9 of a real worker, in the middle of a job, on a real Redis: another one takes the job up."""
    lent, debuts, fins = (tmp_path / nom for nom in ("lent", "debuts", "fins"))
    lent.touch()
    travail = Travail.objects.create(genre="essai", cle="c", arguments={"dossier": str(tmp_path)})
    with Celery(broker=redis_url, set_as_current=False) as courtier, ouvrier(redis_url), ouvrier(redis_url):
        courtier.send_task("journal.tasks.executer", [travail.pk])
        attendre(lambda: debuts.exists() and debuts.read_text().endswith("\n"))
        premier = int(debuts.read_text())
        os.kill(premier, signal.SIGKILL)
        travail.refresh_from_db()
        assert (travail.etat, travail.essais) == (Etat.EN_COURS, 1)

        lent.unlink()
        Travail.objects.update(bail_jusqu_au=timezone.now())  # the lease runs out
        courtier.send_task("journal.tasks.balayer")
        attendre(lambda: Travail.objects.filter(etat=Etat.FAIT).exists())
    travail.refresh_from_db()
    assert travail.essais == 2
    second = int(debuts.read_text().split()[1])
    assert second != premier
    assert fins.read_text().split() == [str(second)]


def test_courtier_en_panne(transactional_db: None) -> None:
    """No Redis at all: pages answer, the act succeeds at once, the job waits for the sweeper."""
    programme = (
        "import time, django, kombu.transport.redis; django.setup()\n"
        "from django.test import Client; assert Client(SERVER_NAME='localhost').get('/').status_code == 200\n"
        "from django.db import transaction; from journal.actions import confier\n"
        "for cle in ('une', 'autre'):\n"
        "    debut = time.monotonic()\n"
        "    with transaction.atomic(): confier('essai', cle)\n"
        "print(time.monotonic() - debut)"
    )
    essai = subprocess.run(
        [sys.executable, "-c", programme],
        env=milieu(f"redis://127.0.0.1:{port_libre()}/0"), cwd=RACINE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert float(essai.stdout) < 1
    assert "worker not told" in essai.stderr
    assert set(Travail.objects.a_faire().values_list("cle", flat=True)) == {"une", "autre"}


def test_servir_puis_arreter(transactional_db: None) -> None:
    """The embedded server as a process: it answers, says when its port is taken, and stops cleanly on SIGTERM."""
    port = port_libre()
    environnement = {**milieu(""), "PORT": str(port)}
    with processus(
        sys.executable, "manage.py", "servir", env=environnement, cwd=RACINE, stdout=subprocess.PIPE
    ) as serveur:
        assert serveur.stdout is not None
        annonce = (serveur.stdout.readline() + serveur.stdout.readline()).decode()
        assert f"http://127.0.0.1:{port}" in annonce
        with urlopen(f"http://127.0.0.1:{port}/sante", timeout=5) as reponse:
            assert reponse.status == 200
        with pytest.raises(CommandError, match=f"Le port {port} est déjà pris"):
            exiger_libre(port)
        serveur.terminate()
        assert serveur.wait(20) == 0

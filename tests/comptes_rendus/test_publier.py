"""Put signed minutes online; the versions before them are marked as replaced."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comptes_rendus import actions, recherche
from comptes_rendus.models import CompteRendu, IndexRecherche
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

from .publies import document, mener

Etat = CompteRendu.Etat


@pytest.mark.parametrize("qui", ["odile", "samir"])
def test_le_compte_rendu_est_en_ligne(qui: str, mene: Any, request: pytest.FixtureRequest) -> None:
    compte_rendu, par = mene(Etat.SIGNE), request.getfixturevalue(qui)
    actions.publier(compte_rendu, par=par)
    compte_rendu.refresh_from_db()
    assert (compte_rendu.etat, compte_rendu.publie_par) == (Etat.PUBLIE, par)
    assert list(CompteRendu.objects.publies()) == [compte_rendu]
    assert IndexRecherche.objects.get().compte_rendu == compte_rendu
    assert list(recherche.rechercher(CompteRendu.objects.all(), "séance ouverte")) == [compte_rendu]
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.par, trace.details) == ("publier", par, {"avant": "signe", "apres": "publie"})
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(lambda cr, par: actions.publier(cr, par=par), etat, roles={"odile", "samir"}, etats={Etat.SIGNE})


def version(ancien: CompteRendu, etat: str, odile: Utilisateur, samir: Utilisateur) -> CompteRendu:
    """The next version, led to ``etat``."""
    suivant = actions.rectifier(ancien, par=odile)
    return mener(suivant, etat, document(reference=suivant.reference), par=samir)


def etats() -> list[str]:
    return list(CompteRendu.objects.order_by("version").values_list("etat", flat=True))


def test_la_version_d_avant_est_remplacee_d_un_seul_geste(mene: Any, odile: Utilisateur, samir: Utilisateur) -> None:
    premier = mene(Etat.PUBLIE)
    second = version(premier, Etat.SIGNE, odile, samir)
    actions.publier(second, par=samir)
    assert etats() == [Etat.REMPLACE, Etat.PUBLIE]
    remplacement = Evenement.objects.get(verbe="remplacer")
    assert (remplacement.objet_id, remplacement.details["par"]) == (str(premier.pk), second.reference)


def test_toutes_les_versions_d_avant_le_sont(mene: Any, odile: Utilisateur, samir: Utilisateur) -> None:
    """Version 2 was signed but never went online: version 3 replaces version 1."""
    second = version(mene(Etat.PUBLIE), Etat.SIGNE, odile, samir)
    troisieme = version(second, Etat.SIGNE, odile, samir)
    actions.publier(troisieme, par=odile)
    assert etats() == [Etat.REMPLACE, Etat.SIGNE, Etat.PUBLIE]


def test_une_version_depassee_ne_revient_pas_en_ligne(mene: Any, odile: Utilisateur, samir: Utilisateur) -> None:
    premier = mene(Etat.SIGNE)
    actions.publier(version(premier, Etat.SIGNE, odile, samir), par=samir)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="plus récente"):
        actions.publier(premier, par=samir)
    assert photo() == avant


def test_si_l_indexation_echoue_rien_n_est_publie(
    mene: Any, odile: Utilisateur, samir: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = version(mene(Etat.PUBLIE), Etat.SIGNE, odile, samir)
    avant = photo()
    monkeypatch.setattr(recherche, "indexer", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.publier(second, par=samir)
    assert photo() == avant


def test_la_base_refuse_un_publie_sans_date(mene: Any) -> None:
    mene(Etat.PUBLIE)
    with pytest.raises(IntegrityError, match="cr_publie_complet"), transaction.atomic():
        CompteRendu.objects.update(publie_le=None)

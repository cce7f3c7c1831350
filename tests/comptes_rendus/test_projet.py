"""The PDF marked « PROJET », of the text as it stands: asked once, kept until the text changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from comptes_rendus import actions, assemblage, pdf, tasks
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, PdfProjet
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


@pytest.fixture(autouse=True)
def rendus(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    demandes: list[bool] = []

    def composer(document: Any, *, projet: bool) -> bytes:
        demandes.append(projet)
        return f"%PDF projet {len(demandes)}".encode()

    monkeypatch.setattr(pdf, "composer", composer)
    return demandes


def faire() -> None:
    """Do the jobs that wait, as the worker does."""
    for travail in Travail.objects.filter(genre="projet", etat=Travail.Etat.EN_ATTENTE):
        tasks.projet(**travail.arguments)
        Travail.objects.filter(pk=travail.pk).update(etat=Travail.Etat.FAIT)


@pytest.mark.parametrize("etat", [Etat.BROUILLON, Etat.RELECTURE, Etat.APPROUVE])
@pytest.mark.parametrize("qui", ["odile", "samir"])
def test_le_projet_du_texte_tel_qu_il_est(
    etat: str, qui: str, mene: Any, rendus: list[bool], request: pytest.FixtureRequest
) -> None:
    compte_rendu = mene(etat)
    sha256 = actions.demander_projet(compte_rendu, par=request.getfixturevalue(qui))
    assert Travail.objects.get().arguments == {"pk": compte_rendu.pk}
    faire()
    garde = PdfProjet.objects.get()
    assert (garde.compte_rendu, garde.empreinte_document) == (compte_rendu, sha256)
    assert sha256 == assemblage.empreinte(assemblage.assembler(compte_rendu))
    assert rendus == [True]
    assert not Evenement.objects.exists(), "the text did not change"


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, mene: Any, distribution: dict[str, Utilisateur]) -> None:
    compte_rendu = mene(etat)
    avant = photo()
    for nom, compte in distribution.items():
        if nom not in ("odile", "samir"):
            with pytest.raises(PermissionDenied):
                actions.demander_projet(compte_rendu, par=compte)
        elif etat in (Etat.SIGNE, Etat.PUBLIE, Etat.REMPLACE):
            with pytest.raises(TransitionRefusee, match="signé"):
                actions.demander_projet(compte_rendu, par=compte)
    assert photo() == avant


def test_demande_deux_fois_fait_une_fois(brouillon: CompteRendu, odile: Utilisateur, samir: Utilisateur) -> None:
    for compte in (odile, odile, samir):
        actions.demander_projet(brouillon, par=compte)
    assert Travail.objects.count() == 1
    faire()
    actions.demander_projet(brouillon, par=odile)
    assert Travail.objects.count() == 1, "it is there already"


def test_un_travail_echoue_se_redemande(brouillon: CompteRendu, odile: Utilisateur) -> None:
    actions.demander_projet(brouillon, par=odile)
    Travail.objects.update(etat=Travail.Etat.ECHOUE, cle=f"projet:{brouillon.pk}:ancien")
    actions.demander_projet(brouillon, par=odile)
    assert Travail.objects.filter(etat=Travail.Etat.EN_ATTENTE).count() == 1


def test_un_texte_change_demande_un_autre_pdf(brouillon: CompteRendu, bloc: Bloc, odile: Utilisateur) -> None:
    actions.demander_projet(brouillon, par=odile)
    faire()
    actions.enregistrer_bloc(bloc, Contenu("<p>Autre.</p>"), base=bloc.revision, par=odile)
    actions.demander_projet(brouillon, par=odile)
    faire()
    assert bytes(PdfProjet.objects.get().octets) == b"%PDF projet 2"

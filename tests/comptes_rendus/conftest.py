"""Minutes in every state, the whole cast at once, one real PDF for the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from comites.models import Comite
from comptes_rendus import pdf
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests import fabriques
from tests.photo import photo

from .publies import document, mener

Distribution = dict[str, Utilisateur]
Geste = Callable[[CompteRendu, Utilisateur], Any]
Mener = Callable[..., CompteRendu]
QUI = ("mireille", "paul", "agnes", "odile", "samir", "ada")


@pytest.fixture
def distribution(request: pytest.FixtureRequest) -> Distribution:
    """Everyone who has an account, by name."""
    return {nom: request.getfixturevalue(nom) for nom in QUI}


@pytest.fixture
def brouillon(odile: Utilisateur, clac: Comite) -> CompteRendu:
    """A draft by Odile: one rubrique, two paragraphs."""
    textes = ("La séance est ouverte.", "Le standard a été renforcé.")
    return fabriques.compte_rendu(odile, textes=textes, seance=fabriques.seance(comite=clac))


@pytest.fixture
def rubrique(brouillon: CompteRendu) -> Rubrique:
    return brouillon.rubriques.get()


@pytest.fixture
def bloc(rubrique: Rubrique) -> Bloc:
    return rubrique.blocs.first()  # type: ignore[return-value]


@pytest.fixture
def mene(brouillon: CompteRendu, samir: Utilisateur) -> Mener:
    """Lead the draft to a state, approved and signed by Samir; ``octets`` as in ``publies.mener``."""

    def vers(etat: str, **options: Any) -> CompteRendu:
        return mener(brouillon, etat, document(reference=brouillon.reference), par=samir, **options)

    return vers


@pytest.fixture(scope="session")
def pdf_a_signer() -> bytes:
    """A real rendered PDF with its empty signature field, made once."""
    return pdf.composer(document("Une phrase à signer."), projet=False)


@pytest.fixture
def refuse_sauf(distribution: Distribution, mene: Mener) -> Callable[..., None]:
    """In ``etat``, everyone but the ``roles`` allowed there is refused, and nothing at all is written.

    ``roles``: who holds the role of the verb; ``etats``: the states it may start from.
    """

    def verifier(geste: Geste, etat: str, *, roles: set[str], etats: set[str]) -> None:
        compte_rendu = mene(etat)
        avant = photo()
        for nom, compte in distribution.items():
            if nom in roles and etat in etats:
                continue
            with pytest.raises(TransitionRefusee if nom in roles else PermissionDenied):
                geste(compte_rendu, compte)
            assert photo() == avant, f"{nom}, {etat}: something was written"

    return verifier

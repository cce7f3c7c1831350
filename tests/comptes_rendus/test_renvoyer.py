"""Return to the writer, with a reason; an approval is voided."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comptes_rendus import actions
from comptes_rendus.models import CompteRendu, PdfFige
from journal.models import Evenement
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


@pytest.mark.parametrize("etat", [Etat.RELECTURE, Etat.APPROUVE])
def test_le_texte_revient_avec_le_motif(etat: str, mene: Any, samir: Utilisateur) -> None:
    compte_rendu = mene(etat)
    actions.renvoyer(compte_rendu, motif="  Le point 2 manque.\n", par=samir)
    compte_rendu.refresh_from_db()
    assert (compte_rendu.etat, compte_rendu.motif_renvoi) == (Etat.BROUILLON, "Le point 2 manque.")
    vides = ("soumis_le", "approuve_le", "approuve_par", "document_approuve", "pdf_approuve")
    assert [getattr(compte_rendu, nom) for nom in vides] == [None] * 5
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.details["motif"], trace.details["avant"]) == ("renvoyer", "Le point 2 manque.", etat)


def test_le_pdf_de_l_approbation_annulee_reste_garde(mene: Any, samir: Utilisateur) -> None:
    fige = mene(Etat.APPROUVE).pdf_approuve
    actions.renvoyer(CompteRendu.objects.get(), motif="À revoir.", par=samir)
    assert list(PdfFige.objects.all()) == [fige]


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda cr, par: actions.renvoyer(cr, motif="À revoir.", par=par),
        etat,
        roles={"samir"},
        etats={Etat.RELECTURE, Etat.APPROUVE},
    )


@pytest.mark.parametrize("motif", ["", "   ", "\n\t"])
def test_sans_motif_rien_ne_revient(motif: str, mene: Any, samir: Utilisateur) -> None:
    compte_rendu = mene(Etat.RELECTURE)
    avant = photo()
    with pytest.raises(ValidationError, match="repris"):
        actions.renvoyer(compte_rendu, motif=motif, par=samir)
    assert photo() == avant

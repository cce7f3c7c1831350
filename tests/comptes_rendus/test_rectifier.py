"""A correction is a new version that cites the old one; the old one stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from comptes_rendus import actions
from comptes_rendus.models import Bloc, CompteRendu, Revision, Rubrique
from journal.models import Evenement, Travail
from journal.workflow import TransitionRefusee
from membres.models import Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat


def texte(compte_rendu: CompteRendu) -> list[Any]:
    champs = ("rubrique__titre", "rubrique__numero", "rubrique__est_annexe", "html", "genre", "orateur")
    blocs = Bloc.objects.en_place().filter(rubrique__compte_rendu=compte_rendu)
    return list(blocs.order_by("rubrique__est_annexe", "rubrique__ordre", "ordre", "pk").values_list(*champs))


@pytest.mark.parametrize("etat", [Etat.SIGNE, Etat.PUBLIE])
def test_la_nouvelle_version_est_un_brouillon_du_meme_texte(etat: str, mene: Any, odile: Utilisateur) -> None:
    ancien = mene(etat)
    Rubrique.objects.create(compte_rendu=ancien, est_annexe=True, titre="Annexe")
    Bloc.objects.filter(rubrique__compte_rendu=ancien).last().delete()  # type: ignore[union-attr]
    Bloc.objects.create(rubrique=Rubrique.objects.last(), html="<p>Retiré.</p>", retire_le=ancien.cree_le)
    Bloc.objects.create(rubrique=Rubrique.objects.last(), html="<p>Avis.</p>", genre="avis", orateur="Mme X")
    avant = CompteRendu.objects.filter(pk=ancien.pk).values().get()
    suivant = actions.rectifier(ancien, par=odile)
    assert (suivant.etat, suivant.version, suivant.remplace, suivant.auteur) == (Etat.BROUILLON, 2, ancien, odile)
    copies = ("titre", "tete", "date_document", "signature", "delegation", "seance")
    assert [getattr(suivant, nom) for nom in copies] == [getattr(ancien, nom) for nom in copies]
    assert texte(suivant) == texte(ancien)
    assert suivant.rubriques.count() == 2
    assert suivant.reference != ancien.reference
    assert suivant.permalien.endswith("-v2")
    assert CompteRendu.objects.filter(pk=ancien.pk).values().get() == avant, "the old one is untouched"
    assert not Bloc.objects.filter(rubrique__compte_rendu=suivant, html__contains="Retiré").exists()
    assert Revision.objects.filter(compte_rendu=suivant).count() == len(texte(suivant))
    trace = Evenement.objects.get()
    assert (trace.verbe, trace.objet_id, trace.details) == (
        "rectifier",
        str(suivant.pk),
        {"remplace": ancien.reference},
    )
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, refuse_sauf: Any) -> None:
    refuse_sauf(lambda cr, par: actions.rectifier(cr, par=par), etat, roles={"odile"}, etats={Etat.SIGNE, Etat.PUBLIE})


def test_deux_fois_de_suite_une_seule_version(mene: Any, odile: Utilisateur) -> None:
    ancien = mene(Etat.PUBLIE)
    actions.rectifier(ancien, par=odile)
    avant = photo()
    with pytest.raises(TransitionRefusee, match="existe déjà"):
        actions.rectifier(ancien, par=odile)
    assert photo() == avant


def test_corriger_la_nouvelle_ne_touche_pas_l_ancienne(mene: Any, odile: Utilisateur) -> None:
    ancien = mene(Etat.PUBLIE)
    avant = texte(ancien)
    suivant = actions.rectifier(ancien, par=odile)
    bloc = Bloc.objects.filter(rubrique__compte_rendu=suivant).first()
    assert bloc is not None
    actions.enregistrer_bloc(bloc, actions.Contenu("<p>Corrigé.</p>"), base=bloc.revision, par=odile)
    assert texte(ancien) == avant

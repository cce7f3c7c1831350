"""Save a block: compare-and-set on its revision, every accepted text kept, nothing overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from comites.models import LignePresence, Role
from comptes_rendus import actions
from comptes_rendus.actions import Conflit, Contenu
from comptes_rendus.models import Bloc, BlocQuerySet, CompteRendu, Revision
from journal.models import Evenement, Travail
from membres.models import Utilisateur
from tests import fabriques
from tests.photo import photo

Etat = CompteRendu.Etat


def test_le_texte_est_enregistre_et_garde(bloc: Bloc, brouillon: CompteRendu, odile: Utilisateur) -> None:
    contenu = Contenu("<p>Mme Vidalin ouvre la séance.</p>", "intervention", "Mme VIDALIN")
    rendu = actions.enregistrer_bloc(bloc, contenu, base=1, par=odile)
    bloc.refresh_from_db()
    assert (bloc.html, bloc.genre, bloc.orateur, bloc.revision) == (*contenu, 2)
    assert rendu == bloc
    revision = Revision.objects.get()
    assert (revision.compte_rendu, revision.cle, revision.numero) == (brouillon, bloc.cle, 2)
    assert (revision.html, revision.genre, revision.orateur, revision.par) == (*contenu, odile)
    assert not Evenement.objects.exists(), "the trace of a text is its revision"
    assert not Travail.objects.exists()


@pytest.mark.parametrize("etat", Etat.values)
def test_les_autres_sont_refuses(etat: str, bloc: Bloc, refuse_sauf: Any) -> None:
    refuse_sauf(
        lambda _, par: actions.enregistrer_bloc(bloc, Contenu("<p>Autre.</p>"), base=1, par=par),
        etat,
        roles={"odile"},
        etats={Etat.BROUILLON},
    )


def test_un_texte_perime_n_ecrase_rien(bloc: Bloc, odile: Utilisateur) -> None:
    actions.enregistrer_bloc(bloc, Contenu("<p>Le premier.</p>"), base=1, par=odile)
    avant = photo()
    with pytest.raises(Conflit) as conflit:
        actions.enregistrer_bloc(bloc, Contenu("<p>Le second.</p>"), base=1, par=odile)
    assert (conflit.value.actuel.html, conflit.value.actuel.revision) == ("<p>Le premier.</p>", 2)
    assert photo() == avant


def test_sans_la_revision_de_base_le_texte_serait_ecrase(
    bloc: Bloc, odile: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: a filter that forgets ``revision=`` lets the stale text through."""
    filtrer = BlocQuerySet.filter

    def sans_base(self: BlocQuerySet, *args: Any, revision: int = 0, **criteres: Any) -> BlocQuerySet:
        return filtrer(self, *args, **criteres)

    monkeypatch.setattr(BlocQuerySet, "filter", sans_base)
    for texte in ("<p>Le premier.</p>", "<p>Le second.</p>"):
        actions.enregistrer_bloc(bloc, Contenu(texte), base=1, par=odile)
    bloc.refresh_from_db()
    assert bloc.html == "<p>Le second.</p>"


def test_les_envois_arrivent_dans_le_desordre(bloc: Bloc, odile: Utilisateur) -> None:
    """N03: the save based on 1 is held, the next one (based on 2) comes first, and twice; then the first one."""
    with pytest.raises(Conflit):
        actions.enregistrer_bloc(bloc, Contenu("<p>g+1</p>"), base=2, par=odile)
    actions.enregistrer_bloc(bloc, Contenu("<p>g</p>"), base=1, par=odile)
    for _ in range(2):
        actions.enregistrer_bloc(bloc, Contenu("<p>g+1</p>"), base=2, par=odile)
    with pytest.raises(Conflit):
        actions.enregistrer_bloc(bloc, Contenu("<p>g</p>"), base=1, par=odile)
    bloc.refresh_from_db()
    assert bloc.html == "<p>g+1</p>"
    assert list(Revision.objects.order_by("numero").values_list("html", flat=True)) == ["<p>g</p>", "<p>g+1</p>"]


def test_le_meme_texte_n_ecrit_rien(bloc: Bloc, odile: Utilisateur) -> None:
    avant = photo()
    actions.enregistrer_bloc(bloc, Contenu(bloc.html, bloc.genre, bloc.orateur), base=99, par=odile)
    assert photo() == avant


def test_une_nature_inconnue_est_refusee(bloc: Bloc, odile: Utilisateur) -> None:
    avant = photo()
    with pytest.raises(ValidationError, match="nature"):
        actions.enregistrer_bloc(bloc, Contenu("<p>x</p>", "script"), base=1, par=odile)
    assert photo() == avant


def test_ce_qui_est_garde_est_propre(bloc: Bloc, odile: Utilisateur) -> None:
    html = '<p onclick="x()" style="a:b">Un <script>alert(1)</script><b>mot</b> <a href="javascript:x">lien</a></p>'
    actions.enregistrer_bloc(bloc, Contenu(html), base=1, par=odile)
    assert Bloc.objects.get(pk=bloc.pk).html == Revision.objects.get().html == "<p>Un mot <a>lien</a></p>"


def test_un_passage_retire_entre_temps_est_un_conflit_puis_revient(bloc: Bloc, odile: Utilisateur) -> None:
    """Who is told of the removal and saves all the same puts the block back."""
    actions.retirer_bloc(bloc, base=1, par=odile)
    with pytest.raises(Conflit) as conflit:
        actions.enregistrer_bloc(bloc, Contenu("<p>Gardé.</p>"), base=1, par=odile)
    assert conflit.value.actuel.retire_le is not None
    actions.enregistrer_bloc(bloc, Contenu("<p>Gardé.</p>"), base=conflit.value.actuel.revision, par=odile)
    bloc.refresh_from_db()
    assert (bloc.html, bloc.retire_le) == ("<p>Gardé.</p>", None)


def test_le_lien_suit_l_orateur(bloc: Bloc, brouillon: CompteRendu, odile: Utilisateur) -> None:
    """Another speaker's name: the link to the former one goes; the same name: it stays."""
    fabriques.presence(brouillon.seance, "Mme Claire VIDALIN")
    Bloc.objects.filter(pk=bloc.pk).update(orateur="Mme VIDALIN", orateur_ligne=LignePresence.objects.get())
    actions.enregistrer_bloc(bloc, Contenu("<p>a</p>", "intervention", "Mme VIDALIN"), base=1, par=odile)
    assert Bloc.objects.get(pk=bloc.pk).orateur_ligne is not None
    actions.enregistrer_bloc(bloc, Contenu("<p>a</p>", "intervention", "M. AUTRE"), base=2, par=odile)
    assert Bloc.objects.get(pk=bloc.pk).orateur_ligne is None


# --- Several writers (N01) --------------------------------------------------------------------------------------------
def test_cinq_personnes_vingt_enregistrements_rien_n_est_perdu(a_la_fois: Callable[..., list[Any]]) -> None:
    comite = fabriques.comite()
    odile = fabriques.utilisateur("Odile", "Ferrandon")
    fabriques.habilitation(odile, Role.QUALITE, comite)
    objet = fabriques.compte_rendu(odile)
    cle = Bloc.objects.get().pk

    def ecrire(nom: str) -> list[tuple[int, str]]:
        """Twenty saves from the last revision seen; those accepted."""
        bloc, base, acceptes = Bloc.objects.select_related("rubrique__compte_rendu").get(pk=cle), 1, []
        for rang in range(20):
            texte = f"<p>{nom} {rang} « é » \U0001f468\u200d\U0001f469\u200d\U0001f467</p>"
            try:
                base = actions.enregistrer_bloc(bloc, Contenu(texte), base=base, par=odile).revision
                acceptes.append((base, texte))
            except Conflit as conflit:
                base = conflit.actuel.revision
        return acceptes

    issues = a_la_fois(*[lambda nom=nom: ecrire(nom) for nom in "abcde"])
    acceptes = sorted(un for issue in issues for un in issue)
    assert len(acceptes) >= 5
    gardes = Revision.objects.filter(compte_rendu=objet).order_by("numero").values_list("numero", "html")
    assert list(gardes) == acceptes, "every accepted text, byte for byte, and nothing else"
    dernier = Bloc.objects.get()
    assert (dernier.revision, dernier.html) == acceptes[-1]

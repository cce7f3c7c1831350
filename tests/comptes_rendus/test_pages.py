"""The working pages: shown whole without script, in part with htmx; nothing typed is lost, nothing typed runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptes_rendus import actions
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, Revision, Rubrique
from journal.models import Travail
from membres.models import Utilisateur
from tests import fabriques
from tests.photo import photo

Etat = CompteRendu.Etat
PIEGE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
HTMX = {"HX-Request": "true"}
Ouvrir = Callable[[Utilisateur | None], Client]


@pytest.fixture
def client_odile(client_de: Ouvrir, odile: Utilisateur) -> Client:
    return client_de(odile)


def adresse(nom: str, *arguments: Any) -> str:
    return reverse(f"comptes_rendus:{nom}", args=arguments)


def contenu(reponse: Any) -> str:
    return str(reponse.content.decode())


def est_une_page(reponse: Any) -> bool:
    return contenu(reponse).lstrip().startswith("<!")


def test_la_liste_ne_lit_ni_les_fichiers_ni_les_textes_figes(mene: Any, client_odile: Client) -> None:
    mene(Etat.PUBLIE)
    with CaptureQueriesContext(connection) as requetes:
        assert client_odile.get(adresse("liste")).status_code == 200
    lus = " ".join(requete["sql"] for requete in requetes.captured_queries)
    for lourd in ("octets", '"source"', "document_approuve", '"document"'):
        assert lourd not in lus


@pytest.mark.parametrize(("nom", "etat", "genre"), [("signer", "approuve", "figer"), ("projet", "brouillon", "projet")])
def test_un_incident_technique_ne_montre_pas_ses_details(
    nom: str, etat: str, genre: str, mene: Any, client_de: Ouvrir, samir: Utilisateur
) -> None:
    compte_rendu = mene(etat)
    CompteRendu.objects.filter(pk=compte_rendu.pk).update(pdf_approuve=None)
    cle = f"{genre}:{compte_rendu.pk}:essai"
    Travail.objects.create(genre=genre, cle=cle, etat=Travail.Etat.ECHOUE, erreur="OSError : /srv/secret")
    page = contenu(client_de(samir).get(adresse(nom, compte_rendu.pk)))
    assert "Incident technique (OSError)" in page
    assert "/srv/secret" not in page


# --- With and without script ------------------------------------------------------------------------------------------
def pages(bloc: Bloc) -> list[str]:
    rubrique = bloc.rubrique
    pk = rubrique.compte_rendu_id
    return [
        adresse("bloc_modifier", pk, bloc.cle),
        adresse("bloc_ajouter", pk, rubrique.cle),
        adresse("projet", pk),
    ]


def test_une_page_entiere_ou_le_fragment_seul(bloc: Bloc, client_odile: Client) -> None:
    for page in pages(bloc):
        entiere, fragment = client_odile.get(page), client_odile.get(page, headers=HTMX)
        assert (entiere.status_code, fragment.status_code) == (200, 200)
        assert est_une_page(entiere), page
        assert not est_une_page(fragment), page
        assert "<form" in contenu(fragment)


def test_enregistrer_sans_script_puis_avec(bloc: Bloc, client_odile: Client) -> None:
    page = adresse("bloc_modifier", bloc.rubrique.compte_rendu_id, bloc.cle)
    sans = client_odile.post(page, {"base": 1, "genre": "paragraphe", "texte": "Un **mot**."})
    assert (sans.status_code, sans.headers["Location"].endswith(f"#b-{bloc.cle.hex}")) == (302, True)
    avec = client_odile.post(page, {"base": 2, "genre": "paragraphe", "texte": "Deux."}, headers=HTMX)
    assert avec.status_code == 200
    assert not est_une_page(avec)
    assert "Passage enregistré." in contenu(avec)
    bloc.refresh_from_db()
    assert (bloc.html, bloc.revision) == ("<p>Deux.</p>", 3)


def test_chaque_geste_sur_un_passage(bloc: Bloc, brouillon: CompteRendu, client_odile: Client) -> None:
    """Add, remove, put back, move, history, restore: each leads back to the place in the text."""
    pk, cle = brouillon.pk, bloc.cle
    ajout = adresse("bloc_ajouter", pk, bloc.rubrique.cle) + f"?apres={cle.hex}"
    assert client_odile.post(ajout, {"genre": "avis", "texte": "Favorable."}).status_code == 302
    assert [b.html for b in Bloc.objects.en_place()][1] == "<p>Favorable.</p>"
    for nom, base in (("bloc_retirer", 1), ("bloc_remettre", 2)):
        assert client_odile.post(adresse(nom, pk, cle), {"base": base}).status_code == 302
        assert (Bloc.objects.get(pk=bloc.pk).retire_le is not None) == (nom == "bloc_retirer")
    client_odile.post(adresse("bloc_deplacer", pk, cle), {"sens": "bas"})
    assert Bloc.objects.en_place()[1] == bloc
    assert "Texte actuel" in contenu(client_odile.get(adresse("bloc_historique", pk, cle)))
    assert client_odile.post(adresse("bloc_restaurer", pk, cle, 2)).status_code == 302
    assert Revision.objects.filter(cle=cle).count() == 3


@pytest.mark.parametrize("apres", ["", "z" * 32, "é" * 32, "00000000-0000-0000-0000-000000000000", "'--"])
def test_un_repere_illisible_ajoute_en_tete(apres: str, bloc: Bloc, client_odile: Client) -> None:
    page = adresse("bloc_ajouter", bloc.rubrique.compte_rendu_id, bloc.rubrique.cle)
    reponse = client_odile.post(f"{page}?apres={apres}", {"genre": "paragraphe", "texte": "En tête."})
    assert reponse.status_code == 302
    assert Bloc.objects.first().html == "<p>En tête.</p>"  # type: ignore[union-attr]


def test_ce_qui_n_existe_pas_est_404(bloc: Bloc, brouillon: CompteRendu, client_odile: Client) -> None:
    autre = fabriques.compte_rendu(brouillon.auteur, seance=fabriques.seance(comite=brouillon.seance.comite))
    for page in (
        adresse("bloc_retirer", autre.pk, bloc.cle),
        adresse("rubrique_deplacer", autre.pk, bloc.rubrique.cle),
        adresse("bloc_restaurer", brouillon.pk, bloc.cle, 99),
        adresse("bloc_restaurer", brouillon.pk, bloc.cle, 10**18),
        adresse("pointer", brouillon.pk, 10**12),
    ):
        assert client_odile.post(page).status_code == 404, page
    assert client_odile.get(adresse("detail", 10**30)).status_code == 404


def test_restaurer_un_passage_dont_la_rubrique_n_est_plus(bloc: Bloc, client_odile: Client, odile: Utilisateur) -> None:
    pk, cle = bloc.rubrique.compte_rendu_id, bloc.cle
    for un in bloc.rubrique.blocs.all():
        actions.retirer_bloc(un, base=1, par=odile)
    actions.ajouter_rubrique(bloc.rubrique.compte_rendu, par=odile, titre="Questions diverses")
    actions.supprimer_rubrique(bloc.rubrique, par=odile)
    assert client_odile.post(adresse("bloc_restaurer", pk, cle, 2)).status_code == 302
    assert Bloc.objects.en_place().get().rubrique.titre == "Questions diverses"


# --- 409: both texts, nothing overwritten -----------------------------------------------------------------------------
def test_un_conflit_montre_les_deux_textes(bloc: Bloc, client_odile: Client, odile: Utilisateur) -> None:
    page = adresse("bloc_modifier", bloc.rubrique.compte_rendu_id, bloc.cle)
    actions.enregistrer_bloc(bloc, Contenu("<p>Celui de l’autre.</p>"), base=1, par=odile)
    saisie = {"base": 1, "genre": "avis", "orateur": "Mme X", "texte": "Le mien, *gardé*."}
    avant = photo()
    for entetes in ({}, HTMX):
        reponse = client_odile.post(page, saisie, headers=entetes)
        assert reponse.status_code == 409
        assert "Celui de l’autre." in contenu(reponse)
        assert "Le mien, *gardé*." in contenu(reponse)
        assert 'value="Mme X"' in contenu(reponse)
    assert reponse.headers["HX-Retarget"] == f"#b-{bloc.cle.hex}", "else htmx would not show it"
    assert photo() == avant
    base = re.search(r'name="base" value="(\d+)"', contenu(reponse))
    assert base is not None
    assert client_odile.post(page, {**saisie, "base": base[1]}).status_code == 302
    assert Bloc.objects.get(pk=bloc.pk).html == "<p>Le mien, <em>gardé</em>.</p>"


def test_un_retrait_perime_montre_le_passage_tel_qu_il_est(
    bloc: Bloc, client_odile: Client, odile: Utilisateur
) -> None:
    actions.enregistrer_bloc(bloc, Contenu("<p>Précisé.</p>"), base=1, par=odile)
    page = adresse("bloc_retirer", bloc.rubrique.compte_rendu_id, bloc.cle)
    avec = client_odile.post(page, {"base": 1}, headers=HTMX)
    assert not est_une_page(avec)
    assert "Précisé." in contenu(avec)
    assert "Rien n’a été changé" in contenu(avec)
    sans = client_odile.post(page, {}, follow=True)
    assert "Rien n’a été changé" in contenu(sans)
    assert Bloc.objects.en_place().filter(pk=bloc.pk).exists()


def test_une_tete_changee_entre_temps(brouillon: CompteRendu, client_odile: Client, odile: Utilisateur) -> None:
    actions.modifier_tete(brouillon, base=1, par=odile, titre="Le titre de l’autre")
    avant = photo()
    reponse = client_odile.post(adresse("tete", brouillon.pk), {"base": 1, "titre": "Le mien", "ligne_objet": "Objet"})
    assert reponse.status_code == 409
    assert all(texte in contenu(reponse) for texte in ("Le titre de l’autre", "Le mien", "Objet"))
    assert photo() == avant
    assert client_odile.post(adresse("tete", brouillon.pk), {"base": 2, "titre": "Le mien"}).status_code == 302


def test_une_rubrique_changee_entre_temps(rubrique: Rubrique, client_odile: Client, odile: Utilisateur) -> None:
    actions.modifier_rubrique(rubrique, base=1, par=odile, titre="Le titre de l’autre")
    page = adresse("rubrique_modifier", rubrique.compte_rendu_id, rubrique.cle)
    reponse = client_odile.post(page, {"base": 1, "titre": "Le mien", "niveau": 2})
    assert reponse.status_code == 409
    assert all(texte in contenu(reponse) for texte in ("Le titre de l’autre", "Le mien"))
    assert client_odile.post(page, {"base": 2, "titre": "Le mien", "niveau": 2}).status_code == 302
    assert Rubrique.objects.get().niveau == 2


def test_ce_qui_est_tape_reste_quand_le_texte_n_est_plus_un_brouillon(
    bloc: Bloc, brouillon: CompteRendu, client_odile: Client, odile: Utilisateur
) -> None:
    """Someone submitted the draft while Odile was typing: the page refuses and gives her words back."""
    actions.soumettre(brouillon, par=odile)
    avant = photo()
    for page, champ in (
        (adresse("bloc_modifier", brouillon.pk, bloc.cle), "texte"),
        (adresse("bloc_ajouter", brouillon.pk, bloc.rubrique.cle), "texte"),
        (adresse("tete", brouillon.pk), "signature"),
        (adresse("rubrique_ajouter", brouillon.pk), "titre"),
        (adresse("rubrique_modifier", brouillon.pk, bloc.rubrique.cle), "titre"),
    ):
        reponse = client_odile.post(page, {"base": 1, "genre": "avis", champ: f"Une heure de travail. {PIEGE}"})
        assert reponse.status_code == 409, page
        assert "Une heure de travail." in contenu(reponse)
        assert "<script>alert" not in contenu(reponse)
        assert "en relecture" in contenu(reponse)
    assert photo() == avant


# --- 422: what was typed is shown again -------------------------------------------------------------------------------
def test_une_saisie_refusee_est_montree_de_nouveau(
    bloc: Bloc, brouillon: CompteRendu, client_odile: Client, samir: Utilisateur, client_de: Ouvrir
) -> None:
    avant = photo()
    cas = [
        (adresse("bloc_modifier", brouillon.pk, bloc.cle), {"base": 1, "genre": "autre", "texte": "Gardez-moi."}),
        (adresse("bloc_ajouter", brouillon.pk, bloc.rubrique.cle), {"genre": "avis", "orateur": "Gardez-moi." * 30}),
        (adresse("tete", brouillon.pk), {"base": 1, "titre": "Gardez-moi." * 100, "ligne_objet": "Gardez-moi."}),
        (adresse("rubrique_ajouter", brouillon.pk), {"titre": "Gardez-moi.", "niveau": 9}),
    ]
    for page, saisie in cas:
        for entetes in ({}, HTMX):
            reponse = client_odile.post(page, saisie, headers=entetes)
            assert reponse.status_code == 422, page
            assert "Gardez-moi." in contenu(reponse)
    assert photo() == avant


def test_un_caractere_nul_est_refuse_avec_un_message(bloc: Bloc, client_odile: Client) -> None:
    page = adresse("bloc_modifier", bloc.rubrique.compte_rendu_id, bloc.cle)
    avant = photo()
    reponse = client_odile.post(page, {"base": 1, "genre": "paragraphe", "texte": "a\x00b", "orateur": "x"})
    assert reponse.status_code == 422
    assert "caractère illisible" in contenu(reponse)
    assert photo() == avant


@pytest.mark.parametrize(
    "texte", ["x" * 200_000, "« Nguyễn » \u202e ß İ \U0001f468\u200d\U0001f469 e\u0301", "O'Neill & <b>"]
)
def test_un_texte_long_ou_etrange_passe_entier(texte: str, bloc: Bloc, client_odile: Client) -> None:
    page = adresse("bloc_modifier", bloc.rubrique.compte_rendu_id, bloc.cle)
    assert client_odile.post(page, {"base": 1, "genre": "paragraphe", "texte": texte}).status_code == 302
    formulaire = client_odile.get(page)
    assert formulaire.context["form"]["texte"].value() == texte
    trop = client_odile.post(page, {"base": 2, "genre": "paragraphe", "texte": "x" * 200_001})
    assert trop.status_code == 422
    assert "200 000" in contenu(trop).replace("\u00a0", " ").replace("\u202f", " ")

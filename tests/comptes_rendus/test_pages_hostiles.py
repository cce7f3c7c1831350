"""What a hostile hand sends or stores: shown as text, ignored, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comites.models import GroupePresence, LignePresence, PointOrdreDuJour
from comptes_rendus import actions
from comptes_rendus.actions import Contenu
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from membres.models import Personne, Utilisateur
from tests.photo import photo

Etat = CompteRendu.Etat
PIEGE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"
Ouvrir = Callable[[Utilisateur | None], Client]


def adresse(nom: str, *arguments: Any) -> str:
    return reverse(f"comptes_rendus:{nom}", args=arguments)


def sain(html: str) -> bool:
    return "<script>alert" not in html and not re.search(r"<img[^>]*onerror", html)


@pytest.fixture
def piege(brouillon: CompteRendu, odile: Utilisateur) -> CompteRendu:
    """The trap in every field a page shows, straight in the database where a form would refuse it."""
    CompteRendu.objects.update(
        titre=PIEGE,
        tete=[{"role": role, "texte": PIEGE} for role in ("marque", "objet", "autre")],
        signature=PIEGE,
        prochaine_seance=PIEGE,
        motif_renvoi=PIEGE,
        source=PIEGE,
        reparations=[{"avant": PIEGE, "apres": PIEGE}],
        a_verifier=[{"texte": PIEGE, "fait": False}],
        a_ordre_du_jour=True,
    )
    Rubrique.objects.update(titre=PIEGE, numero=PIEGE[:20])
    seance = brouillon.seance
    groupe = GroupePresence.objects.create(seance=seance, titre=PIEGE)
    LignePresence.objects.create(groupe=groupe, texte=PIEGE)
    PointOrdreDuJour.objects.create(seance=seance, titre=PIEGE)
    Personne.objects.update(nom=PIEGE[:100], prenom=PIEGE[:100])
    bloc = Bloc.objects.first()
    assert bloc is not None
    actions.enregistrer_bloc(bloc, Contenu(f"<p>{PIEGE}</p>", "intervention", PIEGE), base=1, par=odile)
    return CompteRendu.objects.get()


def test_aucun_champ_ne_s_execute(piege: CompteRendu, client_de: Ouvrir, odile: Utilisateur) -> None:
    client, bloc = client_de(odile), Bloc.objects.first()
    assert bloc is not None
    for page in (
        adresse("liste"),
        adresse("detail", piege.pk),
        adresse("source", piege.pk),
        adresse("tete", piege.pk),
        adresse("projet", piege.pk),
        adresse("bloc_modifier", piege.pk, bloc.cle),
        adresse("bloc_ajouter", piege.pk, bloc.rubrique.cle) + '?apres="><script>alert(1)</script>',
        adresse("bloc_historique", piege.pk, bloc.cle),
        adresse("rubrique_modifier", piege.pk, bloc.rubrique.cle),
    ):
        reponse = client.get(page)
        assert reponse.status_code == 200, page
        assert sain(reponse.content.decode()), page
        assert "14" not in re.findall(r"onerror=alert\(1\)&gt;(\d+)", reponse.content.decode()), "not a template either"


@pytest.mark.parametrize(("nom", "etat"), [("approuver", Etat.RELECTURE), ("renvoyer", Etat.RELECTURE)])
def test_ni_chez_la_personne_qui_approuve(
    nom: str, etat: str, piege: CompteRendu, client_de: Ouvrir, samir: Utilisateur
) -> None:
    CompteRendu.objects.update(etat=etat)
    reponse = client_de(samir).get(adresse(nom, piege.pk))
    assert reponse.status_code == 200
    assert sain(reponse.content.decode())


def test_ni_dans_le_refus_d_une_saisie(brouillon: CompteRendu, client_de: Ouvrir, odile: Utilisateur) -> None:
    client, bloc = client_de(odile), Bloc.objects.first()
    assert bloc is not None
    page = adresse("bloc_modifier", brouillon.pk, bloc.cle)
    reponse = client.post(page, {"base": 99, "genre": "avis", "orateur": PIEGE, "texte": PIEGE})
    assert reponse.status_code == 409
    assert sain(reponse.content.decode())
    reponse = client.post(page, {"base": PIEGE, "genre": PIEGE, "orateur": PIEGE, "texte": PIEGE})
    assert reponse.status_code == 422
    assert sain(reponse.content.decode())


# --- Over-posting, filters (S05) --------------------------------------------------------------------------------------
EN_TROP = {
    "etat": "publie",
    "auteur": "1",
    "approuve_par": "1",
    "signe_par": "1",
    "seance": "1",
    "comite": "1",
    "reference": "AAAA-AAAA",
    "permalien": "autre",
    "version": "9",
    "pk": "1",
    "id": "1",
    "revision": "99",
    "retire_le": "2020-01-01",
    "role": "signataire",
    "is_superuser": "1",
    "par": "1",
    "source": "effacé",
}


def test_les_champs_en_trop_sont_ignores(brouillon: CompteRendu, client_de: Ouvrir, odile: Utilisateur) -> None:
    client, bloc = client_de(odile), Bloc.objects.first()
    assert bloc is not None
    gardes = [nom for nom in EN_TROP if nom in {c.attname for c in CompteRendu._meta.fields} and nom != "revision"]
    avant = CompteRendu.objects.values(*gardes).get()
    pk, rubrique = brouillon.pk, bloc.rubrique
    client.post(adresse("bloc_modifier", pk, bloc.cle), EN_TROP | {"base": 1, "genre": "avis", "texte": "Un."})
    client.post(adresse("bloc_ajouter", pk, rubrique.cle), EN_TROP | {"genre": "avis", "texte": "Deux."})
    client.post(adresse("rubrique_modifier", pk, rubrique.cle), EN_TROP | {"base": 1, "titre": "T", "niveau": 1})
    client.post(adresse("tete", pk), EN_TROP | {"base": 1, "titre": "Titre"})
    assert CompteRendu.objects.values(*gardes).get() == avant
    assert CompteRendu.objects.get().titre == "Titre"
    bloc.refresh_from_db()
    assert (bloc.html, bloc.revision, bloc.retire_le) == ("<p>Un.</p>", 2, None)
    client.post(adresse("soumettre", pk), EN_TROP)
    assert CompteRendu.objects.get().etat == Etat.RELECTURE


FILTRES = ["comite=%00", "comite='--", "etat=publie'", "tri=auteur__password", "order_by=auteur", "page=-1", "page=x"]


@pytest.mark.parametrize("filtre", [*FILTRES, "comite=" + "x" * 5000, "etat__in=publie", "page=99999999999999999999"])
def test_un_filtre_etrange_ne_casse_ni_ne_revele_rien(
    filtre: str, brouillon: CompteRendu, client_de: Ouvrir, paul: Utilisateur, odile: Utilisateur
) -> None:
    assert client_de(odile).get(f"{adresse('liste')}?{filtre}").status_code == 200
    reponse = client_de(paul).get(f"{adresse('liste')}?{filtre}")
    assert reponse.status_code == 200
    assert "12 mars 2026" not in reponse.content.decode()


@pytest.mark.parametrize("qui", ["mireille", "agnes", "paul", "ada"])
def test_la_liste_de_qui_n_y_a_pas_part_est_vide(
    qui: str, brouillon: CompteRendu, client_de: Ouvrir, request: pytest.FixtureRequest
) -> None:
    reponse = client_de(request.getfixturevalue(qui)).get(adresse("liste"))
    assert "12 mars 2026" not in reponse.content.decode()


def test_ce_qui_est_a_d_autres_ressemble_a_ce_qui_n_est_pas(
    brouillon: CompteRendu, client_de: Ouvrir, paul: Utilisateur
) -> None:
    """Not yours and not there look the same (S03)."""
    client = client_de(paul)
    autre, absent = (client.get(adresse("detail", pk)) for pk in (brouillon.pk, 987_654))
    assert (autre.status_code, absent.status_code) == (404, 404)
    neutre = [re.sub(r"(?<=Token\": \")\w+|(?<=value=\")\w+|\d+", "", r.content.decode()) for r in (autre, absent)]
    assert neutre[0] == neutre[1]


def test_sans_jeton_rien_ne_passe_et_le_texte_revient(brouillon: CompteRendu, odile: Utilisateur) -> None:
    client, bloc = Client(enforce_csrf_checks=True), Bloc.objects.first()
    assert bloc is not None
    client.force_login(odile, backend="django.contrib.auth.backends.ModelBackend")
    avant = photo()
    page = adresse("bloc_modifier", brouillon.pk, bloc.cle)
    reponse = client.post(page, {"base": 1, "genre": "avis", "texte": "Une heure de travail."})
    assert reponse.status_code == 403
    assert "Une heure de travail." in reponse.content.decode()
    assert photo() == avant

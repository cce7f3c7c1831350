"""From rows to a document that owns its words, in a constant number of queries."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comites.models import PointOrdreDuJour, date_longue
from comptes_rendus import assemblage
from comptes_rendus.document import Document
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from membres.models import Autorite
from tests import fabriques

from . import documents


def relire(compte_rendu: CompteRendu) -> CompteRendu:
    return CompteRendu.objects.complets().get(pk=compte_rendu.pk)


def assembler(compte_rendu: CompteRendu) -> Document:
    return assemblage.assembler(relire(compte_rendu))


def remplir(compte_rendu: CompteRendu, rubriques: int) -> None:
    """So many rubriques of three blocks, agenda items and rows of attendance."""
    for rang in range(rubriques):
        rubrique = Rubrique.objects.create(compte_rendu=compte_rendu, ordre=rang, est_annexe=rang % 5 == 4)
        Bloc.objects.bulk_create(Bloc(rubrique=rubrique, ordre=n, html=f"<p>{n}</p>") for n in range(3))
        fabriques.presence(compte_rendu.seance, "Mme A", "M. B")
        PointOrdreDuJour.objects.create(seance=compte_rendu.seance, ordre=rang, titre=f"Point {rang}")


def test_le_nombre_de_requetes_ne_depend_pas_du_texte(brouillon: CompteRendu) -> None:
    brouillon.a_ordre_du_jour = True
    brouillon.save()
    nombres = []
    for rubriques in (3, 27):
        remplir(brouillon, rubriques)
        compte_rendu = relire(brouillon)
        with CaptureQueriesContext(connection) as requetes:
            document = assemblage.assembler(compte_rendu)
        nombres.append(len(requetes))
    assert len(document.rubriques) + len(document.annexes) == 31
    assert nombres[0] == nombres[1] <= 6


def test_ce_que_montre_le_document(brouillon: CompteRendu) -> None:
    fabriques.presence(brouillon.seance, "Mme Claire VIDALIN\tprésidente", titre="Présents :")
    annexe = Rubrique.objects.create(compte_rendu=brouillon, est_annexe=True, titre="Annexe 1")
    Bloc.objects.create(rubrique=annexe, html="<p>Annexe.</p>")
    Bloc.objects.create(rubrique=annexe, html="<p>Retiré.</p>", retire_le=brouillon.cree_le)
    document = assembler(brouillon)
    assert (document.reference, document.autorite) == (brouillon.reference, "préfecture du Val-d’Ombre")
    assert (document.titre, document.date) == (brouillon.titre, "2026-03-20")
    assert (document.tete[0].role, document.tete[0].texte) == ("marque", "PRÉFÈTE")
    assert document.presences[0].lignes == ("Mme Claire VIDALIN\tprésidente",)
    assert document.rubriques[0].titre == "Bilan de l’accueil"
    assert [bloc.html for bloc in document.rubriques[0].blocs] == [
        "<p>La séance est ouverte.</p>",
        "<p>Le standard a été renforcé.</p>",
    ]
    assert [bloc.html for bloc in document.annexes[0].blocs] == ["<p>Annexe.</p>"]
    assert document.pied == ("12, place des Tilleuls – 99000 Ombreval", "Tél. : 05 00 00 00 00")
    assert document.ordre_du_jour == (), "printed only when asked"


def test_un_compte_rendu_nu_s_assemble(brouillon: CompteRendu) -> None:
    """Nothing of the head is mandatory."""
    brouillon.rubriques.all().delete()
    CompteRendu.objects.update(titre="", tete=[], date_document=None, signature="")
    document = assembler(brouillon)
    assert (document.titre, document.date, document.signature) == ("", "", ())


@pytest.mark.parametrize("document", [documents.complet(), documents.minimal()], ids=["complet", "minimal"])
def test_le_json_rend_le_meme_document(document: Document) -> None:
    assert Document.depuis_json(json.loads(json.dumps(document.en_json()))) == document


def test_garde_en_base_le_document_est_le_meme(mene: Any) -> None:
    compte_rendu = mene(CompteRendu.Etat.RELECTURE)
    document = assembler(compte_rendu)
    CompteRendu.objects.update(document_approuve=document.en_json())
    lu = Document.depuis_json(CompteRendu.objects.get().document_approuve or {})
    assert lu == document
    assert assemblage.empreinte(lu) == assemblage.empreinte(document)


@pytest.mark.parametrize(
    "changer",
    [
        lambda cr: Bloc.objects.update(html="<p>Autre.</p>"),
        lambda cr: Rubrique.objects.update(titre="Autre"),
        lambda cr: CompteRendu.objects.update(delegation="p"),
        lambda cr: CompteRendu.objects.update(signature="Autre"),
        lambda cr: fabriques.presence(cr.seance, "Mme Neuve"),
        lambda cr: Autorite.objects.update(pied="Autre adresse"),
        lambda cr: Bloc.objects.first().delete(),  # type: ignore[union-attr]
    ],
    ids=["texte", "titre", "delegation", "signature", "presence", "pied", "retrait"],
)
def test_tout_ce_qui_se_voit_change_l_empreinte(changer: Any, brouillon: CompteRendu) -> None:
    avant = assemblage.empreinte(assembler(brouillon))
    assert assemblage.empreinte(assembler(brouillon)) == avant
    changer(brouillon)
    assert assemblage.empreinte(assembler(brouillon)) != avant


# --- The signature block --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("genre", "civilite", "titulaire"),
    [
        ("prefet", "Mme", "la préfète"),
        ("prefet", "M.", "le préfet"),
        ("prefet", "", "le préfet"),
        ("sous_prefet", "Mme", "la sous-préfète"),
        ("sous_prefet", "M.", "le sous-préfet"),
        ("haut_commissaire", "Mme", "la haut-commissaire"),
    ],
)
def test_la_ligne_de_delegation_s_accorde(genre: str, civilite: str, titulaire: str, brouillon: CompteRendu) -> None:
    Autorite.objects.update(genre=genre, chef_civilite=civilite)
    attendues = {
        "": ["La secrétaire générale,", "Marie TESSANDIER"],
        "p": [f"P/ {titulaire},", "La secrétaire générale,", "Marie TESSANDIER"],
        "pour": [f"Pour {titulaire} et par délégation,", "La secrétaire générale,", "Marie TESSANDIER"],
    }
    for delegation, lignes in attendues.items():
        CompteRendu.objects.update(delegation=delegation)
        assert assemblage.lignes_signature(relire(brouillon)) == lignes


def test_l_ordre_du_jour_se_lit_a_plat_avec_ses_niveaux(brouillon: CompteRendu) -> None:
    seance = brouillon.seance
    deux = PointOrdreDuJour.objects.create(seance=seance, ordre=2, numero="2°)", titre="Divers")
    un = PointOrdreDuJour.objects.create(seance=seance, ordre=1, numero="1°)", titre="Accueil")
    PointOrdreDuJour.objects.create(seance=seance, ordre=1, numero="a)", titre="Téléphone", parent=un)
    PointOrdreDuJour.objects.create(seance=seance, ordre=1, titre="Autre", parent=deux)
    lus = [(point.niveau, point.numero, point.titre) for point in assemblage.points(seance)]
    assert lus == [(1, "1°)", "Accueil"), (2, "a)", "Téléphone"), (1, "2°)", "Divers"), (2, "", "Autre")]


@pytest.mark.parametrize(
    ("jour", "ecrit"),
    [((2026, 3, 1), "1er mars 2026"), ((2026, 3, 11), "11 mars 2026"), ((2021, 1, 21), "21 janvier 2021")],
)
def test_la_date_en_toutes_lettres(jour: tuple[int, int, int], ecrit: str) -> None:
    assert date_longue(datetime.date(*jour)) == ecrit

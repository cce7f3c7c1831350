"""From what was read in an existing text to a draft: no word is lost, nothing is linked by guess."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comites.models import Comite, LignePresence, PersonneCitee, Seance
from comptes_rendus import actions, assemblage
from comptes_rendus.actions.reprise import couper
from comptes_rendus.models import Bloc, CompteRendu, Revision
from comptes_rendus.reprise import structure as lu
from comptes_rendus.texte import vers_texte
from journal.models import Evenement, Travail
from membres.models import Personne, Structure, Utilisateur
from tests import fabriques
from tests.photo import photo


def personne(nom: str, prenom: str | None = None, civilite: str | None = "Mme") -> lu.PersonneLue:
    return lu.PersonneLue(civilite, prenom, nom)


def intervention(orateur: str, texte: str) -> lu.BlocLu:
    return lu.BlocLu("intervention", f"{orateur} : {texte}", f"{orateur} : {texte}", orateur)


@pytest.fixture
def lecture() -> lu.Reprise:
    return lu.Reprise(
        tete=lu.Tete([lu.LigneTete("marque", "PRÉFÈTE"), lu.LigneTete("objet", "Objet : séance")], date="2026-03-20"),
        titre="Compte rendu du comité",
        seance=lu.SeanceLue(date="2026-03-12", heure_debut="14:00", heure_fin="16:15", mode="visio"),
        presences=[
            lu.GroupeLu("Présidence :", 1, "preside", lignes=[lu.LigneLue("Mme A. VIDALIN\tsecrétaire générale")]),
            lu.GroupeLu(
                "Usagers :",
                1,
                "present",
                lignes=[
                    lu.LigneLue("Mme Claire VIDALIN", [personne("VIDALIN", "Claire")], structure="Union des familles"),
                    lu.LigneLue("M. Jean-Luc O’NEILL", [personne("O’NEILL", "Jean-Luc", "M.")]),
                ],
            ),
        ],
        ordre_du_jour=[
            lu.PointLu(1, "1°)", "Accueil"),
            lu.PointLu(2, "a)", "Téléphone"),
            lu.PointLu(1, "2°)", "Divers"),
        ],
        ordre_du_jour_propre=True,
        rubriques=[
            lu.RubriqueLue(blocs=[lu.BlocLu("paragraphe", "La séance est ouverte.", "La **séance** est ouverte.")]),
            lu.RubriqueLue(
                numero="1°)",
                titre="Accueil",
                blocs=[
                    intervention("Mme Claire VIDALIN", "merci."),
                    intervention("M. O’NEILL", "oui."),
                    lu.BlocLu("liste", "- un\n- deux", "- un\n- deux"),
                ],
            ),
        ],
        signature=["La secrétaire générale", "Marie TESSANDIER"],
        annexes=[lu.AnnexeLue("Annexe 1", [lu.BlocLu("citation", "« Merci »", "« Merci »")])],
        reparations=[lu.Reparation("ac cueil", "accueil")],
        a_verifier=["La date est-elle juste ?"],
    )


def reprendre(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> CompteRendu:
    return actions.reprendre(lecture, comite=clac, source="le texte reçu", par=odile)


def mots(texte: str) -> list[str]:
    return re.findall(r"\w+", texte)


def mots_montres(compte_rendu: CompteRendu) -> set[str]:
    """Every word the document shows."""
    document = assemblage.assembler(CompteRendu.objects.get(pk=compte_rendu.pk))
    textes = [document.titre, *(ligne.texte for ligne in document.tete), *document.signature]
    textes += [t for groupe in document.presences for t in (groupe.titre, *groupe.lignes)]
    textes += [f"{point.numero} {point.titre}" for point in document.ordre_du_jour]
    for rubrique in (*document.rubriques, *document.annexes):
        textes += [rubrique.numero, rubrique.titre, *(vers_texte(bloc.html) for bloc in rubrique.blocs)]
    return {mot for texte in textes for mot in mots(texte)}


def test_un_brouillon_complet(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    compte_rendu = reprendre(lecture, clac, odile)
    document = assemblage.assembler(compte_rendu)
    assert (compte_rendu.etat, compte_rendu.auteur, compte_rendu.source) == ("brouillon", odile, "le texte reçu")
    assert (document.date, document.signature) == ("2026-03-20", ("La secrétaire générale", "Marie TESSANDIER"))
    assert [(p.niveau, p.numero, p.titre) for p in document.ordre_du_jour] == [
        (1, "1°)", "Accueil"),
        (2, "a)", "Téléphone"),
        (1, "2°)", "Divers"),
    ]
    assert document.rubriques[0].blocs[0].html == "<p>La <strong>séance</strong> est ouverte.</p>"
    assert [bloc.genre for bloc in document.rubriques[1].blocs] == ["intervention", "intervention", "liste"]
    assert document.annexes[0].blocs[0].html == "<blockquote><p>« Merci »</p></blockquote>"
    assert compte_rendu.reparations == [{"avant": "ac cueil", "apres": "accueil"}]
    assert compte_rendu.a_verifier == [{"texte": "La date est-elle juste ?", "fait": False}]
    seance = compte_rendu.seance
    assert (seance.etat, seance.mode, seance.presidence) == ("tenue", "visio", "Mme A. VIDALIN, secrétaire générale")
    blocs, revisions = Bloc.objects.order_by("cle"), Revision.objects.order_by("cle")
    assert list(blocs.values_list("cle", "html")) == list(revisions.values_list("cle", "html"))
    assert Evenement.objects.get().details == {"caracteres": 13}
    assert not Travail.objects.exists()


@pytest.mark.parametrize("qui", ["mireille", "paul", "agnes", "samir", "ada"])
def test_les_autres_sont_refuses(qui: str, lecture: lu.Reprise, clac: Comite, request: pytest.FixtureRequest) -> None:
    compte = request.getfixturevalue(qui)
    avant = photo()
    with pytest.raises(PermissionDenied):
        reprendre(lecture, clac, compte)
    assert photo() == avant


def test_une_erreur_n_ecrit_rien(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    lecture.seance.heure_debut = "25:99"
    avant = photo()
    with pytest.raises(ValueError, match="hour"):
        reprendre(lecture, clac, odile)
    assert photo() == avant


# --- The sitting ------------------------------------------------------------------------------------------------------
JOUR = datetime.date(2026, 3, 12)


def test_la_seance_encore_nue_de_ce_jour_sert(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    nue = fabriques.seance(comite=clac, date=JOUR)
    premier = reprendre(lecture, clac, odile)
    assert premier.seance == nue
    assert reprendre(lecture, clac, odile) == premier, "the same text sent twice is taken over once"
    CompteRendu.objects.update(cree_le=timezone.now() - datetime.timedelta(minutes=6))
    assert reprendre(lecture, clac, odile).seance != nue, "it is no longer bare"


def test_une_seance_annulee_ne_sert_pas(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    annulee = fabriques.seance(comite=clac, date=JOUR, etat=Seance.Etat.ANNULEE)
    assert reprendre(lecture, clac, odile).seance != annulee


# --- Links ------------------------------------------------------------------------------------------------------------
def liens(texte: str) -> list[str]:
    blocs = Bloc.objects.filter(html__contains=texte)
    return [bloc.orateur_ligne.texte if bloc.orateur_ligne else "" for bloc in blocs]


def test_liens_surs(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    claire = Personne.objects.create(prenom="Claire", nom="Vidalin")
    union = Structure.objects.create(nom="union des Familles")
    reprendre(lecture, clac, odile)
    assert liens("VIDALIN") == ["Mme Claire VIDALIN"]
    assert liens("NEILL") == ["M. Jean-Luc O’NEILL"]
    assert liens("est ouverte") == [""]
    assert PersonneCitee.objects.get(nom="VIDALIN").personne == claire
    assert LignePresence.objects.get(texte="Mme Claire VIDALIN").structure == union


def test_deux_du_meme_nom_ou_sans_nom_pas_de_lien(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    lignes = lecture.presences[1].lignes
    lignes.append(lu.LigneLue("M. Paul VIDALIN", [personne("VIDALIN", "Paul", "M.")]))
    lignes.append(lu.LigneLue("La mairie", [lu.PersonneLue(None, None, None)]))
    reprendre(lecture, clac, odile)
    assert liens("VIDALIN") == [""]
    assert liens("est ouverte") == [""], "no speaker, no link"


def test_une_civilite_inconnue_reste_dans_le_texte(lecture: lu.Reprise, clac: Comite, odile: Utilisateur) -> None:
    lecture.presences[1].lignes = [lu.LigneLue("Docteur Ngọc NGUYỄN", [personne("NGUYỄN", "Ngọc", "Docteur")])]
    compte_rendu = reprendre(lecture, clac, odile)
    assert PersonneCitee.objects.get().civilite == ""
    assert {"Docteur", "NGUYỄN"} <= mots_montres(compte_rendu)


# --- No word is lost --------------------------------------------------------------------------------------------------
def long(prefixe: str, nombre: int) -> str:
    return " ".join(f"{prefixe}{rang}" for rang in range(nombre))


@pytest.mark.parametrize("lieu", ["titre", "groupe", "point", "rubrique", "annexe", "numero", "numero_point"])
def test_un_intitule_demesure_garde_tous_ses_mots(
    lieu: str, lecture: lu.Reprise, clac: Comite, odile: Utilisateur
) -> None:
    texte = long("mot", 20 if lieu.startswith("numero") else 600)
    gestes: dict[str, Any] = {
        "titre": (lecture, "titre"),
        "groupe": (lecture.presences[1], "titre"),
        "point": (lecture.ordre_du_jour[0], "titre"),
        "rubrique": (lecture.rubriques[1], "titre"),
        "annexe": (lecture.annexes[0], "titre"),
        "numero": (lecture.rubriques[1], "numero"),
        "numero_point": (lecture.ordre_du_jour[0], "numero"),
    }
    setattr(*gestes[lieu], texte)
    assert set(mots(texte)) <= mots_montres(reprendre(lecture, clac, odile))


@pytest.mark.parametrize("texte", ["", "court", "x" * 50, "un deux trois quatre cinq six", "   espaces   partout  "])
def test_couper_ne_perd_rien(texte: str) -> None:
    tete, reste = couper(texte, 10)
    assert len(tete) <= 10
    assert "".join((tete + reste).split()) == "".join(texte.split())

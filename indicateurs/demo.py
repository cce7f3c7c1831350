"""The demonstration's year, made by calling the actions: what they refuse, the demonstration cannot hold."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from comites import actions as comites
from comites.actions import Numerotation
from comites.models import Comite, Habilitation, Role, Seance, date_longue
from comptes_rendus import actions, assemblage, tasks
from comptes_rendus.actions import Contenu
from comptes_rendus.models import CompteRendu
from comptes_rendus.texte import vers_html
from membres import contexte
from membres.demo_comptes import COMPTES, MOT_DE_PASSE
from membres.models import Autorite, Personne, Service, Structure, Utilisateur

from . import demo_textes as textes

FONCTIONS = {
    "Odile": "référente qualité",
    "Samir": "secrétaire général de la préfecture du Val-d’Ombre",
    "Mireille": "présidente de l’Association des personnes handicapées du Val-d’Ombre",
    "Agnès": "cheffe du service de l’accueil et des titres",
    "Paul": "référent qualité de la sous-préfecture de Rocval",
    "Ada": "administratrice de l’application",
}
HOMMES = {"Samir", "Paul"}

Rubriques = Sequence[Sequence[tuple[str, str, str]]]


def creer() -> None:
    """Fill an empty database. Renders and signs two PDFs on the way: a few seconds."""
    prefecture, sous_prefecture = _autorites()
    cast = _comptes(prefecture)
    clac, clu = _comites(prefecture, sous_prefecture, cast)
    _roles(clac, clu, cast)
    _publie(_seance(clac, cast["Odile"], semaines=-32), cast)
    _en_relecture(_seance(clu, cast["Paul"], semaines=-14, points=textes.ORDRE_DU_JOUR[:2]), cast)
    _brouillon(_seance(clac, cast["Odile"], semaines=-2), cast)
    _seance(clac, cast["Odile"], semaines=6, tenue=False)
    contexte.oublier()


def _autorites() -> tuple[Autorite, Autorite]:
    prefecture = Autorite.objects.create(**textes.AUTORITES["prefecture"])
    sous_prefecture = Autorite.objects.create(rattachement=prefecture, **textes.AUTORITES["sous_prefecture"])
    secretariat = Service.objects.create(autorite=prefecture, nom="Secrétariat général")
    Service.objects.create(
        autorite=prefecture,
        parent=secretariat,
        nom="Mission qualité et relations avec les usagers",
        courriel="qualite@val-d-ombre.example",
        telephone="Tél. : 05 00 00 00 12",
    )
    for genre, nom, sigle in textes.STRUCTURES:
        Structure.objects.create(genre=genre, nom=nom, sigle=sigle)
    return prefecture, sous_prefecture


def _comptes(prefecture: Autorite) -> dict[str, Utilisateur]:
    cast: dict[str, Utilisateur] = {}
    for courriel, complet, _ in COMPTES:
        prenom, _, nom = complet.partition(" ")
        civilite = "M." if prenom in HOMMES else "Mme"
        personne = Personne.objects.create(civilite=civilite, prenom=prenom, nom=nom, fonction=FONCTIONS[prenom])
        cast[prenom] = Utilisateur.objects.creer(courriel, MOT_DE_PASSE, personne=personne)
    # The first administrator has nobody above: like `manage.py creer_administrateur`, a bare row.
    for autorite in Autorite.objects.all():
        Habilitation.objects.create(
            utilisateur=cast["Ada"], role=Role.ADMINISTRATEUR, autorite=autorite, du=_jour(semaines=-60)
        )
    return cast


def _comites(prefecture: Autorite, sous_prefecture: Autorite, cast: dict[str, Utilisateur]) -> tuple[Comite, Comite]:
    valeurs = {
        "genre": Comite.Genre.CLAC,
        "nom": "comité local d’amélioration continue du Val-d’Ombre",
        "sigle": "CLAC",
        "slug": "clac-val-d-ombre",
        "perimetre": "Préfecture, sous-préfecture de Rocval, direction départementale des territoires",
        "service": Service.objects.get(nom__startswith="Mission qualité"),
    }
    clac = comites.creer_comite(prefecture, valeurs, par=cast["Ada"], colleges=textes.COLLEGES)
    valeurs = {
        "genre": Comite.Genre.CLU,
        "nom": "comité local des usagers de Rocval",
        "sigle": "CLU",
        "slug": "clu-rocval",
        "perimetre": "Sous-préfecture de Rocval",
    }
    clu = comites.creer_comite(sous_prefecture, valeurs, par=cast["Ada"], colleges=textes.COLLEGES[:2])
    return clac, clu


def _roles(clac: Comite, clu: Comite, cast: dict[str, Utilisateur]) -> None:
    roles = (
        ("Odile", Role.QUALITE, clac),
        ("Samir", Role.SIGNATAIRE, clac),
        ("Mireille", Role.MEMBRE, clac),
        ("Agnès", Role.AGENT, clac),
        ("Paul", Role.QUALITE, clu),
        ("Samir", Role.SIGNATAIRE, clu),
    )
    for prenom, role, comite in roles:
        comites.accorder_habilitation(cast[prenom], role, comite, par=cast["Ada"], du=_jour(semaines=-52))


def _jour(*, semaines: int) -> datetime.date:
    """The Thursday some weeks from now."""
    jour = timezone.localdate() + datetime.timedelta(weeks=semaines)
    return jour + datetime.timedelta(days=3 - jour.weekday())


def _seance(
    comite: Comite,
    par: Utilisateur,
    *,
    semaines: int,
    tenue: bool = True,
    points: Sequence[tuple[str, list[str], str, str]] = textes.ORDRE_DU_JOUR,
) -> Seance:
    valeurs = {
        "date": _jour(semaines=semaines),
        "heure_debut": datetime.time(14, 0),
        "heure_fin": datetime.time(16, 20) if tenue else None,
        "lieu": "salle des Tilleuls, à la préfecture" if comite.sigle == "CLAC" else "salle du conseil",
        "mode": Seance.Mode.PRESENTIEL,
        "presidence": "M. Samir BELKACEM, secrétaire général",
        "animation": str(par),
    }
    seance = comites.creer_seance(comite, valeurs, par=par)
    for titre, genres, presente_par, diaporama in points:
        point = {"titre": titre, "genres": genres, "presente_par": presente_par, "diaporama": diaporama}
        comites.enregistrer_point(seance, point, par=par)
    comites.numeroter_points(seance, Numerotation.DEGRE, par=par)
    for titre, niveau, statut, en_ligne, lignes in textes.PRESENCES if tenue else ():
        groupe = {"titre": titre, "niveau": niveau, "statut": statut, "en_ligne": en_ligne}
        comites.ajouter_lignes(comites.enregistrer_groupe(seance, groupe, par=par), "\n".join(lignes), par=par)
    return comites.tenir_seance(seance, par=par) if tenue else seance


def _rediger(seance: Seance, rubriques: Rubriques, *, par: Utilisateur, nom: str, office: str) -> CompteRendu:
    compte_rendu = actions.creer(seance, par=par)
    for rubrique, blocs in zip(compte_rendu.rubriques.all(), rubriques, strict=False):
        dernier = None
        for genre, orateur, texte in blocs:
            contenu = Contenu(vers_html(texte, citation=genre == "citation"), genre, orateur)
            dernier = actions.ajouter_bloc(rubrique, contenu, apres=dernier, par=par)
    date = seance.date + datetime.timedelta(days=12) if seance.date else None
    lieu = f"{seance.comite.autorite.lieu}, le {date_longue(date)}" if date else ""
    tete = [{**ligne, "texte": lieu} if ligne["role"] == "lieu_date" else ligne for ligne in compte_rendu.tete]
    return actions.modifier_tete(
        compte_rendu, base=compte_rendu.revision, par=par, tete=tete, date_document=date, signature=f"{office},\n{nom}"
    )


def _publie(seance: Seance, cast: dict[str, Utilisateur]) -> None:
    odile, samir = cast["Odile"], cast["Samir"]
    compte_rendu = _rediger(seance, textes.PUBLIE, par=odile, nom="Samir BELKACEM", office="Le secrétaire général")
    compte_rendu = actions.soumettre(compte_rendu, par=odile)
    compte_rendu = actions.choisir_delegation(compte_rendu, CompteRendu.Delegation.POUR, par=samir)
    empreinte = assemblage.empreinte(assemblage.assembler(compte_rendu))
    compte_rendu = actions.approuver(compte_rendu, empreinte=empreinte, par=samir)
    tasks.figer(pk=compte_rendu.pk)
    compte_rendu.refresh_from_db()
    assert compte_rendu.pdf_approuve is not None
    compte_rendu = actions.signer(compte_rendu, empreinte=compte_rendu.pdf_approuve.empreinte, par=samir)
    actions.publier(compte_rendu, par=odile)


def _en_relecture(seance: Seance, cast: dict[str, Utilisateur]) -> None:
    compte_rendu = _rediger(
        seance, textes.RELECTURE, par=cast["Paul"], nom="Étienne MARSAC", office="Le sous-préfet de Rocval"
    )
    actions.soumettre(compte_rendu, par=cast["Paul"])


def _brouillon(seance: Seance, cast: dict[str, Utilisateur]) -> None:
    _rediger(seance, textes.BROUILLON, par=cast["Odile"], nom="Samir BELKACEM", office="Le secrétaire général")

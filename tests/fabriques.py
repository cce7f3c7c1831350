"""Plain builders: each makes one valid object with believable, invented values; keyword arguments override."""

from __future__ import annotations

import datetime
from typing import Any

from comites.models import Comite, GroupePresence, Habilitation, LignePresence, Role, Seance
from comptes_rendus.models import Bloc, CompteRendu, Rubrique
from membres.models import Autorite, Personne, Utilisateur

MOT_DE_PASSE = "le-pont-de-bois-1789"


def autorite(**champs: Any) -> Autorite:
    valeurs = {
        "nom": "préfecture du Val-d’Ombre",
        "territoire": "du Val-d’Ombre",
        "chef_civilite": "Mme",
        "chef_nom": "Hélène DARCOURT",
        "lieu": "Ombreval",
        "pied": "12, place des Tilleuls – 99000 Ombreval\nTél. : 05 00 00 00 00",
    }
    return Autorite.objects.create(**{**valeurs, **champs})


def comite(**champs: Any) -> Comite:
    valeurs = {"nom": "comité local d’amélioration continue", "sigle": "CLAC", "slug": "clac-val-d-ombre"}
    if "autorite" not in champs:
        champs["autorite"] = Autorite.objects.first() or autorite()
    return Comite.objects.create(**{**valeurs, **champs})


def utilisateur(prenom: str, nom: str, civilite: str = "Mme", **champs: Any) -> Utilisateur:
    """An account with the suite's password (one cheap hash: the suite's hasher is MD5)."""
    personne = Personne.objects.create(civilite=civilite, prenom=prenom, nom=nom)
    return Utilisateur.objects.creer(f"{prenom.lower()}@exemple.invalid", MOT_DE_PASSE, personne=personne, **champs)


def habilitation(compte: Utilisateur, role: Role, objet: Comite | Autorite, **champs: Any) -> Habilitation:
    cible = {"comite": objet} if isinstance(objet, Comite) else {"autorite": objet}
    return Habilitation.objects.create(
        utilisateur=compte, role=role, **{"du": datetime.date(2020, 1, 1), **cible, **champs}
    )


def seance(**champs: Any) -> Seance:
    valeurs = {
        "date": datetime.date(2026, 3, 12),
        "heure_debut": datetime.time(14, 0),
        "heure_fin": datetime.time(16, 15),
        "lieu": "salle Jean-Moulin",
        "mode": Seance.Mode.PRESENTIEL,
        "etat": Seance.Etat.TENUE,
    }
    if "comite" not in champs:
        champs["comite"] = Comite.objects.first() or comite()
    return Seance.objects.create(**{**valeurs, **champs})


def presence(seance: Seance, *lignes: str, titre: str = "Représentants des usagers :", **champs: Any) -> GroupePresence:
    groupe = GroupePresence.objects.create(seance=seance, titre=titre, **champs)
    for ordre, texte in enumerate(lignes):
        LignePresence.objects.create(groupe=groupe, ordre=ordre, texte=texte)
    return groupe


def compte_rendu(
    auteur: Utilisateur, *, textes: tuple[str, ...] = ("La séance est ouverte.",), **champs: Any
) -> CompteRendu:
    """A draft with one rubrique and one paragraph per text."""
    if "seance" not in champs:
        champs["seance"] = seance()
    numero = CompteRendu.objects.count() + 1
    valeurs = {
        "titre": "Compte rendu du comité local d’amélioration continue du 12 mars 2026",
        "permalien": f"clac-2026-03-12-{numero}",
        "date_document": datetime.date(2026, 3, 20),
        "tete": [{"role": "marque", "texte": "PRÉFÈTE"}, {"role": "marque", "texte": "DU VAL-D’OMBRE"}],
        "signature": "La secrétaire générale,\nMarie TESSANDIER",
    }
    objet = CompteRendu.objects.create(auteur=auteur, **{**valeurs, **champs})
    rubrique = Rubrique.objects.create(compte_rendu=objet, numero="1°)", titre="Bilan de l’accueil")
    for ordre, texte in enumerate(textes):
        Bloc.objects.create(rubrique=rubrique, ordre=ordre, html=f"<p>{texte}</p>")
    return objet

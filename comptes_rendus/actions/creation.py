"""Opening minutes: from a sitting, from an existing text (reprise), or as a new version of signed ones."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from comites.actions import arbre
from comites.models import Seance
from journal.actions import consigner
from journal.workflow import TransitionRefusee, verrouiller
from membres.models import Utilisateur

from ..models import CompteRendu, Rubrique
from .ecriture import Contenu, exiger_qualite, inserer


def creer(seance: Seance, *, par: Utilisateur) -> CompteRendu:
    """Open the minutes of a sitting: head from the authority, one rubrique per agenda item.

    Raises PermissionDenied unless ``par`` is quality officer of the committee, TransitionRefusee when the sitting is
    cancelled or already has minutes.
    """
    with transaction.atomic():
        seance = verrouiller(seance)
        exiger_qualite(seance, par)
        if seance.etat == Seance.Etat.ANNULEE:
            raise TransitionRefusee("Cette séance est annulée : elle n’a pas de compte rendu.")
        if seance.comptes_rendus.exists():
            raise TransitionRefusee("Cette séance a déjà un compte rendu.")
        compte_rendu = nouveau(seance, par=par, a_ordre_du_jour=True, **_tete_par_defaut(seance))
        _ouvrir_rubriques(compte_rendu, seance)
        consigner("creer", compte_rendu, par=par)
    return compte_rendu


def nouveau(seance: Seance, *, par: Utilisateur, **champs: Any) -> CompteRendu:
    """A bare draft row (no journal entry: the calling verb writes its own)."""
    version = champs.pop("version", 1)
    compte_rendu = CompteRendu(
        seance=seance, auteur=par, version=version, permalien=_permalien(seance, version), **champs
    )
    compte_rendu.full_clean()
    compte_rendu.save()
    return compte_rendu


def _permalien(seance: Seance, version: int) -> str:
    base = slugify(
        f"{seance.comite.slug}-{seance.date.isoformat() if seance.date else seance.date_affichee or 'sans-date'}"
    )
    base = base[:100] + (f"-v{version}" if version > 1 else "")
    pris = set(CompteRendu.objects.filter(permalien__startswith=base).values_list("permalien", flat=True))
    suite = (f"{base}-{numero}" for numero in range(2, len(pris) + 3))
    return base if base not in pris else next(p for p in suite if p not in pris)


def _tete_par_defaut(seance: Seance) -> dict[str, Any]:
    autorite, service = seance.comite.autorite, seance.comite.service
    tete = [{"role": "marque", "texte": ligne} for ligne in autorite.lignes_marque]
    if autorite.a_devise:
        tete += [{"role": "devise", "texte": mot} for mot in ("Liberté", "Égalité", "Fraternité")]
    if service:
        tete += [{"role": "service", "texte": ligne} for ligne in service.lignes_tete]
        tete += [{"role": "contact", "texte": texte} for texte in (service.telephone, service.courriel) if texte]
    tete.append({"role": "lieu_date", "texte": f"{autorite.lieu}, le …"})
    heure = seance.heure_debut.strftime(" à %H h %M").replace(" h 00", " h") if seance.heure_debut else ""
    de = "d’" if seance.comite.nom[:1].lower() in "aeéèiouyh" else "du "
    titre = f"Compte rendu {de}{seance.comite.nom} du {seance.quand}{heure}"
    return {"tete": tete, "titre": titre, "signature": ""}


def _ouvrir_rubriques(compte_rendu: CompteRendu, seance: Seance) -> None:
    """An opening, one rubrique per agenda item (with its level, number and presenter), a closing."""
    Rubrique.objects.create(compte_rendu=compte_rendu, ordre=0)
    ordre = 0
    for ordre, (rangs, point) in enumerate(arbre(seance.points.all()), start=1):
        Rubrique.objects.create(
            compte_rendu=compte_rendu,
            ordre=ordre,
            niveau=min(len(rangs), 3),
            numero=point.numero,
            titre=point.titre,
            presente_par=point.presente_par,
            diaporama=point.diaporama,
            point=point,
        )
    Rubrique.objects.create(compte_rendu=compte_rendu, ordre=ordre + 1, titre="Clôture")


def rectifier(compte_rendu: CompteRendu, *, par: Utilisateur) -> CompteRendu:
    """Open version n+1 of signed minutes as a draft; the old one stays as it is until the new one is published."""
    with transaction.atomic():
        ancien = verrouiller(compte_rendu)
        exiger_qualite(ancien.seance, par)
        if ancien.etat not in (CompteRendu.Etat.SIGNE, CompteRendu.Etat.PUBLIE):
            raise TransitionRefusee("Seul un compte rendu signé ou publié peut être rectifié.")
        if CompteRendu.objects.filter(remplace=ancien).exists():
            raise TransitionRefusee("Une nouvelle version de ce compte rendu existe déjà.")
        copies: tuple[str, ...] = ("titre", "tete", "date_document", "a_ordre_du_jour", "ordre_du_jour_avant_presences")
        copies += ("prochaine_seance", "signature", "delegation")
        champs = {nom: getattr(ancien, nom) for nom in copies}
        suivant = nouveau(ancien.seance, par=par, version=ancien.version + 1, remplace=ancien, **champs)
        _copier_texte(ancien, suivant, par)
        consigner("rectifier", suivant, par=par, details={"remplace": ancien.reference})
    return suivant


def _copier_texte(ancien: CompteRendu, suivant: CompteRendu, par: Utilisateur) -> None:
    for rubrique in ancien.rubriques.prefetch_related("blocs"):
        blocs = [bloc for bloc in rubrique.blocs.all() if bloc.retire_le is None]
        rubrique.pk, rubrique.cle, rubrique.compte_rendu = None, uuid.uuid4(), suivant
        rubrique._state.adding = True
        rubrique.save()
        for bloc in blocs:
            inserer(
                rubrique, bloc.ordre, Contenu(bloc.html, bloc.genre, bloc.orateur), par, ligne=bloc.orateur_ligne_id
            )

"""Committees and authorities: the verbs of the administrator (permission matrix, rows 3 and 60)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from journal.actions import consigner
from journal.workflow import TransitionRefusee, verrouiller
from membres import contexte
from membres.models import Autorite, Utilisateur

from ..models import College, Comite, Role, autorites_administrees
from ..workflow import exiger_role
from .valeurs import poser, renumeroter

logger = logging.getLogger("conclu.refus")

CHAMPS_COMITE = ("genre", "nom", "sigle", "slug", "perimetre", "predecesseur", "service")
CHAMPS_AUTORITE = (
    *("genre", "nom", "territoire", "rattachement", "chef_civilite", "chef_nom", "lieu", "marque", "a_devise"),
    *("pied", "logo"),
)
ADRESSES_RESERVEES = frozenset({"creer"})


def exiger_administration(autorite: Autorite, *, par: Utilisateur) -> None:
    """Raise PermissionDenied (logged) unless ``par`` administers this authority today."""
    if not autorites_administrees(par).filter(pk=autorite.pk).exists():
        logger.warning("refused: administration of authority %s by user %s", autorite.pk, par.pk)
        raise PermissionDenied("Seule l’administration de cette autorité peut le faire.")


def creer_comite(
    autorite: Autorite, valeurs: Mapping[str, Any], *, par: Utilisateur, colleges: Sequence[str] = ()
) -> Comite:
    """Create a committee under ``autorite``, with its colleges in order.

    Raises PermissionDenied (not administrator of the authority), ValidationError. Source: matrix row 3.
    """
    with transaction.atomic():
        exiger_administration(autorite, par=par)
        comite = Comite(autorite=autorite)
        poser(comite, valeurs, CHAMPS_COMITE)
        _valider(comite)
        comite.save()
        _ranger_colleges(comite, colleges)
        consigner("creer_comite", comite, par=par, details={"nom": comite.nom})
    return comite


def modifier_comite(
    comite: Comite, valeurs: Mapping[str, Any], *, par: Utilisateur, colleges: Sequence[str] | None = None
) -> Comite:
    """Change a committee; ``colleges`` (names in order) replaces the list, ``None`` leaves it.

    Raises PermissionDenied, ValidationError. Source: matrix row 3.
    """
    with transaction.atomic():
        comite = verrouiller(comite)
        exiger_role(Role.ADMINISTRATEUR, comite, par=par, libelle="modifier le comité")
        changements = poser(comite, valeurs, CHAMPS_COMITE)
        _valider(comite)
        comite.save()
        if colleges is not None:
            changements.update(_ranger_colleges(comite, colleges))
        if changements:
            consigner("modifier_comite", comite, par=par, details=changements)
    return comite


def clore_comite(comite: Comite, *, par: Utilisateur) -> Comite:
    """Close a committee: it keeps its history and takes no new sitting.

    Raises PermissionDenied, TransitionRefusee (already closed). Source: matrix row 3.
    """
    return _clore(comite, True, "clore_comite", "Ce comité est déjà clos.", par=par)


def rouvrir_comite(comite: Comite, *, par: Utilisateur) -> Comite:
    """Undo a closing. Raises PermissionDenied, TransitionRefusee (not closed)."""
    return _clore(comite, False, "rouvrir_comite", "Ce comité n’est pas clos.", par=par)


def _clore(comite: Comite, vers: bool, verbe: str, refus: str, *, par: Utilisateur) -> Comite:
    with transaction.atomic():
        comite = verrouiller(comite)
        exiger_role(Role.ADMINISTRATEUR, comite, par=par, libelle="clore ou rouvrir le comité")
        if comite.est_clos == vers:
            raise TransitionRefusee(refus)
        comite.est_clos = vers
        comite.save(update_fields=["est_clos"])
        consigner(verbe, comite, par=par)
    return comite


def _valider(comite: Comite) -> None:
    if comite.slug in ADRESSES_RESERVEES:
        raise ValidationError({"slug": "Cette adresse est réservée : choisissez-en une autre."})
    for nom, voisin in (("service", comite.service), ("predecesseur", comite.predecesseur)):
        if voisin is not None and voisin.autorite_id != comite.autorite_id:
            raise ValidationError({nom: "Choisissez dans la même autorité."})
    comite.full_clean()


def _ranger_colleges(comite: Comite, noms: Sequence[str]) -> dict[str, list[Any]]:
    """Make the colleges of the committee those of ``noms``, in order; doubles and blanks are dropped."""
    voulus = list(dict.fromkeys(nom.strip() for nom in noms if nom.strip()))
    presents = {college.nom: college for college in comite.colleges.all()}
    avant = list(presents)
    if avant == voulus:
        return {}
    comite.colleges.exclude(nom__in=voulus).delete()
    for nom in voulus:
        if nom not in presents:
            presents[nom] = College(comite=comite, nom=nom)
            presents[nom].full_clean()
            presents[nom].save()
    renumeroter(presents[nom] for nom in voulus)
    return {"colleges": [avant, voulus]}


def modifier_autorite(autorite: Autorite, valeurs: Mapping[str, Any], *, par: Utilisateur) -> Autorite:
    """Change the mark, the holder, the address or the logo of an authority.

    Raises PermissionDenied, ValidationError. Source: matrix row 60.
    """
    with transaction.atomic():
        autorite = verrouiller(autorite)
        exiger_administration(autorite, par=par)
        changements = poser(autorite, valeurs, CHAMPS_AUTORITE)
        autorite.full_clean()
        autorite.save()
        if changements:
            consigner("modifier_autorite", autorite, par=par, details=changements)
        transaction.on_commit(contexte.oublier)
    return autorite

"""Sittings: plan, change, hold, cancel (permission matrix, rows 5, 6, 10 and 11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from journal.actions import consigner
from journal.workflow import TransitionRefusee, verrouiller
from membres.models import Utilisateur

from ..models import Comite, Role, Seance
from ..workflow import WORKFLOW, ecrire, exiger_role
from .valeurs import poser

CHAMPS_SEANCE = (
    *("genre", "date", "date_affichee", "heure_debut", "heure_fin", "lieu", "mode", "presidence", "animation"),
)
MOTIF_MAX = 1000


def creer_seance(comite: Comite, valeurs: Mapping[str, Any], *, par: Utilisateur) -> Seance:
    """Plan a sitting, in state « préparée »; no field of it is mandatory.

    Raises PermissionDenied (not quality officer of the committee), TransitionRefusee (closed committee),
    ValidationError (same committee, day and hour as a sitting that stands: a form sent twice). Source: matrix row 5.
    """
    with transaction.atomic():
        comite = verrouiller(comite)
        exiger_role(Role.QUALITE, comite, par=par, libelle="préparer une séance")
        if comite.est_clos:
            raise TransitionRefusee("Ce comité est clos : il ne tient plus de séance.")
        seance = Seance(comite=comite)
        poser(seance, valeurs, CHAMPS_SEANCE)
        _refuser_double(seance)
        seance.full_clean()
        seance.save()
        consigner("creer_seance", seance, par=par)
    return seance


def modifier_seance(seance: Seance, valeurs: Mapping[str, Any], *, par: Utilisateur) -> Seance:
    """Change the head of a sitting that is prepared, convened or held.

    Raises PermissionDenied, TransitionRefusee (closed or cancelled), ValidationError. Source: matrix rows 5 and 6.
    """
    with ecrire("modifier_seance", seance, par=par) as (seance, details):
        details.update(poser(seance, valeurs, CHAMPS_SEANCE))
        if details.keys() & {"date", "heure_debut"}:
            _refuser_double(seance)
        seance.full_clean()
        seance.save()
    return seance


def tenir_seance(seance: Seance, *, par: Utilisateur) -> Seance:
    """Mark the sitting as held: its agenda no longer changes, its attendance still may.

    Raises PermissionDenied, TransitionRefusee. Source: matrix row 11.
    """
    with WORKFLOW.franchir("tenir", seance, par=par) as seance:
        pass
    return seance


def annuler_seance(seance: Seance, *, motif: str, par: Utilisateur) -> Seance:
    """Cancel the sitting; ``motif`` is shown to whoever could see it.

    Raises PermissionDenied, TransitionRefusee, ValidationError (no reason, or over 1,000 characters).
    Source: matrix row 10.
    """
    details = {"motif": motif.strip()}
    with WORKFLOW.franchir("annuler", seance, par=par, details=details) as seance:
        if not details["motif"]:
            raise ValidationError({"motif": "Dites pourquoi la séance est annulée."})
        if len(details["motif"]) > MOTIF_MAX:
            raise ValidationError({"motif": f"Le motif tient en {MOTIF_MAX} caractères au plus."})
        seance.motif_annulation = details["motif"]
    return seance


def _refuser_double(seance: Seance) -> None:
    if seance.date is None:
        return
    jumelles = Seance.objects.filter(
        comite=seance.comite_id, date=seance.date, heure_debut=seance.heure_debut, genre=seance.genre
    ).exclude(etat=Seance.Etat.ANNULEE)
    if jumelles.exclude(pk=seance.pk).exists():
        raise ValidationError({"date": "Ce comité a déjà une séance de même nature ce jour-là, à la même heure."})

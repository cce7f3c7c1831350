"""The agenda: a tree of at most three levels (permission matrix, rows 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError

from membres.models import Utilisateur

from ..models import PointOrdreDuJour, Seance
from ..workflow import ecrire
from .valeurs import Sens, echanger, poser, renumeroter

CHAMPS_POINT = ("numero", "titre", "genres", "presente_par", "diaporama", "parent")
NIVEAUX = 3


class Numerotation(StrEnum):
    """Ways of numbering an agenda, as seen in real minutes (domaine.md b3)."""

    DEGRE = "degre"
    POINT = "point"
    ROMAIN = "romain"
    AUCUNE = "aucune"

    @property
    def libelle(self) -> str:
        return {"degre": "1°) a)", "point": "1. 1.1.", "romain": "I – a)", "aucune": "sans numéro"}[self]


def enregistrer_point(
    seance: Seance, valeurs: Mapping[str, Any], *, par: Utilisateur, point: PointOrdreDuJour | None = None
) -> PointOrdreDuJour:
    """Add an item at the end of its siblings, or change ``point``.

    Raises PermissionDenied, TransitionRefusee (held, closed or cancelled), ValidationError. Source: rows 5 and 6.
    """
    with ecrire("enregistrer_point", seance, par=par) as (seance, details):
        if point is None:
            point = PointOrdreDuJour(seance=seance)
            details["ajoute"] = valeurs.get("titre", "")
        else:
            point = seance.points.get(pk=point.pk)
        changements = poser(point, valeurs, CHAMPS_POINT)
        if point.pk is None:
            point.ordre = seance.points.filter(parent=point.parent_id).count()
        elif changements:
            details.update(point=point.pk, **changements)
        point.full_clean()
        _refuser_profondeur(point, list(seance.points.all()))
        point.save()
    return point


def supprimer_point(point: PointOrdreDuJour, *, par: Utilisateur) -> None:
    """Remove an item and the items under it. Raises PermissionDenied, TransitionRefusee. Source: rows 5 and 6."""
    with ecrire("supprimer_point", point.seance, par=par) as (seance, details):
        details.update(point=point.pk, titre=str(point))
        seance.points.filter(pk=point.pk).delete()
        renumeroter(seance.points.filter(parent=point.parent_id))


def deplacer_point(point: PointOrdreDuJour, sens: Sens, *, par: Utilisateur) -> PointOrdreDuJour:
    """Move an item among its siblings, under the one before it (DROITE) or out of its parent (GAUCHE).

    A move that leads nowhere changes nothing. Raises PermissionDenied, TransitionRefusee. Source: rows 5 and 6.
    """
    with ecrire("deplacer_point", point.seance, par=par) as (seance, details):
        points = list(seance.points.all())
        point = next(candidat for candidat in points if candidat.pk == point.pk)
        bouger = {Sens.DROITE: _entrer, Sens.GAUCHE: _sortir}.get(sens)
        bouge = bouger(point, points) if bouger else _glisser(point, points, sens)
        if bouge:
            details.update(point=point.pk, titre=str(point), sens=str(sens))
    return point


def numeroter_points(seance: Seance, numerotation: Numerotation, *, par: Utilisateur) -> None:
    """Write every number anew, in the given manner. Raises PermissionDenied, TransitionRefusee."""
    with ecrire("numeroter_points", seance, par=par) as (seance, details):
        points = list(seance.points.all())
        for rangs, point in arbre(points):
            point.numero = numero(numerotation, rangs)
        PointOrdreDuJour.objects.bulk_update(points, ["numero"])
        details["numerotation"] = numerotation.libelle


def numero(numerotation: Numerotation, rangs: tuple[int, ...]) -> str:
    """« 2°) », « b) », « 2.1. », « II – »: the number of the item at ``rangs`` (1-based, from the root)."""
    if numerotation == Numerotation.AUCUNE or (len(rangs) > 2 and numerotation != Numerotation.POINT):
        return ""
    if numerotation == Numerotation.POINT:
        return ".".join(map(str, rangs)) + "."
    if len(rangs) == 2:
        return f"{_lettre(rangs[-1])})"
    return f"{rangs[0]}°)" if numerotation == Numerotation.DEGRE else f"{_romain(rangs[0])} –"


def arbre(points: Iterable[PointOrdreDuJour]) -> list[tuple[tuple[int, ...], PointOrdreDuJour]]:
    """The items in reading order, each with its 1-based ranks from the root. No query; linear."""
    enfants: dict[int | None, list[PointOrdreDuJour]] = {}
    for point in points:
        enfants.setdefault(point.parent_id, []).append(point)
    return list(_parcourir(enfants, None, ()))


def _parcourir(enfants: dict[int | None, list[PointOrdreDuJour]], parent: int | None, rangs: tuple[int, ...]) -> Any:
    for rang, point in enumerate(enfants.get(parent, ()), start=1):
        yield (*rangs, rang), point
        yield from _parcourir(enfants, point.pk, (*rangs, rang))


def _glisser(point: PointOrdreDuJour, points: list[PointOrdreDuJour], sens: Sens) -> bool:
    fratrie = [candidat for candidat in points if candidat.parent_id == point.parent_id]
    if not echanger(fratrie, point, sens):
        return False
    renumeroter(fratrie)
    return True


def _entrer(point: PointOrdreDuJour, points: list[PointOrdreDuJour]) -> bool:
    fratrie = [candidat for candidat in points if candidat.parent_id == point.parent_id]
    rang = fratrie.index(point)
    if rang == 0 or _niveau(point, points) + _hauteur(point, points) > NIVEAUX:
        return False
    parent = fratrie[rang - 1]
    point.parent, point.ordre = parent, sum(candidat.parent_id == parent.pk for candidat in points)
    point.save(update_fields=["parent", "ordre"])
    renumeroter(candidat for candidat in fratrie if candidat is not point)
    return True


def _sortir(point: PointOrdreDuJour, points: list[PointOrdreDuJour]) -> bool:
    parent = next((candidat for candidat in points if candidat.pk == point.parent_id), None)
    if parent is None:
        return False
    restants = [c for c in points if c.parent_id == parent.pk and c is not point]
    fratrie = [candidat for candidat in points if candidat.parent_id == parent.parent_id]
    fratrie.insert(fratrie.index(parent) + 1, point)
    point.parent_id = parent.parent_id
    point.save(update_fields=["parent"])
    renumeroter(restants)
    renumeroter(fratrie)
    return True


def _refuser_profondeur(point: PointOrdreDuJour, points: list[PointOrdreDuJour]) -> None:
    autres = [candidat for candidat in points if candidat.pk != point.pk] + [point]
    niveau = _niveau(point, autres)
    if niveau > NIVEAUX or niveau + _hauteur(point, autres) - 1 > NIVEAUX:
        raise ValidationError({"parent": "L’ordre du jour a trois niveaux au plus."})


def _niveau(point: PointOrdreDuJour, points: list[PointOrdreDuJour]) -> int:
    """1 for a root item; it stops one above the limit, so that a loop counts as too deep."""
    par_pk = {candidat.pk: candidat for candidat in points}
    niveau, courant = 1, point
    while courant.parent_id is not None and niveau <= NIVEAUX:
        niveau, courant = niveau + 1, par_pk[courant.parent_id]
    return niveau


def _hauteur(point: PointOrdreDuJour, points: list[PointOrdreDuJour]) -> int:
    """Levels of the subtree, itself included."""
    enfants = [c for c in points if point.pk is not None and c.parent_id == point.pk]
    return 1 + max((_hauteur(enfant, points) for enfant in enfants), default=0)


def _lettre(rang: int) -> str:
    return chr(ord("a") + (rang - 1) % 26)


def _romain(rang: int) -> str:
    valeurs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    texte = ""
    for valeur, lettres in valeurs:
        while rang >= valeur:
            texte, rang = texte + lettres, rang - valeur
    return texte

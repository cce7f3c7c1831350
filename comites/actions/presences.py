"""The attendance: headings and rows, shown text first, meaning apart and optional (permission matrix, row 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from journal.workflow import TransitionRefusee
from membres.models import Personne, Utilisateur

from ..models import GroupePresence, LignePresence, PersonneCitee, Seance
from ..workflow import ecrire
from .valeurs import Sens, echanger, poser, renumeroter

CHAMPS_GROUPE = ("titre", "statut", "college", "niveau", "en_ligne")
CHAMPS_LIGNE = ("texte", "fonction", "structure_nom", "structure", "represente_par", "en_qualite_de", "groupe")
LIGNES_MAX = 500


def enregistrer_groupe(
    seance: Seance, valeurs: Mapping[str, Any], *, par: Utilisateur, groupe: GroupePresence | None = None
) -> GroupePresence:
    """Add a heading at the end, or change ``groupe``.

    Raises PermissionDenied, TransitionRefusee (closed or cancelled), ValidationError. Source: matrix row 11.
    """
    with ecrire("enregistrer_groupe", seance, par=par) as (seance, details):
        if groupe is None:
            groupe = GroupePresence(seance=seance, ordre=seance.groupes.count())
            details["ajoute"] = valeurs.get("titre", "")
        else:
            groupe = seance.groupes.get(pk=groupe.pk)
        changements = poser(groupe, valeurs, CHAMPS_GROUPE)
        if groupe.pk and changements:
            details.update(groupe=groupe.pk, **changements)
        groupe.full_clean()
        groupe.save()
    return groupe


def supprimer_groupe(groupe: GroupePresence, *, par: Utilisateur) -> None:
    """Remove a heading and its rows. Raises PermissionDenied, TransitionRefusee. Source: matrix row 11."""
    with ecrire("supprimer_groupe", groupe.seance, par=par) as (seance, details):
        details.update(groupe=str(groupe), lignes=groupe.lignes.count())
        seance.groupes.filter(pk=groupe.pk).delete()
        renumeroter(seance.groupes.all())


def deplacer_groupe(groupe: GroupePresence, sens: Sens, *, par: Utilisateur) -> None:
    """Move a heading up or down; nothing at the edge. Raises PermissionDenied, TransitionRefusee."""
    with ecrire("deplacer_groupe", groupe.seance, par=par) as (seance, details):
        groupes = list(seance.groupes.all())
        if echanger(groupes, groupe, sens):
            renumeroter(groupes)
            details.update(groupe=str(groupe), sens=str(sens))


def enregistrer_ligne(
    groupe: GroupePresence,
    valeurs: Mapping[str, Any],
    *,
    par: Utilisateur,
    ligne: LignePresence | None = None,
    personnes: Sequence[Personne] | None = None,
) -> LignePresence:
    """Add a row at the end of ``groupe``, or change ``ligne`` (``valeurs["groupe"]`` moves it to another heading).

    ``personnes`` links the row to these persons of the directory (``None`` leaves the links); without ``texte``, the
    row reads « Mme Prénom NOM », a tab and the function of the first of them.
    Raises PermissionDenied, TransitionRefusee, ValidationError. Source: matrix row 11.
    """
    with ecrire("enregistrer_ligne", groupe.seance, par=par) as (seance, details):
        groupe = seance.groupes.get(pk=groupe.pk)
        est_neuve = ligne is None
        ligne = groupe.lignes.get(pk=ligne.pk) if ligne else LignePresence(groupe=groupe, ordre=_rang_libre(groupe))
        valeurs = {**(proposer(personnes[0]) if est_neuve and personnes else {}), **valeurs}
        changements = poser(ligne, valeurs, CHAMPS_LIGNE)
        if ligne.groupe.seance_id != seance.pk:
            raise ValidationError({"groupe": "Choisissez un groupe de la même séance."})
        if ligne.groupe_id != groupe.pk:
            ligne.ordre = _rang_libre(ligne.groupe)
        ligne.full_clean()
        ligne.save()
        if personnes is not None:
            _citer(ligne, personnes)
        if est_neuve or changements or personnes is not None:
            # The names stay out of the journal, which is never erased.
            details.update(groupe=str(ligne.groupe), ligne=ligne.pk, champs=sorted(changements))
    return ligne


def ajouter_lignes(groupe: GroupePresence, texte: str, *, par: Utilisateur) -> list[LignePresence]:
    """Add one row per line of ``texte``, as pasted: blank lines are dropped, a tab parts name and function.

    Raises PermissionDenied, TransitionRefusee, ValidationError (nothing to add, more than 500). Source: row 11.
    """
    with ecrire("ajouter_lignes", groupe.seance, par=par) as (seance, details):
        groupe = seance.groupes.get(pk=groupe.pk)
        textes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
        if not textes:
            raise ValidationError({"texte": "Écrivez au moins une ligne."})
        if len(textes) > LIGNES_MAX:
            raise ValidationError({"texte": f"Ajoutez {LIGNES_MAX} lignes au plus à la fois."})
        debut = _rang_libre(groupe)
        lignes = [
            LignePresence(groupe=groupe, ordre=debut + rang, texte=ligne, fonction=ligne.partition("\t")[2].strip())
            for rang, ligne in enumerate(textes)
        ]
        for ligne in lignes:
            ligne.clean_fields(exclude=["groupe"])
        LignePresence.objects.bulk_create(lignes)
        details.update(groupe=str(groupe), lignes=len(lignes))
    return lignes


def ajouter_personnes(
    groupe: GroupePresence, personnes: Sequence[Personne], *, par: Utilisateur
) -> list[LignePresence]:
    """Add one row per person of the directory, as ``proposer`` words it.

    Raises PermissionDenied, TransitionRefusee, ValidationError (nobody chosen). Source: matrix row 11.
    """
    if not personnes:
        raise ValidationError({"personnes": "Choisissez au moins une personne."})
    with transaction.atomic():
        return [enregistrer_ligne(groupe, {}, par=par, personnes=[personne]) for personne in personnes]


def supprimer_ligne(ligne: LignePresence, *, par: Utilisateur) -> None:
    """Remove a row. Raises PermissionDenied, TransitionRefusee. Source: matrix row 11."""
    with ecrire("supprimer_ligne", ligne.groupe.seance, par=par) as (_, details):
        details.update(groupe=str(ligne.groupe), ligne=ligne.pk)
        LignePresence.objects.filter(pk=ligne.pk).delete()


def deplacer_ligne(ligne: LignePresence, sens: Sens, *, par: Utilisateur) -> None:
    """Move a row up or down; at the edge of its heading it enters the neighbouring one.

    Raises PermissionDenied, TransitionRefusee. Source: matrix row 11.
    """
    with ecrire("deplacer_ligne", ligne.groupe.seance, par=par) as (seance, details):
        lignes = list(ligne.groupe.lignes.all())
        if echanger(lignes, ligne, sens):
            renumeroter(lignes)
        elif not _changer_de_groupe(ligne, list(seance.groupes.all()), sens):
            return
        details.update(groupe=str(ligne.groupe), ligne=ligne.pk, sens=str(sens))


def reprendre_presence(seance: Seance, depuis: Seance, *, par: Utilisateur) -> int:
    """Copy headings and rows of an earlier sitting of the same committee into an empty list; how many rows.

    Raises PermissionDenied, TransitionRefusee (the list is not empty), ValidationError (another committee).
    """
    with ecrire("reprendre_presence", seance, par=par) as (seance, details):
        if depuis.comite_id != seance.comite_id:
            raise ValidationError("Choisissez une séance du même comité.")
        if seance.groupes.exists():
            raise TransitionRefusee("La liste de présence n’est plus vide : elle ne peut plus être reprise.")
        copiees = [_copier_groupe(groupe, seance) for groupe in depuis.groupes.prefetch_related("lignes__personnes")]
        details.update(depuis=depuis.quand, lignes=sum(copiees))
    return sum(copiees)


def instantane(ligne: LignePresence) -> dict[str, Any]:
    """All that is needed to put a removed row back, as JSON values."""
    champs = {nom: getattr(ligne, nom) for nom in CHAMPS_LIGNE if nom not in ("groupe", "structure")}
    personnes = list(ligne.personnes.values("ordre", "civilite", "prenom", "nom", "personne_id"))
    rang = {"ligne": ligne.pk, "groupe": ligne.groupe_id, "ordre": ligne.ordre}
    return {**rang, "champs": {**champs, "structure_id": ligne.structure_id}, "personnes": personnes}


def retablir_ligne(seance: Seance, memoire: Mapping[str, Any], *, par: Utilisateur) -> LignePresence:
    """Put back a row just removed, as ``instantane`` kept it, where it stood; once there, nothing changes.

    Raises PermissionDenied, TransitionRefusee (also when its heading is gone). Source: matrix row 11.
    """
    with ecrire("enregistrer_ligne", seance, par=par) as (seance, details):
        deja = LignePresence.objects.filter(pk=memoire["ligne"], groupe__seance=seance).first()
        if deja is not None:  # sent twice: done already
            return deja
        groupe = seance.groupes.filter(pk=memoire["groupe"]).first()
        if groupe is None:
            raise TransitionRefusee("Le groupe de cette ligne a été supprimé : elle ne peut plus être rétablie.")
        ligne = LignePresence(pk=memoire["ligne"], groupe=groupe, ordre=memoire["ordre"], **memoire["champs"])
        ligne.full_clean()
        lignes = list(groupe.lignes.all())
        ligne.save(force_insert=True)
        PersonneCitee.objects.bulk_create(PersonneCitee(ligne=ligne, **citee) for citee in memoire["personnes"])
        lignes.insert(sum(autre.ordre < ligne.ordre for autre in lignes), ligne)
        renumeroter(lignes)
        details.update(groupe=str(groupe), ligne=ligne.pk, retablie=True)
    return ligne


def proposer(personne: Personne) -> dict[str, Any]:
    """What a row says of a person of the directory: nothing to type again."""
    return {
        "texte": f"{personne}\t{personne.fonction}" if personne.fonction else str(personne),
        "fonction": personne.fonction,
        "structure": personne.structure,
        "structure_nom": personne.structure.nom if personne.structure else "",
    }


def _rang_libre(groupe: GroupePresence) -> int:
    derniere = groupe.lignes.order_by("-ordre", "-pk").first()
    return derniere.ordre + 1 if derniere else 0


def _citer(ligne: LignePresence, personnes: Sequence[Personne]) -> None:
    ligne.personnes.all().delete()
    for ordre, personne in enumerate(personnes):
        PersonneCitee.objects.create(
            ligne=ligne,
            ordre=ordre,
            civilite=personne.civilite,
            prenom=personne.prenom,
            nom=personne.nom,
            personne=personne,
        )


def _changer_de_groupe(ligne: LignePresence, groupes: list[GroupePresence], sens: Sens) -> bool:
    rang = next(rang for rang, groupe in enumerate(groupes) if groupe.pk == ligne.groupe_id)
    cible = rang + (1 if sens == Sens.BAS else -1)
    if not 0 <= cible < len(groupes):
        return False
    lignes = list(groupes[cible].lignes.all())
    lignes.insert(0 if sens == Sens.BAS else len(lignes), ligne)
    ligne.groupe = groupes[cible]
    ligne.save(update_fields=["groupe"])
    renumeroter(lignes)
    return True


def _copier_groupe(groupe: GroupePresence, seance: Seance) -> int:
    copie = GroupePresence(seance=seance, ordre=groupe.ordre, **{nom: getattr(groupe, nom) for nom in CHAMPS_GROUPE})
    copie.save()
    for ligne in groupe.lignes.all():
        valeurs = {nom: getattr(ligne, nom) for nom in CHAMPS_LIGNE if nom != "groupe"}
        neuve = LignePresence.objects.create(groupe=copie, ordre=ligne.ordre, **valeurs)
        PersonneCitee.objects.bulk_create(
            PersonneCitee(
                ligne=neuve, ordre=p.ordre, civilite=p.civilite, prenom=p.prenom, nom=p.nom, personne_id=p.personne_id
            )
            for p in ligne.personnes.all()
        )
    return len(groupe.lignes.all())

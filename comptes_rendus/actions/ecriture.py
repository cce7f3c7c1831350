"""Writing: blocks, rubriques, head. Every save is checked against the revision it was based on."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from comites.actions.valeurs import renumeroter
from comites.models import Role
from journal.actions import consigner
from journal.workflow import TransitionRefusee, verrouiller
from membres.models import Utilisateur

from ..models import Bloc, CompteRendu, Genre, Revision, Rubrique
from ..texte import nettoyer

PAS_D_ECART = 1000  # gap between the order of two blocks, so that inserting one rarely moves the others


class Conflit(Exception):
    """Someone saved the same block since it was opened: ``actuel`` holds the text now stored."""

    def __init__(self, actuel: Bloc) -> None:
        super().__init__("Ce passage a été modifié entre-temps par quelqu’un d’autre.")
        self.actuel = actuel


class Depasse(TransitionRefusee):
    """The head or a rubrique was changed since the revision the form was based on; nothing was written."""


class Contenu(NamedTuple):
    """What a block says. ``html`` is cleaned on the way in."""

    html: str
    genre: str = Genre.PARAGRAPHE
    orateur: str = ""


def exiger_qualite(objet: Any, par: Utilisateur) -> None:
    """Raise PermissionDenied unless ``par`` is quality officer of the committee of ``objet`` today."""
    if Role.QUALITE not in objet.roles_de(par):
        raise PermissionDenied("Seule la personne référente qualité du comité rédige ses comptes rendus.")


def _ouvrir(compte_rendu: CompteRendu, par: Utilisateur) -> CompteRendu:
    """Lock the minutes for a short write: role, then state (a draft only)."""
    verrouille = verrouiller(compte_rendu)
    exiger_qualite(verrouille, par)
    if not verrouille.est_modifiable:
        raise TransitionRefusee(
            f"Ce compte rendu est « {verrouille.get_etat_display().lower()} » : son texte ne peut plus être modifié."
        )
    return verrouille


def enregistrer_bloc(bloc: Bloc, contenu: Contenu, *, base: int, par: Utilisateur) -> Bloc:
    """Save a block if nobody did since revision ``base``: compare-and-set, one statement; a revision is kept.

    Saving the text already stored changes nothing; saving over a removal one was told of puts the block back. The
    link to a speaker goes with the speaker's name. Raises Conflit (with the stored block), PermissionDenied,
    TransitionRefusee, ValidationError (unknown kind).
    """
    with transaction.atomic():
        compte_rendu = _ouvrir(bloc.rubrique.compte_rendu, par)
        html = _propre(contenu)
        actuel = Bloc.objects.get(pk=bloc.pk)
        if (actuel.html, actuel.genre, actuel.orateur) == (
            html,
            contenu.genre,
            contenu.orateur,
        ) and not actuel.retire_le:
            return actuel
        champs: dict[str, Any] = {"html": html, "genre": contenu.genre, "orateur": contenu.orateur, "retire_le": None}
        if contenu.orateur != actuel.orateur:
            champs["orateur_ligne"] = None
        change = Bloc.objects.filter(pk=bloc.pk, revision=base).update(revision=F("revision") + 1, **champs)
        actuel.refresh_from_db()
        if not change:
            raise Conflit(actuel)
        _reviser(compte_rendu, actuel, par)
    return actuel


def ajouter_bloc(
    rubrique: Rubrique, contenu: Contenu, *, apres: Bloc | None, par: Utilisateur, cle: uuid.UUID | None = None
) -> Bloc:
    """Insert a block after ``apres`` (None: at the head of the rubrique).

    ``cle`` is the id chosen when the form was opened: the same form sent twice adds one block.
    """
    with transaction.atomic():
        _ouvrir(rubrique.compte_rendu, par)
        deja = Bloc.objects.filter(cle=cle, rubrique=rubrique).first() if cle else None
        return deja or inserer(rubrique, _place(rubrique, apres), contenu, par, cle=cle)


def inserer(
    rubrique: Rubrique,
    ordre: int,
    contenu: Contenu,
    par: Utilisateur,
    *,
    ligne: int | None = None,
    cle: uuid.UUID | None = None,
) -> Bloc:
    """Create a block and its first revision; the caller holds the minutes and checked the right."""
    bloc = Bloc.objects.create(
        rubrique=rubrique,
        cle=cle if cle and not Bloc.objects.filter(cle=cle).exists() else uuid.uuid4(),
        ordre=ordre,
        html=_propre(contenu),
        genre=contenu.genre,
        orateur=contenu.orateur,
        orateur_ligne_id=ligne,
    )
    _reviser(rubrique.compte_rendu, bloc, par)
    return bloc


def _place(rubrique: Rubrique, apres: Bloc | None) -> int:
    """An order number between ``apres`` and the next block; renumbers the rubrique when there is no room left."""
    ordres = list(rubrique.blocs.values_list("pk", "ordre"))
    rang = next((i for i, (pk, _) in enumerate(ordres) if apres is not None and pk == apres.pk), -1)
    avant = ordres[rang][1] if rang >= 0 else 0
    suivant = ordres[rang + 1][1] if rang + 1 < len(ordres) else avant + 2 * PAS_D_ECART
    if suivant - avant > 1:
        return (avant + suivant) // 2
    renumeroter(rubrique.blocs.only("ordre"), debut=PAS_D_ECART, pas=PAS_D_ECART)
    return (rang + 1) * PAS_D_ECART + PAS_D_ECART // 2


def retirer_bloc(bloc: Bloc, *, base: int, par: Utilisateur) -> Bloc:
    """Take a block out of the text; it can be put back (``remettre_bloc``)."""
    return _basculer(bloc, retire=True, base=base, par=par)


def remettre_bloc(bloc: Bloc, *, base: int, par: Utilisateur) -> Bloc:
    """Put a removed block back in its place. Raises Conflit, PermissionDenied, TransitionRefusee."""
    return _basculer(bloc, retire=False, base=base, par=par)


def _basculer(bloc: Bloc, *, retire: bool, base: int, par: Utilisateur) -> Bloc:
    with transaction.atomic():
        compte_rendu = _ouvrir(bloc.rubrique.compte_rendu, par)
        change = Bloc.objects.filter(pk=bloc.pk, revision=base, retire_le__isnull=retire).update(
            retire_le=timezone.now() if retire else None, revision=F("revision") + 1
        )
        actuel = Bloc.objects.get(pk=bloc.pk)
        if not change and (actuel.retire_le is not None) == retire:
            return actuel  # sent twice: done already
        if not change:
            raise Conflit(actuel)
        _reviser(compte_rendu, actuel, par)
    return actuel


def deplacer_bloc(bloc: Bloc, *, vers_le_haut: bool, par: Utilisateur) -> None:
    """Swap a block with its neighbour of the same rubrique; at the edge, or once removed, nothing moves.

    Removed blocks keep their place among the others, to be put back there.
    """
    with transaction.atomic():
        compte_rendu = _ouvrir(bloc.rubrique.compte_rendu, par)
        freres = list(Bloc.objects.filter(rubrique=bloc.rubrique_id))
        if _echanger(freres, bloc, vers_le_haut, [frere for frere in freres if frere.retire_le is None]):
            renumeroter(freres, debut=PAS_D_ECART, pas=PAS_D_ECART)
            consigner("deplacer_bloc", compte_rendu, par=par, details=_sens(bloc.cle.hex, vers_le_haut))


def _echanger(freres: list[Any], objet: Any, vers_le_haut: bool, en_place: list[Any]) -> bool:
    """Swap in ``freres`` the object and its neighbour among ``en_place``; False when there is none."""
    if objet not in en_place:
        return False
    autre = en_place.index(objet) + (-1 if vers_le_haut else 1)
    if not 0 <= autre < len(en_place):
        return False
    ici, la = freres.index(objet), freres.index(en_place[autre])
    freres[ici], freres[la] = freres[la], freres[ici]
    return True


def _sens(objet: str, vers_le_haut: bool) -> dict[str, str]:
    return {"objet": objet, "sens": "haut" if vers_le_haut else "bas"}


def restaurer(revision: Revision, *, par: Utilisateur) -> Bloc:
    """Bring an earlier state of a block back, as a new state: history is never rewritten."""
    with transaction.atomic():
        compte_rendu = _ouvrir(revision.compte_rendu, par)
        bloc = Bloc.objects.get(cle=revision.cle)
        bloc.html, bloc.genre, bloc.orateur, bloc.retire_le = revision.html, revision.genre, revision.orateur, None
        bloc.revision += 1
        bloc.save()
        _reviser(compte_rendu, bloc, par)
    return bloc


def _propre(contenu: Contenu) -> str:
    if contenu.genre not in Genre.values:
        raise ValidationError("Cette nature de passage n’existe pas.")
    return nettoyer(contenu.html)


def _reviser(compte_rendu: CompteRendu, bloc: Bloc, par: Utilisateur) -> None:
    Revision.objects.create(
        compte_rendu=compte_rendu,
        cle=bloc.cle,
        numero=bloc.revision,
        genre=bloc.genre,
        html=bloc.html,
        orateur=bloc.orateur,
        retire=bloc.retire_le is not None,
        par=par,
    )


# --- Rubriques, head ---


def ajouter_rubrique(
    compte_rendu: CompteRendu, *, par: Utilisateur, est_annexe: bool = False, **champs: Any
) -> Rubrique:
    """Add a rubrique (or an annex) at the end; ``champs``: niveau, numero, titre, presente_par, diaporama."""
    with transaction.atomic():
        compte_rendu = _ouvrir(compte_rendu, par)
        dernier = compte_rendu.rubriques.filter(est_annexe=est_annexe).aggregate(m=Max("ordre"))["m"]
        rubrique = Rubrique(compte_rendu=compte_rendu, est_annexe=est_annexe, ordre=(dernier or 0) + 1, **champs)
        rubrique.full_clean()
        rubrique.save()
        consigner("ajouter_rubrique", compte_rendu, par=par, details={"titre": rubrique.titre})
    return rubrique


def modifier_rubrique(rubrique: Rubrique, *, base: int, par: Utilisateur, **champs: Any) -> Rubrique:
    """Change number, title, level, presenter. Raises Depasse if changed since ``base``."""
    with transaction.atomic():
        compte_rendu = _ouvrir(rubrique.compte_rendu, par)
        rubrique = compte_rendu.rubriques.get(pk=rubrique.pk)
        if rubrique.revision != base:
            raise Depasse("Cette rubrique a été modifiée entre-temps par quelqu’un d’autre.")
        for nom, valeur in {**champs, "revision": base + 1}.items():
            setattr(rubrique, nom, valeur)
        rubrique.full_clean()
        rubrique.save()
        consigner("modifier_rubrique", compte_rendu, par=par, details={"rubrique": str(rubrique)[:200], **champs})
    return rubrique


def deplacer_rubrique(rubrique: Rubrique, *, vers_le_haut: bool, par: Utilisateur) -> None:
    """Swap a rubrique with its neighbour, body or annexes apart; at the edge nothing moves."""
    with transaction.atomic():
        compte_rendu = _ouvrir(rubrique.compte_rendu, par)
        freres = list(compte_rendu.rubriques.filter(est_annexe=rubrique.est_annexe))
        if _echanger(freres, rubrique, vers_le_haut, list(freres)):
            renumeroter(freres, debut=1)
            consigner("deplacer_rubrique", compte_rendu, par=par, details=_sens(str(rubrique)[:200], vers_le_haut))


def supprimer_rubrique(rubrique: Rubrique, *, par: Utilisateur) -> None:
    """Remove an empty rubrique; one that holds text is refused, so that no word goes with it.

    Blocks taken out earlier move to a neighbour, where they can still be put back; the last rubrique keeps its own.
    """
    with transaction.atomic():
        compte_rendu = _ouvrir(rubrique.compte_rendu, par)
        if Bloc.objects.en_place().filter(rubrique=rubrique).exists():
            raise TransitionRefusee("Cette rubrique contient du texte : retirez ou déplacez d’abord ses passages.")
        voisine = compte_rendu.rubriques.exclude(pk=rubrique.pk).order_by("est_annexe", "-ordre").first()
        retires = Bloc.objects.filter(rubrique=rubrique)
        if voisine is None and retires.exists():
            raise TransitionRefusee("Cette rubrique est la dernière et garde des passages retirés : elle reste.")
        retires.update(rubrique=voisine)
        consigner("supprimer_rubrique", compte_rendu, par=par, details={"titre": rubrique.titre})
        rubrique.delete()


CHAMPS_TETE = frozenset(
    (
        *("titre", "tete", "date_document", "a_ordre_du_jour", "ordre_du_jour_avant_presences"),
        *("prochaine_seance", "signature", "delegation"),
    )
)


def modifier_tete(compte_rendu: CompteRendu, *, base: int, par: Utilisateur, **champs: Any) -> CompteRendu:
    """Change what stands before and after the text. Raises Depasse if changed since revision ``base``."""
    assert champs.keys() <= CHAMPS_TETE, champs.keys() - CHAMPS_TETE
    with transaction.atomic():
        verrouille = _ouvrir(compte_rendu, par)
        if verrouille.revision != base:
            raise Depasse("L’en-tête a été modifié entre-temps par quelqu’un d’autre.")
        for nom, valeur in champs.items():
            setattr(verrouille, nom, valeur)
        verrouille.revision += 1
        verrouille.full_clean()
        verrouille.save()
        consigner("modifier_tete", verrouille, par=par)
    return verrouille


def pointer(compte_rendu: CompteRendu, rang: int, *, fait: bool, par: Utilisateur) -> CompteRendu:
    """Tick (or untick) one line of what the take-over left to check; once so, nothing changes."""
    with transaction.atomic():
        verrouille = _ouvrir(compte_rendu, par)
        if not 0 <= rang < len(verrouille.a_verifier):
            raise ValidationError("Ce point à vérifier n’existe pas.")
        point = verrouille.a_verifier[rang]
        if point.get("fait", False) != fait:
            point["fait"] = fait
            verrouille.save(update_fields=["a_verifier"])
            consigner("pointer", verrouille, par=par, details={"point": point["texte"][:200], "fait": fait})
    return verrouille

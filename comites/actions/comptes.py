"""Accounts and the roles they hold (permission matrix, rows 56 to 58)."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from journal.actions import confier, consigner
from journal.models import Travail
from journal.workflow import TransitionRefusee, verrouiller
from membres.models import Autorite, Personne, Utilisateur

from ..models import Comite, Habilitation, Role, autorites_administrees
from .comites import exiger_administration

logger = logging.getLogger("conclu.refus")

CHAMPS_PERSONNE = ("civilite", "prenom", "nom", "fonction", "courriel")


def inviter_compte(
    email: str, personne: Personne | Mapping[str, Any], *, role: str, objet: Comite | Autorite, par: Utilisateur
) -> Utilisateur:
    """Create an account without password, give it a role, and hand over the mail by which it chooses one.

    ``personne`` is one of the directory, or the values of a new one.
    Raises PermissionDenied (not administrator of the authority), ValidationError. Source: matrix rows 56 to 58.
    """
    with transaction.atomic():
        exiger_administration(_autorite_de(objet), par=par)
        if not isinstance(personne, Personne):
            personne = Personne(**{nom: personne[nom] for nom in CHAMPS_PERSONNE if nom in personne})
            personne.full_clean()
            personne.save()
        compte = Utilisateur.objects.creer(email, personne=personne)
        consigner("inviter_compte", compte, par=par)
        accorder_habilitation(compte, role, objet, par=par)
        _envoyer_invitation(compte)
    return compte


def renvoyer_invitation(compte: Utilisateur, *, par: Utilisateur) -> None:
    """Send the link again to an account that has no password yet.

    Raises PermissionDenied, TransitionRefusee (disabled, or a password was chosen).
    """
    with transaction.atomic():
        compte = _verrouiller_compte(compte, par=par)
        if not compte.is_active or compte.has_usable_password():
            raise TransitionRefusee("Ce compte n’attend plus d’invitation.")
        consigner("renvoyer_invitation", compte, par=par)
        _envoyer_invitation(compte)


def desactiver_compte(compte: Utilisateur, *, par: Utilisateur) -> Utilisateur:
    """Close an account: its sessions end with its next request; nothing is deleted.

    Raises PermissionDenied (own account, not administrator of every authority where it has a role),
    TransitionRefusee (already disabled). Source: matrix rows 56 and 57.
    """
    return _activer(compte, False, "desactiver_compte", "Ce compte est déjà désactivé.", par=par)


def reactiver_compte(compte: Utilisateur, *, par: Utilisateur) -> Utilisateur:
    """Open a disabled account again. Raises PermissionDenied, TransitionRefusee (already active)."""
    return _activer(compte, True, "reactiver_compte", "Ce compte est déjà actif.", par=par)


def accorder_habilitation(
    compte: Utilisateur,
    role: str,
    objet: Comite | Autorite,
    *,
    par: Utilisateur,
    du: datetime.date | None = None,
    au: datetime.date | None = None,
) -> Habilitation:
    """Give a role, from a day (default today) to a day (included) or without end.

    Raises PermissionDenied (to oneself, not administrator), ValidationError. Source: matrix rows 57 and 58.
    """
    with transaction.atomic():
        exiger_administration(_autorite_de(objet), par=par)
        _refuser_soi_meme(compte, "vous donner un rôle", par=par)
        cible = {"comite": objet} if isinstance(objet, Comite) else {"autorite": objet}
        habilitation = Habilitation(utilisateur=compte, role=role, du=du or timezone.localdate(), au=au, **cible)
        habilitation.full_clean()
        _refuser_chevauchement(habilitation)
        habilitation.save()
        details = {"compte": str(compte), "role": habilitation.get_role_display(), "sur": str(objet)}
        consigner("accorder_habilitation", habilitation, par=par, details=details)
    return habilitation


def retirer_habilitation(habilitation: Habilitation, *, par: Utilisateur) -> Habilitation:
    """End a role today and at once; the row stays as the memory of it.

    Raises PermissionDenied (own role, not administrator), TransitionRefusee (already over). Source: matrix row 57.
    """
    with transaction.atomic():
        habilitation = verrouiller(habilitation)
        objet = habilitation.objet
        exiger_administration(_autorite_de(objet), par=par)
        _refuser_soi_meme(habilitation.utilisateur, "retirer votre propre rôle", par=par)
        jour = timezone.localdate()
        if habilitation.retiree_le or (habilitation.au and habilitation.au < jour):
            raise TransitionRefusee("Ce rôle a déjà pris fin.")
        habilitation.au, habilitation.retiree_le = max(jour, habilitation.du), timezone.now()
        habilitation.save(update_fields=["au", "retiree_le"])
        details = {
            "compte": str(habilitation.utilisateur),
            "role": habilitation.get_role_display(),
            "sur": str(objet),
        }
        consigner("retirer_habilitation", habilitation, par=par, details=details)
    return habilitation


def creer_administrateur(
    email: str, mot_de_passe: str, *, prenom: str, nom: str, autorite: Autorite, civilite: str = ""
) -> Utilisateur:
    """The first administrator, or one more, from the machine's own shell: nobody is logged in there (``par`` is None).

    Raises ValidationError (address taken, name missing).
    """
    with transaction.atomic():
        personne = Personne(civilite=civilite, prenom=prenom, nom=nom, courriel=email)
        personne.full_clean()
        personne.save()
        compte = Utilisateur.objects.creer(email, mot_de_passe, personne=personne)
        Habilitation.objects.create(utilisateur=compte, role=Role.ADMINISTRATEUR, autorite=autorite)
        consigner("creer_administrateur", compte, par=None, details={"sur": str(autorite)})
    return compte


def comptes_administres(par: Utilisateur) -> Any:
    """Accounts that hold or held a role in an authority this user administers."""
    habilitations = Habilitation.objects.dans(autorites_administrees(par))
    return Utilisateur.objects.filter(pk__in=habilitations.values("utilisateur"))


def _autorite_de(objet: Comite | Autorite) -> Autorite:
    return objet.autorite if isinstance(objet, Comite) else objet


def _refuser_soi_meme(compte: Utilisateur, libelle: str, *, par: Utilisateur) -> None:
    if compte.pk == par.pk:
        logger.warning("refused: user %s on own account (%s)", par.pk, libelle)
        raise PermissionDenied(f"Vous ne pouvez pas {libelle} : demandez-le à une autre personne de l’administration.")


def _verrouiller_compte(compte: Utilisateur, *, par: Utilisateur) -> Utilisateur:
    """The locked account. An account that has roles elsewhere is not one administrator's to open or close."""
    compte = verrouiller(compte)
    miennes = autorites_administrees(par)
    ailleurs = (
        Habilitation.objects.filter(utilisateur=compte)
        .actives()
        .exclude(Q(autorite__in=miennes) | Q(comite__autorite__in=miennes))
    )
    if not comptes_administres(par).filter(pk=compte.pk).exists() or ailleurs.exists():
        logger.warning("refused: account %s by user %s", compte.pk, par.pk)
        raise PermissionDenied("Ce compte dépend aussi d’une autre autorité : retirez plutôt ses rôles ici.")
    return compte


def _activer(compte: Utilisateur, vers: bool, verbe: str, refus: str, *, par: Utilisateur) -> Utilisateur:
    with transaction.atomic():
        compte = _verrouiller_compte(compte, par=par)
        _refuser_soi_meme(compte, "désactiver ou réactiver votre propre compte", par=par)
        if compte.is_active == vers:
            raise TransitionRefusee(refus)
        compte.is_active = vers
        compte.save(update_fields=["is_active"])
        consigner(verbe, compte, par=par)
    return compte


def _refuser_chevauchement(neuve: Habilitation) -> None:
    memes = Habilitation.objects.filter(
        utilisateur=neuve.utilisateur, role=neuve.role, comite=neuve.comite, autorite=neuve.autorite, retiree_le=None
    ).filter(Q(au=None) | Q(au__gte=neuve.du))
    if neuve.au:
        memes = memes.filter(du__lte=neuve.au)
    if memes.exists():
        raise ValidationError({"role": "Cette personne a déjà ce rôle à ces dates."})


def _envoyer_invitation(compte: Utilisateur) -> None:
    """The job names the account only: the secret link is made when the mail leaves (confiance.md P05)."""
    numero = Travail.objects.filter(cle__startswith=f"invitation:{compte.pk}:").count() + 1
    cle = f"invitation:{compte.pk}:{numero}"
    confier("comites.inviter", cle, compte=compte.pk, cle_message=cle)

"""The life cycle: submit, return, approve, freeze, sign, publish. See ``workflow.WORKFLOW`` for who and when."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from comites.models import Role
from journal.actions import confier, consigner
from journal.models import Travail
from journal.workflow import TransitionRefusee, verrouiller
from membres.models import Utilisateur

from .. import assemblage, recherche
from ..models import Bloc, CompteRendu, PdfFige, PdfProjet
from ..workflow import WORKFLOW


def soumettre(compte_rendu: CompteRendu, *, par: Utilisateur) -> CompteRendu:
    """Submit the draft to the signatory. Refuses an empty text."""
    with WORKFLOW.franchir("soumettre", compte_rendu, par=par) as compte_rendu:
        if not Bloc.objects.en_place().filter(rubrique__compte_rendu=compte_rendu).exclude(html="").exists():
            raise TransitionRefusee("Ce compte rendu est vide : rédigez au moins un passage avant de le soumettre.")
        compte_rendu.soumis_le = timezone.now()
        compte_rendu.motif_renvoi = ""
    return compte_rendu


def reprendre_la_main(compte_rendu: CompteRendu, *, par: Utilisateur) -> CompteRendu:
    """Take the text back from review, before it is approved."""
    with WORKFLOW.franchir("reprendre_la_main", compte_rendu, par=par) as compte_rendu:
        compte_rendu.soumis_le = None
    return compte_rendu


def renvoyer(compte_rendu: CompteRendu, *, motif: str, par: Utilisateur) -> CompteRendu:
    """Return to the writer with a reason; voids an approval: the frozen PDF is no longer the one to sign."""
    motif = motif.strip()
    if not motif:
        raise ValidationError({"motif": "Dites en quelques mots ce qui doit être repris."})
    with WORKFLOW.franchir("renvoyer", compte_rendu, par=par, details={"motif": motif}) as compte_rendu:
        compte_rendu.motif_renvoi = motif
        compte_rendu.soumis_le = compte_rendu.approuve_le = compte_rendu.approuve_par = None
        compte_rendu.document_approuve = compte_rendu.pdf_approuve = None
    return compte_rendu


def choisir_delegation(compte_rendu: CompteRendu, delegation: str, *, par: Utilisateur) -> CompteRendu:
    """The signatory chooses, before approving, in whose name the block is signed."""
    with transaction.atomic():
        verrouille = verrouiller(compte_rendu)
        WORKFLOW.exiger_role("approuver", verrouille, par=par)
        if verrouille.etat != CompteRendu.Etat.RELECTURE:
            raise TransitionRefusee("La ligne de délégation se choisit avant l’approbation.")
        verrouille.delegation = delegation
        verrouille.full_clean()
        verrouille.save()
        consigner("choisir_delegation", verrouille, par=par, details={"delegation": delegation})
    return verrouille


def a_redige(compte_rendu: CompteRendu, utilisateur: Utilisateur) -> bool:
    """Did this person open these minutes or write any of their text? Then another pair of eyes is needed."""
    return compte_rendu.auteur_id == utilisateur.pk or compte_rendu.revisions.filter(par=utilisateur).exists()


def approuver(compte_rendu: CompteRendu, *, empreinte: str, par: Utilisateur) -> CompteRendu:
    """Approve the text that was shown: ``empreinte`` is the hash of the document on the approver's screen.

    Freezes the document; a job renders its PDF (``figer``). Four eyes: nobody who wrote any of it may approve (for the
    author, also a database constraint). Raises TransitionRefusee when the text is no longer the one shown.
    """
    details: dict[str, Any] = {}
    with WORKFLOW.franchir("approuver", compte_rendu, par=par, details=details) as compte_rendu:
        if a_redige(compte_rendu, par):
            raise PermissionDenied("La personne qui approuve doit être différente de celles qui ont rédigé.")
        document = assemblage.assembler(compte_rendu)
        details["document"] = assemblage.empreinte(document)
        if details["document"] != empreinte:
            raise TransitionRefusee("Le texte a changé depuis son affichage : relisez-le avant de l’approuver.")
        compte_rendu.approuve_le, compte_rendu.approuve_par = timezone.now(), par
        compte_rendu.document_approuve = document.en_json()
        confier("figer", f"figer:{compte_rendu.pk}:{compte_rendu.approuve_le.isoformat()}", pk=compte_rendu.pk)
    return compte_rendu


def figer(compte_rendu: CompteRendu, octets: bytes, *, document: dict[str, Any], pages: int) -> CompteRendu:
    """Keep the rendered bytes of an approved document; does nothing if the approval was voided meanwhile."""
    with transaction.atomic():
        compte_rendu = verrouiller(compte_rendu)
        a_jour = compte_rendu.etat == CompteRendu.Etat.APPROUVE and compte_rendu.document_approuve == document
        if a_jour and compte_rendu.pdf_approuve_id is None:
            fige = _conserver(compte_rendu, octets, document=document, pages=pages, est_signe=False)
            compte_rendu.pdf_approuve = fige
            compte_rendu.save(update_fields=["pdf_approuve"])
            consigner("figer", compte_rendu, par=None, details={"sha256": fige.empreinte})
    return compte_rendu


def _conserver(
    compte_rendu: CompteRendu, octets: bytes, *, document: dict[str, Any], pages: int, est_signe: bool
) -> PdfFige:
    """Append the bytes, or find them: approving the same text again renders the same bytes."""
    sha256 = hashlib.sha256(octets).hexdigest()
    existant = PdfFige.objects.filter(empreinte=sha256, compte_rendu=compte_rendu).first()
    return existant or PdfFige.objects.create(
        compte_rendu=compte_rendu, octets=octets, empreinte=sha256, document=document, pages=pages, est_signe=est_signe
    )


def signer(compte_rendu: CompteRendu, *, empreinte: str, par: Utilisateur) -> CompteRendu:
    """Sign the very bytes shown: ``empreinte`` is the SHA-256 of the PDF on the signatory's screen.

    The row stays locked while the key of the authority signs (≈ 0.3 s): of two signatures at once, one passes.
    Raises TransitionRefusee when the file is not the one shown or not ready, ``signature.CleIndisponible``.
    """
    from .. import signature

    details: dict[str, Any] = {}
    with WORKFLOW.franchir("signer", compte_rendu, par=par, details=details) as compte_rendu:
        fige = compte_rendu.pdf_approuve
        if fige is None:
            raise TransitionRefusee("Le PDF à signer est en préparation : réessayez dans un instant.")
        if fige.empreinte != empreinte:
            raise TransitionRefusee("Le fichier à signer n’est plus celui qui vous a été montré : relisez-le.")
        instant = timezone.now()
        octets = bytes(fige.octets)
        if hashlib.sha256(octets).hexdigest() != empreinte:
            raise RuntimeError("the approved file kept is no longer the one that was frozen")
        signes = signature.signer(
            octets,
            cle=signature.cle_de_l_autorite(),
            nom=par.personne.nom_simple,
            qualite=par.personne.fonction,
            lieu=compte_rendu.seance.comite.autorite.lieu,
            instant=instant,
        )
        if not signes.startswith(octets):
            raise RuntimeError("the signed file must begin with the approved bytes")
        compte_rendu.pdf_signe = _conserver(
            compte_rendu, signes, document=fige.document, pages=fige.pages, est_signe=True
        )
        compte_rendu.signe_le, compte_rendu.signe_par = instant, par
        details |= {"approuve": fige.empreinte, "signe": compte_rendu.pdf_signe.empreinte}
    return compte_rendu


def publier(compte_rendu: CompteRendu, *, par: Utilisateur) -> CompteRendu:
    """Put signed minutes online and mark the earlier versions as replaced, in one stroke.

    Raises TransitionRefusee once a later version of the same sitting is online.
    """
    with WORKFLOW.franchir("publier", compte_rendu, par=par) as compte_rendu:
        verrouiller(compte_rendu.seance)  # the versions of a sitting go online one at a time
        versions = CompteRendu.objects.publies().filter(seance=compte_rendu.seance_id)
        if versions.filter(version__gt=compte_rendu.version).exists():
            raise TransitionRefusee("Une version plus récente de ce compte rendu est déjà en ligne.")
        compte_rendu.publie_le, compte_rendu.publie_par = timezone.now(), par
        recherche.indexer(compte_rendu)
        for ancien in versions.filter(version__lt=compte_rendu.version, etat=CompteRendu.Etat.PUBLIE):
            with WORKFLOW.franchir("remplacer", ancien, par=par, details={"par": compte_rendu.reference}):
                pass
    return compte_rendu


def demander_projet(compte_rendu: CompteRendu, *, par: Utilisateur) -> str:
    """Ask for the PDF marked « PROJET » of the text as it stands; returns the hash of that text.

    Asked twice, made once. Raises PermissionDenied unless ``par`` writes or signs for the committee,
    TransitionRefusee once the minutes are signed: their PDF is the signed one.
    """
    if compte_rendu.roles_de(par).isdisjoint({Role.QUALITE, Role.SIGNATAIRE}):
        raise PermissionDenied("Seules les personnes qui rédigent ou signent ce compte rendu en voient le projet.")
    if compte_rendu.pdf_signe_id is not None:
        raise TransitionRefusee("Ce compte rendu est signé : son PDF est le PDF signé.")
    document = assemblage.assembler(compte_rendu)
    sha256 = assemblage.empreinte(document)
    cle = f"projet:{compte_rendu.pk}:{sha256}:"
    attendus = Travail.objects.filter(cle__startswith=cle, etat__in=[Travail.Etat.EN_ATTENTE, Travail.Etat.EN_COURS])
    faits = PdfProjet.objects.filter(compte_rendu=compte_rendu, empreinte_document=sha256)
    if not attendus.exists() and not faits.exists():
        with transaction.atomic():
            confier("projet", f"{cle}{timezone.now():%Y%m%d%H%M%S}", pk=compte_rendu.pk)
    return sha256


def garder_projet(compte_rendu: CompteRendu, octets: bytes, *, empreinte: str) -> None:
    """Keep the PDF of a draft in place of the one before; ``empreinte`` is the hash of the document it prints."""
    PdfProjet.objects.update_or_create(
        compte_rendu=compte_rendu,
        defaults={"octets": octets, "empreinte_document": empreinte, "cree_le": timezone.now()},
    )

"""The minutes: a compte rendu is an ordered list of rubriques, each an ordered list of blocks."""

from __future__ import annotations

import datetime
import hashlib
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comites.models import Comite, LignePresence, PointOrdreDuJour, Role, Seance

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: read aloud without mistake


def nouvelle_reference() -> str:
    """A random public reference, « 7K3M-9QXD » (40 bits: not guessable by walking)."""
    tirage = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{tirage[:4]}-{tirage[4:]}"


class CompteRenduQuerySet(models.QuerySet["CompteRendu"]):
    def publies(self) -> CompteRenduQuerySet:
        """What anyone may read: published minutes, replaced ones too (their page says so)."""
        return self.filter(etat__in=[CompteRendu.Etat.PUBLIE, CompteRendu.Etat.REMPLACE])

    def visibles_par(self, utilisateur: Any) -> CompteRenduQuerySet:
        """Rows a user may know of in the working pages: those of the committees they write or sign for."""
        return self.filter(seance__comite__in=Comite.objects.ou(utilisateur, Role.QUALITE, Role.SIGNATAIRE))

    def complets(self) -> CompteRenduQuerySet:
        """With what every page shows; the files and the frozen texts, megabytes, are read by who asks for them."""
        lourds: tuple[str, ...] = ("source", "document_approuve")
        lourds += tuple(f"{pdf}__{champ}" for pdf in ("pdf_approuve", "pdf_signe") for champ in ("octets", "document"))
        joints = ("seance__comite__autorite", "auteur__personne", "pdf_approuve", "pdf_signe")
        return self.select_related(*joints).defer(*lourds)


class CompteRendu(models.Model):
    """The minutes of a sitting, in one version. See ``workflow.WORKFLOW`` for its life."""

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", "Brouillon"
        RELECTURE = "relecture", "En relecture"
        APPROUVE = "approuve", "Approuvé"
        SIGNE = "signe", "Signé"
        PUBLIE = "publie", "Publié"
        REMPLACE = "remplace", "Remplacé"

    class Delegation(models.TextChoices):
        AUCUNE = "", "Signature en propre"
        P = "p", "P/ (signature pour le ou la titulaire)"
        POUR = "pour", "Pour le ou la titulaire et par délégation"

    seance = models.ForeignKey(Seance, verbose_name="séance", on_delete=models.PROTECT, related_name="comptes_rendus")
    version = models.PositiveSmallIntegerField("version", default=1)
    remplace = models.OneToOneField(
        "self", verbose_name="remplace", on_delete=models.PROTECT, null=True, blank=True, related_name="remplacant"
    )
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.BROUILLON)
    reference = models.CharField("référence", max_length=9, unique=True, default=nouvelle_reference, editable=False)
    permalien = models.SlugField("adresse publique", max_length=120, unique=True, editable=False)

    titre = models.CharField("titre", max_length=1000, blank=True)
    tete = models.JSONField("en-tête", default=list, blank=True)  # [{"role": …, "texte": …}], see document.LigneTete
    date_document = models.DateField("date du document", null=True, blank=True)
    a_ordre_du_jour = models.BooleanField("imprimer l’ordre du jour", default=False)
    ordre_du_jour_avant_presences = models.BooleanField("ordre du jour avant les présences", default=False)
    prochaine_seance = models.CharField("prochaine séance", max_length=300, blank=True)
    signature = models.TextField(
        "bloc de signature", blank=True, help_text="Une ligne par ligne imprimée ; le nom sur la dernière."
    )
    delegation = models.CharField("délégation", max_length=4, choices=Delegation, blank=True)
    revision = models.PositiveIntegerField("révision de l’en-tête", default=1, editable=False)
    # The day of the sitting as published, the smallest date when it has none: the public list is read in this order.
    date_de_tri = models.DateField(default=datetime.date.min, editable=False)

    source = models.TextField("texte repris", blank=True, editable=False)
    reparations = models.JSONField("réparations", default=list, blank=True, editable=False)
    a_verifier = models.JSONField("points à vérifier", default=list, blank=True, editable=False)

    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="auteur", on_delete=models.PROTECT, related_name="+"
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    soumis_le = models.DateTimeField("soumis le", null=True, blank=True, editable=False)
    motif_renvoi = models.TextField("motif du renvoi", blank=True, editable=False)
    approuve_le = models.DateTimeField("approuvé le", null=True, blank=True, editable=False)
    approuve_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    signe_le = models.DateTimeField("signé le", null=True, blank=True, editable=False)
    signe_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    publie_le = models.DateTimeField("publié le", null=True, blank=True, editable=False)
    publie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    document_approuve = models.JSONField(null=True, blank=True, editable=False)  # Document.en_json(), as approved
    pdf_approuve = models.OneToOneField(
        "PdfFige", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    pdf_signe = models.OneToOneField(
        "PdfFige", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = CompteRenduQuerySet.as_manager()

    class Meta:
        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"
        ordering = [F("seance__date").desc(nulls_last=True), "-pk"]
        # None begins with « etat »: nearly every row has the same, and SQLite would walk them all to sort them after.
        indexes = [
            models.Index(fields=["-publie_le"], name="cr_publies"),
            models.Index(fields=["-date_de_tri", "-id", "etat"], name="cr_tri"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "version"],
                name="cr_version_unique",
                violation_error_message="Cette séance a déjà un compte rendu dans cette version.",
            ),
            models.CheckConstraint(
                condition=Q(approuve_par=None) | ~Q(approuve_par=F("auteur")),
                name="cr_quatre_yeux",
                violation_error_message="La personne qui approuve doit être différente de celle qui a rédigé.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["approuve", "signe", "publie", "remplace"])
                | Q(approuve_par__isnull=False, approuve_le__isnull=False, document_approuve__isnull=False),
                name="cr_approuve_complet",
                violation_error_message="Un compte rendu approuvé dit par qui et quand.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["signe", "publie", "remplace"])
                | Q(
                    signe_par__isnull=False, signe_le__isnull=False, pdf_signe__isnull=False, pdf_approuve__isnull=False
                ),
                name="cr_signe_complet",
                violation_error_message="Un compte rendu signé garde son fichier, sa date et son signataire.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["publie", "remplace"]) | Q(publie_le__isnull=False),
                name="cr_publie_complet",
                violation_error_message="Un compte rendu publié a une date de publication.",
            ),
        ]

    def __str__(self) -> str:
        version = f" (version {self.version})" if self.version > 1 else ""
        return f"Compte rendu {self.seance}{version}"

    def roles_de(self, utilisateur: Any) -> set[str]:
        return self.seance.comite.roles_de(utilisateur)

    @property
    def portee_journal(self) -> str:
        return f"comite:{self.seance.comite_id}"

    @property
    def est_modifiable(self) -> bool:
        return self.etat == self.Etat.BROUILLON

    @property
    def est_public(self) -> bool:
        return self.etat in (self.Etat.PUBLIE, self.Etat.REMPLACE)


class Rubrique(models.Model):
    """A part of the minutes, usually one per agenda item. ``est_annexe``: printed after the signature."""

    compte_rendu = models.ForeignKey(CompteRendu, on_delete=models.CASCADE, related_name="rubriques")
    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_annexe = models.BooleanField("annexe", default=False)
    niveau = models.PositiveSmallIntegerField("niveau", default=1)
    numero = models.CharField("numéro", max_length=20, blank=True)
    titre = models.CharField("titre", max_length=1000, blank=True)
    presente_par = models.CharField("présenté par", max_length=300, blank=True)
    diaporama = models.CharField("diaporama", max_length=100, blank=True)
    point = models.ForeignKey(
        PointOrdreDuJour, verbose_name="point", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "rubrique"
        ordering = ["est_annexe", "ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.numero} {self.titre}".strip() or "Ouverture"


class Genre(models.TextChoices):
    """Kinds of blocks."""

    PARAGRAPHE = "paragraphe", "Paragraphe"
    INTERVENTION = "intervention", "Intervention"
    LISTE = "liste", "Liste"
    TITRE = "titre", "Intertitre"
    PRESENTATION = "presentation", "Présentation"
    SANS_OBSERVATION = "sans_observation", "Aucune observation"
    AVIS = "avis", "Avis"
    DECISION = "decision", "Décision"
    ENGAGEMENT = "engagement", "Engagement"
    TABLEAU = "tableau", "Tableau"
    CITATION = "citation", "Citation"
    SEPARATEUR = "separateur", "Séparateur"
    SAUT = "saut", "Repère de page"


class BlocQuerySet(models.QuerySet["Bloc"]):
    def en_place(self) -> BlocQuerySet:
        return self.filter(retire_le=None)


class Bloc(models.Model):
    """A block: what is shown (``html``, clean) and what is meant (kind, speaker), apart.

    ``revision`` counts its accepted saves; a save is a compare-and-set on it. A removed block keeps its row, so that
    removal can be undone.
    """

    rubrique = models.ForeignKey(Rubrique, on_delete=models.CASCADE, related_name="blocs")
    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ordre = models.PositiveIntegerField("ordre", default=0)
    genre = models.CharField("nature", max_length=20, choices=Genre, default=Genre.PARAGRAPHE)
    html = models.TextField("texte", blank=True)
    orateur = models.CharField("orateur", max_length=200, blank=True)
    orateur_ligne = models.ForeignKey(
        LignePresence, on_delete=models.SET_NULL, null=True, blank=True, related_name="interventions"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = BlocQuerySet.as_manager()

    class Meta:
        verbose_name = "bloc"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.get_genre_display()} {self.cle}"


class Revision(models.Model):
    """Every accepted state of a block, for ever: nothing that was acknowledged can be lost."""

    compte_rendu = models.ForeignKey(CompteRendu, on_delete=models.CASCADE, related_name="revisions")
    cle = models.UUIDField("bloc")
    numero = models.PositiveIntegerField("numéro")
    genre = models.CharField("nature", max_length=20, choices=Genre)
    html = models.TextField("texte", blank=True)
    orateur = models.CharField("orateur", max_length=200, blank=True)
    retire = models.BooleanField("retiré", default=False)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    enregistre_le = models.DateTimeField("enregistré le", default=timezone.now)

    class Meta:
        verbose_name = "révision"
        ordering = ["-numero"]
        constraints = [models.UniqueConstraint(fields=["cle", "numero"], name="revision_unique")]

    def __str__(self) -> str:
        return f"{self.cle} r{self.numero}"


class PdfFige(models.Model):
    """The very bytes of a PDF and the document they print. Append-only (database triggers)."""

    compte_rendu = models.ForeignKey(CompteRendu, on_delete=models.PROTECT, related_name="pdf_figes")
    est_signe = models.BooleanField("signé", default=False)
    octets = models.BinaryField("fichier")
    empreinte = models.CharField("SHA-256", max_length=64, unique=True)
    document = models.JSONField("document")  # Document.en_json() of what the bytes print
    pages = models.PositiveSmallIntegerField("pages", default=0)
    cree_le = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "PDF figé"

    def __str__(self) -> str:
        return f"PDF {self.empreinte[:12]}"

    def clean(self) -> None:
        if hashlib.sha256(bytes(self.octets)).hexdigest() != self.empreinte:
            raise ValidationError("L’empreinte ne correspond pas au fichier.")


class PdfProjet(models.Model):
    """The last PDF marked « PROJET » made on demand; ``empreinte_document`` tells whether it is still the text."""

    compte_rendu = models.OneToOneField(CompteRendu, on_delete=models.CASCADE, related_name="pdf_projet")
    empreinte_document = models.CharField(max_length=64)
    octets = models.BinaryField()
    cree_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "PDF de projet"

    def __str__(self) -> str:
        return f"Projet de {self.compte_rendu}"


from .recherche import IndexRecherche  # noqa: E402, F401 - a model, found by Django through this module

"""What was done (append-only events, chained by hash) and what is still to do (outbox of jobs)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

VIDE = "0" * 64


class EvenementQuerySet(models.QuerySet["Evenement"]):
    def de_l_objet(self, objet: models.Model) -> EvenementQuerySet:
        return self.filter(objet_type=objet._meta.label_lower, objet_id=str(objet.pk))


class Evenement(models.Model):
    """One act. Never changed, never deleted (database triggers); ``empreinte`` chains it to the one before."""

    numero = models.PositiveBigIntegerField("numéro", primary_key=True)
    survenu_le = models.DateTimeField("date")
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, null=True, related_name="+"
    )
    auteur = models.CharField("auteur", max_length=200, blank=True)
    verbe = models.CharField("acte", max_length=60)
    objet_type = models.CharField(max_length=80)
    objet_id = models.CharField(max_length=40)
    objet_texte = models.CharField("objet", max_length=300)
    portee = models.CharField(max_length=60, blank=True, db_index=True)
    details = models.JSONField("détails", default=dict, blank=True)
    precedent = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64, unique=True)

    objects = EvenementQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["-numero"]
        indexes = [models.Index(fields=["objet_type", "objet_id", "-numero"], name="evenement_objet")]

    def __str__(self) -> str:
        return f"{self.numero} {self.verbe} {self.objet_texte}"

    def calculer_empreinte(self) -> str:
        """SHA-256 (hex) of the canonical JSON of every column but the hash itself."""
        contenu: dict[str, Any] = {
            "numero": self.numero,
            "survenu_le": self.survenu_le.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
            "par": self.par_id,
            "precedent": self.precedent,
            "details": self.details,
        }
        for nom in ("auteur", "verbe", "objet_type", "objet_id", "objet_texte", "portee"):
            contenu[nom] = getattr(self, nom)
        canonique = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonique.encode()).hexdigest()


class Chaine(models.Model):
    """The head of the chain: one row, locked while an event is appended, so that numbers have no gap."""

    numero = models.PositiveBigIntegerField(default=0)
    empreinte = models.CharField(max_length=64, default=VIDE)

    def __str__(self) -> str:
        return f"{self.numero} {self.empreinte[:12]}"


class TravailQuerySet(models.QuerySet["Travail"]):
    def a_faire(self) -> TravailQuerySet:
        """Jobs a worker may claim now: waiting and due, or held by a worker whose lease ran out."""
        maintenant = timezone.now()
        return self.filter(
            Q(etat=Travail.Etat.EN_ATTENTE, pas_avant_le__lte=maintenant)
            | Q(etat=Travail.Etat.EN_COURS, bail_jusqu_au__lt=maintenant)
        )


class Travail(models.Model):
    """A job written in the transaction that decided it; a Celery task takes its pk, claims it, acts, marks it."""

    class Etat(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente"
        EN_COURS = "en_cours", "En cours"
        FAIT = "fait", "Fait"
        ECHOUE = "echoue", "Échoué"

    genre = models.CharField("nature", max_length=60)
    cle = models.CharField("clé", max_length=200, unique=True)
    arguments = models.JSONField(default=dict, blank=True)
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.EN_ATTENTE)
    essais = models.PositiveSmallIntegerField(default=0)
    pas_avant_le = models.DateTimeField(default=timezone.now)
    bail_jusqu_au = models.DateTimeField(null=True, blank=True)
    cree_le = models.DateTimeField("confié le", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    erreur = models.TextField(blank=True)

    objects = TravailQuerySet.as_manager()

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["etat", "pas_avant_le"], name="travail_a_faire")]

    def __str__(self) -> str:
        return f"{self.genre} {self.cle}"

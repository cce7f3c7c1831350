"""Who meets: committees, roles held in them, colleges, sittings, agenda, attendance."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from membres.models import Autorite, Civilite, Personne, Service, Structure


def date_longue(date: datetime.date) -> str:
    """« 1er mars 2026 », with plain spaces: a text to be kept, searched, printed."""
    texte = date_format(date, "j F Y")
    return texte.replace("1 ", "1er ", 1) if date.day == 1 else texte


class Role(models.TextChoices):
    """Roles a person may hold in a committee or over a whole authority."""

    MEMBRE = "membre", "Membre"
    AGENT = "agent", "Agent ou agente"
    QUALITE = "qualite", "Référent ou référente qualité"
    SIGNATAIRE = "signataire", "Signataire"
    ADMINISTRATEUR = "administrateur", "Administrateur ou administratrice"


class HabilitationQuerySet(models.QuerySet["Habilitation"]):
    def actives(self, au: datetime.date | None = None) -> HabilitationQuerySet:
        """Those in force on a day (default: today, local). One that was withdrawn stops at once, not at midnight."""
        jour = au or timezone.localdate()
        return self.filter(Q(au=None) | Q(au__gte=jour), Q(retiree_le=None) | Q(au__gt=jour), du__lte=jour)

    def de(self, utilisateur: Any) -> HabilitationQuerySet:
        if not utilisateur.is_authenticated or not utilisateur.is_active:
            return self.none()
        return self.filter(utilisateur=utilisateur).actives()

    def dans(self, autorites: models.QuerySet[Autorite]) -> HabilitationQuerySet:
        """Those held over one of these authorities or in one of their committees, whatever their dates."""
        return self.filter(Q(autorite__in=autorites) | Q(comite__autorite__in=autorites))


def autorites_administrees(utilisateur: Any) -> models.QuerySet[Autorite]:
    """Authorities this user administers today."""
    roles = Habilitation.objects.de(utilisateur).filter(role=Role.ADMINISTRATEUR)
    return Autorite.objects.filter(pk__in=roles.values("autorite"))


class Habilitation(models.Model):
    """A role × a committee or a whole authority × dates (calendar days, both included)."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="habilitations"
    )
    role = models.CharField("rôle", max_length=16, choices=Role)
    comite = models.ForeignKey("Comite", verbose_name="comité", on_delete=models.CASCADE, null=True, blank=True)
    autorite = models.ForeignKey(Autorite, verbose_name="autorité", on_delete=models.CASCADE, null=True, blank=True)
    du = models.DateField("du", default=timezone.localdate)
    au = models.DateField("au", null=True, blank=True)
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        constraints = [
            models.CheckConstraint(
                condition=Q(comite=None, autorite__isnull=False) | Q(comite__isnull=False, autorite=None),
                name="habilitation_un_objet",
                violation_error_message="Choisissez un comité ou une autorité, l’un des deux.",
            ),
            models.CheckConstraint(
                condition=Q(au=None) | Q(au__gte=F("du")),
                name="habilitation_dates",
                violation_error_message="La fin ne peut pas précéder le début.",
            ),
            models.CheckConstraint(
                condition=~Q(role="administrateur") | Q(autorite__isnull=False),
                name="habilitation_administrateur",
                violation_error_message="L’administration se confie pour une autorité entière, non pour un comité.",
            ),
            models.CheckConstraint(
                condition=Q(retiree_le=None) | Q(au__isnull=False),
                name="habilitation_retrait_date",
                violation_error_message="Un rôle retiré porte la date de sa fin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} — {self.comite or self.autorite}"

    @property
    def objet(self) -> Comite | Autorite:
        """Where the role is held: exactly one of the two is set (``habilitation_un_objet``)."""
        objet = self.comite or self.autorite
        assert objet is not None
        return objet

    @property
    def est_active(self) -> bool:
        """In force today (local day); same rule as ``actives()``."""
        jour = timezone.localdate()
        return self.retiree_le is None and self.du <= jour and (self.au is None or self.au >= jour)

    @property
    def portee_journal(self) -> str:
        return f"comite:{self.comite_id}" if self.comite_id else f"autorite:{self.autorite_id}"


class ComiteQuerySet(models.QuerySet["Comite"]):
    def ou(self, utilisateur: Any, *roles: str) -> ComiteQuerySet:
        """Committees where the user holds one of ``roles`` (any role when none is given), today."""
        habilitations = Habilitation.objects.de(utilisateur)
        if roles:
            habilitations = habilitations.filter(role__in=roles)
        return self.filter(Q(pk__in=habilitations.values("comite")) | Q(autorite__in=habilitations.values("autorite")))

    def visibles_par(self, utilisateur: Any) -> ComiteQuerySet:
        return self.ou(utilisateur)


class Comite(models.Model):
    """A committee. Its name is free (CLU, CLAC, CLUAC…); a CLAC may continue a CLU with its history."""

    class Genre(models.TextChoices):
        CLU = "clu", "Comité local des usagers (CLU)"
        CLAC = "clac", "Comité local d’amélioration continue (CLAC)"
        CLUAC = "cluac", "Comité local des usagers et de l’amélioration continue (CLUAC)"
        AUTRE = "autre", "Autre"

    autorite = models.ForeignKey(Autorite, verbose_name="autorité", on_delete=models.PROTECT, related_name="comites")
    genre = models.CharField("nature", max_length=8, choices=Genre, default=Genre.CLAC)
    nom = models.CharField("nom", max_length=200, help_text="Par exemple : comité local d’amélioration continue.")
    sigle = models.CharField("sigle", max_length=20)
    slug = models.SlugField(
        "adresse", max_length=60, unique=True, error_messages={"unique": "Un comité a déjà cette adresse."}
    )
    perimetre = models.CharField("périmètre", max_length=300, blank=True)
    predecesseur = models.ForeignKey(
        "self", verbose_name="continue", on_delete=models.PROTECT, null=True, blank=True, related_name="successeurs"
    )
    service = models.ForeignKey(
        Service, verbose_name="service qui l’anime", on_delete=models.SET_NULL, null=True, blank=True
    )
    est_clos = models.BooleanField("clos", default=False)

    objects = ComiteQuerySet.as_manager()

    class Meta:
        verbose_name = "comité"
        ordering = ["est_clos", "nom"]

    def __str__(self) -> str:
        return self.nom

    def clean(self) -> None:
        ancetre = self.predecesseur
        for _ in range(20):
            if ancetre is None:
                return
            if ancetre.pk == self.pk:
                break
            ancetre = ancetre.predecesseur
        raise ValidationError({"predecesseur": "Un comité ne peut pas se continuer lui-même."})

    def roles_de(self, utilisateur: Any) -> set[str]:
        """Roles held today in this committee or over its authority."""
        return set(
            Habilitation.objects.de(utilisateur)
            .filter(Q(comite=self) | Q(autorite=self.autorite_id))
            .values_list("role", flat=True)
        )

    @property
    def portee_journal(self) -> str:
        return f"comite:{self.pk}"


class College(models.Model):
    """A college of a committee (users, local authorities, administration…)."""

    comite = models.ForeignKey(Comite, verbose_name="comité", on_delete=models.CASCADE, related_name="colleges")
    nom = models.CharField("nom", max_length=150)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "collège"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comite", "nom"], name="college_unique", violation_error_message="Ce collège existe déjà."
            )
        ]

    def __str__(self) -> str:
        return self.nom


class SeanceQuerySet(models.QuerySet["Seance"]):
    def visibles_par(self, utilisateur: Any) -> SeanceQuerySet:
        """Quality officers and signatories see every sitting of their committees; members once convened."""
        toutes = Comite.objects.ou(utilisateur, Role.QUALITE, Role.SIGNATAIRE)
        membre = Comite.objects.ou(utilisateur, Role.MEMBRE, Role.AGENT)
        ouvertes = [Seance.Etat.CONVOQUEE, Seance.Etat.TENUE, Seance.Etat.CLOSE]
        return self.filter(Q(comite__in=toutes) | Q(comite__in=membre, etat__in=ouvertes))


class Seance(models.Model):
    """A sitting. Nothing of its head is mandatory: a text may say « en 2022 » and no more."""

    class Etat(models.TextChoices):
        PREPAREE = "preparee", "En préparation"
        CONVOQUEE = "convoquee", "Convoquée"
        TENUE = "tenue", "Tenue"
        CLOSE = "close", "Close"
        ANNULEE = "annulee", "Annulée"

    class Mode(models.TextChoices):
        PRESENTIEL = "presentiel", "En présence"
        AUDIO = "audio", "Audioconférence"
        VISIO = "visio", "Visioconférence"
        MIXTE = "mixte", "En présence et à distance"

    class Genre(models.TextChoices):
        ORDINAIRE = "ordinaire", "Ordinaire"
        INSTALLATION = "installation", "Installation"
        EXTRAORDINAIRE = "extraordinaire", "Extraordinaire"
        THEMATIQUE = "thematique", "Suivi thématique"

    comite = models.ForeignKey(Comite, verbose_name="comité", on_delete=models.PROTECT, related_name="seances")
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.PREPAREE)
    genre = models.CharField("nature", max_length=16, choices=Genre, default=Genre.ORDINAIRE)
    date = models.DateField("date", null=True, blank=True)
    date_affichee = models.CharField(
        "date telle qu’imprimée", max_length=120, blank=True, help_text="Par exemple : en 2026. Vide : la date."
    )
    heure_debut = models.TimeField("début", null=True, blank=True)
    heure_fin = models.TimeField("fin", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=200, blank=True)
    mode = models.CharField("tenue", max_length=12, choices=Mode, blank=True)
    presidence = models.CharField("présidence", max_length=300, blank=True)
    animation = models.CharField("animation", max_length=300, blank=True)
    motif_annulation = models.TextField("motif de l’annulation", max_length=1000, blank=True)

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = [F("date").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(heure_debut=None) | Q(heure_fin=None) | Q(heure_fin__gt=F("heure_debut")),
                name="seance_heures",
                violation_error_message="La fin de la séance doit suivre son début.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comite.sigle}, {self.quand}"

    @property
    def quand(self) -> str:
        """« 12 mars 2026 », the printed text of an undated sitting, or « date à fixer »."""
        return self.date_affichee or (date_longue(self.date) if self.date else "date à fixer")

    def roles_de(self, utilisateur: Any) -> set[str]:
        return self.comite.roles_de(utilisateur)

    @property
    def portee_journal(self) -> str:
        return f"comite:{self.comite_id}"


class PointOrdreDuJour(models.Model):
    """An agenda item; a tree by ``parent``. Several kinds are allowed (information, avis…)."""

    class Genre(models.TextChoices):
        INFORMATION = "information", "Pour information"
        AVIS = "avis", "Pour avis"
        ECHANGE = "echange", "Échange"
        TEMOIGNAGE = "temoignage", "Témoignage"
        VISITE = "visite", "Visite"
        AUTRE = "autre", "Autre"

    seance = models.ForeignKey(Seance, verbose_name="séance", on_delete=models.CASCADE, related_name="points")
    parent = models.ForeignKey(
        "self", verbose_name="sous le point", on_delete=models.CASCADE, null=True, blank=True, related_name="enfants"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    numero = models.CharField("numéro", max_length=20, blank=True, help_text="Tel qu’imprimé : 1°), I –, a).")
    titre = models.CharField("titre", max_length=500)
    genres = models.JSONField("nature", default=list, blank=True)
    presente_par = models.CharField("présenté par", max_length=300, blank=True)
    presentateurs = models.ManyToManyField(Personne, verbose_name="présentateurs", blank=True, related_name="+")
    diaporama = models.CharField("diaporama", max_length=100, blank=True, help_text="Par exemple : pages 8 à 10.")

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.numero} {self.titre}".strip()

    def clean(self) -> None:
        inconnus = set(self.genres) - set(self.Genre.values)
        if inconnus:
            raise ValidationError({"genres": "Nature de point inconnue."})
        if self.parent and (self.parent_id == self.pk or self.parent.seance_id != self.seance_id):
            raise ValidationError({"parent": "Choisissez un autre point de la même séance."})

    @property
    def genres_affiches(self) -> list[str]:
        return [self.Genre(genre).label for genre in self.genres]


class Statut(models.TextChoices):
    """What a heading of the attendance means."""

    PRESIDE = "preside", "Préside"
    ANIME = "anime", "Anime"
    PRESENT = "present", "Présent"
    EXCUSE = "excuse", "Excusé"
    ABSENT = "absent", "Absent"
    INVITE = "invite", "Invité"


class GroupePresence(models.Model):
    """A heading of the attendance and its rows. The heading is kept as printed; status and college are readings."""

    seance = models.ForeignKey(Seance, verbose_name="séance", on_delete=models.CASCADE, related_name="groupes")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("intitulé", max_length=300, blank=True)
    niveau = models.PositiveSmallIntegerField("niveau", default=1)
    statut = models.CharField("statut", max_length=10, choices=Statut, default=Statut.PRESENT)
    college = models.CharField("collège", max_length=200, blank=True)
    en_ligne = models.BooleanField("en une phrase", default=False)

    class Meta:
        verbose_name = "groupe de présence"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.titre or self.get_statut_display()


class LignePresence(models.Model):
    """A row: the text as printed (a tab parts name and function), and what it means, apart and optional."""

    groupe = models.ForeignKey(GroupePresence, verbose_name="groupe", on_delete=models.CASCADE, related_name="lignes")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    texte = models.TextField("texte imprimé")
    fonction = models.TextField("fonction", blank=True)
    structure_nom = models.CharField("structure, telle qu’écrite", max_length=500, blank=True)
    structure = models.ForeignKey(
        Structure, verbose_name="structure", on_delete=models.SET_NULL, null=True, blank=True, related_name="presences"
    )
    represente_par = models.CharField("représenté par", max_length=300, blank=True)
    en_qualite_de = models.CharField("en qualité de", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne de présence"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.texte.replace("\t", ", ")


class PersonneCitee(models.Model):
    """A person named in a row: the name as read, and the person of the directory it is linked to, if any."""

    ligne = models.ForeignKey(LignePresence, on_delete=models.CASCADE, related_name="personnes")
    ordre = models.PositiveSmallIntegerField(default=0)
    civilite = models.CharField("civilité", max_length=4, choices=Civilite, blank=True)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100)
    personne = models.ForeignKey(Personne, on_delete=models.SET_NULL, null=True, blank=True, related_name="citations")

    class Meta:
        verbose_name = "personne citée"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return " ".join(p for p in (self.civilite, self.prenom, self.nom) if p)

"""Who: accounts, persons, structures, authorities and their services."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from . import titres


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    def get_by_natural_key(self, username: str | None) -> Utilisateur:
        return self.get(email__iexact=(username or "").strip())

    def creer(self, email: str, mot_de_passe: str | None = None, **champs: Any) -> Utilisateur:
        """Create an account; without password it cannot log in until one is set."""
        utilisateur = self.model(email=self.normalize_email(email).strip().lower(), **champs)
        utilisateur.set_password(mot_de_passe)
        utilisateur.full_clean(exclude=["password"])
        utilisateur.save()
        return utilisateur


class Utilisateur(AbstractBaseUser):
    """An account. It logs in by e-mail; its rights come from ``comites.Habilitation``, never from here."""

    email = models.EmailField(
        "adresse électronique", unique=True, error_messages={"unique": "Un compte a déjà cette adresse."}
    )
    personne = models.OneToOneField(
        "Personne", verbose_name="personne", on_delete=models.PROTECT, related_name="compte"
    )
    is_active = models.BooleanField("actif", default=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now)

    objects = UtilisateurManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="email_minuscule",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            )
        ]

    def __str__(self) -> str:
        return str(self.personne)

    def clean(self) -> None:
        self.email = self.email.strip().lower()


class Civilite(models.TextChoices):
    MADAME = "Mme", "Madame"
    MONSIEUR = "M.", "Monsieur"


class Personne(models.Model):
    """Someone, as the directory knows them. ``affichage`` overrides how the name is printed."""

    civilite = models.CharField("civilité", max_length=4, choices=Civilite, blank=True)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100)
    affichage = models.CharField(
        "nom affiché", max_length=200, blank=True, help_text="Laissez vide pour « Mme Prénom NOM »."
    )
    fonction = models.CharField("fonction", max_length=300, blank=True)
    structure = models.ForeignKey(
        "Structure",
        verbose_name="structure",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="personnes",
    )
    courriel = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=40, blank=True)

    class Meta:
        verbose_name = "personne"
        ordering = ["nom", "prenom"]

    def __str__(self) -> str:
        return self.affichage or " ".join(p for p in (self.civilite, self.prenom, self.nom.upper()) if p)

    @property
    def nom_simple(self) -> str:
        """« Prénom NOM », as under a signature (never a civility there)."""
        return " ".join(p for p in (self.prenom, self.nom.upper()) if p)


class Structure(models.Model):
    """A body that sits on committees or is named in minutes."""

    class Genre(models.TextChoices):
        ASSOCIATION = "association", "Association"
        COLLECTIVITE = "collectivite", "Collectivité territoriale"
        ETAT = "etat", "Service de l’État"
        OPERATEUR = "operateur", "Opérateur ou organisme"
        AUTRE = "autre", "Autre"

    genre = models.CharField("nature", max_length=16, choices=Genre, default=Genre.ASSOCIATION)
    nom = models.CharField(
        "nom", max_length=300, unique=True, error_messages={"unique": "Cette structure existe déjà."}
    )
    sigle = models.CharField("sigle", max_length=40, blank=True)
    autres_noms = models.JSONField("autres noms", default=list, blank=True)

    class Meta:
        verbose_name = "structure"
        ordering = ["nom"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.sigle})" if self.sigle else self.nom


LOGO_OCTETS_MAX = 1024 * 1024


def valider_logo(fichier: Any) -> None:
    """PNG or JPEG by content, ≤ 1 Mio, ≤ 4 000 px a side (read from the header, before any decoding)."""
    from PIL import Image, UnidentifiedImageError

    if fichier.size > LOGO_OCTETS_MAX:
        raise ValidationError("Le logo dépasse 1 Mo : réduisez-le puis recommencez.")
    try:
        fichier.seek(0)
        with Image.open(fichier, formats=("PNG", "JPEG")) as image:
            largeur, hauteur = image.size
        fichier.seek(0)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as erreur:
        raise ValidationError("Ce fichier n’est pas une image PNG ou JPEG lisible.") from erreur
    if max(largeur, hauteur) > 4000:
        raise ValidationError("Le logo dépasse 4 000 pixels de côté : réduisez-le puis recommencez.")


class Autorite(models.Model):
    """The issuing authority: its mark, its holder's legal title, its address."""

    class Genre(models.TextChoices):
        PREFECTURE = "prefet", "Préfecture"
        SOUS_PREFECTURE = "sous_prefet", "Sous-préfecture"
        HAUT_COMMISSARIAT = "haut_commissaire", "Haut-commissariat"

    genre = models.CharField("nature", max_length=20, choices=Genre, default=Genre.PREFECTURE)
    nom = models.CharField("nom", max_length=200, help_text="Par exemple : préfecture du Val-d’Ombre.")
    territoire = models.CharField("territoire", max_length=120, help_text="Avec son article : du Val-d’Ombre.")
    rattachement = models.ForeignKey(
        "self", verbose_name="rattachée à", on_delete=models.PROTECT, null=True, blank=True, related_name="rattachees"
    )
    chef_civilite = models.CharField("civilité du ou de la titulaire", max_length=4, choices=Civilite, blank=True)
    chef_nom = models.CharField("prénom et NOM du ou de la titulaire", max_length=200, blank=True)
    lieu = models.CharField("lieu de signature", max_length=100)
    marque = models.TextField(
        "bloc-marque", blank=True, help_text="Une ligne par ligne imprimée. Vide : le titre et le territoire."
    )
    a_devise = models.BooleanField("imprimer la devise", default=True)
    pied = models.TextField("pied de page", blank=True, help_text="Adresse, téléphone, site : trois lignes au plus.")
    logo = models.FileField(
        "logo",
        upload_to="logos",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"]), valider_logo],
        help_text="PNG ou JPEG, 1 Mo au plus. Il remplace le bloc-marque en texte.",
    )

    class Meta:
        verbose_name = "autorité"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom

    @property
    def titre_chef(self) -> str:
        """« préfète », « sous-préfet »: the holder's title, by gender."""
        return titres.titre(self.genre, self.chef_civilite)

    @property
    def lignes_marque(self) -> list[str]:
        """The lines of the State mark, in capitals: « PRÉFÈTE », « DU VAL-D’OMBRE »."""
        return self.marque.split("\n") if self.marque else [self.titre_chef.upper(), self.territoire.upper()]

    @property
    def portee_journal(self) -> str:
        return f"autorite:{self.pk}"


class Service(models.Model):
    """A service of an authority; the path from the root gives the 1 to 3 lines of the head."""

    autorite = models.ForeignKey(Autorite, verbose_name="autorité", on_delete=models.CASCADE, related_name="services")
    parent = models.ForeignKey(
        "self", verbose_name="dépend de", on_delete=models.PROTECT, null=True, blank=True, related_name="enfants"
    )
    nom = models.CharField("nom", max_length=200)
    courriel = models.EmailField("boîte du service", blank=True)
    telephone = models.CharField("téléphone", max_length=80, blank=True)
    lignes_pied = models.TextField("lignes de pied", blank=True)

    class Meta:
        verbose_name = "service"
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom

    @property
    def lignes_tete(self) -> list[str]:
        """Names from the root down to this service (at most 5 levels, a loop stops)."""
        lignes: list[str] = []
        service: Service | None = self
        while service is not None and len(lignes) < 5:
            lignes.insert(0, service.nom)
            service = service.parent
        return lignes

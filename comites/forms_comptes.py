"""Forms of the administrator: accounts, roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from membres.formulaires import FormulaireDsfr
from membres.models import Autorite, Civilite, Personne, Utilisateur
from membres.reauthentification import ReauthentificationMixin

from .models import Comite, Role


class PorteeMixin:
    """A role and where it is held: one committee, or a whole authority."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def preparer_portee(self, autorites: Any) -> None:
        """``sur`` offers the committees and authorities of ``autorites``, as « comite:3 » or « autorite:1 »."""
        self.objets: dict[str, Comite | Autorite] = {}
        for autorite in autorites:
            self.objets[f"autorite:{autorite.pk}"] = autorite
        for comite in Comite.objects.filter(autorite__in=autorites, est_clos=False).select_related("autorite"):
            self.objets[f"comite:{comite.pk}"] = comite
        entieres = [(c, f"Toute l’autorité : {o}") for c, o in self.objets.items() if isinstance(o, Autorite)]
        comites = [(c, f"{o.sigle} — {o.nom}") for c, o in self.objets.items() if isinstance(o, Comite)]
        self.fields["sur"].choices = [("", "Choisir"), *comites, *entieres]

    def clean_sur(self) -> Comite | Autorite:
        return self.objets[self.cleaned_data["sur"]]

    def clean(self) -> dict[str, Any] | None:
        super().clean()  # type: ignore[misc]
        role, sur = self.cleaned_data.get("role"), self.cleaned_data.get("sur")
        if role == Role.ADMINISTRATEUR and isinstance(sur, Comite):
            raise ValidationError({"sur": "L’administration se confie pour une autorité entière, non pour un comité."})
        return self.cleaned_data


def champ_role() -> forms.ChoiceField:
    champ = forms.ChoiceField(label="Rôle", choices=Role.choices, widget=forms.RadioSelect)
    champ.aides = {  # type: ignore[attr-defined]
        Role.MEMBRE.value: "Lit les ordres du jour et les comptes rendus publiés.",
        Role.AGENT.value: "Comme un membre, et suit les demandes confiées à son service.",
        Role.QUALITE.value: "Prépare les séances, rédige les comptes rendus.",
        Role.SIGNATAIRE.value: "Relit, approuve et signe.",
        Role.ADMINISTRATEUR.value: "Ouvre les comptes et donne les rôles, sans lire les séances.",
    }
    return champ


class InvitationForm(ReauthentificationMixin, PorteeMixin, FormulaireDsfr):
    bouton = "Inviter"
    groupes = [
        ("La personne", ["personne", ("civilite", "prenom", "nom"), "fonction", "email"]),
        ("Son premier rôle", ["role", "sur"]),
        ("Confirmation", ["mot_de_passe"]),
    ]

    personne = forms.ModelChoiceField(
        Personne.objects.none(),
        label="Personne de l’annuaire",
        required=False,
        help_text="Si elle y est déjà, choisissez-la. Sinon, écrivez son nom ci-dessous.",
    )
    civilite = forms.ChoiceField(label="Civilité", choices=[("", "Aucun choix"), *Civilite.choices], required=False)
    prenom = forms.CharField(label="Prénom", max_length=100, required=False)
    nom = forms.CharField(label="Nom", max_length=100, required=False)
    fonction = forms.CharField(label="Fonction", max_length=300, required=False)
    email = forms.EmailField(
        label="Adresse électronique", max_length=254, help_text="Elle sert à se connecter. L’invitation y est envoyée."
    )
    role = champ_role()
    sur = forms.ChoiceField(label="Où")

    def __init__(self, *args: Any, autorites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        personne: Any = self.fields["personne"]
        personne.queryset = Personne.objects.filter(compte=None)
        self.preparer_portee(autorites)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if Utilisateur.objects.filter(email=email).exists():
            raise ValidationError("Un compte a déjà cette adresse.")
        return email

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if not self.cleaned_data.get("personne") and not self.cleaned_data.get("nom"):
            self.add_error("nom", "Écrivez le nom, ou choisissez une personne de l’annuaire.")
        return self.cleaned_data

    @property
    def personne_ou_valeurs(self) -> Personne | dict[str, Any]:
        donnees = self.cleaned_data
        if donnees["personne"]:
            return donnees["personne"]
        noms = ("civilite", "prenom", "nom", "fonction")
        return {**{nom: donnees[nom] for nom in noms}, "courriel": donnees["email"]}


class HabilitationForm(ReauthentificationMixin, PorteeMixin, FormulaireDsfr):
    bouton = "Donner ce rôle"
    groupes = [("", ["role", "sur", ("du", "au")]), ("Confirmation", ["mot_de_passe"])]

    role = champ_role()
    sur = forms.ChoiceField(label="Où")
    du = forms.DateField(label="À partir du", required=False, help_text="Vide : dès aujourd’hui.")
    au = forms.DateField(label="Jusqu’au", required=False, help_text="Ce jour compris. Vide : sans fin.")

    def __init__(self, *args: Any, autorites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preparer_portee(autorites)


class FiltreComptesForm(FormulaireDsfr):
    methode = "get"
    bouton = "Rechercher"
    mention = False
    q = forms.CharField(label="Nom ou adresse", required=False, max_length=100)
    role = forms.ChoiceField(label="Rôle", required=False, choices=[("", "Tous les rôles"), *Role.choices])
    etat = forms.ChoiceField(
        label="Comptes",
        required=False,
        choices=[("", "Tous les comptes"), ("actifs", "Actifs"), ("attente", "Invités"), ("inactifs", "Désactivés")],
    )
    groupes = [("", [("q", "role", "etat")])]


class FiltreJournalForm(FormulaireDsfr):
    methode = "get"
    bouton = "Filtrer"
    mention = False
    groupes = [("", [("q", "verbe", "auteur"), ("du", "au")])]
    q = forms.CharField(label="Objet", required=False, max_length=100)
    verbe = forms.ChoiceField(label="Acte", required=False)
    auteur = forms.CharField(label="Personne", required=False, max_length=100)
    du = forms.DateField(label="Du", required=False)
    au = forms.DateField(label="Au", required=False)

    def __init__(self, *args: Any, verbes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verbe"].choices = [("", "Tous les actes"), *verbes]  # type: ignore[attr-defined]

"""One form per gesture on committees and sittings: they check shape, the verbs of ``actions`` do the rest."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from membres.forms import AutoriteForm as AutoriteMembresForm
from membres.formulaires import FormulaireDsfr, FormulaireMixin
from membres.models import Autorite, Service
from membres.reauthentification import ReauthentificationMixin

from .actions import Numerotation
from .actions.seances import MOTIF_MAX
from .models import Comite, GroupePresence, LignePresence, PointOrdreDuJour, Seance


def appliquer(formulaire: Any, erreur: ValidationError) -> None:
    """Show what the action refused where it belongs: on its field, else at the head of the form."""
    if not hasattr(erreur, "error_dict"):
        formulaire.add_error(None, erreur)
        return
    for nom, erreurs in erreur.error_dict.items():
        formulaire.add_error(nom if nom in formulaire.fields else None, erreurs)


class ValeursMixin:
    """A model form whose ``valeurs`` are the cleaned values of its own model fields, for the action."""

    hors_modele: frozenset[str] = frozenset()

    @property
    def valeurs(self) -> dict[str, Any]:
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in self.hors_modele}  # type: ignore[attr-defined]


class SurPlaceMixin(FormulaireMixin):
    """A form whose answer, with htmx, replaces ``cible`` (a selector) instead of the page.

    ``focus``: its first field takes the focus when it comes back, ready for the next entry.
    """

    cible: str = ""
    focus: bool = False
    OPTIONS: tuple[str, ...] = (*FormulaireMixin.OPTIONS, "cible", "focus")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.focus:
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    @property
    def helper(self) -> FormHelper:
        aide = super().helper
        if self.cible:
            sur_place = {"hx-post": self.action, "hx-target": self.cible, "hx-swap": "outerHTML"}
            aide.attrs |= {**sur_place, "hx-disabled-elt": "find [type=submit]"}
        return aide


class ConfirmationForm(ReauthentificationMixin, FormulaireDsfr):
    """Nothing but the password, when it is not recent."""

    veille = False
    mention = False


class ConfirmationSimple(FormulaireDsfr):
    """Nothing to type: a page that asks « are you sure »."""

    veille = False
    mention = False


class ComiteForm(ReauthentificationMixin, ValeursMixin, FormulaireMixin, forms.ModelForm):
    hors_modele = frozenset({"autorite_choisie", "colleges"})
    groupes = [
        ("Le comité", ["autorite_choisie", "nom", "sigle", "genre", "perimetre", "slug"]),
        ("Son organisation", ["service", "predecesseur", "colleges"]),
        ("Confirmation", ["mot_de_passe"]),
    ]

    autorite_choisie = forms.ModelChoiceField(Autorite.objects.none(), label="Autorité")
    colleges = forms.CharField(
        label="Collèges",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un par ligne, dans l’ordre où ils s’impriment. Par exemple : Représentants des usagers.",
    )

    class Meta:
        model = Comite
        fields = ["nom", "sigle", "genre", "perimetre", "slug", "service", "predecesseur"]
        labels = {"predecesseur": "Prend la suite de", "slug": "Adresse de sa page"}
        help_texts = {
            "sigle": "Par exemple : CLAC.",
            "perimetre": "Les services concernés, tels qu’ils s’impriment.",
            "slug": "Sa fin seulement : lettres minuscules, chiffres et traits d’union. "
            "Laissez vide pour la tirer du nom.",
            "predecesseur": "L’histoire de ce comité reste visible depuis le nouveau.",
        }

    def __init__(self, *args: Any, autorites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix: Any = self.fields["autorite_choisie"]
        choix.queryset = autorites
        service: Any = self.fields["service"]
        service.queryset = Service.objects.filter(autorite__in=autorites)
        predecesseur: Any = self.fields["predecesseur"]
        predecesseur.queryset = Comite.objects.filter(autorite__in=autorites).exclude(pk=self.instance.pk)
        self.fields["slug"].required = False
        if self.instance.pk:
            del self.fields["autorite_choisie"]
            self.fields["colleges"].initial = "\n".join(c.nom for c in self.instance.colleges.all())
        elif len(autorites) == 1:
            choix.initial = autorites[0]

    def clean_slug(self) -> str:
        saisi = self.cleaned_data.get("slug") or ""
        return saisi.lower() or self.instance.slug or slugify(self.cleaned_data.get("nom", "").replace("’", "-"))[:60]


class SeanceForm(ValeursMixin, FormulaireMixin, forms.ModelForm):
    mention = False
    groupes = [
        ("Quand et où", [("date", "date_affichee"), ("heure_debut", "heure_fin"), ("lieu", "mode")]),
        ("Comment", ["genre", "presidence", "animation"]),
    ]

    class Meta:
        model = Seance
        fields = [
            *("genre", "date", "date_affichee", "heure_debut", "heure_fin", "lieu", "mode"),
            *("presidence", "animation"),
        ]
        labels = {"mode": "Forme", "genre": "Nature de la séance"}
        help_texts = {
            "date": "Elle peut rester à fixer.",
            "date_affichee": "Si elle diffère de la date, par exemple : en 2026.",
            "presidence": "Telle qu’elle s’imprime, par exemple : Mme Claire Aubry, secrétaire générale.",
            "animation": "La personne qui anime la séance, si elle est à citer.",
        }


class AnnulationForm(FormulaireDsfr):
    bouton = "Annuler la séance"
    motif = forms.CharField(
        label="Motif de l’annulation",
        max_length=MOTIF_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il est montré aux personnes qui pouvaient voir la séance.",
        error_messages={"required": "Dites pourquoi la séance est annulée."},
    )


class PointForm(ValeursMixin, SurPlaceMixin, forms.ModelForm):
    bouton = "Ajouter le point"
    groupes = [("", ["titre", ("numero", "presente_par", "diaporama"), "genres"])]

    genres = forms.MultipleChoiceField(
        label="Nature",
        choices=PointOrdreDuJour.Genre.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PointOrdreDuJour
        fields = ["titre", "numero", "presente_par", "diaporama", "genres"]
        help_texts = {"presente_par": "Par exemple : Mme Ferrandon."}


class NumerotationForm(FormulaireDsfr):
    numerotation = forms.ChoiceField(
        label="Numéroter", choices=[(choix.value, choix.libelle) for choix in Numerotation]
    )


class GroupeForm(ValeursMixin, FormulaireMixin, forms.ModelForm):
    bouton = "Ajouter le groupe"
    mention = False
    groupes = [("", ["titre", "statut", "college", "niveau", "en_ligne"])]

    niveau = forms.TypedChoiceField(
        label="Importance du titre",
        choices=[(1, "Titre principal"), (2, "Sous-titre")],
        coerce=int,
        initial=1,
    )

    class Meta:
        model = GroupePresence
        fields = ["titre", "statut", "college", "niveau", "en_ligne"]
        labels = {"titre": "Intitulé, tel qu’il s’imprime", "en_ligne": "Imprimer le groupe en une seule phrase"}
        help_texts = {
            "titre": "Par exemple : Représentants des usagers.",
            "statut": "Ce que disent les personnes de ce groupe : présentes, excusées…",
        }

    def __init__(self, *args: Any, colleges: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.niveau > 2:
            niveau: Any = self.fields["niveau"]
            niveau.choices = [*niveau.choices, (self.instance.niveau, f"Titre de niveau {self.instance.niveau}")]
        if colleges:
            self.fields["college"].help_text = "Ceux du comité : " + " ; ".join(colleges) + "."


class LignesForm(SurPlaceMixin, forms.Form):
    """Rows typed or pasted: one per line."""

    bouton = "Ajouter"
    mention = False
    texte = forms.CharField(
        label="Ajouter des personnes",
        widget=forms.Textarea(attrs={"rows": 2, "class": "com-moyen"}),
        help_text="Une par ligne. Une liste collée depuis un tableur ou un document garde ses lignes.",
        error_messages={"required": "Écrivez au moins une ligne."},
        max_length=100_000,
    )


class LigneForm(ValeursMixin, FormulaireMixin, forms.ModelForm):
    hors_modele = frozenset({"nom_imprime", "suite_imprimee"})
    mention = False
    groupes = [
        ("Ce qui s’imprime", ["nom_imprime", "suite_imprimee", "groupe"]),
        (
            "Ce que cela veut dire (facultatif)",
            ["fonction", ("structure", "structure_nom"), ("represente_par", "en_qualite_de")],
        ),
    ]

    nom_imprime = forms.CharField(
        label="Nom, tel qu’il s’imprime",
        widget=forms.Textarea(attrs={"rows": 1, "class": "com-court"}),
        error_messages={"required": "Écrivez le nom ou le texte de la ligne."},
    )
    suite_imprimee = forms.CharField(
        label="Fonction, telle qu’elle s’imprime",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "com-court"}),
        help_text="Dans la seconde colonne. Laissez vide si tout est sur une ligne.",
    )

    class Meta:
        model = LignePresence
        fields = ["groupe", "fonction", "structure", "structure_nom", "represente_par", "en_qualite_de"]
        widgets = {"fonction": forms.TextInput}
        labels = {"structure": "Structure de l’annuaire", "structure_nom": "Structure, telle qu’elle est écrite"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nom, _, suite = self.instance.texte.partition("\t")
        self.fields["nom_imprime"].initial, self.fields["suite_imprimee"].initial = nom, suite
        groupe: Any = self.fields["groupe"]
        groupe.queryset = GroupePresence.objects.filter(seance=self.instance.groupe.seance_id)
        groupe.empty_label = None

    @property
    def valeurs(self) -> dict[str, Any]:
        nom, suite = self.cleaned_data["nom_imprime"], self.cleaned_data["suite_imprimee"]
        return {**super().valeurs, "texte": f"{nom}\t{suite}" if suite else nom}


class AutoriteForm(ReauthentificationMixin, AutoriteMembresForm):
    """The form of the house, and the password when it is not recent."""

    groupes = [*AutoriteMembresForm.groupes, ("Confirmation", ["mot_de_passe"])]

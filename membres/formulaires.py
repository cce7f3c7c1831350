"""The one helper behind every form: ``class MonForm(FormulaireMixin, forms.ModelForm)``, then ``{% crispy form %}``.

It looks after the shape only: DSFR layout, buttons, what French hands type (« 12 mars 2026 », « 14 h 30 »).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Column, Fieldset, Layout, Row
from django import forms

# --- What French hands type -----------------------------------------------------------------------------------------

_BLANCS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MOIS = {
    nom: rang
    for rang, noms in enumerate(
        (
            ("janvier", "janv"),
            ("février", "fevrier", "févr", "fevr"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("août", "aout"),
            ("septembre", "sept"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("décembre", "decembre", "déc", "dec"),
        ),
        1,
    )
    for nom in noms
}
_DATE_CHIFFRES = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_DATE_LETTRES = re.compile(r"(?:[a-z]+\s+)?(\d{1,2})(?:er)?\s+([a-zéû]+)\.?\s+(\d{4})")
_HEURE = re.compile(r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?(?::\d{2})?")


def lire_date(texte: str) -> str:
    """ISO text of « 12/03/2026 », « 12 mars 2026 » or « 1er mars 2026 »; any other text is returned as it is."""
    brut = _BLANCS.sub(" ", texte.strip().lower())
    if trouve := _DATE_CHIFFRES.fullmatch(brut):
        jour, mois, annee = (int(g) for g in trouve.groups())
        annee += 2000 if annee < 100 else 0
    elif (trouve := _DATE_LETTRES.fullmatch(brut)) and trouve[2] in _MOIS:
        jour, mois, annee = int(trouve[1]), _MOIS[trouve[2]], int(trouve[3])
    else:
        return texte
    try:
        return datetime.date(annee, mois, jour).isoformat()
    except ValueError:
        return texte


def lire_heure(texte: str) -> str:
    """« 14:30 » of « 14 h 30 », « 14h30 », « 14h »; any other text is returned as it is."""
    trouve = _HEURE.fullmatch(_BLANCS.sub(" ", texte.strip().lower()))
    if trouve and int(trouve[1]) < 24 and int(trouve[2] or 0) < 60:
        return f"{int(trouve[1]):02d}:{trouve[2] or '00'}"
    return texte


def lire_nombre(texte: str) -> str:
    """« 1234.5 » of « 1 234,5 »; any other text is returned as it is."""
    compact = _BLANCS.sub("", texte).replace("−", "-")
    return compact.replace(",", ".") if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", compact) else texte


class _SaisieMoment:
    """A browser picker; it turns into a text field to give back what it could not hold: nothing typed is lost."""

    lire: Callable[[str], str]
    motif: re.Pattern[str]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        valeur = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        return type(self).lire(valeur) if isinstance(valeur, str) else valeur

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        contexte: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        texte = contexte["widget"]["value"]
        if texte and not self.motif.fullmatch(texte):
            contexte["widget"]["type"] = "text"
        return contexte


class SaisieDate(_SaisieMoment, forms.DateInput):
    """The browser's date picker; where there is none, a text in any usual French form."""

    input_type = "date"
    lire = staticmethod(lire_date)
    motif = re.compile(r"\d{4}-\d\d-\d\d")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SaisieHeure(_SaisieMoment, forms.TimeInput):
    """The browser's time field; else « 14 h 30 »."""

    input_type = "time"
    lire = staticmethod(lire_heure)
    motif = re.compile(r"[01]\d:[0-5]\d(?::\d\d)?|2[0-3]:[0-5]\d(?::\d\d)?")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class SaisieInstant(_SaisieMoment, forms.DateTimeInput):
    """A day and a time, local."""

    input_type = "datetime-local"
    lire = staticmethod(str)
    motif = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class SaisieNombre(forms.TextInput):
    """A number as French hands type it. A text field: a spin button changes figures by accident when one scrolls."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, decimal: bool = False) -> None:
        super().__init__({"inputmode": "decimal" if decimal else "numeric", "autocomplete": "off", **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        valeur = super().value_from_datadict(data, files, name)
        return lire_nombre(valeur) if isinstance(valeur, str) else valeur

    def format_value(self, value: Any) -> str | None:
        texte = super().format_value(value)
        return texte.replace(".", ",") if texte and re.fullmatch(r"-?\d+\.\d+", texte) else texte


# --- The helper -----------------------------------------------------------------------------------------------------


class Bouton(BaseInput):
    """A submit button. ``style``: "" (primary), secondary, tertiary, tertiary-no-outline."""

    input_type = "submit"

    def __init__(
        self, libelle: str, *, nom: str = "", valeur: str = "1", style: str = "", icone: str = "", **attrs: Any
    ) -> None:
        super().__init__(nom, libelle, **attrs)
        self.id = ""
        self.valeur = valeur
        classes = ["fr-btn", f"fr-btn--{style}" if style else "", f"{icone} fr-btn--icon-left" if icone else ""]
        self.field_classes = " ".join(c for c in classes if c)


Groupe = tuple[str, Sequence[Any]]

MESSAGES: dict[type[forms.Field], tuple[str, str]] = {
    forms.DateField: ("invalid", "Écrivez la date ainsi : 12/03/2026."),
    forms.TimeField: ("invalid", "Écrivez l’heure ainsi : 14 h 30."),
    forms.DateTimeField: ("invalid", "Écrivez la date et l’heure ainsi : 12/03/2026 14:30."),
    forms.EmailField: ("invalid", "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."),
    forms.IntegerField: ("invalid", "Écrivez un nombre entier, par exemple 12."),
    forms.DecimalField: ("invalid", "Écrivez un nombre, par exemple 12,5."),
    forms.FloatField: ("invalid", "Écrivez un nombre, par exemple 12,5."),
}


class FormulaireMixin:
    """Put it first: ``class SeanceForm(FormulaireMixin, forms.ModelForm)``.

    Class attributes, each also a keyword argument of the form:
      ``bouton``   label of the main button, "" for none;
      ``boutons``  further buttons: ``(name, label)`` pairs, or ``Bouton`` objects;
      ``annuler``  address of the « Annuler » link, "" for none;
      ``action``   where the form is sent ("" : the same page);
      ``methode``  post or get;
      ``groupes``  ``[("Legend", ["a", ("b", "c")]), …]``: fieldsets, a tuple is a row; a legend may be "";
      ``balise``   False: no ``<form>`` tag, no buttons (to put several forms in one);
      ``mention``  False: no sentence on mandatory fields;
      ``veille``   False: leaving the page with unsaved text gives no warning.
    """

    bouton: str = "Enregistrer"
    boutons: Sequence[Any] = ()
    annuler: str = ""
    action: str = ""
    methode: str = "post"
    groupes: Sequence[Groupe] = ()
    balise: bool = True
    mention: bool = True
    veille: bool = True

    OPTIONS = ("bouton", "boutons", "annuler", "action", "methode", "groupes", "balise", "mention", "veille")

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for nom in self.OPTIONS:
            if nom in kwargs:
                setattr(self, nom, kwargs.pop(nom))
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            habiller(champ)

    @property
    def helper(self) -> FormHelper:
        aide = FormHelper()
        aide.form_method = self.methode
        aide.form_action = self.action
        aide.form_tag = self.balise
        aide.disable_csrf = self.methode == "get"
        aide.attrs = {"class": "cc-formulaire"}
        if self.methode == "post" and self.veille:
            aide.attrs["data-cc-veille"] = "oui"
        aide.layout = self.disposition()
        if self.balise:
            if self.bouton:
                aide.add_input(Bouton(self.bouton))
            for bouton in self.boutons:
                aide.add_input(
                    bouton if isinstance(bouton, BaseInput) else Bouton(bouton[1], nom=bouton[0], style="secondary")
                )
        aide.annuler = self.annuler if self.balise else ""
        return aide

    def disposition(self) -> Layout:
        """The layout of ``groupes``; fields named nowhere follow in their order, so that none is ever lost."""
        nommes: set[str] = set()

        def champ(element: Any) -> Any:
            if isinstance(element, tuple):
                return Row(*(Column(champ(e)) for e in element))
            nommes.add(element)
            return element

        def present(element: Any) -> Any:
            if isinstance(element, tuple):
                return tuple(e for e in element if e in self.fields)
            return element if element in self.fields else None

        blocs: list[Any] = []
        for legende, elements in self.groupes:
            contenu = [champ(e) for e in map(present, elements) if e]
            if contenu:
                blocs.extend([Fieldset(legende, *contenu)] if legende else contenu)
        return Layout(*blocs, *(nom for nom in self.fields if nom not in nommes))


class FormulaireDsfr(FormulaireMixin, forms.Form):
    """A form without a model."""


class LignesMixin:
    """The same for a formset: ``class PresencesFormSet(LignesMixin, forms.BaseInlineFormSet)``."""

    bouton: str = "Enregistrer"
    annuler: str = ""
    balise: bool = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for nom in ("bouton", "annuler", "balise"):
            if nom in kwargs:
                setattr(self, nom, kwargs.pop(nom))
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)  # type: ignore[misc]
        form.mention = False
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer cette ligne"

    @property
    def helper(self) -> FormHelper:
        aide = FormHelper()
        aide.form_tag = self.balise
        aide.attrs = {"class": "cc-formulaire", "data-cc-veille": "oui"}
        if self.balise and self.bouton:
            aide.add_input(Bouton(self.bouton))
        aide.annuler = self.annuler if self.balise else ""
        return aide


def habiller(champ: forms.Field) -> None:
    """Give a field the widget and the messages of the house; a widget chosen by the form itself is kept."""
    remplacants: dict[type, Any] = {
        forms.DateInput: SaisieDate,
        forms.TimeInput: SaisieHeure,
        forms.DateTimeInput: SaisieInstant,
    }
    ancien = champ.widget
    if type(ancien) in remplacants:
        _remplacer(champ, remplacants[type(ancien)]())
    elif type(ancien) is forms.NumberInput:
        _remplacer(champ, SaisieNombre(decimal=isinstance(champ, forms.DecimalField | forms.FloatField)))
    elif type(ancien) is forms.SelectMultiple:
        cases = forms.CheckboxSelectMultiple()
        _remplacer(champ, cases)
        cases.choices = champ.choices  # type: ignore[attr-defined]
    elif type(ancien) is forms.Textarea:
        ancien.attrs.setdefault("rows", 4)
        if ancien.attrs.get("cols") == "40":
            del ancien.attrs["cols"]
    elif type(ancien) is forms.NullBooleanSelect:
        _remplacer(champ, forms.NullBooleanSelect())
    if isinstance(champ, forms.TypedChoiceField | forms.ChoiceField) and not isinstance(champ, forms.ModelChoiceField):
        _nommer_le_vide(champ)
    elif isinstance(champ, forms.ModelChoiceField) and champ.empty_label == "---------":
        champ.empty_label = "Choisir" if champ.required else "Aucun choix"
    if isinstance(champ, forms.EmailField):
        champ.widget.attrs.setdefault("autocomplete", "off")
    if champ.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        champ.error_messages["required"] = _message_requis(champ)
    for classe in type(champ).__mro__:
        if classe in MESSAGES:
            cle, texte = MESSAGES[classe]
            if champ.error_messages.get(cle) in (None, classe.default_error_messages.get(cle)):
                champ.error_messages[cle] = texte
            break


def _remplacer(champ: forms.Field, widget: forms.Widget) -> None:
    ancien = champ.widget
    # « step », « min » and « max » belong to number inputs; the limits stay checked by the field itself.
    attrs = {
        k: v for k, v in ancien.attrs.items() if k not in ("step", "min", "max") or isinstance(ancien, forms.DateInput)
    }
    widget.attrs.update(attrs)
    widget.is_required = champ.required
    widget.is_localized = champ.localize
    champ.widget = widget


def _nommer_le_vide(champ: Any) -> None:
    """« --------- » says nothing; « Choisir » or « Aucun choix » does."""
    choix = list(champ.choices)
    if choix and choix[0] == ("", "---------"):
        champ.choices = [("", "Choisir" if champ.required else "Aucun choix"), *choix[1:]]


def _message_requis(champ: forms.Field) -> str:
    if isinstance(champ, forms.BooleanField):
        return "Cochez cette case pour continuer."
    if isinstance(champ, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return "Cochez au moins une réponse."
    if isinstance(champ, forms.ChoiceField | forms.ModelChoiceField):
        return "Choisissez une réponse."
    if isinstance(champ, forms.FileField):
        return "Choisissez un fichier."
    return "Remplissez ce champ."

"""What the crispy pack ``templates/crispy_dsfr`` needs to know of a field."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def genre_champ(champ: BoundField) -> str:
    """Which template draws the field: case, cases, radios, choix, fichier, passe, texte_long, cache or texte."""
    widget = champ.field.widget
    if widget.is_hidden:
        return "cache"
    for classe, genre in (
        (forms.CheckboxSelectMultiple, "cases"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "case"),
        (forms.Select, "choix"),
        (forms.FileInput, "fichier"),
        (forms.PasswordInput, "passe"),
        (forms.Textarea, "texte_long"),
        (forms.MultiWidget, "plusieurs"),
    ):
        if isinstance(widget, classe):
            return genre
    return "texte"


CLASSES = {
    "choix": "fr-select",
    "fichier": "fr-upload",
    "passe": "fr-password__input fr-input",
    "texte_long": "fr-input cc-extensible",
    "texte": "fr-input",
    "plusieurs": "fr-input",
}


@register.simple_tag
def widget_dsfr(champ: BoundField) -> SafeString:
    """The input with its DSFR class. Django writes ``aria-describedby`` (help, error) and ``aria-invalid``."""
    genre = genre_champ(champ)
    attrs: dict[str, Any] = {}
    classes = [CLASSES.get(genre, ""), champ.field.widget.attrs.get("class", "")]
    if champ.errors and genre == "choix":
        classes.append("fr-select--error")
    elif champ.errors and genre in ("texte", "texte_long", "passe"):
        classes.append("fr-input--error")
    if classe := " ".join(c for c in classes if c):
        attrs["class"] = classe
    if genre == "fichier":
        # Django's « clearable » widget would print the address of the stored file, which is nobody's to open.
        widget = champ.field.widget
        attrs = champ.build_widget_attrs({**widget.attrs, **attrs, "id": champ.id_for_label}, widget)
        if champ.initial:
            attrs.pop("required", None)
        return forms.FileInput().render(champ.html_name, None, attrs)
    return champ.as_widget(attrs=attrs)


@register.simple_tag
def options(champ: BoundField) -> list[dict[str, Any]]:
    """Radios or checkboxes, one dict each: ``balise`` (the input), ``ident``, ``libelle``, ``aide``."""
    aides = getattr(champ.field, "aides", {})
    rendus = []
    for option in champ.subwidgets:
        donnees = option.data
        # The group carries the description; repeating it on each option would have it read each time.
        rendus.append(
            {
                "balise": option.tag(),
                "ident": option.id_for_label,
                "libelle": donnees["label"],
                "aide": aides.get(str(donnees["value"]), ""),
            }
        )
    return rendus


@register.filter
def ancre(champ: BoundField) -> str:
    """The id the error summary links to: the input, or the first option of a group."""
    if genre_champ(champ) in ("cases", "radios", "plusieurs"):
        return f"{champ.auto_id}_0"
    return champ.id_for_label or champ.auto_id


@register.filter
def nom_fichier(champ: BoundField) -> str:
    """The bare name of the file kept so far, or nothing."""
    nom = getattr(champ.initial, "name", "") or ""
    return nom.rsplit("/", 1)[-1]


@register.filter
def peut_retirer(champ: BoundField) -> bool:
    return isinstance(champ.field.widget, forms.ClearableFileInput) and not champ.field.required


@register.filter
def nom_retrait(champ: BoundField) -> str:
    """Name of the « remove the file » checkbox, as Django's widget expects it."""
    return champ.field.widget.clear_checkbox_name(champ.html_name)


@register.filter
def marque_facultatif(champ: BoundField) -> bool:
    """« (facultatif) » is printed only in forms that mix mandatory and optional fields; never on a lone checkbox."""
    if champ.field.required or champ.field.disabled or genre_champ(champ) == "case":
        return False
    return mention_obligatoire(champ.form) == "mixte"


@register.filter
def mention_obligatoire(formulaire: Any) -> str:
    """``tous``, ``aucun`` or ``mixte``; empty for a form that wants no such sentence, or has one field only."""
    if not getattr(formulaire, "mention", True):
        return ""
    champs = [f for f in formulaire.visible_fields() if genre_champ(f) != "case" and not f.field.disabled]
    obligatoires = sum(f.field.required for f in champs)
    if len(champs) < 2:
        return "mixte" if champs and not obligatoires else ""
    return "tous" if obligatoires == len(champs) else "mixte" if obligatoires else "aucun"


@register.filter
def erreurs_de(formulaire: Any) -> list[dict[str, str]]:
    """Every error of a form, in the order of its fields: ``texte``, ``libelle``, ``ancre`` (empty: the form's own)."""
    lignes = [{"texte": str(t), "libelle": "", "ancre": ""} for t in formulaire.non_field_errors()]
    for champ in formulaire:
        for texte in champ.errors:
            cache = champ.is_hidden
            lignes.append({"texte": str(texte), "libelle": str(champ.label), "ancre": "" if cache else ancre(champ)})
    return lignes


@register.filter
def erreurs_du_groupe(formset: Any) -> list[dict[str, str]]:
    """The same for a formset: its own errors, then those of each row, numbered."""
    lignes = [{"texte": str(t), "libelle": "", "ancre": ""} for t in formset.non_form_errors()]
    for numero, formulaire in enumerate(formset.forms, 1):
        for ligne in erreurs_de(formulaire):
            prefixe = f"Ligne {numero}"
            ligne["libelle"] = f"{prefixe}, {ligne['libelle']}" if ligne["libelle"] else prefixe
            lignes.append(ligne)
    return lignes

"""One form per gesture. They check the shape of what is typed; they write nothing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from comites.models import Comite, PersonneCitee
from membres.formulaires import FormulaireDsfr
from membres.reauthentification import ReauthentificationMixin, champ_mot_de_passe, verifier_mot_de_passe

from . import reprise
from .actions import Contenu
from .models import Bloc, CompteRendu, Genre, Rubrique
from .texte import vers_html, vers_marquage

BLOC_MAX = 200_000  # characters of one block


class RepriseForm(FormulaireDsfr):
    """A text file or a pasted text, and the committee it belongs to."""

    bouton = "Reprendre ce texte"

    comite = forms.ModelChoiceField(label="Comité", queryset=Comite.objects.none())
    fichier = forms.FileField(
        label="Fichier texte",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
        help_text="Un fichier .txt de 2 Mo au plus : le texte du compte rendu, copié ou extrait de son PDF.",
    )
    texte = forms.CharField(
        label="Ou texte collé",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="Collez ici le compte rendu entier, de l’en-tête à la signature.",
    )

    def __init__(self, *args: Any, comites: QuerySet[Comite], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comite"].queryset = comites  # type: ignore[attr-defined]
        if not self.is_bound and len(comites) == 1:
            self.initial["comite"] = comites[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        fichier, colle = donnees.get("fichier"), donnees.get("texte") or ""
        if self.errors:
            return donnees
        if fichier and colle.strip():
            raise ValidationError("Choisissez un fichier ou collez un texte, mais pas les deux.")
        if not fichier and not colle.strip():
            raise ValidationError("Choisissez un fichier ou collez un texte.")
        try:
            source = self._decoder(fichier) if fichier else reprise.decoder(colle.encode())
        except reprise.TexteIllisible as refus:
            self.add_error("fichier" if fichier else "texte", str(refus))
            return donnees
        return {**donnees, "source": source, "lecture": reprise.reprendre(source)}

    @staticmethod
    def _decoder(fichier: Any) -> str:
        return reprise.decoder(fichier.read(reprise.TAILLE_MAX + 1))


class ReprisMixin:
    """A form shown again because someone changed the same thing meanwhile."""

    fields: dict[str, forms.Field]
    changed_data: list[str]

    def stockes(self) -> list[tuple[str, str]]:
        """Label and stored value of each field where it differs from what was typed."""
        return [(str(self.fields[nom].label), self._lisible(nom)) for nom in self.changed_data if nom != "base"]

    def _lisible(self, nom: str) -> str:
        valeur = self.get_initial_for_field(self.fields[nom], nom)  # type: ignore[attr-defined]
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        return str(dict(getattr(self.fields[nom], "choices", ())).get(valeur, valeur) or "(vide)")


class TeteForm(ReprisMixin, FormulaireDsfr):
    """What stands before and after the text. The head is edited as the lines that will be printed."""

    LIGNES = (
        ("marque", "Bloc-marque", "Par exemple : PRÉFÈTE, puis DU VAL-D’OMBRE."),
        ("devise", "Devise", ""),
        ("type", "Type de document", "Par exemple : COMPTE RENDU. Laissez vide si le titre le dit."),
        ("lieu_date", "Lieu et date", "Par exemple : Ombreval, le 20 mars 2026."),
        ("service", "Services", "Du plus général au plus proche."),
        ("contact", "Affaire suivie par", "Nom, fonction, téléphone, adresse électronique."),
        ("objet", "Objet", ""),
        ("reference", "Références", ""),
        ("piece_jointe", "Pièces jointes", ""),
        ("autre", "Autres lignes", ""),
    )
    groupes = (
        ("Document", ["titre", ("date_document", "prochaine_seance"), "a_ordre_du_jour"]),
        ("En-tête de la lettre", [f"ligne_{role}" for role, _, _ in LIGNES]),
        ("Signature", ["delegation", "signature"]),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)
    titre = forms.CharField(label="Titre", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    date_document = forms.DateField(label="Date du document", required=False)
    prochaine_seance = forms.CharField(
        label="Prochaine séance", required=False, max_length=300, help_text="Une date, un trimestre, une saison."
    )
    a_ordre_du_jour = forms.BooleanField(label="Imprimer l’ordre du jour avant le texte", required=False)
    delegation = forms.ChoiceField(
        label="Qualité du signataire", required=False, choices=CompteRendu.Delegation.choices, widget=forms.RadioSelect
    )
    signature = forms.CharField(
        label="Bloc de signature",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une ligne par ligne imprimée ; le nom sur la dernière, sans civilité.",
    )

    def __init__(self, *args: Any, compte_rendu: CompteRendu, **kwargs: Any) -> None:
        champs = ("titre", "date_document", "prochaine_seance", "a_ordre_du_jour", "delegation", "signature")
        initial = {nom: getattr(compte_rendu, nom) for nom in champs} | {"base": compte_rendu.revision}
        self.ancienne = list(compte_rendu.tete)
        super().__init__(*args, initial=initial, **kwargs)
        for role, libelle, aide in self.LIGNES:
            textes = [ligne["texte"] for ligne in self.ancienne if ligne["role"] == role]
            self.fields[f"ligne_{role}"] = forms.CharField(
                label=libelle,
                help_text=aide,
                required=False,
                initial="\n".join(textes),
                widget=forms.Textarea(attrs={"rows": max(1, len(textes))}),
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        lignes = {
            role: [ligne.strip() for ligne in donnees.pop(f"ligne_{role}", "").splitlines() if ligne.strip()]
            for role, _, _ in self.LIGNES
        }
        donnees["tete"] = recomposer(self.ancienne, lignes)
        return donnees


def recomposer(ancienne: list[dict[str, str]], lignes: dict[str, list[str]]) -> list[dict[str, str]]:
    """Put edited lines back in the order the head had: each role keeps its places, its new lines follow the last."""
    restantes = {role: list(textes) for role, textes in lignes.items()}
    derniers = {ligne["role"]: indice for indice, ligne in enumerate(ancienne)}
    tete: list[dict[str, str]] = []
    for indice, ligne in enumerate(ancienne):
        role = ligne["role"]
        prises = restantes.get(role, [])[:1] if indice != derniers[role] else restantes.get(role, [])
        restantes[role] = restantes.get(role, [])[len(prises) :]
        tete += [{"role": role, "texte": texte} for texte in prises]
    for role, textes in restantes.items():
        tete += [{"role": role, "texte": texte} for texte in textes]
    return tete


class BlocForm(FormulaireDsfr):
    """A block: its kind, who speaks, its text with light marks."""

    bouton = ""
    mention = False
    balise = False

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, required=False)  # of a block to add: sent twice, added once
    genre = forms.ChoiceField(label="Nature", choices=Genre.choices)
    orateur = forms.CharField(
        label="Orateur ou oratrice", required=False, max_length=200, help_text="Pour une intervention."
    )
    texte = forms.CharField(
        label="Texte",
        required=False,
        strip=False,
        max_length=BLOC_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true", "lang": "fr", "data-cc-auto": "oui"}),
        help_text="**gras**, *italique*, liste : une ligne par élément commençant par « - ».",
        error_messages={
            "max_length": "Ce passage dépasse 200 000 caractères : partagez-le en plusieurs. Votre texte est conservé.",
            "null_characters_not_allowed": "Le texte contient un caractère illisible : retirez-le puis enregistrez.",
        },
    )
    groupes = (("", ["base", "cle", ("genre", "orateur"), "texte"]),)

    def __init__(self, *args: Any, bloc: Bloc, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"genre": bloc.genre, "orateur": bloc.orateur, "texte": vers_marquage(bloc.html)}
        initial |= {"base": bloc.revision, "cle": bloc.cle}
        super().__init__(*args, initial=initial, **kwargs)
        self.citation = bloc.genre == Genre.CITATION
        self.fields["orateur"].widget.attrs.update({"list": "orateurs", "autocomplete": "off"})

    def clean_base(self) -> int:
        base: int | None = self.cleaned_data["base"]
        return -1 if base is None else base

    def contenu(self) -> Contenu:
        """What the valid form says."""
        genre = self.cleaned_data["genre"]
        html = vers_html(self.cleaned_data["texte"], citation=genre == Genre.CITATION)
        return Contenu(html, genre, self.cleaned_data["orateur"].strip())


class RevisionForm(forms.Form):
    """The revision a gesture without text is based on."""

    base = forms.IntegerField()


class RubriqueForm(ReprisMixin, FormulaireDsfr):
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    est_annexe = forms.BooleanField(
        label="Annexe", required=False, help_text="Imprimée après la signature, sur une nouvelle page."
    )
    numero = forms.CharField(label="Numéro", required=False, max_length=20, help_text="Tel qu’imprimé : 1°), I –, a).")
    titre = forms.CharField(label="Titre", required=False, max_length=1000)
    niveau = forms.TypedChoiceField(
        label="Niveau", coerce=int, choices=[(1, "Titre"), (2, "Sous-titre"), (3, "Sous-sous-titre")]
    )
    groupes = (("", ["base", ("numero", "niveau"), "titre", "est_annexe"]),)

    def __init__(self, *args: Any, rubrique: Rubrique | None = None, **kwargs: Any) -> None:
        if rubrique is not None:
            champs = ("est_annexe", "numero", "titre", "niveau")
            kwargs["initial"] = {nom: getattr(rubrique, nom) for nom in champs} | {"base": rubrique.revision}
        super().__init__(*args, **kwargs)


class MotifForm(FormulaireDsfr):
    bouton = "Renvoyer avec ce motif"

    motif = forms.CharField(
        label="Ce qui doit être repris",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="La personne qui rédige le lira en tête du brouillon.",
        error_messages={"required": "Dites en quelques mots ce qui doit être repris."},
    )


class DelegationForm(FormulaireDsfr):
    balise = False  # its button stands in the page, as a secondary one
    mention = False

    delegation = forms.ChoiceField(
        label="Vous signez", required=False, choices=CompteRendu.Delegation.choices, widget=forms.RadioSelect
    )


def valider_empreinte(valeur: str) -> None:
    if not re.fullmatch(r"[0-9a-f]{64}", valeur):
        raise ValidationError("Rechargez la page, relisez le document, puis recommencez.")


class ApprobationForm(ReauthentificationMixin, FormulaireDsfr):
    """The hash of the document that was on the screen, and the password unless it was just given."""

    bouton = "Approuver ce texte"
    mention = False

    empreinte = forms.CharField(widget=forms.HiddenInput, validators=[valider_empreinte])


class PublicationForm(ReauthentificationMixin, FormulaireDsfr):
    """Nothing but the password, unless it was just given."""

    bouton = "Publier maintenant"
    mention = False


class SignatureForm(FormulaireDsfr):
    """The hash of the PDF shown, and the password, asked at every signature."""

    bouton = "Signer ce compte rendu"
    mention = False

    empreinte = forms.CharField(widget=forms.HiddenInput, validators=[valider_empreinte])

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["mot_de_passe"] = champ_mot_de_passe()
        self.fields["mot_de_passe"].help_text = "Il est demandé à chaque signature."

    def clean_mot_de_passe(self) -> None:
        verifier_mot_de_passe(self.request, self.cleaned_data.pop("mot_de_passe"))


def orateurs(compte_rendu: CompteRendu) -> list[str]:
    """Names offered while typing a speaker: persons present, as they are called in the minutes."""
    presents = PersonneCitee.objects.filter(
        ligne__groupe__seance=compte_rendu.seance_id,
        ligne__groupe__statut__in=("preside", "anime", "present", "invite"),
    )
    return sorted({f"{personne.civilite} {personne.nom}".strip() for personne in presents})

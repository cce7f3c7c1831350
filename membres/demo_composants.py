"""Invented content for the living page of components: nothing here touches the database."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from .formulaires import FormulaireDsfr, LignesMixin


class DemoForm(FormulaireDsfr):
    bouton = "Enregistrer"
    boutons = [("apercu", "Aperçu")]
    annuler = "#formulaires"
    veille = False
    groupes = [
        ("La séance", ["intitule", ("date", "heure"), "lieu", ("participants", "depense")]),
        ("Le contenu", ["resume", "nature", "modalites", "services", "courriel", "passe", "piece", "accord"]),
    ]

    intitule = forms.CharField(label="Intitulé", max_length=80, help_text="Tel qu’il s’imprime en tête du document.")
    date = forms.DateField(label="Date de la séance")
    heure = forms.TimeField(label="Début", required=False)
    lieu = forms.ChoiceField(label="Lieu", choices=[("", "---------"), ("1", "Salle Jean-Moulin"), ("2", "À distance")])
    participants = forms.IntegerField(label="Nombre de participants", required=False, min_value=1)
    depense = forms.DecimalField(label="Dépense, en euros", required=False, help_text="Par exemple : 1 234,50.")
    resume = forms.CharField(
        label="Résumé",
        required=False,
        widget=forms.Textarea,
        help_text="Quelques phrases ; la zone grandit avec le texte.",
    )
    nature = forms.ChoiceField(
        label="Nature", choices=[("information", "Pour information"), ("avis", "Pour avis")], widget=forms.RadioSelect
    )
    modalites = forms.MultipleChoiceField(
        label="Modalités",
        choices=[("salle", "En salle"), ("visio", "En visioconférence"), ("tel", "Par téléphone")],
        help_text="Une ou plusieurs.",
    )
    services = forms.MultipleChoiceField(
        label="Services concernés", required=False, choices=[(str(n), f"Service n° {n}") for n in range(1, 16)]
    )
    courriel = forms.EmailField(label="Adresse de réponse", required=False)
    passe = forms.CharField(label="Mot de passe", widget=forms.PasswordInput(attrs={"autocomplete": "off"}))
    piece = forms.FileField(label="Pièce jointe", required=False, help_text="PDF, 5 Mo au plus.")
    accord = forms.BooleanField(label="J’ai relu ces informations", help_text="Elles s’impriment telles quelles.")


class DemoLigneForm(FormulaireDsfr):
    nom = forms.CharField(label="Nom")
    fonction = forms.CharField(label="Fonction", required=False)


class _DemoLignes(LignesMixin, forms.BaseFormSet):
    bouton = ""
    balise = False


DemoLignes = forms.formset_factory(DemoLigneForm, formset=_DemoLignes, extra=2, can_delete=True)

ERREURS = {
    "demo-intitule": "",
    "demo-date": "hier",
    "demo-heure": "25:90",
    "demo-participants": "douze",
    "demo-depense": "1 234,50",
    "demo-courriel": "odile@",
    "demo-resume": "Un texte déjà écrit, qui doit rester.",
}


def _objet(etat: str, libelle: str) -> SimpleNamespace:
    return SimpleNamespace(etat=etat, get_etat_display=libelle)


def _evenement(auteur: str, verbe: str, heures: int, **details: Any) -> SimpleNamespace:
    instant = timezone.make_aware(datetime.datetime(2026, 3, 20, 16, 30)) - datetime.timedelta(hours=heures)
    return SimpleNamespace(auteur=auteur, verbe=verbe, survenu_le=instant, details=details)


def contexte(request: HttpRequest) -> dict[str, Any]:
    """Everything the page shows. A POST binds the form to what was sent, so that its errors can be seen."""
    form = DemoForm(request.POST, request.FILES) if request.method == "POST" else DemoForm()
    return {
        "etats_compte_rendu": [
            _objet("brouillon", "Brouillon"),
            _objet("relecture", "En relecture"),
            _objet("approuve", "Approuvé"),
            _objet("signe", "Signé"),
            _objet("publie", "Publié"),
            _objet("remplace", "Remplacé"),
        ],
        "etats_seance": [
            _objet("preparee", "En préparation"),
            _objet("convoquee", "Convoquée"),
            _objet("tenue", "Tenue"),
            _objet("close", "Close"),
            _objet("annulee", "Annulée"),
        ],
        "form": form,
        "form_erreurs": DemoForm(ERREURS, prefix="demo", action="#formulaires"),
        "lignes": DemoLignes(prefix="lignes"),
        "page_liste": Paginator(range(1, 231), 10).get_page(request.GET.get("page", "7")),
        "evenements": [
            _evenement("M. Samir BELKACEM", "signer", 0),
            _evenement("M. Samir BELKACEM", "approuver", 2),
            _evenement("Mme Odile FERRANDON", "soumettre", 26),
            _evenement("M. Samir BELKACEM", "renvoyer", 30, motif="Le point 3 ne dit pas qui s’est engagé."),
            _evenement("Mme Odile FERRANDON", "creer", 75),
        ],
        "objet": _objet("approuve", "Approuvé"),
        "actions": [
            {"libelle": "Signer", "url": "#barre", "icone": "fr-icon-edit-line"},
            {"libelle": "Renvoyer", "url": "#barre", "style": "secondary"},
        ],
        "erreurs": [
            {"libelle": "Date de la séance", "texte": "Écrivez la date ainsi : 12/03/2026.", "ancre": "id_date"},
            {"libelle": "", "texte": "La fin ne peut pas précéder le début.", "ancre": ""},
        ],
        "instant": timezone.make_aware(datetime.datetime(2026, 3, 1, 14, 30)),
        "a_distance": datetime.time(14, 0),
    }


def progression(request: HttpRequest) -> dict[str, Any]:
    """One more quarter at each poll; the page keeps no state."""
    texte = request.GET.get("pourcent", "0")
    suivant = min(100, (int(texte) if texte.isdecimal() and len(texte) < 4 else 0) + 25)
    return {"pourcent": suivant, "pourcent_texte": str(suivant), "fini": suivant >= 100}

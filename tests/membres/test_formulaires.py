"""The pack of forms: what is announced, what is kept, what French hands may type."""

from __future__ import annotations

import datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from membres.demo_composants import ERREURS, DemoForm, DemoLignes
from membres.formulaires import FormulaireDsfr, FormulaireMixin, lire_date, lire_heure, lire_nombre
from membres.models import Personne


class Page(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {nom: valeur or "" for nom, valeur in attrs}))

    def avec(self, attribut: str) -> list[tuple[str, dict[str, str]]]:
        return [(tag, attrs) for tag, attrs in self.elements if attribut in attrs]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.avec("id")]

    def un(self, ident: str) -> tuple[str, dict[str, str]]:
        return next((tag, attrs) for tag, attrs in self.avec("id") if attrs["id"] == ident)


@pytest.fixture
def errone() -> Page:
    return Page(render_crispy_form(DemoForm(ERREURS, prefix="demo")))


def test_chaque_erreur_est_dite_avec_son_champ(errone: Page) -> None:
    decrits = {ident for _, attrs in errone.avec("aria-describedby") for ident in attrs["aria-describedby"].split()}
    messages = {ident for ident in errone.ids if ident.endswith("_error")}
    assert len(messages) == 10
    assert messages <= decrits
    assert decrits <= set(errone.ids), "no dangling description"


def test_l_aide_reste_dite_quand_il_y_a_une_erreur(errone: Page) -> None:
    _, attrs = errone.un("id_demo-intitule")
    assert attrs["aria-describedby"].split() == ["id_demo-intitule_helptext", "id_demo-intitule_error"]
    assert attrs["aria-invalid"] == "true"
    _, groupe = errone.un("id_demo-modalites")
    assert groupe["aria-describedby"].split() == ["id_demo-modalites_helptext", "id_demo-modalites_error"]


def test_le_resume_mene_a_chaque_champ(errone: Page) -> None:
    liens = [attrs["href"][1:] for tag, attrs in errone.avec("href") if attrs["href"].startswith("#id_")]
    assert len(liens) == 10
    assert set(liens) <= set(errone.ids)
    resume = next(attrs for _, attrs in errone.avec("data-cc-erreurs"))
    assert (resume["role"], resume["tabindex"]) == ("alert", "-1")


def test_rien_de_ce_qui_est_ecrit_n_est_perdu(errone: Page) -> None:
    assert errone.un("id_demo-date")[1]["value"] == "hier"
    assert errone.un("id_demo-date")[1]["type"] == "text", "a date field of the browser would hide « hier »"
    assert errone.un("id_demo-heure")[1]["value"] == "25:90"
    assert errone.un("id_demo-participants")[1]["value"] == "douze"
    assert errone.un("id_demo-depense")[1]["value"] == "1234,50"
    assert "Un texte déjà écrit" in render_crispy_form(DemoForm(ERREURS, prefix="demo"))


def test_identifiants_uniques_et_etiquettes_reliees(errone: Page) -> None:
    assert len(errone.ids) == len(set(errone.ids))
    cibles = {attrs["for"] for tag, attrs in errone.avec("for") if tag == "label"}
    assert cibles <= set(errone.ids)
    champs = {
        attrs["id"]
        for tag, attrs in errone.elements
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "submit")
    }
    assert champs <= cibles


def test_ni_style_ni_script_dans_la_page(errone: Page) -> None:
    assert not errone.avec("style")
    assert not [attrs for _, attrs in errone.elements if any(nom.startswith("on") for nom in attrs)]
    assert not [tag for tag, _ in errone.elements if tag in ("script", "style")]


@pytest.mark.parametrize(
    ("obligatoires", "phrase"),
    [
        ((True, True), "Tous les champs sont obligatoires."),
        ((False, False), "Tous les champs sont facultatifs."),
        ((True, False), "Les champs sont obligatoires, sauf ceux marqués"),
    ],
)
def test_la_page_dit_ce_qui_est_obligatoire(obligatoires: tuple[bool, bool], phrase: str) -> None:
    class Essai(FormulaireDsfr):
        un = forms.CharField(required=obligatoires[0])
        deux = forms.CharField(required=obligatoires[1])

    html = render_crispy_form(Essai())
    assert phrase in html
    assert ("(facultatif)" in html) is (set(obligatoires) == {True, False})


def test_les_boutons_disent_ce_qu_ils_font() -> None:
    html = render_crispy_form(DemoForm(bouton="Publier", annuler="/retour/"))
    assert ">Publier</button>" in html
    assert 'name="apercu"' in html
    assert '<a class="fr-btn fr-btn--tertiary" href="/retour/">Annuler</a>' in html
    sans = render_crispy_form(DemoForm(balise=False))
    assert "<form" not in sans
    assert "<button" not in sans


def test_un_champ_oublie_dans_les_groupes_reste_affiche() -> None:
    class Essai(FormulaireDsfr):
        groupes = [("Un", ["un", "inconnu", ("deux", "absent")])]
        un = forms.CharField()
        deux = forms.CharField()
        trois = forms.CharField()

    html = render_crispy_form(Essai())
    assert all(f'name="{nom}"' in html for nom in ("un", "deux", "trois"))


def test_le_jeton_est_dans_les_formulaires_envoyes_seulement() -> None:
    assert "csrfmiddlewaretoken" in render_crispy_form(DemoForm(), context={"csrf_token": "x"})
    assert "csrfmiddlewaretoken" not in render_crispy_form(DemoForm(methode="get"), context={"csrf_token": "x"})


def test_un_texte_piege_reste_du_texte() -> None:
    piege = "<script>alert(1)</script>"

    class Essai(FormulaireDsfr):
        un = forms.ChoiceField(label=piege, help_text=piege, choices=[("a", piege)], widget=forms.RadioSelect)

        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError(piege)

    html = render_crispy_form(Essai({"un": piege}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_le_fichier_garde_dit_son_nom_jamais_son_adresse() -> None:
    class Essai(FormulaireDsfr):
        piece = forms.FileField(required=False)

    html = render_crispy_form(Essai(initial={"piece": SimpleUploadedFile("note.pdf", b"x")}))
    assert "Fichier actuel : note.pdf" in html.replace("\u00a0", " ")
    assert 'name="piece-clear"' in html
    assert "multipart/form-data" in html


def test_un_formulaire_de_modele_recoit_les_champs_de_la_maison() -> None:
    class Essai(FormulaireMixin, forms.ModelForm):
        class Meta:
            model = Personne
            fields = ("civilite", "nom", "courriel")

    html = render_crispy_form(Essai())
    assert "---------" not in html
    assert "Aucun choix" in html


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [
        ("2026-03-12", "2026-03-12"),
        ("12/03/2026", "2026-03-12"),
        ("12.3.26", "2026-03-12"),
        ("1er mars 2026", "2026-03-01"),
        ("jeudi 12\u00a0mars 2026", "2026-03-12"),
        ("3 AOÛT 2026", "2026-08-03"),
        ("3 aout 2026", "2026-08-03"),
        ("31/02/2026", "31/02/2026"),
        ("bientôt", "bientôt"),
        ("", ""),
    ],
)
def test_dates_a_la_francaise(saisi: str, attendu: str) -> None:
    assert lire_date(saisi) == attendu


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [("14:30", "14:30"), ("14h30", "14:30"), ("14 h 30", "14:30"), ("9h", "09:00"), ("25h", "25h"), ("midi", "midi")],
)
def test_heures_a_la_francaise(saisi: str, attendu: str) -> None:
    assert lire_heure(saisi) == attendu


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("12.5", "12.5"),
        ("−3", "-3"),
        ("douze", "douze"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_nombres_a_la_francaise(saisi: str, attendu: str) -> None:
    assert lire_nombre(saisi) == attendu


def test_les_valeurs_lues_sont_les_bonnes() -> None:
    class Essai(FormulaireDsfr):
        jour = forms.DateField()
        heure = forms.TimeField()
        combien = forms.DecimalField()
        nombre = forms.IntegerField()

    form = Essai({"jour": "1er mars 2026", "heure": "14 h 30", "combien": "1 234,50", "nombre": "1 200"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "jour": datetime.date(2026, 3, 1),
        "heure": datetime.time(14, 30),
        "combien": Decimal("1234.50"),
        "nombre": 1200,
    }


def test_lignes_avec_erreurs() -> None:
    lignes = DemoLignes(
        {"l-TOTAL_FORMS": "2", "l-INITIAL_FORMS": "0", "l-0-nom": "Odile", "l-1-fonction": "Agente"}, prefix="l"
    )
    assert not lignes.is_valid()
    html = render_crispy_form(lignes)
    assert "Ligne 2, Nom" in html
    page = Page(html.split("<template>")[0])
    assert "id_l-1-nom_error" in page.un("id_l-1-nom")[1]["aria-describedby"]


def test_les_lignes_ont_un_modele_pour_en_ajouter() -> None:
    html = render_to_string("composants/lignes.html", {"formset": DemoLignes(prefix="l"), "ajouter": "Ajouter un nom"})
    modele = html.split("<template>")[1]
    assert 'name="l-__prefix__-nom"' in modele
    assert "Ajouter un nom" in html

"""French typography: what changes, and above all what never does."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptes_rendus.typographie import FINE, INSECABLE, tenir_les_composes, texte_nu, typographier

from . import documents


def lisible(texte: str) -> str:
    """No-break spaces one can see: ~ for U+00A0, _ for U+202F."""
    return texte.replace(INSECABLE, "~").replace(FINE, "_")


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("L'État, aujourd'hui, n'a pas d'« avis »", "L’État, aujourd’hui, n’a pas d’«~avis~»"),
        ("Objet : x ; y ! z ?", "Objet~: x_; y_! z_?"),
        ("Objet: quoi? Non! oui; soit", "Objet~: quoi_? Non_! oui_; soit"),
        ("«avis» et «  avis »", "«~avis~» et «~avis~»"),
        ("103,43% puis 12 % et 109 016 appels", "103,43_% puis 12_% et 109_016 appels"),
        ("970 394 000 titres, 1 335 usagers", "970_394_000 titres, 1_335~usagers"),
        ("12 345 678 901 habitants", "12_345_678_901~habitants"),
        ("en 2020 120 dossiers, SIRET 110 000 023 00012", "en 2020 120 dossiers, SIRET 110 000 023 00012"),
        ("tél : 05 58 06 58 02", "tél~: 05 58 06 58 02"),
        ("M. DUPRÉ, Mme VAUCLAIR, MM. A et B", "M.~DUPRÉ, Mme~VAUCLAIR, MM.~A et B"),
        ("n° 3, n°4 et N° 12", "n°~3, n°4 et N°~12"),
        ("à 14h30, 11h 35, de 10 heures à 19h00", "à 14h30, 11h~35, de 10~heures à 19h00"),
        ("le 6 mai 2021, le 1er juin 2021", "le 6~mai~2021, le 1er~juin~2021"),
        ("ratio 3:2, 10:30", "ratio 3:2, 10:30"),
        ("2024 / 2025 - fin", "2024 / 2025 - fin"),
        ("5' de retard, les 'guillemets' droits", "5' de retard, les 'guillemets' droits"),
        ('dit "oui" ?', 'dit "oui"_?'),
    ],
)
def test_regles(avant: str, apres: str) -> None:
    assert lisible(texte_nu(avant)) == apres


@pytest.mark.parametrize(
    "intact",
    [
        "https://rocval.example/l'avis?x=1;y=2!",
        "www.rocval.example/?a:b",
        "odile.d'aubry@rocval.example",
        '<a href="https://x.example/?q=l\'a ; b" title="l\'a : b">lien</a>',
        "<style>p::before{content:'x' ; color : red}</style>",
        "<code>l'a ; b</code>",
        "<!-- l'a ; b -->",
        "&lt;b&gt; &amp; fin",
        "",
    ],
)
def test_laisse_intact(intact: str) -> None:
    assert typographier(intact) == intact


def test_texte_entre_deux_balises() -> None:
    assert lisible(typographier("<p>l'<em>eau</em> : <strong>oui</strong> ; non</p>")) == (
        "<p>l’<em>eau</em>~: <strong>oui</strong>_; non</p>"
    )
    assert typographier("aujourd&#x27;hui &lt;&amp;&gt;") == "aujourd’hui &lt;&amp;&gt;"


def nu(texte: str) -> str:
    """The text without spaces, apostrophes made straight."""
    return re.sub(r"[\s\u00a0\u202f\u2009]+", "", html.unescape(texte)).replace("’", "'")


ALPHABET = st.text(alphabet="abÉl'’ :;?!%«»0123456789,.()-MmehnN°<>&/@\u00a0\u202f\n\"", max_size=60)


@settings(deadline=None)
@given(ALPHABET)
def test_ne_touche_que_les_espaces_et_les_apostrophes(texte: str) -> None:
    assert nu(texte_nu(texte)) == nu(texte)


@settings(deadline=None)
@given(ALPHABET)
def test_idempotente_sur_du_texte(texte: str) -> None:
    une_fois = typographier(html.escape(texte, quote=False))
    assert typographier(une_fois) == une_fois


@settings(deadline=None)
@given(ALPHABET)
def test_idempotente_sur_n_importe_quoi(texte: str) -> None:
    une_fois = typographier(f"<p>{texte}</p>")
    assert typographier(une_fois) == une_fois


@pytest.mark.parametrize(
    "motif",
    ["a", "-a", "a.", "'", " ", "\u00a0", "1 234 ", "123 ", "«", "&", "<", "a@", "www.", "<b>", "l'", "x\u00a0"],
)
def test_temps_proportionnel_a_la_longueur(motif: str) -> None:
    texte = motif * (200_000 // len(motif))
    debut = time.process_time()
    typographier(texte)
    assert time.process_time() - debut < 2


@pytest.mark.parametrize("graine", documents.GRAINES, ids=lambda chemin: chemin.stem)
def test_sur_les_graines(graine: object) -> None:
    brut = graine.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    compose = typographier(html.escape(brut))
    assert nu(compose) == nu(html.escape(brut))
    assert typographier(compose) == compose
    assert not re.search(r"\w'\w", html.unescape(compose))


def test_les_composes_restent_sur_une_ligne() -> None:
    html = '<p>Un rendez-vous, <a href="mailto:a-b@c.fr">a-b@c.fr</a>, deux – trois, pref-x@y.fr et 12-13.</p>'
    assert tenir_les_composes(html) == (
        '<p>Un <span class="uni">rendez-vous</span>, <a class="uni" href="mailto:a-b@c.fr">a-b@c.fr</a>, '
        'deux – trois, <span class="uni">pref-x@y.fr</span> et <span class="uni">12-13</span>.</p>'
    )

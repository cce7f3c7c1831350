"""Between what is typed and what is stored: every word both ways, whatever is typed, in linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comptes_rendus.texte import BALISES, COLONNES_MAX, nettoyer, sans_balises, vers_html, vers_marquage, vers_texte

# What the browser of Odile may send (N08): forms of Unicode, directions, joined emoji, spaces, controls.
HOSTILES = [
    "e\u0301le\u0300ve \u00e9l\u00e8ve",
    "Stra\u00dfe \u0130stanbul \u0131\u015f\u0131k \ufb01chier",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd 12 \u0661\u0662",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f3f3\ufe0f\u200d\U0001f308",
    "avant \u202egauche\u202c apr\u00e8s",
    "12\u00a0%\u202f! \u00ab\u00a0oui\u00a0\u00bb",
    "O'Neill, O\u2019Neill, de La Vall\u00e9e, Nguy\u1ec5n, X, \u0141",
    "x" * 255,
    "<script>alert(1)</script> & &amp; &lt;b&gt; </p> <!-- \"'`",
    "a < b > c && d",
    "***** fin",
    "****",
    "* * *",
    "a*b*c **d",
    "2 * 3 * 4",
    "\\* \\\\ \\",
    "^{ } ^{}",
    "C:\\dossier\\*.txt",
    "1) un\n3) trois",
    "001. zéro",
    "\u0661. indien",
    "a\t--\nb\t--\n--\t--",
    "\t2024\n---\nAppels\t91 %\n\t\nautre\t",
    "\ttabulation d'abord",
    "- a\n    - b\n- c\n\n2. seul",
    "---",
    "http://a.fr/x?a=1&b=2). www... mailto a@b.fr, c.d+e@f-g.org",
]
LETTRES = "abéçÉ0129'’-–•*^{}\\_|:.,;()<>&\"@/ \t\n\u00a0\u202f\u0301\u200d\u202e\U0001f600"
TH = '<th scope="col">'
textes = st.text(st.sampled_from(LETTRES), max_size=120) | st.text(max_size=60).filter(lambda t: "\x00" not in t)


def mots(texte: str) -> list[str]:
    """Words and numbers, in order."""
    return re.findall(r"[^\W_]+", texte)


def sans_marques(texte: str) -> list[str]:
    """The words that must be shown: the numbers of a list that counts are drawn by the list."""
    lignes = re.split(r"\r\n|\r|\n", texte)
    return [mot for ligne in lignes for mot in mots(re.sub(r"^ *[1-9][0-9]{0,2}[.)] +", "", ligne))]


def contient(montres: list[str], attendus: list[str]) -> bool:
    """Each letter and figure of the expected words is shown, in order (a mark inside a word parts it in two)."""
    suite = iter("".join(montres))
    return all(lettre in suite for lettre in "".join(attendus))


@settings(deadline=None, max_examples=300)
@given(textes)
@example("1. a\n2. b")
@example("****")
def test_chaque_mot_tape_est_montre(texte: str) -> None:
    assert contient(mots(vers_texte(vers_html(texte))), sans_marques(texte))


@settings(deadline=None, max_examples=300)
@given(textes)
def test_enregistrer_sans_rien_changer_ne_perd_aucun_mot(texte: str) -> None:
    """Opened in the form and saved as it is, a block keeps its words, and soon its very form."""
    html = vers_html(texte)
    relu = vers_html(vers_marquage(html))
    assert mots(vers_texte(relu)) == mots(vers_texte(html))


@pytest.mark.parametrize("texte", HOSTILES)
def test_les_textes_hostiles_reviennent_tels_quels(texte: str) -> None:
    """N08: what is stored, opened and saved again is the same to the byte; words as typed."""
    html = vers_html(texte)
    assert vers_html(vers_marquage(html)) == html
    assert contient(mots(vers_texte(html)), sans_marques(texte))
    assert nettoyer(html) == html


@pytest.mark.parametrize("texte", [t for t in HOSTILES if not set(t) & set("\n*\\^")])
def test_une_ligne_sans_marque_est_montree_au_signe_pres(texte: str) -> None:
    assert vers_texte(vers_html(texte)) == texte.strip()


@pytest.mark.parametrize("texte", ["*****", "* * *", "a ** b", "2*3", "** **", "*", "^{}", "}{", "a**"])
def test_une_marque_sans_contenu_reste_du_texte(texte: str) -> None:
    assert vers_texte(vers_html(texte)) == texte


@pytest.mark.parametrize(
    ("tape", "html"),
    [
        ("**gras** et *italique*, 1^{er}", "<p><strong>gras</strong> et <em>italique</em>, 1<sup>er</sup></p>"),
        ("***a***", "<p><strong><em>a</em></strong></p>"),
        ("un\ndeux\n\ntrois", "<p>un<br>deux</p><p>trois</p>"),
        ("un\r\ndeux\rtrois", "<p>un<br>deux<br>trois</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", "<p>3. a<br>4. b</p>"),
        ("avant\n- a", "<p>avant</p><ul><li>a</li></ul>"),
        ("a\tb\n---\nc", f"<table><thead><tr>{TH}a</th>{TH}b</th></tr></thead><tbody></tbody></table><p>c</p>"),
        ("1. a\tb\n2. c", "<table><tbody><tr><td>1. a</td><td>b</td></tr></tbody></table><p>2. c</p>"),
        ("\\*pas gras\\*", "<p>*pas gras*</p>"),
        ("www.a.fr.", '<p><a href="https://www.a.fr">www.a.fr</a>.</p>'),
        ("x@y.fr", '<p><a href="mailto:x@y.fr">x@y.fr</a></p>'),
        ("", ""),
        (" \n\t\n ", ""),
    ],
)
def test_ce_que_disent_les_marques(tape: str, html: str) -> None:
    assert vers_html(tape) == html


def test_une_citation_est_dans_son_cadre() -> None:
    html = vers_html("« Merci »\n\nUn usager", citation=True)
    assert html == "<blockquote><p>« Merci »</p><p>Un usager</p></blockquote>"
    assert vers_html(vers_marquage(html), citation=True) == html
    assert vers_html("", citation=True) == ""


def test_un_tableau_garde_ses_cases_vides() -> None:
    html = vers_html("\t2024\n---\nAppels\t91 %\n\t\nautre\t")
    assert html.count("<tr>") == 4
    assert vers_marquage(html) == "\t2024\n---\nAppels\t91 %\n\t\nautre\t"


# --- HTML that comes from elsewhere -----------------------------------------------------------------------------------
BLOCS = ["p", "ul", "ol", "li", "blockquote", "table", "tbody", "tr", "td", "th"]


@st.composite
def arbres(draw: st.DrawFn, profondeur: int = 3) -> str:
    """Any nesting of the allowed tags around words."""
    morceaux = []
    for _ in range(draw(st.integers(1, 3))):
        balise = draw(st.sampled_from([*BLOCS, "strong", "em", "sup", "br", ""]))
        feuille = not profondeur or draw(st.booleans())
        dedans = draw(st.sampled_from(["mot", "été", ""])) if feuille else draw(arbres(profondeur - 1))
        morceaux.append("<br>" if balise == "br" else f"<{balise}>{dedans}</{balise}>" if balise else dedans)
    return "".join(morceaux)


@settings(deadline=None, max_examples=300)
@given(arbres())
@example("<ul><li><p>a</p><p>b</p></li></ul>")
@example("<p>a</p>b")
@example("<table><tbody><tr><td><p>a</p>b</td></tr></tbody></table>c")
def test_les_mots_d_un_html_quelconque(brut: str) -> None:
    """Two words of two blocks never become one."""
    html = nettoyer(brut)
    attendus = sans_balises(re.sub(r"</?(?:strong|em|sup|a)\b[^>]*>", "", html)).split()
    assert re.findall(r"[^\W\d]+", vers_texte(html)) == attendus
    relu = vers_texte(vers_html(vers_marquage(html)))
    assert "".join(re.findall(r"[^\W\d]+", relu)) == "".join(attendus)


@pytest.mark.parametrize(
    "brut",
    [
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<p style="background:url(x)" class="y" id="z" onclick="x()">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        '<form action="/x"><input name="y"></form>',
        "<iframe src='//x'></iframe><object data='x'></object><link rel=stylesheet href='//x'>",
        "<td background='//x'>x</td>",
        "a\x00b",
    ],
)
def test_nettoyer_ne_laisse_rien_d_actif_et_ne_change_plus(brut: str) -> None:
    propre = nettoyer(brut)
    assert not re.search(rf"(?i)<(?!/?(?:{'|'.join(BALISES)})\b)", propre)
    assert not re.search(r"(?i)<[^>]*(?:\son\w+|style|class|src|javascript:|data:|background)", propre)
    assert "\x00" not in propre
    assert nettoyer(propre) == propre


# --- Bombs ------------------------------------------------------------------------------------------------------------
BOMBES = {
    "tirets": "-",
    "tirets puis lettre": "- -",
    "lettres": "a",
    "étoiles": "*",
    "échappées": "\\*",
    "exposants": "^{",
    "adresses": "www.",
    "liens": "http://",
    "courriels": "a@",
    "presque courriels": "a.b-",
    "espaces": " ",
    "tabulations": "a\t",
    "puces": "- a\n",
    "lignes": "x\n",
    "rangs vides": "a\tb\n\t\n",
    "gras": "**a** ",
    "accolades": "}",
    "filets": "--\t--\n",
}


def duree(texte: str) -> float:
    debut = time.process_time()
    vers_marquage(vers_html(texte))
    return time.process_time() - debut


@pytest.mark.parametrize("motif", BOMBES.values(), ids=BOMBES)
def test_le_temps_est_proportionnel_a_la_longueur(motif: str) -> None:
    """Eight times the text takes about eight times as long, not sixty-four."""
    court, long = (motif * (n // len(motif)) + "x" for n in (4_000, 32_000))
    assert duree(long) < 24 * max(duree(court), 0.004)


def test_un_tableau_demesure_reste_des_lignes() -> None:
    """One row of a thousand cells would complete every other one: the text stays lines, and grows no more."""
    texte = "\t".join("a" * 1000) + "\n" + "a\tb\n" * 500
    assert len(vers_html(texte)) < 3 * len(texte)
    assert vers_html("\t".join("a" * COLONNES_MAX)).startswith("<table>")

"""The rules of the house that a machine can check, each with its reason."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

RACINE = Path(__file__).resolve().parent.parent
APPS = ("journal", "membres", "comites", "comptes_rendus", "reclamations", "indicateurs")  # lowest first
GRAINES = RACINE.parent / "shared" / "seeds"


def _suivis() -> list[Path]:
    """Files of the project: tracked, or new and not ignored; without git, everything but ``var`` and ``.venv``."""
    try:
        commande = ["git", "ls-files", "-co", "--exclude-standard"]
        noms = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True).stdout.splitlines()
        chemins = [RACINE / nom for nom in noms]
    except (OSError, subprocess.CalledProcessError):
        chemins = [c for c in RACINE.rglob("*") if not {".venv", "var", "__pycache__"} & set(c.parts)]
    return sorted(chemin for chemin in chemins if chemin.is_file())


SUIVIS = _suivis()
PYTHON = [c for c in SUIVIS if c.suffix == ".py"]
GABARITS = [c for c in SUIVIS if c.suffix == ".html" and "templates" in c.parts]
CODE = [c for c in PYTHON if c.relative_to(RACINE).parts[0] in (*APPS, "config") and "migrations" not in c.parts]


@cache
def lire(chemin: Path) -> str:
    return chemin.read_text(encoding="utf-8", errors="replace")


def nom(chemin: Path) -> str:
    return str(chemin.relative_to(RACINE))


def lignes(chemins: list[Path], motif: str) -> list[str]:
    """Where the pattern is found, Django's own tags left out."""
    expression = re.compile(motif)
    return [
        f"{nom(chemin)}:{numero}: {ligne.strip()[:120]}"
        for chemin in chemins
        for numero, ligne in enumerate(lire(chemin).splitlines(), 1)
        if expression.search(re.sub(r"{%.*?%}", "", ligne))
    ]


# --- Nothing unfinished, nothing of this machine ------------------------------------------------------------------
def test_rien_d_inacheve() -> None:
    """A deferred thought is finished or written down elsewhere; a test that does not run proves nothing."""
    mots = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error", "pragma: no " + "cover"))
    sauts = r"\bpytest\.(mark\.)?(skip|xf" + "ail)"
    texte = [c for c in SUIVIS if c.suffix in {".py", ".html", ".js", ".css", ".sh", ".md"} and "vendor" not in c.parts]
    assert lignes(texte, rf"\b({mots})\b") == []
    assert lignes([c for c in PYTHON if c.name != "services.py"], sauts) == []


def test_aucune_trace_de_la_machine() -> None:
    """No path of the machine that wrote it, no package index: a lock with an address binds everyone to it."""
    dossiers = r"(?<![\w.])/(?:ro" + r"ot|ho" + r"me/\w+|wo" + r"rk)/"
    index = "pythonhosted" + r"\.org|(?:extra-)?index-" + "url|registry" + r"\.npmjs"
    texte = [c for c in SUIVIS if c.suffix not in {".png", ".jpg", ".woff2", ".pdf", ".ico"}]
    assert lignes(texte, f"{dossiers}|{index}") == []


# --- Python -------------------------------------------------------------------------------------------------------
def _fonctions_publiques(chemin: Path) -> Iterator[ast.FunctionDef]:
    for noeud in ast.parse(lire(chemin)).body:
        if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
            yield noeud


def _est(chemin: Path, *noms: str) -> bool:
    """Is this module (or a module of this package) one of these?"""
    return chemin.stem in noms or chemin.parent.name in noms


def test_ce_qui_est_public_est_explique() -> None:
    """Verbs and life cycles are read by those who did not write them."""
    chemins = [c for c in CODE if _est(c, "actions", "workflow") and c.name != "__init__.py"]
    assert chemins
    assert [f"{nom(c)}: {f.name}" for c in chemins for f in _fonctions_publiques(c) if not ast.get_docstring(f)] == []


def test_chaque_module_dit_ce_qu_il_est() -> None:
    courts = {"__init__.py", "apps.py", "urls.py"}
    assert [nom(c) for c in CODE if c.name not in courts and not ast.get_docstring(ast.parse(lire(c)))] == []


def test_les_actions_ignorent_le_web() -> None:
    """A verb takes instances and an actor; never a request or a form."""
    interdits = {"django.http", "django.shortcuts", "django.forms", "django.contrib.messages"}
    fautes = []
    for chemin in (c for c in CODE if _est(c, "actions", "workflow")):
        for noeud in ast.walk(ast.parse(lire(chemin))):
            modules = (
                {alias.name for alias in noeud.names} if isinstance(noeud, ast.Import)
                else {noeud.module or ""} if isinstance(noeud, ast.ImportFrom)
                else set()
            )  # fmt: skip
            fautes += [f"{nom(chemin)} imports {m}" for m in modules & interdits]
    assert fautes == []


def test_aucun_fichier_trop_long() -> None:
    """Past 500 lines, a file has two subjects."""
    chemins = [c for c in SUIVIS if c.suffix in {".py", ".js", ".html", ".sh"} and "migrations" not in c.parts]
    longs = {nom(c): n for c in chemins if "vendor" not in c.parts and (n := len(lire(c).splitlines())) > 500}
    assert longs == {}


def test_pas_de_tiroir() -> None:
    """A module named after nothing attracts everything."""
    assert [nom(c) for c in CODE if _est(c, "utils", "helpers", "core", "services", "signals", "receivers")] == []


# --- Models -------------------------------------------------------------------------------------------------------
MODELES = [modele for app in APPS for modele in apps.get_app_config(app).get_models()]


def test_chaque_modele_a_un_nom_francais() -> None:
    """Django's default name is the class's: it would reach messages and the journal."""
    internes = {"chaine", "gabarit"}
    assert [
        m._meta.label for m in MODELES
        if m._meta.model_name not in internes and m._meta.original_attrs.get("verbose_name") is None
    ] == []  # fmt: skip


def test_aucune_cle_vers_une_app_plus_haute() -> None:
    """A foreign key to a higher app is as wrong as an import of it."""
    fautes = []
    for modele in MODELES:
        for champ in modele._meta.get_fields():
            cible = getattr(champ, "remote_field", None) and champ.concrete and champ.related_model
            if not cible or cible._meta.app_label not in APPS or champ.name == "par":  # the account, by AUTH_USER_MODEL
                continue
            if APPS.index(cible._meta.app_label) > APPS.index(modele._meta.app_label):
                fautes.append(f"{modele._meta.label}.{champ.name} → {cible._meta.label}")
    assert fautes == []


# --- Templates ----------------------------------------------------------------------------------------------------
def test_ni_style_ni_script_en_ligne() -> None:
    """The content security policy refuses them: the page would look right here and broken there."""
    pages = [c for c in GABARITS if "pdf" not in c.parts]
    assert lignes(pages, r"(?i)\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|<style\b|javascript:") == []


def test_rien_ne_vient_d_ailleurs() -> None:
    """No CDN, no font, no image from outside: nothing tells a third party who reads."""
    assert lignes(GABARITS, r"(?i)\b(?:src|srcset)=[\"']?(?:https?:)?//|<link[^>]+href=[\"']?(?:https?:)?//") == []


# --- Documents ----------------------------------------------------------------------------------------------------
def test_les_commandes_du_readme_existent() -> None:
    cibles = set(re.findall(r"^([a-z-]+):", lire(RACINE / "Makefile"), re.MULTILINE))
    for document in (RACINE / "README.md", *sorted((RACINE / "docs").rglob("*.md"))):
        citees = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", lire(document)))
        citees |= set(re.findall(r"^\s*(?:[A-Z]+=\S+ )?make ([a-z-]+)", lire(document), re.MULTILINE))
        assert citees <= cibles, nom(document)


def test_chaque_reglage_est_dans_le_guide() -> None:
    """Whoever operates Conclu finds every variable of the environment in one place."""
    lus = re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', lire(RACINE / "config" / "settings.py"))
    lus += re.findall(r'environ\.get\("([A-Z0-9_]+)"', lire(RACINE / "config" / "gunicorn.py"))
    guide = lire(RACINE / "docs" / "exploitation.md")
    assert [variable for variable in sorted(set(lus)) if f"`{variable}`" not in guide] == []


def test_les_conteneurs_lancent_ce_que_dit_le_guide() -> None:
    """Compose, image and guide start the three processes by the same commands."""
    guide = lire(RACINE / "docs" / "exploitation.md")
    compose = lire(RACINE / "docker-compose.yml")
    commandes = re.findall(r"command: \[(\"(?:gunicorn|celery)\".*)\]", compose)
    assert len(commandes) == 3
    for commande in commandes:
        mots = [mot for mot in re.findall(r'"([^"]*)"', commande) if mot]
        assert " ".join(mots[:4]) in guide, mots
    assert re.findall(r"^CMD \[(.*)\]", lire(RACINE / "Dockerfile"), re.MULTILINE) == commandes[:1]


# --- Real minutes stay where they are -----------------------------------------------------------------------------
NEUTRES = set(  # the names of committees and their papers are nobody's sentence
    "a au aux de des du d en et l la le les par pour se sur compte rendu procès verbal comité comités local locaux "
    "usager usagers amélioration continue préfecture préfet préfète département séance réunion clu clac".split()
)
PROSE = [c for c in SUIVIS if c.suffix in {".py", ".html", ".md", ".css", ".yml", ".toml", ".po", ".json"}]


@cache
def _bardeaux(chemin: Path) -> frozenset[tuple[str, ...]]:
    """Every run of eight words that says something."""
    mots = re.findall(r"\w+", lire(chemin).lower())
    suites = (tuple(mots[n : n + 8]) for n in range(len(mots) - 7))
    return frozenset(suite for suite in suites if len(set(suite) - NEUTRES) > 2)


def _personnes(texte: str) -> set[str]:
    prenom, famille = r"[A-ZÉÈÎÔ][a-zéèêëïîôç]+(?:-[A-Z][a-zéèêëïîôç]+)?", r"[A-ZÉÈ][A-ZÉÈÇ'’-]{2,}"
    civilite = r"(?:M\.|Mme|Madame|Monsieur|Mlle|Docteur|Dr)\s+"
    personnes = set(re.findall(rf"\b{prenom} {famille}\b|\b{famille} {prenom}\b", texte))
    personnes |= set(re.findall(rf"{civilite}({prenom} {prenom})\b", texte))
    return {personne for personne in personnes if not personne.startswith(("La ", "Le ", "Les "))}


def test_rien_des_vrais_comptes_rendus() -> None:
    """No sentence (eight words in a row) and no person of the real minutes used for trials is in the project."""
    for graine in sorted(GRAINES.glob("*.txt")):  # none where they are not at hand
        noms = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(_personnes(lire(graine))))) + r")\b")
        for chemin in PROSE:
            copies = _bardeaux(graine) & _bardeaux(chemin)
            assert not copies, f"{nom(chemin)}: {len(copies)} runs of eight words, one is « {' '.join(min(copies))} »"
            trouve = noms.search(lire(chemin))
            assert trouve is None, f"{nom(chemin)}: a person of {graine.name}"

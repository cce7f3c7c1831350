"""The PDF: conformance, determinism, text layer, guards and limits."""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from PIL import Image

from comptes_rendus import affichage, pdf, polices
from comptes_rendus.document import Document, LigneTete, RubriqueDocument

from . import documents

RACINE = Path(__file__).resolve().parents[2]
DOCUMENTS: dict[str, Callable[[], Document]] = {
    "complet": documents.complet,
    "minimal": documents.minimal,
    **{chemin.stem: lambda chemin=chemin: documents.naif(chemin) for chemin in documents.GRAINES},  # type: ignore[misc]
}


@cache
def compose(nom: str, *, projet: bool = False) -> bytes:
    """The PDF of a named document, rendered once for the whole suite."""
    return pdf.composer(DOCUMENTS[nom](), projet=projet)


def defauts(octets: bytes, dossier: Path) -> list[str]:
    """Failed rules of PDF/UA-1 and PDF/A-3a."""
    chemin = dossier / "a-valider.pdf"
    chemin.write_bytes(octets)
    resultats = (page.validate_pdf(chemin, profile=profil) for profil in ("ua1", "3a"))
    return [f"{f.rule_id}: {f.message}" for resultat in resultats for f in resultat.failures]


def pdftotext(octets: bytes, *options: str) -> str:
    commande = ["pdftotext", *options, "-", "-"]
    return subprocess.run(commande, input=octets, capture_output=True, check=True).stdout.decode()


def enveloppe(corps: str, tete: str = "") -> str:
    tete = f"<head><title>Essai</title>{tete}</head>"
    return f'<!DOCTYPE html><html lang="fr">{tete}<body><h1>Essai</h1>{corps}</body></html>'


# --- Conformance, determinism, content ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nom", "projet"), [*((nom, False) for nom in DOCUMENTS), ("complet", True), ("minimal", True)]
)
def test_conforme_a3a_et_ua1(nom: str, projet: bool, tmp_path: Path) -> None:
    assert defauts(compose(nom, projet=projet), tmp_path) == []


def test_memes_octets_d_un_enfant_a_l_autre() -> None:
    document = documents.complet()
    premier = pdf.composer(document, projet=False)
    assert pdf.composer(document, projet=False) == premier
    pdf.arreter()
    pdf.composer(documents.minimal(), projet=True)
    assert pdf.composer(document, projet=False) == premier


def test_porte_le_json_et_les_annexes() -> None:
    document = documents.complet()
    annexe = pdf.PieceJointe("diaporama.pdf", b"%PDF-1.7 diapositives", "Diaporama")
    with pikepdf.open(_flux(pdf.composer(document, projet=False, annexes=(annexe,)))) as fichier:
        source = fichier.attachments["compte-rendu.json"]
        assert Document.depuis_json(json.loads(source.get_file().read_bytes())) == document
        assert source.relationship == pikepdf.Name.Source
        assert fichier.attachments["diaporama.pdf"].get_file().read_bytes() == annexe.octets
        assert fichier.attachments["diaporama.pdf"].relationship == pikepdf.Name.Supplement
        assert fichier.docinfo["/Title"] == document.titre
        assert fichier.docinfo["/Author"] == document.autorite


def test_champ_de_signature_vide_sauf_en_projet() -> None:
    with pikepdf.open(_flux(compose("complet"))) as fichier:
        (champ,) = fichier.Root.AcroForm.Fields
        assert (champ.FT, str(champ.T), "/V" in champ) == ("/Sig", "signature", False)
        assert str(champ.TU) == "Signature électronique de Hélène VAUCLAIR"
        assert 220 < float(champ.Rect[2] - champ.Rect[0]) < 223
    projet = compose("complet", projet=True)
    with pikepdf.open(_flux(projet)) as fichier:
        assert "/AcroForm" not in fichier.Root
        assert str(fichier.docinfo["/Title"]).startswith("Projet")
        pages = len(fichier.pages)
    assert pdftotext(projet).count("PROJET – document non signé") == pages >= 4


def test_structure_des_tableaux_et_des_listes() -> None:
    with pikepdf.open(_flux(compose("complet"))) as fichier:
        elements = [o for o in fichier.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
        portees = [str(o.A.Scope) for o in elements if o.S == "/TH"]
        numerotations = [str(o.A.ListNumbering) for o in elements if o.S == "/L" and "/A" in o]
        listes_nues = [o for o in elements if o.S == "/L" and "/A" not in o]
    assert portees.count("/Row") == 3
    assert portees.count("/Column") == 3
    assert set(numerotations) == {"/Disc", "/Decimal"}
    assert len(listes_nues) == 3  # attendance, agenda, list with its own bullets


def test_signets_et_folios() -> None:
    octets = compose("complet")
    with pikepdf.open(_flux(octets)) as fichier, fichier.open_outline() as plan:
        titres = [signet.title for signet in plan.root[0].children]
        pages = len(fichier.pages)
    assert titres[:3] == ["Participants", "Ordre du jour", "I – Bilan de l’accueil"]
    assert titres[-2:] == ["Annexe 1 Témoignage", "Annexe 2 Fiche"]
    texte = pdftotext(octets)
    assert all(f"{n}/{pages}" in texte for n in range(1, pages + 1))
    assert texte.count("CR-2026-0042") == pages


# --- Text layer -----------------------------------------------------------------------------------------------------


def _mots(texte: str) -> list[str]:
    """Words, without the hyphens that plain ``pdftotext`` removes at line ends."""
    texte = re.sub(r"-\s*", "", unicodedata.normalize("NFC", texte))
    return re.findall(r"[^\W_]+", texte)


def _mots_du_html(texte: str) -> list[str]:
    texte = re.sub(r"<(head|footer)\b.*?</\1>", "", texte, flags=re.DOTALL)
    texte = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:strong|em|sup|a)\b[^>]*>", "", texte))
    return _mots(html.unescape(texte))


@pytest.mark.parametrize("nom", DOCUMENTS)
@pytest.mark.parametrize("mode", ["-raw", "-nopgbrk"])
def test_couche_texte_dans_l_ordre_du_document(nom: str, mode: str) -> None:
    document = DOCUMENTS[nom]()
    attendus = _mots_du_html(pdf.html_du_document(document, projet=False, signature_attendue=True))
    suite, ajouts = iter(_mots(pdftotext(compose(nom), mode))), set()
    for attendu in attendus:
        for lu in suite:
            if lu == attendu:
                break
            ajouts.add(lu)
        else:
            pytest.fail(f"« {attendu} » is missing, or not in its place")
    permis = _mots(" ".join((document.reference, *document.pied))) + [str(n) for n in range(40)]
    assert ajouts <= set(permis)


# --- Levels, head ---------------------------------------------------------------------------------------------------


def test_aucun_niveau_de_titre_saute() -> None:
    for fabrique in DOCUMENTS.values():
        corps = affichage.corps_du_document(fabrique())
        niveaux = [int(n) for n in re.findall(r"<h([1-6])\b", corps)]
        assert niveaux[0] == 1
        assert all(suivant <= niveau + 1 for niveau, suivant in pairwise(niveaux))


def test_un_titre_de_bloc_est_sous_sa_rubrique() -> None:
    corps = affichage.corps_du_document(documents.complet())
    assert re.search(r'<h3 class="bloc bloc-titre" id="b-[0-9a-f]+">Un sous-titre</h3>', corps)
    assert re.search(r'<h5 class="bloc bloc-titre" id="b-[0-9a-f]+">Le soir</h5>', corps)


def test_le_titre_n_est_ecrit_qu_une_fois() -> None:
    document = replace(
        documents.minimal(), titre="COMPTE RENDU", tete=(LigneTete("type", "Compte rendu"), LigneTete("autre", "suite"))
    )
    corps = affichage.corps_du_document(document)
    assert corps.casefold().count("compte rendu") == 1
    assert '<h1 class="cr-titre">Compte rendu</h1>' in corps


def test_les_rangees_inegales_sont_completees() -> None:
    assert "<td>12\u00a0jours</td><td></td></tr>" in affichage.corps_du_document(documents.complet())


def test_la_reference_ne_peut_pas_sortir_de_la_feuille_de_style() -> None:
    document = replace(documents.minimal(), reference='"} body{display:none} </style><script>', titre="Titre")
    texte = pdftotext(pdf.composer(document, projet=False))
    assert "Trop profond" in texte
    assert "</style><script>" in texte


# --- Guards ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def canari() -> Iterator[tuple[str, list[bytes]]]:
    """A local HTTP address that notes whoever connects."""
    visites: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as prise:
        prise.settimeout(0.1)
        fini = threading.Event()

        def accueillir() -> None:
            while not fini.is_set():
                try:
                    client, _ = prise.accept()
                except TimeoutError:
                    continue
                with client:
                    visites.append(client.recv(200))

        fil = threading.Thread(target=accueillir)
        fil.start()
        yield f"127.0.0.1:{prise.getsockname()[1]}", visites
        fini.set()
        fil.join()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
ATTAQUES = {
    "img": '<img alt="x" src="{}">',
    "img srcset": '<img alt="x" src="{}" srcset="{} 2x">',
    "object": '<object data="{}" type="image/png">x</object>',
    "embed": '<embed src="{}" type="image/png">',
    "svg image": SVG.format('<title>x</title><image href="{}" width="9" height="9"/>'),
    "lien joint": '<a rel="attachment" href="{}">x</a>',
    "base": '<base href="{}"><img alt="x" src="image.png">',
    "feuille": '<link rel="stylesheet" href="{}">',
    "piece jointe": '<link rel="attachment" href="{}">',
    "import": '<style>@import url("{}");</style>',
    "police": '<style>@font-face{{font-family:x;src:url("{}")}} h1{{font-family:x}}</style>',
    "fond": '<style>body{{background:url("{}")}}</style>',
    "puce": '<ul><li>x</li></ul><style>li{{list-style-image:url("{}")}}</style>',
    "contenu": '<style>h1::before{{content:url("{}")}}</style>',
    "bordure": '<style>h1{{border:1px solid;border-image:url("{}") 1}}</style>',
}


@pytest.mark.parametrize("attaque", ATTAQUES)
@pytest.mark.parametrize("adresse", ["http://{}/x", "https://{}/x", "ftp://{}/x", "file:{}", "polices:../fonts.conf"])
def test_rien_n_est_lu_ailleurs(attaque: str, adresse: str, canari: tuple[str, list[bytes]], tmp_path: Path) -> None:
    hote, visites = canari
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-DE-LA-MACHINE")
    cible = adresse.format(secret if adresse.startswith("file") else hote)
    with pytest.raises(pdf.RenduImpossible) as refus:
        pdf.rendre(enveloppe(ATTAQUES[attaque].format(cible, cible)), titre="Essai")
    assert "refusée" in str(refus.value)
    assert attaque == "base" or cible.removeprefix("file:") in str(refus.value)
    assert visites == []


@pytest.mark.parametrize(
    "corps",
    [
        '<iframe src="{}"></iframe>',
        '<script src="{}"></script>',
        '<video src="{}" poster="{}"></video>',
        '<form action="{}"><p>x</p></form>',
        SVG.replace("{}", '<title>x</title><use xlink:href="{}#a"/><use href="{}#a"/>'),
        '<p>x</p><meta http-equiv="refresh" content="0;url={}">',
    ],
)
def test_ce_que_le_moteur_ignore_n_est_pas_lu_non_plus(corps: str, canari: tuple[str, list[bytes]]) -> None:
    hote, visites = canari
    assert pdf.rendre(enveloppe(corps.replace("{}", f"http://{hote}/x")), titre="Essai").startswith(b"%PDF-1.7")
    assert visites == []


def test_image_svg_en_donnees_ne_sort_pas(canari: tuple[str, list[bytes]]) -> None:
    hote, visites = canari
    image = SVG.format(f'<image href="http://{hote}/x" width="9" height="9"/>')
    donnees = "data:image/svg+xml;base64," + base64.b64encode(image.encode()).decode()
    with pytest.raises(pdf.RenduImpossible, match="refusée"):
        pdf.rendre(enveloppe(f'<img alt="x" src="{donnees}">'), titre="Essai")
    assert visites == []


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ("<p>漢字 et 漢</p>", "«\u00a0漢\u00a0» (U+6F22), «\u00a0字\u00a0» (U+5B57)"),
        ('<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">', "moteur de mise en page"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">', "alt"),
        ('<p><a href="#absent">x</a></p>', "absent"),
    ],
)
def test_tout_avertissement_du_moteur_est_un_echec(corps: str, dit: str) -> None:
    with pytest.raises(pdf.RenduImpossible) as refus:
        pdf.rendre(enveloppe(corps), titre="Essai")
    assert dit in str(refus.value)
    assert not refus.value.passager


# --- Limits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ("<div>" * 900 + "x" + "</div>" * 900, "imbriqué"),
        ('<table><tr><td colspan="100000">x</td></tr></table>', "fusionne"),
        ("<table><tr><td ROWSPAN='99999999999999'>x</td></tr></table>", "fusionne"),
        ("<table>" + "<tr><td>x</td></tr>" * 40_000 + "</table>", "lignes"),
        ('<div style="display:flex">' * 12 + "x" + "</div>" * 12, "style"),
        ("<p>x" + " " * 1_000_000 + "y</p>", "espaces"),
        ("<p>" + "mot " * 800_000 + "</p>", "trop long"),
    ],
)
def test_bombe_refusee_avant_le_moteur(corps: str, dit: str) -> None:
    debut = time.monotonic()
    with pytest.raises(pdf.RenduImpossible, match=dit):
        pdf.rendre(enveloppe(corps), titre="Essai")
    assert time.monotonic() - debut < 1


@pytest.mark.parametrize(
    "html_piege",
    [
        enveloppe("<div>" * 14 + "x" + "</div>" * 14, "<style>div{display:flex}</style>"),
        enveloppe("<p>" + "mot " * 6000 + "</p>", "<style>@page{size:20px;margin:0}</style>"),
    ],
    ids=["flex", "pages minuscules"],
)
def test_bombe_tuee_a_l_heure_et_le_suivant_passe(html_piege: str, settings: Any) -> None:
    pdf.rendre(enveloppe("<p>avant</p>"), titre="Essai")
    settings.RENDU_SECONDES = 2
    debut = time.monotonic()
    with pytest.raises(pdf.RenduImpossible, match="2 secondes"):
        pdf.rendre(html_piege, titre="Essai")
    assert time.monotonic() - debut < 4
    settings.RENDU_SECONDES = 60
    assert b"%PDF" in pdf.rendre(enveloppe("<p>après</p>"), titre="Essai")


def test_limite_de_memoire(settings: Any) -> None:
    pdf.arreter()
    settings.RENDU_MEMOIRE_MO = 130
    lourd = enveloppe("".join(f"<p>{documents.PHRASE * 3}</p>" for _ in range(600)))
    with pytest.raises(pdf.RenduImpossible, match="130 Mio"):
        pdf.rendre(lourd, titre="Essai")
    assert b"%PDF" in pdf.rendre(enveloppe("<p>après</p>"), titre="Essai")
    pdf.arreter()


def test_image_demesuree_refusee() -> None:
    tampon = io.BytesIO()
    Image.new("1", (7000, 7000)).save(tampon, "PNG")
    donnees = base64.b64encode(tampon.getvalue()).decode()
    with pytest.raises(pdf.RenduImpossible):
        pdf.rendre(enveloppe(f'<img alt="x" src="data:image/png;base64,{donnees}">'), titre="Essai")


def test_enfant_tue_en_plein_travail() -> None:
    pdf.rendre(enveloppe("<p>avant</p>"), titre="Essai")
    enfant = pdf._ATELIER._enfant
    assert enfant is not None
    minuterie = threading.Timer(0.4, os.kill, (enfant._processus.pid, signal.SIGKILL))
    minuterie.start()
    with pytest.raises(pdf.RenduImpossible) as mort:
        pdf.rendre(enveloppe("".join(f"<p>{documents.PHRASE * 3}</p>" for _ in range(800))), titre="Essai")
    minuterie.join()
    assert mort.value.passager
    assert b"%PDF" in pdf.rendre(enveloppe("<p>après</p>"), titre="Essai")


def test_enfant_mort_entre_deux_rendus() -> None:
    pdf.rendre(enveloppe("<p>avant</p>"), titre="Essai")
    enfant = pdf._ATELIER._enfant
    assert enfant is not None
    os.kill(enfant._processus.pid, signal.SIGKILL)
    enfant._processus.wait()
    assert b"%PDF" in pdf.rendre(enveloppe("<p>après</p>"), titre="Essai")


def test_remplace_apres_tant_de_rendus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "RENDUS_PAR_ENFANT", 2)
    pdf.arreter()
    pids = []
    for _ in range(3):
        pdf.rendre(enveloppe("<p>x</p>"), titre="Essai")
        assert pdf._ATELIER._enfant is not None
        pids.append(pdf._ATELIER._enfant._processus.pid)
    assert pids[0] == pids[1] != pids[2]


def test_l_enfant_ne_survit_pas_a_son_parent() -> None:
    programme = (
        "import django, time; django.setup()\n"
        "from comptes_rendus import pdf\n"
        "pdf.rendre('<html lang=fr><title>x</title><h1>x</h1></html>', titre='x')\n"
        "print(pdf._ATELIER._enfant._processus.pid, flush=True); time.sleep(60)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen([sys.executable, "-c", programme], cwd=RACINE, env=env, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        enfant = int(parent.stdout.readline())
        parent.kill()
    for _ in range(80):
        if not Path(f"/proc/{enfant}").exists() or "\nState:\tZ" in Path(f"/proc/{enfant}/status").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the child outlived its parent")


def test_le_parent_n_importe_pas_weasyprint() -> None:
    programme = (
        "import sys, django; django.setup()\n"
        "import comptes_rendus.pdf, comptes_rendus.signature\n"
        "assert not {'weasyprint', 'pyhanko', 'fontTools'} & set(sys.modules)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", programme], cwd=RACINE, env=env, check=True)


# --- Fonts ----------------------------------------------------------------------------------------------------------


def test_marianne_est_convertie_une_seule_fois(tmp_path: Path) -> None:
    polices.preparer(tmp_path)
    avant = {chemin.name: chemin.stat().st_mtime_ns for chemin in tmp_path.iterdir()}
    polices.preparer(tmp_path)
    assert {chemin.name: chemin.stat().st_mtime_ns for chemin in tmp_path.iterdir()} == avant
    assert {f"{graisse.fichier}.ttf" for graisse in polices.GRAISSES} <= set(avant)
    assert polices.regles(tmp_path).count("@font-face") == 4


def test_sans_marianne_le_pdf_est_en_dejavu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(polices, "_sources", list)
    settings.POLICES = tmp_path / "vide"
    pdf.arreter()
    octets = pdf.composer(documents.complet(), projet=False)
    pdf.arreter()
    assert defauts(octets, tmp_path) == []
    assert b"DejaVu" in octets or "DejaVu" in _polices_du_pdf(octets)
    assert "Marianne absente" in caplog.text


def _polices_du_pdf(octets: bytes) -> str:
    with pikepdf.open(_flux(octets)) as fichier:
        return " ".join(
            str(o.BaseFont) for o in fichier.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        )


def _flux(octets: bytes) -> io.BytesIO:
    return io.BytesIO(octets)


def test_annexe_de_niveau_deux_reste_dans_la_page() -> None:
    document = documents.complet()
    assert isinstance(document.annexes[1], RubriqueDocument)
    corps = affichage.corps_du_document(document)
    assert corps.count('class="cr-annexe cr-annexe-1"') == 2
    assert corps.count('class="cr-annexe cr-annexe-2"') == 1

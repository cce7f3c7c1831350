"""The reading of existing minutes: words first, then who, what and when."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptes_rendus.reprise import TAILLE_MAX, Reprise, TexteIllisible, decoder, reprendre
from comptes_rendus.reprise.lecture import LECTURE_INTERROMPUE
from tests.reels import DOSSIER as SEMENCES
from tests.services import manque

from . import textes_inventes

NOMS = ("finistere-2022-clac", "landes-2023-clac", "vienne-2021-clu")


def octets_reels(nom: str) -> bytes:
    chemin = SEMENCES / f"{nom}.txt"
    if not chemin.is_file():
        manque(f"the real minutes are not in {SEMENCES}")
    return chemin.read_bytes()


def lire(nom: str) -> Reprise:
    if nom in NOMS:
        return reprendre(decoder(octets_reels(nom)))
    return reprendre(textes_inventes.TOUS[nom])


def mots(texte: str) -> list[str]:
    return re.findall(r"\w+", texte)


def source_reparee(texte: str, json: dict[str, Any]) -> list[str]:
    for reparation in json["reparations"]:
        texte = texte.replace(reparation["avant"], reparation["apres"])
    return mots(texte)


def parties(json: dict[str, Any]) -> list[list[str]]:
    """The words of each shown part, in order."""
    odj = [f"{p['numero']} {p['titre']}" for p in json["ordre_du_jour"]] if json["ordre_du_jour_propre"] else []
    presences = [t for g in json["presences"] for t in (g["groupe"], *(ligne["texte"] for ligne in g["lignes"]))]
    rubriques = [t for r in json["rubriques"] for t in (r["numero"], r["titre"], *(b["texte"] for b in r["blocs"]))]
    annexes = [t for a in json["annexes"] for t in (a["titre"], *(b["texte"] for b in a["blocs"]))]
    morceaux = (json["tete"]["texte"], [json["titre"] or ""], presences, odj, rubriques, json["signature"], annexes)
    return [mots("\n".join(textes)) for textes in morceaux]


def est_sous_suite(petite: list[str], grande: list[str]) -> bool:
    suite = iter(grande)
    return all(mot in suite for mot in petite)


def titres(lecture: Reprise) -> list[tuple[int, str, str]]:
    return [(r.niveau, r.numero, r.titre) for r in lecture.rubriques]


def genres(lecture: Reprise) -> list[tuple[str, str | None, str]]:
    return [(b.genre, b.orateur, b.texte) for b in lecture.blocs()]


def groupes(lecture: Reprise) -> list[tuple[int, str, str, int]]:
    return [(g.niveau, g.statut, g.titre, len(g.lignes)) for g in lecture.presences]


def rangs(lecture: Reprise) -> list[tuple[list[str], str | None, str | None, str | None]]:
    return [
        ([str(p) for p in ligne.personnes], ligne.fonction, ligne.structure, ligne.represente_par)
        for groupe in lecture.presences
        for ligne in groupe.lignes
    ]


# --- no word is lost ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nom", NOMS)
def test_semences_mot_pour_mot_dans_l_ordre(nom: str) -> None:
    texte = decoder(octets_reels(nom))
    json = reprendre(texte).en_json()
    assert [mot for partie in parties(json) for mot in partie] == source_reparee(texte, json)


@pytest.mark.parametrize("nom", textes_inventes.TOUS)
def test_inventes_mot_pour_mot(nom: str) -> None:
    texte = textes_inventes.TOUS[nom]
    json = reprendre(texte).en_json()
    source, montres = source_reparee(texte, json), parties(json)
    assert Counter(source) == Counter(mot for partie in montres for mot in partie)
    assert all(est_sous_suite(partie, source) for partie in montres)


@pytest.mark.parametrize("nom", [*NOMS, *textes_inventes.TOUS])
def test_marquage_garde_les_memes_mots(nom: str) -> None:
    for bloc in lire(nom).blocs():
        nu = re.sub(r"\^\{(\w+)\}", r"\1", bloc.marquage).replace("\n---\n", "\n")
        assert mots(nu) == mots(bloc.texte)
        assert not re.match(r"\d{1,3}[.)] ", bloc.marquage), "un numéro deviendrait automatique"


_LIGNES = st.sampled_from(
    [ligne for texte in textes_inventes.TOUS.values() for ligne in texte.split("\n")]
    + ["", "", "- ", "1) b", "I – c", "**", "^{er}", "1^{er} mai", "préfec-", "ture", "a\tb\tc", "---|--", "| a | b |"]
    + [
        "_",
        "2/5",
        "ANNEXE",
        "P.J. :",
        "La préfète,",
        "signé",
        "Mme",
        "\uf0b7 a",
        "a\u00adb",
        "ﬁche",
        "12",
        "# T",
        "*a*b*",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LIGNES, max_size=25))
def test_lignes_melees_sans_perte(lignes: list[str]) -> None:
    texte = "\n".join(lignes)
    json = reprendre(texte).en_json()
    assert LECTURE_INTERROMPUE not in json["a_verifier"]
    assert Counter(source_reparee(texte, json)) == Counter(mot for partie in parties(json) for mot in partie)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_ne_leve_jamais(texte: str) -> None:
    json = reprendre(texte).en_json()
    assert LECTURE_INTERROMPUE not in json["a_verifier"]
    assert set(json) >= {"tete", "titre", "seance", "presences", "ordre_du_jour", "rubriques", "signature", "annexes"}


_TETE = "Compte rendu du comité local des usagers\n\nPrésents :\nM. A BOL, maire\n\n"


@pytest.mark.parametrize(
    "texte",
    [
        "a" * 400_000,
        "- \n" * 40_000,
        _TETE + "*" * 300_000,
        _TETE + "^{" * 150_000,
        _TETE + "\t" * 300_000,
        _TETE + ("mot " * 125_000),
        _TETE + "Excusés : " + "a, " * 60_000,
        _TETE + "1) a\n" * 40_000,
        _TETE + "a-\n" * 40_000,
        "La préfète\n" * 20_000,
        _TETE + "(" * 200_000,
        _TETE + "«a " * 100_000,
        "a\u00ad" * 150_000,
    ],
    ids=lambda texte: repr(texte[-6:]),
)
def test_bombes_en_temps_lineaire(texte: str) -> None:
    debut = time.process_time()
    reprendre(texte).en_json()
    assert time.process_time() - debut < 10


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_codages(codage: str) -> None:
    texte = "Compte rendu de la séance : élèves à l'école, 25 °C.\r\nFin."
    assert decoder(texte.encode(codage)) == texte.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b" \n\t ", "vide"),
        ("\ufeff \n".encode(), "blancs"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04abc", "Word"),
        (b"\x89PNG\r\n", "image"),
        (b"abc\x00\x01\x02def\x00", "binaires"),
        (bytes(range(1, 32)) * 20, "binaires"),
        (b"a" * (TAILLE_MAX + 1), "2 Mo"),
    ],
)
def test_fichiers_refuses(octets: bytes, dit: str) -> None:
    with pytest.raises(TexteIllisible, match=dit):
        decoder(octets)


# --- the three real ones (what is expected is drawn from the files: no name, no sentence of theirs is copied here) ---


def lignes_de(nom: str) -> list[str]:
    return [ligne.strip() for ligne in octets_reels(nom).decode().split("\n") if ligne.strip()]


def personnes(lecture: Reprise) -> list[tuple[str | None, str | None, str | None]]:
    return [(p.civilite, p.prenom, p.nom) for g in lecture.presences for ligne in g.lignes for p in ligne.personnes]


def attendues(source: list[str], motif: str) -> list[tuple[str | None, str, str]]:
    """Names of the rows that ``motif`` finds: words in capitals are the family name."""
    trouvees = []
    for ligne in source:
        if rang := re.match(motif, ligne):
            mots_du_nom = rang["nom"].split()
            nom = " ".join(mot for mot in mots_du_nom if mot.isupper())
            prenom = " ".join(mot for mot in mots_du_nom if not mot.isupper())
            trouvees.append((rang.groupdict().get("civilite"), prenom, nom))
    return trouvees


def test_landes() -> None:
    lecture, source = lire("landes-2023-clac"), lignes_de("landes-2023-clac")
    json = lecture.en_json()
    assert json["tete"]["marque"] == ["PRÉFET", "DES LANDES"]
    assert [ligne.role for ligne in lecture.tete.lignes] == (
        ["marque"] * 2
        + ["devise"] * 3
        + ["type", "lieu_date", "service", "service"]
        + ["contact"] * 3
        + ["objet", "reference", "piece_jointe"]
    )
    assert json["tete"]["lieu"] == source[6].split(",")[0]
    assert (json["tete"]["date"], json["tete"]["date_affichee"]) == ("2023-12-22", "le 22 décembre 2023")
    (contact,) = json["tete"]["contacts"]
    assert f"Affaire suivie par : {contact['nom']}" in source
    assert contact["courriel"] in source
    assert f"tél : {contact['telephone']}" in source
    assert f"Objet : {json['tete']['objet']}" in source
    assert [f"Réf. : {r}" in source for r in json["tete"]["references"]] == [True]
    assert [f"P.J. : {p}" in source for p in json["tete"]["pieces_jointes"]] == [True]
    assert json["seance"] == {
        "date": "2023-12-07",
        "heure_debut": "10:00",
        "heure_fin": "11:35",
        "mode": "presentiel",
        "type": "CLAC",
    }
    assert groupes(lecture) == [
        (1, "preside", "Présidente :", 1),
        (1, "present", "Représentants des usagers :", 4),
        (1, "present", "Représentants des collectivités territoriales :", 3),
        (1, "present", "Représentants de l'administration :", 7),
        (1, "excuse", "Personnes excusées :", 2),
    ]
    assert personnes(lecture) == attendues(source, r"(?P<civilite>M\.|Mme) (?P<nom>[^\t]+)\t")
    qualite, remplacee = lecture.presences[3].lignes[6], lecture.presences[4].lignes[0]
    assert qualite.texte.split("\t")[1] == f"En qualité de {qualite.en_qualite_de}."
    assert remplacee.texte.endswith(f", représentée par {remplacee.represente_par}.")
    assert remplacee.fonction == remplacee.texte.split("\t")[1].split(", représentée")[0]
    numerotees = [ligne for ligne in source if re.match(r"\d°\)", ligne)]
    assert [f"{numero} {titre}" for niveau, numero, titre in titres(lecture)[1:] if niveau == 1] == numerotees
    assert lecture.rubriques[1].blocs[0].texte == f"Présentation par {lecture.rubriques[1].presente_par}."
    intertitres = [b.texte for b in lecture.blocs() if b.genre == "titre"]
    assert [len(texte.split()) for texte in intertitres] == [10, 2, 4, 2, 1]
    assert [b.texte for b in lecture.blocs() if b.genre == "saut"] == [".../..."]
    assert json["signature"] == source[-2:]
    assert not json["ordre_du_jour_propre"]
    assert sum("s’agit-il de" in point for point in json["a_verifier"]) == 2
    compte = Counter(bloc.genre for bloc in lecture.blocs())
    assert (compte["liste"], compte["presentation"], compte["titre"]) == (3, 1, 5)
    civils = re.compile(r"(?:Mme|M\.) [^a-z,]*[A-Z]{3}|Mme la Secrétaire")
    for bloc in lecture.blocs():
        if civils.match(bloc.texte):
            assert (bloc.genre, bloc.texte.startswith(bloc.orateur or "?")) == ("intervention", True)


def test_finistere() -> None:
    lecture, source = lire("finistere-2022-clac"), lignes_de("finistere-2022-clac")
    assert lecture.titre == f"{source[0]} – {source[1]}"
    assert groupes(lecture) == [
        (1, "preside", "PRÉSIDENCE :", 1),
        (1, "anime", "ANIMATION :", 1),
        (1, "present", "REPRÉSENTANTS DES USAGERS :", 3),
        (1, "excuse", "STRUCTURES EXCUSÉES :", 4),
        (1, "absent", "STRUCTURES ABSENTES :", 3),
        (1, "present", "REPRÉSENTANTS DE L'ÉTAT :", 6),
        (1, "excuse", "EXCUSÉS :", 4),
    ]
    assert [g.en_ligne for g in lecture.presences] == [False, False, False, True, True, False, True]
    assert personnes(lecture) == attendues(source, r"(?P<nom>[A-Z]+ [A-Z][a-z]+[^\t]*)\t")
    for groupe in lecture.presences:
        if groupe.en_ligne:
            assert f"{groupe.titre} {' '.join(ligne.texte for ligne in groupe.lignes)}" in source
            assert all(ligne.structure and not ligne.personnes for ligne in groupe.lignes)
    assert (lecture.presences[6].lignes[0].structure or "").endswith("(DDETS)")
    assert titres(lecture) == [(1, "", ""), (1, "", "Conclusion")]
    compte = Counter(bloc.genre for bloc in lecture.blocs())
    assert (compte["separateur"], compte["sans_observation"]) == (3, 1)
    orateurs = {bloc.orateur for bloc in lecture.blocs() if bloc.orateur}
    assert {"Les membres", "Le Secrétaire général"} <= orateurs
    assert any(orateur.startswith("L'adjointe au chef") for orateur in orateurs)
    assert (lecture.seance.date, lecture.seance.heure_fin, lecture.seance.type) == (None, None, "CLAC")
    assert lecture.signature == [" ".join(source[-3:-1]), source[-1]]
    assert ("les\n\neffets", "les effets") in [(r.avant, r.apres) for r in lecture.reparations]
    assert any("date de la séance" in point for point in lecture.a_verifier)


def test_vienne() -> None:
    lecture, source = lire("vienne-2021-clu"), lignes_de("vienne-2021-clu")
    json = lecture.en_json()
    assert lecture.titre == next(ligne for ligne in source if ligne.startswith("Compte rendu"))
    suivi = source.index("Affaire suivie par :")
    (contact,) = json["tete"]["contacts"]
    assert [contact["nom"], contact["fonction"]] == source[suivi + 1 : suivi + 3]
    assert source[suivi + 3 : suivi + 5] == [f"Tél : {contact['telephone']}", f"Mél : {contact['courriel']}"]
    assert len(json["tete"]["services"]) == 3
    assert json["seance"] == {
        "date": "2021-05-06",
        "heure_debut": "14:30",
        "heure_fin": "15:50",
        "mode": "audio",
        "type": "CLU",
    }
    assert groupes(lecture) == [
        (1, "preside", "Présidence :", 1),
        (1, "present", "Participants :", 0),
        (2, "present", "Représentants des services de l'Etat :", 13),
        (2, "present", "Représentants des usagers :", 12),
        (1, "excuse", "Excusés(es) :", 0),
        (2, "excuse", "Représentants des services de l'Etat :", 4),
        (2, "excuse", "Représentants des usagers :", 11),
        (1, "absent", "Absents(es) :", 0),
        (2, "absent", "Représentants des usagers :", 6),
    ]
    assert personnes(lecture) == attendues(
        source[: next(i for i, ligne in enumerate(source) if ligne.startswith("I – "))],
        r"(?:Présidence : )?(?P<civilite>M\.|Mme) (?P<nom>[^,]+?) ?,",
    )
    remplaces = [ligne for groupe in lecture.presences for ligne in groupe.lignes if "représenté" in ligne.texte]
    assert len(remplaces) == 7
    assert all(re.search(rf"par {ligne.represente_par} ;", ligne.texte) for ligne in remplaces)
    numerotees = [ligne for ligne in source if re.match(r"[IVX]+ – |[a-d]\) ", ligne)]
    assert [f"{numero} {titre}".strip() for _, numero, titre in titres(lecture)[1:]] == [*numerotees, "Conclusion"]
    assert "".join(str(niveau) for niveau, _, _ in titres(lecture)) == "111222122212222111"
    presentations = [ligne for ligne in source if ligne.startswith("Présentation par")]
    assert [b.texte for b in lecture.blocs() if b.genre == "presentation"] == presentations
    assert [
        f"Présentation par {r.presente_par} (Diaporama {r.diaporama})" for r in lecture.rubriques if r.presente_par
    ] == presentations
    compte = Counter(b.genre for b in lecture.blocs())
    assert (compte["sans_observation"], compte["engagement"], compte["titre"]) == (5, 1, 9)
    assert [bloc.orateur for bloc in lecture.blocs() if bloc.texte.startswith("Néanmoins, M.")] != [None]
    reparations = {(r.avant, r.apres) for r in lecture.reparations}
    assert {("priori-\n\nsation", "priorisation"), ("préfec-\n\nture", "préfecture")} <= reparations
    assert json["prochaine_seance"] == "en 2022"
    assert json["signature"][0] == "La préfète,"
    assert len(json["signature"]) == 2
    (annexe,) = lecture.annexes
    assert [bloc.genre for bloc in annexe.blocs].count("titre") == 2
    assert annexe.blocs[-1].genre == "liste"
    assert len(annexe.blocs[-1].texte.split("\n")) == 10
    assert any("1^{er}" in b.marquage and "1er" in b.texte for b in lecture.blocs())


def test_pas_un_compte_rendu() -> None:
    lecture = lire("recette")
    assert {b.genre for b in lecture.blocs()} == {"paragraphe", "liste"}
    assert len(lecture.a_verifier) == 1
    assert "ne ressemble pas à un compte rendu" in lecture.a_verifier[0]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("un préfec-\nture ouverte", "un préfecture ouverte"),
        ("une priori- \n \t\n  sation nette", "une priorisation nette"),
        ("au rendez-\nvous", "au rendez-vous"),
        ("à Saint-\nVéran", "à Saint-Véran"),
        ("peut-\nêtre", "peut-être"),
        ("c'est-\nà-dire", "c'est-à-dire"),
        ("vis-à-\nvis", "vis-à-vis"),
        ("un sous-\npréfet", "un sous-préfet"),
        ("une sous-\ncription", "une souscription"),
        ("la télé-procédure, une télé-\nprocédure", "la télé-procédure, une télé-procédure"),
        ("le bien-fondé du multi-\npartenariat", "le bien-fondé du multipartenariat"),
        ("l'admi\u00adnistration", "l'administration"),
        ("un rendez\u00advous", "un rendez-vous"),
        ("les e\ufb00ets \ufb01naux", "les effets finaux"),
    ],
)
def test_mots_recousus(texte: str, attendu: str) -> None:
    lecture = reprendre(f"Compte rendu de la réunion du comité\n\nLe service est {texte}.")
    assert any(attendu in bloc.texte for bloc in lecture.blocs())
    assert lecture.reparations

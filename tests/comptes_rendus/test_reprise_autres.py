"""Invented minutes of other prefectures, each read whole, then read again as other extractions would give them."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from comptes_rendus.reprise import Reprise, reprendre

from . import textes_inventes_attendus as attendus
from . import textes_inventes_autres, textes_inventes_encore
from .test_reprise_lecture import est_sous_suite, genres, groupes, lire, mots, parties, rangs, source_reparee, titres

TEXTES = {**textes_inventes_autres.TOUS, **textes_inventes_encore.TOUS}


def resume(lecture: Reprise) -> list[str]:
    """One line per reading: title, sitting, attendance, agenda, headings, blocks, signature, annexes."""
    json = lecture.en_json()
    seance = json["seance"]
    lignes = [f"titre {lecture.titre or '-'}", "séance " + " ".join(str(seance[cle] or "-") for cle in seance)]
    for groupe in lecture.presences:
        lignes.append(f"G{groupe.niveau} {groupe.statut} {groupe.titre} [{groupe.college or '-'}]")
        for rang in groupe.lignes:
            qui = " + ".join(str(personne) for personne in rang.personnes)
            dits = (rang.fonction, rang.structure, rang.represente_par)
            lignes.append(f"  {qui or '-'} | {' | '.join(dit or '-' for dit in dits)}")
    if lecture.ordre_du_jour_propre:
        lignes += [f"O {point.numero} {point.titre}" for point in lecture.ordre_du_jour]
    for rubrique in lecture.rubriques:
        lignes.append(f"R{rubrique.niveau} {rubrique.numero} {rubrique.titre}".rstrip())
        lignes += [f"  {bloc.genre} {bloc.orateur or ''}".rstrip() for bloc in rubrique.blocs]
    lignes.append(f"prochaine {lecture.prochaine_seance or '-'}")
    lignes.append("signature " + " / ".join(lecture.signature))
    lignes += [f"A {annexe.titre} ({len(annexe.blocs)})" for annexe in lecture.annexes]
    return lignes


@pytest.mark.parametrize("nom", TEXTES)
def test_autres_prefectures(nom: str) -> None:
    assert resume(reprendre(TEXTES[nom])) == attendus.TOUS[nom].strip("\n").split("\n")


# --- the same minutes, as other extractions give them ---------------------------------------------------------------


def _insecables(texte: str) -> str:
    return re.sub(r" (?=[:;!?»])|(?<=«) |(?<=\bM\.) |(?<=\bMme) ", "\u00a0", texte)


def _doubles(texte: str) -> str:
    """Every fifth blank between two words is doubled."""
    morceaux = re.split(r"(?<=\w) (?=[a-zéà])", texte)
    return "".join(m + ("" if i == len(morceaux) - 1 else "  " if i % 5 == 4 else " ") for i, m in enumerate(morceaux))


def _etroit(texte: str) -> str:
    lignes = [textwrap.wrap(x, 78, break_on_hyphens=False) if len(x) > 78 else [x] for x in texte.split("\n")]
    return "\n".join(ligne for suite in lignes for ligne in suite)


EXTRACTIONS: dict[str, Callable[[str], str]] = {
    "insécables": _insecables,
    "insécables partout": lambda texte: texte.replace(" ", "\u00a0"),
    "blancs doublés": _doubles,
    "accents décomposés": lambda texte: unicodedata.normalize("NFD", texte),
    "apostrophes": lambda texte: texte.replace("'", "’"),
    "fins de ligne": lambda texte: texte.replace("\n", " \r\n"),
    "retrait": lambda texte: re.sub(r"(?m)^(?=.)", "    ", texte),
    "puces": lambda texte: re.sub(r"(?m)^(\s*)- ", "\\1\uf0b7 ", texte),
    "puces creuses": lambda texte: re.sub(r"(?m)^(\s*)- ", r"\1o ", texte),
}


def comparable(lignes: list[str]) -> list[str]:
    """Neither accents nor blanks nor the shape of an apostrophe."""
    textes = [unicodedata.normalize("NFKC", ligne).replace("’", "'") for ligne in lignes]
    return [" ".join(texte.split()) for texte in textes]


def sans_perte(texte: str) -> Reprise:
    lecture = reprendre(texte)
    json = lecture.en_json()
    source, montres = source_reparee(texte, json), parties(json)
    assert Counter(source) == Counter(mot for partie in montres for mot in partie)
    assert all(est_sous_suite(partie, source) for partie in montres)
    return lecture


@pytest.mark.parametrize("nom", TEXTES)
def test_autres_mot_pour_mot(nom: str) -> None:
    sans_perte(TEXTES[nom])


@pytest.mark.parametrize("extraction", EXTRACTIONS)
@pytest.mark.parametrize("nom", TEXTES)
def test_meme_lecture_d_une_autre_extraction(nom: str, extraction: str) -> None:
    lecture = sans_perte(EXTRACTIONS[extraction](TEXTES[nom]))
    assert comparable(resume(lecture)) == comparable(attendus.TOUS[nom].strip("\n").split("\n"))


def _qui_et_quoi(lecture: Reprise) -> list[str]:
    """Attendance, headings and signature: what no extraction may change."""
    gardes = [ligne for ligne in resume(lecture) if re.match(r"[GRO]\d? \S|signature|  .* \| ", ligne)]
    return comparable(gardes)


@pytest.mark.parametrize("nom", ["lettre", "installation", "sous_prefecture", "proces_verbal", "objet", "pouvoirs"])
def test_colonne_etroite_sans_ligne_vide(nom: str) -> None:
    serre = re.sub(r"\n\n+", "\n", _etroit(TEXTES[nom]))
    attendu = [x for x in attendus.TOUS[nom].split("\n") if re.match(r"[GRO]\d? \S|signature|  .* \| ", x)]
    assert _qui_et_quoi(sans_perte(serre)) == comparable(attendu)


PIEDS = {
    "folio": ("{page}/4", ""),
    "pied": ("Préfecture – 1 place de la Paix – 00100 VALDORE\nPage {page} sur 4", ""),
    "tête": ("{page}", "Comité local des usagers – compte rendu\n"),
    "pied et folio": ("Comité local des usagers – page {page}/4", ""),
}


def _en_pages(texte: str, pied: str, tete: str) -> str:
    lignes = _etroit(texte).split("\n")
    pages = ["\n".join(lignes[debut : debut + 28]) for debut in range(0, len(lignes), 28)]
    return "".join(
        (tete if rang else "") + page + (f"\n\n{pied.format(page=rang + 1)}\n\x0c" if rang < len(pages) else "")
        for rang, page in enumerate(pages)
    )


@pytest.mark.parametrize("pied", PIEDS)
@pytest.mark.parametrize("nom", ["lettre", "proces_verbal", "romains", "puces"])
def test_tetes_et_pieds_de_page(nom: str, pied: str) -> None:
    """What each page repeats is a page mark, wherever it falls: no heading, no row, no annex, no signature."""
    paginee = _en_pages(TEXTES[nom], *PIEDS[pied])
    lecture = sans_perte(paginee)
    attendu = [x for x in attendus.TOUS[nom].split("\n") if re.match(r"[GRO]\d? \S|signature|  .* \| ", x)]
    assert _qui_et_quoi(lecture) == comparable(attendu)
    assert not lecture.annexes
    sauts = [bloc.texte for bloc in lecture.blocs() if bloc.genre == "saut"]
    assert {mot for saut in sauts for mot in mots(saut)} >= {"1", "2"}


# --- one per style -----------------------------------------------------------------------------------


def test_style_structure_deux_points_personnes() -> None:
    lecture = lire("orne")
    json = lecture.en_json()
    assert lecture.titre == "COMITE LOCAL DES USAGERS du 28 juin 2029 – Compte-rendu"
    assert (json["tete"]["lieu"], json["tete"]["date"], json["seance"]["date"]) == (
        "Valcendre",
        "2029-07-19",
        "2029-06-28",
    )
    assert [(c["nom"], c["telephone"], c["courriel"]) for c in json["tete"]["contacts"]] == [
        ("Mme Ombeline CASTREL", "02 99 41 32 71", "pref-qualite@sombre.gouv.fr"),
        ("M. Thibaud VERNOIS", "02 99 41 32 75", "pref-qualite@sombre.gouv.fr"),
    ]
    assert groupes(lecture) == [
        (1, "present", "Étaient présents :", 0),
        (2, "present", "Représentants des associations et des collectivités :", 3),
        (2, "present", "Représentants de l'administration :", 3),
        (1, "excuse", "Absents excusés :", 2),
    ]
    assert rangs(lecture) == [
        (["Mme ISAMBERT", "M. CORVOL"], None, "Union des familles de la Sombre", None),
        (["M. BOUVARD"], "maire de Clairgué", "Association des maires", None),
        (["M. GUESDE"], None, "La Poste", None),
        (["Mme DALMARE"], "Secrétaire générale", None, None),
        ([], "Directeur de la citoyenneté", None, "Mme LAURIER"),
        (["Mme CASTREL"], "Chargée de la qualité", None, None),
        ([], None, "Union départementale des consommateurs", None),
        (["Mme TORVAL"], "conseillère départementale", None, None),
    ]
    assert json["ordre_du_jour_propre"]
    assert lecture.ordre_du_jour_avant_presences
    assert [p["titre"] for p in json["ordre_du_jour"]] == [
        "Bilan des enquêtes de satisfaction",
        "Suites données aux remarques",
        "Labellisation",
        "Visite du point numérique",
    ]
    assert titres(lecture) == [
        (1, "", "Introduction"),
        (1, "1)", "Bilan des enquêtes :"),
        (1, "2)", "Suites données aux remarques du précédent comité :"),
        (1, "3)", "Labellisation :"),
        (1, "", "Clôture"),
    ]
    assert [(genre, qui) for genre, qui, _ in genres(lecture)] == [
        ("intervention", "Mme la Secrétaire générale"),
        ("paragraphe", None),
        ("intervention", "M. GUESDE"),
        ("intervention", "Mme CASTREL"),
        ("liste", None),
        ("decision", None),
        ("intervention", "M. LOURMEL"),
        ("sans_observation", None),
        ("paragraphe", None),
        ("paragraphe", None),
    ]
    assert (
        next(b for b in lecture.blocs() if b.genre == "liste").marquage.split("\n")[2].startswith("  - réorganisation")
    )
    assert lecture.signature == ["La Préfète", "P/La Préfète", "La Secrétaire Générale", "signé", "Hortense DALMARE"]
    assert lecture.prochaine_seance == "au premier trimestre 2030"
    assert any("LOURMEL" in point for point in lecture.a_verifier)


def test_style_liste_unique_et_date_au_tampon() -> None:
    lecture = lire("charente")
    json = lecture.en_json()
    assert [(ligne.role, ligne.texte) for ligne in lecture.tete.lignes[:3]] == [
        ("devise", "Liberté • Égalité • Fraternité"),
        ("marque", "RÉPUBLIQUE FRANÇAISE"),
        ("marque", "PREFET DE LA HAUTE-BRUME"),
    ]
    assert (json["tete"]["lieu"], json["tete"]["date"], json["tete"]["date_affichee"]) == (
        "Port-Gris",
        "2028-07-12",
        "12 JUIL. 2028",
    )
    assert (json["seance"]["date"], json["seance"]["heure_fin"], json["seance"]["type"]) == (
        "2028-06-19",
        "17:00",
        "CLU",
    )
    assert groupes(lecture) == [(1, "present", "Participaient à cette réunion :", 5)]
    assert rangs(lecture)[2] == ([], None, "Union départementale des retraités", None)
    assert rangs(lecture)[3] == (["Mme Claire PORTEL"], None, "association « Accès pour tous »", None)
    assert [(p["numero"], p["titre"]) for p in json["ordre_du_jour"]] == [
        ("1 –", "Présentation de la démarche qualité"),
        ("2 –", "Rôle du comité"),
        ("3 –", "Tour de table"),
    ]
    assert (json["ordre_du_jour_propre"], lecture.ordre_du_jour_avant_presences) == (True, False)
    assert titres(lecture) == [(1, "", "")]
    assert [(genre, qui) for genre, qui, _ in genres(lecture)[:9]] == [
        ("intervention", "M. le Secrétaire général"),
        ("intervention", "M. le Secrétaire général"),
        ("liste", None),
        ("intervention", "Mme VIGNAC"),
        ("decision", None),
        ("intervention", "Mme PORTELLE"),
        ("paragraphe", None),
        ("paragraphe", None),
        ("intervention", "M. le Secrétaire général"),
    ]
    assert lecture.signature == [
        "Le Préfet,",
        "Pour le Préfet et par délégation,",
        "Le Secrétaire Général,",
        "Aymeric BRANDEL",
    ]
    assert [(a.titre, len(a.blocs)) for a in lecture.annexes] == [("Diffusion :", 1)]
    assert lecture.prochaine_seance == "à la rentrée"
    assert any("PORTELLE" in point and "PORTEL »" in point for point in lecture.a_verifier)


def test_style_audioconference_en_phrases() -> None:
    lecture = lire("audio")
    json = lecture.en_json()
    assert json["seance"] == {
        "date": "2028-02-01",
        "heure_debut": "09:30",
        "heure_fin": "11:05",
        "mode": "audio",
        "type": "CLAC",
    }
    assert [(g.statut, g.titre, g.en_ligne) for g in lecture.presences] == [
        ("preside", "Présidence :", True),
        ("anime", "Secrétariat de séance :", True),
        ("present", "Présents :", True),
        ("excuse", "Excusés :", True),
    ]
    assert rangs(lecture)[2:] == [
        (["Mme Ada BELLOT"], "présidente de l'association Mains Vertes", "association Mains Vertes", None),
        (["M. Yves LE GALLO"], "adjoint au maire de Brévance", None, None),
        (["Mme Nour SAÏDI"], None, None, None),
        ([], None, "la CAF de la Loue", None),
        (["M. Hugo de VAUCLAIR"], None, None, "Mme Ada BELLOT"),
        ([], None, "le conseil départemental (direction des solidarités, pôle accueil)", None),
    ]
    assert titres(lecture) == [
        (1, "", ""),
        (1, "I.", "Accueil téléphonique"),
        (2, "1.", "Les chiffres"),
        (2, "2.", "Les horaires"),
        (1, "II.", "Questions diverses"),
    ]
    assert (lecture.rubriques[1].presente_par, lecture.rubriques[1].diaporama) == ("M. HARDENNE", "pages 2 à 4")
    assert [(genre, qui) for genre, qui, _ in genres(lecture)[4:7]] == [
        ("avis", "Le comité"),
        ("engagement", "Mme QUILLAN"),
        ("paragraphe", None),
    ]
    assert lecture.signature == ["Le sous-préfet,", "Loïc HARDENNE"]
    assert [a.titre for a in lecture.annexes] == ["P.J. :"]


def test_style_colonne_etroite_et_pages() -> None:
    lecture = lire("etroit")
    assert (lecture.seance.heure_debut, lecture.seance.heure_fin) == ("14:30", "16:15")
    assert groupes(lecture) == [(1, "present", "PRESENTS", 3), (1, "excuse", "EXCUSES", 1)]
    assert rangs(lecture)[1][1] == "président de l'association des usagers des transports du plateau"
    assert titres(lecture) == [
        (1, "Point n° 1 :", "L'accueil physique"),
        (1, "Point n° 2 :", "Les délais de délivrance des titres"),
    ]
    assert [(genre, qui) for genre, qui, _ in genres(lecture)] == [
        ("intervention", "Mme AUBRAC"),
        ("saut", None),
        ("intervention", "M. TIJANI"),
        ("paragraphe", None),
        ("liste", None),
        ("intervention", "M. DE ROUVRE"),
        ("saut", None),
    ]
    premier = lecture.rubriques[0].blocs[0].texte
    assert "où un rendez-vous peut" in premier
    assert "a été posée le long du parcours" in premier
    assert premier.endswith("une entrée dédiée.")
    assert "2027 sera une année" in lecture.rubriques[1].blocs[0].texte
    assert lecture.rubriques[1].blocs[1].texte.count("\n") == 1
    assert {("rendez-\nvous", "rendez-vous"), ("char-\ngée", "chargée")} <= {
        (r.avant, r.apres) for r in lecture.reparations
    }
    assert lecture.signature == ["La directrice de cabinet,", "Lise AUBRAC"]


def test_style_capitales_sans_accents() -> None:
    lecture = lire("capitales")
    assert lecture.titre == "COMPTE RENDU DU COMITE LOCAL D'AMELIORATION CONTINUE DU 14 NOVEMBRE 2028"
    assert groupes(lecture) == [
        (1, "preside", "PRESIDENCE", 1),
        (1, "present", "REPRESENTANTS DES USAGERS", 2),
        (1, "present", "REPRESENTANTS DE L'ETAT", 1),
    ]
    assert [nom for nom, *_ in rangs(lecture)] == [
        ["Mme Jeanne MORVAND"],
        ["Elsa LENOIR"],
        ["Karim BRUNEAU"],
        ["Odile PASTEL"],
    ]
    assert titres(lecture) == [(1, "A.", "BILAN DE L'ANNEE"), (1, "B.", "PROJETS"), (1, "", "CONCLUSION")]
    liste = next(b for b in lecture.blocs() if b.genre == "liste").texte.split("\n")
    assert [ligne[:4] for ligne in liste] == ["- en", "- en", "  - "]
    assert lecture.seance.heure_fin == "12:00"
    assert lecture.signature == ["JEANNE MORVAND", "Secretaire generale de la prefecture"]
    assert not any("orateur" in point for point in lecture.a_verifier)


def test_style_tirets_et_niveaux() -> None:
    lecture = lire("tirets")
    assert (lecture.seance.date, lecture.seance.heure_fin, lecture.seance.type) == ("2027-12-03", "16:40", "CLUAC")
    assert groupes(lecture) == [
        (1, "preside", "Sous la présidence de", 1),
        (1, "present", "Participants :", 4),
        (1, "excuse", "Excusé·e·s :", 1),
    ]
    assert rangs(lecture)[1:] == [
        (["Mme Edwige SAULNIER"], "représentant M. Luc PARDIEU, président de l'UDAF", None, None),
        (["M. Noé CARRIER"], None, "France Bénévolat", None),
        ([], None, "la mission locale", None),
        ([], "la directrice de la CAF", "CAF", None),
        (["Mme Rose d'ARVOR"], None, None, None),
    ]
    assert titres(lecture) == [
        (1, "1/", "Rappel des engagements"),
        (1, "2/", "Plan d'actions"),
        (2, "2.1", "Téléphone"),
        (2, "2.2", "Courrier"),
        (1, "3/", "Tour de table"),
    ]
    tableau = next(b for b in lecture.blocs() if b.genre == "tableau")
    assert tableau.marquage.split("\n")[:2] == ["action\tpilote\téchéance", "---"]
    assert [g for g, _, _ in genres(lecture)] == [
        *("intervention", "presentation", "tableau", "citation", "intervention", "intervention"),
        *("sans_observation", "paragraphe", "liste", "paragraphe"),
    ]
    assert lecture.rubriques[3].blocs[2].orateur == "M. Carrier"
    assert lecture.signature == ["M. Basile TRÉMONT"]
    assert [a.titre for a in lecture.annexes] == ["ANNEXE 1 : engagements", "ANNEXE 2 – Bilan"]


def test_style_presences_en_phrases_et_titres_sans_numero() -> None:
    lecture = lire("phrase")
    assert [(g.statut, [p.nom for ligne in g.lignes for p in ligne.personnes]) for g in lecture.presences] == [
        ("present", ["RICHER", "MANTEL", "DURVAL", "PESSAC"]),
        ("excuse", ["LORRAIN", "VASQUE"]),
        ("absent", ["BRESSE", "VILLOT"]),
    ]
    assert [(p.numero, p.titre) for p in lecture.ordre_du_jour] == [("1.", "Bilan"), ("2.", "Perspectives")]
    assert titres(lecture)[1:] == [(1, "", "Bilan"), (1, "", "Perspectives")]
    assert lecture.seance.heure_fin == "18:00"
    assert lecture.signature == ["Zoé MANTEL"]


@pytest.mark.parametrize(
    ("rang", "personnes", "fonction", "structure"),
    [
        ("Mme Sarah LEVANT, maire de LESTAGNE", ["Mme Sarah LEVANT"], "maire de LESTAGNE", None),
        ("M. Luc ABEL, adjoint au maire du VERNAY", ["M. Luc ABEL"], "adjoint au maire du VERNAY", None),
        ("M. Luc ABEL, directeur du SGCD", ["M. Luc ABEL"], "directeur du SGCD", "SGCD"),
        ("M. Luc ABEL, France Bénévoles", ["M. Luc ABEL"], None, "France Bénévoles"),
        ("Ligue du rail : M. ABEL, maire de Bresse, et Mme DORIN", ["M. ABEL", "Mme DORIN"], None, "Ligue du rail"),
        ("M. Luc ABEL Directeur de cabinet", ["M. Luc ABEL"], "Directeur de cabinet", None),
    ],
)
def test_un_rang(rang: str, personnes: list[str], fonction: str | None, structure: str | None) -> None:
    lecture = reprendre(f"Compte rendu du comité local des usagers\n\nPrésents :\n{rang}\n\n1) Accueil\n\nFin.")
    assert rangs(lecture) == [(personnes, fonction, structure, None)]

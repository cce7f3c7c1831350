"""Search: the same words find the same minutes on both databases. Run it with DATABASE_URL=postgres://… too."""

from __future__ import annotations

import datetime
import time

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptes_rendus import recherche
from comptes_rendus.models import CompteRendu, IndexRecherche
from comptes_rendus.recherche import analyser, extrait, rechercher, surligner, termes
from tests import fabriques

from .publies import Etat, document, publie

PAIRES = [
    ("usager", "usagers"),
    ("étranger", "étrangers"),
    ("conseiller", "conseillers"),
    ("améliorer", "améliorées"),
    ("œuvre", "oeuvre"),
    ("Œuvres", "OEUVRE"),
    ("accueil", "Accueils"),
    ("délai", "DÉLAIS"),
    ("horaire", "horaires"),
    ("numérique", "numériques"),
    ("l’usager", "usagers"),
    ("aujourd'hui", "aujourd’hui"),
    ("e-mail", "e mail"),
    ("ﬁchier", "fichiers"),
]
SANS_ACCENT = ["AMELIORER", "ameliorees", "envoyes", "COLLECTIVITES", "relayee", "recepisse", "tracabilite", "deploye"]
AVEC_ACCENT = ["améliorer", "améliorées", "envoyés", "collectivités", "relayée", "récépissé", "traçabilité", "déployé"]


def trouves(texte: str) -> list[int]:
    return list(rechercher(CompteRendu.objects.all(), texte).values_list("pk", flat=True))


# --- The analyser


@pytest.mark.parametrize(("un", "autre"), PAIRES)
def test_une_meme_clef_pour_les_formes_d_un_mot(un: str, autre: str) -> None:
    assert analyser(un) == analyser(autre) != []


def test_les_mots_vides_et_la_ponctuation_ne_comptent_pas() -> None:
    assert analyser("L’accueil de la préfecture, c’est « l’affaire » de tous !") == analyser(
        "accueil préfecture affaire tous"
    )
    assert analyser("  \t\n — … !? ") == []
    assert analyser("horaires d’été") == ["horair", "ete"]


def test_analyser_est_stable_et_ascii() -> None:
    for mot in analyser("Συμβούλιο 会議 naïve Ångström ½ ﬀ ²e étape 2e5 14h30 x_y"):
        assert mot.isascii()
        assert mot.isalnum()
        assert mot == mot.lower()


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_analyser_accepte_tout(texte: str) -> None:
    for mot in analyser(texte):
        assert mot.isascii()
        assert mot.isalnum()
        assert len(mot) <= recherche.MOT_MAXIMUM
    surligner(texte, termes(texte))
    extrait(texte, termes(texte))


def test_une_requete_de_dix_mille_mots_est_bornee() -> None:
    texte = " ".join(f"mot{n}" for n in range(10_000))
    assert len(termes(texte)) == recherche.TERMES_MAXIMUM


# --- The search


@pytest.mark.django_db
class TestRechercher:
    @pytest.mark.parametrize(("un", "autre"), PAIRES)
    def test_les_formes_d_un_mot_se_trouvent(self, un: str, autre: str) -> None:
        fabriques.comite(nom="commission", sigle="COM")  # « amélioration » is in the name of the CLAC
        premier, second = publie(f"On a parlé de {un}."), publie(f"On a parlé de {autre}.", version=2)
        publie("Rien à voir.", version=3)
        assert set(trouves(un)) == set(trouves(autre)) == {premier.pk, second.pk}

    @pytest.mark.parametrize(("sans", "avec"), list(zip(SANS_ACCENT, AVEC_ACCENT, strict=True)))
    def test_les_accents_ne_comptent_pas(self, sans: str, avec: str) -> None:
        premier, second = publie(f"Texte {sans}."), publie(f"Texte {avec}.", version=2)
        assert set(trouves(sans)) == set(trouves(avec)) == {premier.pk, second.pk}

    def test_tous_les_mots_sont_demandes(self) -> None:
        deux = publie("Le délai de délivrance des titres.")
        publie("Le délai seul.", version=2)
        assert trouves("délais délivrance") == [deux.pk]
        assert trouves("délivrance introuvable") == []

    def test_le_titre_passe_devant_puis_la_date(self) -> None:
        ancienne = fabriques.seance(date=datetime.date(2024, 5, 2))
        recente = fabriques.seance(date=datetime.date(2026, 9, 8))
        au_titre = publie("Texte.", seance=ancienne, titre="Bilan du stationnement")
        vieux = publie("Le stationnement.", seance=ancienne, version=2)
        neuf = publie("Du stationnement encore.", seance=recente)
        assert trouves("stationnement") == [au_titre.pk, neuf.pk, vieux.pk]

    def test_texte_vide_tout_du_plus_recent(self) -> None:
        vieux = publie(seance=fabriques.seance(date=datetime.date(2024, 5, 2)))
        neuf = publie(seance=fabriques.seance(date=datetime.date(2026, 5, 2)))
        sans_date = publie(seance=fabriques.seance(date=None, date_affichee="en 2022"))
        assert trouves("") == trouves("  ") == [neuf.pk, vieux.pk, sans_date.pk]

    def test_que_des_mots_vides_ne_trouve_rien(self) -> None:
        publie("De la maison.")
        assert trouves("de la") == []

    @pytest.mark.parametrize("etat", [Etat.BROUILLON, Etat.RELECTURE, Etat.APPROUVE, Etat.SIGNE])
    def test_seuls_les_publies_se_trouvent(self, etat: str) -> None:
        objet = publie("Stationnement.", etat=etat)
        if etat == Etat.SIGNE:
            recherche.indexer(objet)  # even if someone indexed it too early
        assert trouves("stationnement") == trouves("") == []

    def test_les_noms_de_la_seance_se_cherchent(self) -> None:
        objet = publie("Texte.")
        assert trouves("clac vidalin premier ombre tessandier mars") == [objet.pk]

    @pytest.mark.parametrize(
        "texte",
        [
            '"', "'", '" OR "a', "a AND", "NOT", "NEAR(a b)", "tokens:usag", "^a*", "-a", "(", "a'); DROP TABLE x;--",
            "a & | ! <-> b", "a:*", "%s %(x)s", "\\", "{}", "\x00", "\ud800".encode("utf-16", "surrogatepass").decode(
                "utf-16", "replace"), "x" * 100_000, "é" * 5_000, "* " * 5_000, "🙂" * 2_000, "OR " * 3_000,
        ],
    )  # fmt: skip
    def test_rien_de_ce_qu_on_tape_ne_casse(self, texte: str) -> None:
        publie("Accueil.")
        assert trouves(texte) == []

    @given(texte=st.text(max_size=200))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_aucun_texte_ne_casse(self, texte: str) -> None:
        assert isinstance(trouves(texte), list)

    def test_dix_mille_mots_vite(self) -> None:
        publie(" ".join(f"mot{n}" for n in range(15_000)))
        debut = time.perf_counter()
        assert len(trouves(" ".join(f"mot{n}" for n in range(10_000)))) == 1
        assert time.perf_counter() - debut < 2

    def test_un_texte_demesure_s_indexe(self) -> None:
        texte = " ".join(f"{'z' * 60}{n}" for n in range(30_000))
        objet = publie(texte, "dernier")
        index = IndexRecherche.objects.get(pk=objet.pk)
        assert len(index.tokens) < 1_000_000

    def test_le_document_fige_fait_foi_non_les_lignes(self) -> None:
        objet = publie("Texte figé.")
        bloc = objet.rubriques.get().blocs.get()
        bloc.html = "<p>Chapardage</p>"
        bloc.save()
        call_command("reindexer")
        assert trouves("chapardage") == []
        assert trouves("figé") == [objet.pk]

    def test_balises_et_entites_ne_se_cherchent_pas(self) -> None:
        fige = document(titre="Titre")
        objet = publie(fige=fige)
        assert trouves("strong") == []
        texte = "Un <strong>demi</strong>-tarif &amp; &lt;script&gt; <sup>er</sup>"
        autre = publie(texte, version=2)
        assert trouves("demi tarif") == [autre.pk]
        assert "Un demi-tarif & <script>" in IndexRecherche.objects.get(pk=autre.pk).texte
        assert objet.pk not in trouves("demi")


# --- The index follows its table


@pytest.mark.django_db
class TestIndex:
    def test_indexer_deux_fois_ne_double_rien(self) -> None:
        objet = publie("Stationnement.")
        recherche.indexer(objet)
        assert trouves("stationnement") == [objet.pk]
        assert IndexRecherche.objects.count() == 1

    def test_changer_et_effacer_suivent(self) -> None:
        objet = publie("Stationnement.")
        index = IndexRecherche.objects.get(pk=objet.pk)
        index.tokens = "autr mot"
        index.save()
        assert trouves("stationnement") == []
        assert trouves("autre") == [objet.pk]
        index.delete()
        assert trouves("autre") == []

    def test_une_transaction_annulee_n_indexe_rien(self) -> None:
        objet = publie("Stationnement.", etat=Etat.SIGNE)

        with transaction.atomic():
            recherche.indexer(objet)
            transaction.set_rollback(True)
        CompteRendu.objects.filter(pk=objet.pk).update(etat=Etat.PUBLIE, publie_le=objet.signe_le)
        assert trouves("stationnement") == []

    def test_reindexer_refait_tout(self, capsys: pytest.CaptureFixture[str]) -> None:
        objet = publie("Stationnement.")
        publie("Brouillon stationnement.", etat=Etat.BROUILLON, version=2)
        IndexRecherche.objects.all().delete()
        connection.check_constraints()  # PostgreSQL alters no table with checks pending
        recherche.retirer_index()
        call_command("reindexer")
        assert capsys.readouterr().out.startswith("1 compte")
        assert trouves("stationnement") == [objet.pk]

    def test_temoin_sans_declencheurs_le_texte_ne_se_trouve_plus(self) -> None:
        """Twin: what the database sets beside the table is what finds the text."""
        if connection.vendor == "sqlite":
            with connection.cursor() as curseur:
                curseur.execute("DROP TRIGGER comptes_rendus_recherche_ajout")
            publie("Stationnement.")
            assert trouves("stationnement") == []
        else:
            recherche.retirer_index()
            publie("Stationnement.")
            with pytest.raises(ProgrammingError):
                trouves("stationnement")


# --- Extracts


class TestExtrait:
    def test_le_mot_est_marque_sous_toutes_ses_formes(self) -> None:
        rendu = surligner("Les usagers, l’Usager, USAGÈRE : un guichet.", termes("usager"))
        assert rendu == "Les <mark>usagers</mark>, l’<mark>Usager</mark>, <mark>USAGÈRE</mark> : un guichet."

    def test_le_texte_est_echappe_avant_d_etre_marque(self) -> None:
        rendu = surligner('<script>usager</script> & "mark"', termes("usager mark script amp lt"))
        assert "<script>" not in rendu
        assert "&lt;<mark>script</mark>&gt;<mark>usager</mark>" in rendu
        assert "&amp;" in rendu
        assert "<mark>amp" not in rendu

    def test_la_fenetre_tombe_sur_les_mots(self) -> None:
        texte = "Préambule. " * 60 + "Le délai de délivrance baisse. " + "Suite. " * 60 + "Un délai."
        rendu = extrait(texte, termes("délivrance délais"))
        assert "<mark>délai</mark> de <mark>délivrance</mark>" in rendu
        assert rendu.startswith("… ")
        assert rendu.endswith(" …")
        assert len(rendu) < 400

    def test_sans_rien_trouver_le_debut(self) -> None:
        assert extrait("Un texte court.", termes("absent")) == "Un texte court."

    def test_un_texte_enorme_reste_rapide(self) -> None:
        texte = "lorem ipsum dolor sit amet " * 40_000
        debut = time.perf_counter()
        extrait(texte, termes("absent introuvable"))
        assert time.perf_counter() - debut < 2


# --- The same answers everywhere: the engine against plain Python


@pytest.mark.django_db
def test_le_moteur_repond_comme_python() -> None:
    """An oracle without database, 25 texts and 60 queries: equal on each engine, hence equal to each other."""
    mots = (
        "usagers accueil délais étrangers œuvre améliorées 2e5 14h30 numérique envoyés l’été AMELIORER guichet".split()
    )
    textes = [" ".join(mots[(n * pas) % len(mots)] for pas in range(1, 2 + n % 5)) for n in range(25)]
    objets = {publie(texte, version=n + 1).pk: texte for n, texte in enumerate(textes)}
    requetes = [*mots, *(f"{un} {autre}" for un in mots[:7] for autre in mots[5:])]
    for requete in requetes:
        attendu = set()
        for pk in objets:
            jetons = set(IndexRecherche.objects.get(pk=pk).tokens.split())
            if all(jetons.intersection(formes) for formes in termes(requete)):
                attendu.add(pk)
        assert set(trouves(requete)) == attendu, requete

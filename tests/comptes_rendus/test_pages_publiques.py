"""The public pages: what anyone may read, and nothing else."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites.models import Comite
from comptes_rendus.models import CompteRendu, IndexRecherche
from journal import immuable
from membres.models import Utilisateur
from tests import fabriques

from .publies import Etat, document, octets_de, publie, remplacer

pytestmark = pytest.mark.django_db
LISTE = "/comptes-rendus/"
CACHES = [Etat.BROUILLON, Etat.RELECTURE, Etat.APPROUVE, Etat.SIGNE]


def adresse(compte_rendu: CompteRendu, nom: str = "public") -> str:
    return reverse(f"comptes_rendus:{nom}", args=[compte_rendu.permalien])


def page(client: Client, chemin: str, statut: int = 200) -> str:
    reponse = client.get(chemin)
    assert reponse.status_code == statut, chemin
    return reponse.content.decode()


# --- The list


class TestListe:
    def test_les_publies_et_eux_seuls(self, client: Client) -> None:
        publie(titre="Séance des horaires")
        for rang, etat in enumerate(CACHES, 2):
            publie(titre=f"Caché {etat}", etat=etat, version=rang)
        html = page(client, LISTE)
        assert "Séance des horaires" in html
        assert "1\u00a0compte rendu" in html
        assert "Caché" not in html

    def test_rien_encore(self, client: Client) -> None:
        assert "Aucun compte rendu n’est encore publié" in page(client, LISTE)

    def test_recherche_extrait_surligne_et_noindex(self, client: Client) -> None:
        publie("On a parlé des <strong>usagers</strong> &lt;b&gt; du guichet.", titre="Premier")
        publie("Autre chose.", titre="Second", version=2)
        reponse = client.get(LISTE, {"q": "guichets usager"})
        html = reponse.content.decode()
        assert "<mark>usagers</mark> &lt;b&gt; du <mark>guichet</mark>" in html
        assert "Second" not in html
        assert reponse.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in html
        assert "X-Robots-Tag" not in client.get(LISTE).headers

    def test_recherche_sans_resultat_et_mots_trop_courants(self, client: Client) -> None:
        publie()
        assert "Aucun compte rendu ne correspond" in page(client, LISTE + "?q=introuvable")
        assert "Ces mots sont trop courants" in page(client, LISTE + "?q=de+la")

    @pytest.mark.parametrize(
        "requete",
        ["?page=abc", "?page=999", "?annee=20x6", "?comite=rien", "?tri=--", "?q=%00%22%27*", "?q=" + "a+" * 3000],
    )
    def test_aucun_parametre_ne_casse(self, client: Client, requete: str) -> None:
        publie()
        page(client, LISTE + requete)

    def test_filtres_par_comite_et_annee(self, client: Client, clac: Comite, autre_comite: Comite) -> None:
        publie(titre="A 2025", seance=fabriques.seance(comite=clac, date=datetime.date(2025, 3, 2)))
        publie(titre="B 2026", seance=fabriques.seance(comite=clac, date=datetime.date(2026, 3, 2)))
        publie(titre="C 2026", seance=fabriques.seance(comite=autre_comite, date=datetime.date(2026, 4, 2)))
        html = page(client, f"{LISTE}?comite={clac.slug}&annee=2026")
        assert "B 2026" in html
        assert "A 2025" not in html
        assert "C 2026" not in html
        assert '<option value="2026" selected>' in html

    def test_un_comite_sans_rien_de_public_n_est_pas_nomme(self, client: Client, autre_comite: Comite) -> None:
        publie(seance=fabriques.seance(comite=autre_comite), etat=Etat.SIGNE)
        publie(seance=fabriques.seance(comite=fabriques.comite(nom="public", sigle="PUB", slug="pub")))
        assert autre_comite.nom not in page(client, f"{LISTE}?comite={autre_comite.slug}")

    def test_tris_et_pages(self, client: Client) -> None:
        for jour in range(1, 24):
            publie(titre=f"Séance n{jour:02d}", seance=fabriques.seance(date=datetime.date(2026, 1, jour)))
        premiere, derniere = page(client, LISTE), page(client, LISTE + "?page=2")
        assert premiere.index("n23") < premiere.index("n22")
        assert "n03" not in premiere
        assert "n03" in derniere
        ancienne = page(client, LISTE + "?tri=ancienne")
        assert ancienne.index("n01") < ancienne.index("n02")
        assert 'aria-label="Pages"' in ancienne

    def test_les_remplaces_sont_marques(self, client: Client) -> None:
        remplacer(publie(titre="Ancien"), titre="Nouveau")
        html = page(client, LISTE)
        assert "Remplacé par une version plus récente" in html
        assert "Version 2" in html

    def test_le_titre_vient_du_document_fige(self, client: Client) -> None:
        objet = publie(titre="Titre figé")
        CompteRendu.objects.filter(pk=objet.pk).update(titre="Titre changé après coup")
        assert "Titre changé" not in page(client, LISTE) + page(client, adresse(objet))

    def test_sans_index_la_liste_reste_entiere(self, client: Client) -> None:
        publie(titre="Jamais indexé")
        IndexRecherche.objects.all().delete()
        assert "Jamais indexé" in page(client, LISTE)

    def test_autant_de_requetes_pour_3_et_30(self, client: Client) -> None:
        comptes = []
        for borne in (3, 30):
            while CompteRendu.objects.count() < borne:
                publie("Le guichet.", version=CompteRendu.objects.count() + 1)
            client.get(LISTE)
            for requete in ("", "?q=guichet"):
                with CaptureQueriesContext(connection) as requetes:
                    client.get(LISTE + requete)
                comptes.append(len(requetes))
        assert comptes[:2] == comptes[2:]
        assert max(comptes) <= 5


# --- One compte rendu


class TestCompteRendu:
    def test_la_page_dit_ce_que_dit_le_document(self, client: Client) -> None:
        objet = publie("Le délai passe à douze jours.", titre="Bilan du printemps")
        html = page(client, adresse(objet))
        for attendu in ("Bilan du printemps", "Le délai passe à douze jours.", "Mme\u00a0Claire VIDALIN", "1°)"):
            assert attendu in html
        assert "Marie TESSANDIER (pour la préfète et par délégation, la secrétaire générale)" in html
        assert objet.reference in html
        assert "21\u00a0mars 2026" in html
        assert f'href="{adresse(objet, "public_pdf")}"' in html
        assert "PDF, 1\u00a0ko, 6\u00a0pages" in html
        assert html.count("<h1") == 1

    def test_les_lignes_n_y_changent_rien(self, client: Client) -> None:
        objet = publie("Texte signé.")
        objet.rubriques.get().blocs.update(html="<p>Texte changé</p>")
        objet.seance.groupes.create(titre="Ajouté après")
        html = page(client, adresse(objet))
        assert "Texte signé." in html
        assert "changé" not in html
        assert "Ajouté après" not in html

    def test_sommaire_vers_les_rubriques(self, client: Client) -> None:
        from comptes_rendus.document import RubriqueDocument

        rubriques = tuple(RubriqueDocument(f"c{n}", 1, f"{n}°)", f"Point {n}", ()) for n in (1, 2))
        html = page(client, adresse(publie(fige=document(rubriques=rubriques))))
        for n in (1, 2):
            assert f'href="#r-c{n}"' in html
            assert f'id="r-c{n}"' in html

    def test_le_texte_est_echappe(self, client: Client) -> None:
        piege = "<script>alert(1)</script>"
        objet = publie(fige=document(titre=piege, signature=("Le préfet,", piege), autorite=piege))
        html = page(client, adresse(objet)) + page(client, LISTE) + page(client, LISTE + "?q=" + piege)
        html += page(client, "/verifier/?reference=" + piege) + page(client, "/verifier/?reference=" + objet.reference)
        assert piege not in html
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize("etat", CACHES)
    @pytest.mark.parametrize("nom", ["public", "public_pdf"])
    def test_pas_encore_public_et_inexistant_se_ressemblent(self, client: Client, etat: str, nom: str) -> None:
        objet = publie(titre="Secret", etat=etat)
        cache = client.get(adresse(objet, nom))
        absent = client.get(reverse(f"comptes_rendus:{nom}", args=["jamais-ecrit"]))
        assert cache.status_code == absent.status_code == 404
        assert cache.content == absent.content
        assert "Secret" not in cache.content.decode()

    def test_meme_404_pour_qui_redige(self, client_de: Callable[..., Client], odile: Utilisateur) -> None:
        client = client_de(odile)
        objet = publie(etat=Etat.SIGNE)
        cache, absent = (page(client, chemin, 404) for chemin in (adresse(objet), "/comptes-rendus/jamais-ecrit/"))
        jeton = re.compile(r"[A-Za-z0-9]{64}")  # masked anew in every answer
        assert jeton.sub("", cache) == jeton.sub("", absent)

    def test_remplace_mene_au_nouveau(self, client: Client) -> None:
        ancien = publie(titre="Ancien")
        milieu = remplacer(ancien, titre="Milieu", permalien="milieu")
        nouveau = remplacer(milieu, titre="Nouveau", permalien="nouveau")
        html = page(client, adresse(ancien))
        assert "Ce compte rendu a été remplacé" in html
        assert f'href="{adresse(nouveau)}"' in html
        assert "remplacé" not in page(client, adresse(nouveau))

    def test_une_rectification_non_publiee_ne_se_montre_pas(self, client: Client) -> None:
        ancien = publie(titre="Ancien")
        remplacer(ancien, titre="En cours", permalien="en-cours", etat=Etat.SIGNE)
        html = page(client, adresse(ancien))
        assert "remplacé" not in html
        assert "en-cours" not in html

    def test_precedent_et_suivant_du_meme_comite(self, client: Client, clac: Comite, autre_comite: Comite) -> None:
        jours = [datetime.date(2026, mois, 1) for mois in (1, 2, 3)]
        avant, milieu, apres = (publie(seance=fabriques.seance(comite=clac, date=jour)) for jour in jours)
        ailleurs = publie(seance=fabriques.seance(comite=autre_comite, date=datetime.date(2026, 2, 2)))
        cache = publie(seance=fabriques.seance(comite=clac, date=datetime.date(2026, 2, 3)), etat=Etat.SIGNE)
        html = page(client, adresse(milieu))
        assert re.search(rf'rel="prev"\s+href="{adresse(avant)}"', html)
        assert re.search(rf'rel="next"\s+href="{adresse(apres)}"', html)
        assert adresse(ailleurs) not in html
        assert adresse(cache) not in html

    def test_nombre_de_requetes_constant(self, client: Client) -> None:
        objet = publie()
        client.get(adresse(objet))
        with CaptureQueriesContext(connection) as seul:
            client.get(adresse(objet))
        for jour in range(1, 21):
            publie("Bloc", "Bloc", seance=fabriques.seance(date=datetime.date(2026, 4, jour)))
        with CaptureQueriesContext(connection) as entoure:
            client.get(adresse(objet))
        assert len(seul) == len(entoure) <= 5

    def test_un_octet_change_dans_la_base_se_voit(self, client: Client) -> None:
        objet = publie()
        immuable.lever("comptes_rendus_pdffige")
        type(objet.pdf_signe).objects.filter(pk=objet.pdf_signe_id).update(octets=b"%PDF-faux")
        immuable.poser("comptes_rendus_pdffige")
        html = page(client, adresse(objet))
        assert "Intégrité non vérifiée" in html
        assert adresse(objet, "public_pdf") not in html
        assert "indisponible" in page(client, adresse(objet, "public_pdf"), 503)


# --- The date address


class TestDate:
    def test_mene_a_la_version_en_vigueur(self, client: Client, clac: Comite) -> None:
        ancien = publie(seance=fabriques.seance(comite=clac))
        chemin = reverse("comptes_rendus:date", args=[clac.slug, datetime.date(2026, 3, 12)])
        assert chemin == f"/comptes-rendus/{clac.slug}/2026-03-12/"
        assert client.get(chemin).headers["Location"] == adresse(ancien)
        nouveau = remplacer(ancien, permalien="nouveau")
        assert client.get(chemin).headers["Location"] == adresse(nouveau)

    @pytest.mark.parametrize("etat", CACHES)
    def test_404_tant_que_rien_n_est_public(self, client: Client, clac: Comite, etat: str) -> None:
        publie(seance=fabriques.seance(comite=clac), etat=etat)
        absent = client.get("/comptes-rendus/jamais/2026-03-12/")
        cache = client.get(f"/comptes-rendus/{clac.slug}/2026-03-12/")
        assert cache.status_code == absent.status_code == 404
        assert cache.content == absent.content

    @pytest.mark.parametrize("jour", ["2026-02-31", "2026-13-01", "0000-00-00", "2026-3-12"])
    def test_une_date_impossible_est_introuvable(self, client: Client, clac: Comite, jour: str) -> None:
        assert client.get(f"/comptes-rendus/{clac.slug}/{jour}/").status_code == 404


# --- The PDF


class TestPdf:
    def test_les_octets_memes(self, client: Client) -> None:
        objet = publie()
        reponse = client.get(adresse(objet, "public_pdf"))
        assert reponse.content == octets_de(objet)
        assert reponse.headers["Content-Type"] == "application/pdf"
        assert reponse.headers["Content-Disposition"] == 'inline; filename="CR_CLAC_2026-03-12.pdf"'
        assert reponse.headers["X-Content-Type-Options"] == "nosniff"
        assert reponse.headers["ETag"] == f'"{hashlib.sha256(reponse.content).hexdigest()}"'

    def test_304_quand_rien_n_a_change(self, client: Client) -> None:
        chemin = adresse(publie(), "public_pdf")
        etiquette = client.get(chemin).headers["ETag"]
        reponse = client.get(chemin, headers={"If-None-Match": etiquette})
        assert reponse.status_code == 304
        assert reponse.content == b""
        assert client.get(chemin, headers={"If-None-Match": '"autre"'}).status_code == 200

    def test_nom_de_fichier_sans_surprise(self, client: Client) -> None:
        comite = fabriques.comite(sigle='C"É/..\r\nX', slug="special")
        objet = publie(seance=fabriques.seance(comite=comite, date=None))
        entete = client.get(adresse(objet, "public_pdf")).headers["Content-Disposition"]
        assert entete == f'inline; filename="CR_C-E-X_{objet.reference}.pdf"'

    def test_une_deuxieme_version_a_son_nom(self, client: Client) -> None:
        nouveau = remplacer(publie(), permalien="nouveau")
        entete = client.get(adresse(nouveau, "public_pdf")).headers["Content-Disposition"]
        assert "CR_CLAC_2026-03-12_v2.pdf" in entete


# --- Headers


class TestEntetes:
    @pytest.fixture
    def chemins(self) -> list[str]:
        objet = publie()
        return [LISTE, adresse(objet), adresse(objet, "public_pdf")]

    def test_en_tetes_de_toutes_les_pages(self, client: Client, chemins: list[str]) -> None:
        for chemin in [*chemins, "/verifier/"]:
            entetes = client.get(chemin).headers
            assert "default-src 'none'" in entetes["Content-Security-Policy"]
            assert "unsafe" not in entetes["Content-Security-Policy"]
            assert entetes["X-Content-Type-Options"] == "nosniff"
            assert entetes["X-Frame-Options"] == "DENY"

    def test_cache_court_pour_l_anonyme(self, client: Client, chemins: list[str]) -> None:
        for chemin in chemins:
            assert client.get(chemin).headers["Cache-Control"] == "public, max-age=60"

    def test_rien_en_cache_avec_une_session(
        self, client_de: Callable[..., Client], mireille: Utilisateur, chemins: list[str]
    ) -> None:
        for chemin in chemins:
            assert "no-store" in client_de(mireille).get(chemin).headers["Cache-Control"]
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = "perime"
        for chemin in chemins:
            assert "public" not in client.get(chemin).headers.get("Cache-Control", "")

    def test_ni_style_ni_script_dans_la_page(self, client: Client, chemins: list[str]) -> None:
        for chemin in [*chemins[:2], "/verifier/", "/verifier/?reference=2222-2222", LISTE + "?q=seance"]:
            html = page(client, chemin)
            assert " style=" not in html
            assert "<style" not in html
            assert not [m for m in html.split("<script")[1:] if "src=" not in m.split(">")[0] and "json" not in m[:40]]
            assert " onclick" not in html
            assert "csrfmiddlewaretoken" not in html or "verifier" in chemin

    def test_lecture_seule(self, client: Client, chemins: list[str]) -> None:
        for chemin in chemins:
            assert client.post(chemin).status_code == 405
            assert client.head(chemin).status_code == 200

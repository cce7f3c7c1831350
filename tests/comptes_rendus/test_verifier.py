"""« Is this file really yours? »: authentic, but replaced, altered, unknown — and never a wrong « authentic »."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from comptes_rendus import examen, pdf, signature, verification
from comptes_rendus.models import CompteRendu, PdfFige
from comptes_rendus.signature import Examen
from comptes_rendus.verification import Motif, Nature, verifier, verifier_empreinte, verifier_reference
from comptes_rendus.views import publics
from journal import immuable

from .publies import Etat, document, octets_de, publie, remplacer

pytestmark = pytest.mark.django_db
PAGE = "/verifier/"


def sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def envoyer(client: Client, octets: bytes, nom: str = "cr.pdf", **entetes: str) -> Any:
    return client.post(PAGE, {"fichier": SimpleUploadedFile(nom, octets)}, headers=entetes)


def juger(octets: bytes) -> tuple[Nature, Motif]:
    verdict = verifier(octets)
    return verdict.nature, verdict.motif


# --- By file, by hash, by reference


class TestVerdicts:
    def test_authentique(self) -> None:
        objet = publie(titre="Bilan")
        octets = octets_de(objet)
        for verdict in (verifier(octets), verifier_empreinte(sha256(octets)), verifier_reference(objet.reference)):
            assert verdict.nature == Nature.AUTHENTIQUE
            assert verdict.public == objet
            assert verdict.titre == "Bilan"
            assert verdict.signe_par.startswith("Marie TESSANDIER")
            assert verdict.signe_le == objet.signe_le
            assert verdict.remplacant is None

    def test_remplace_mene_a_la_derniere_version(self) -> None:
        ancien = publie()
        milieu = remplacer(ancien, permalien="milieu")
        nouveau = remplacer(milieu, permalien="nouveau")
        for verdict in (verifier(octets_de(ancien)), verifier_reference(ancien.reference)):
            assert (verdict.nature, verdict.public, verdict.remplacant) == (Nature.REMPLACE, ancien, nouveau)
        assert verifier(octets_de(nouveau)).nature == Nature.AUTHENTIQUE

    def test_signe_non_publie_ne_dit_que_qui_et_quand(self, client: Client) -> None:
        objet = publie(titre="Secret", etat=Etat.SIGNE)
        octets = octets_de(objet)
        for verdict in (verifier(octets), verifier_empreinte(sha256(octets)), verifier_reference(objet.reference)):
            assert verdict.nature == Nature.AUTHENTIQUE
            assert verdict.public is None
            assert (verdict.titre, verdict.reference) == ("", "")
            assert verdict.signe_par
            assert verdict.signe_le == objet.signe_le
        html = envoyer(client, octets).content.decode()
        assert "Document authentique" in html
        assert "pas encore publié" in html
        for secret in ("Secret", objet.permalien, objet.reference, "CLAC"):
            assert secret not in html

    @pytest.mark.parametrize("etat", [Etat.APPROUVE, Etat.SIGNE, Etat.PUBLIE])
    def test_le_pdf_approuve_n_est_qu_un_projet(self, etat: str) -> None:
        objet = publie(etat=etat)
        verdict = verifier(octets_de(objet, signe=False))
        assert (verdict.nature, verdict.motif) == (Nature.PROJET, Motif.NON_SIGNE)
        assert (verdict.public == objet) == (etat == Etat.PUBLIE)
        assert bool(verdict.signe_le) == (etat != Etat.APPROUVE)

    def test_une_approbation_annulee_laisse_un_projet(self) -> None:
        objet = publie(etat=Etat.APPROUVE)
        CompteRendu.objects.filter(pk=objet.pk).update(
            etat=Etat.BROUILLON, pdf_approuve=None, approuve_par=None, approuve_le=None, document_approuve=None
        )
        assert juger(octets_de(objet, signe=False)) == (Nature.PROJET, Motif.NON_SIGNE)

    @pytest.mark.parametrize("etat", [Etat.BROUILLON, Etat.RELECTURE, Etat.APPROUVE])
    def test_la_reference_d_un_brouillon_est_inconnue_comme_une_autre(self, client: Client, etat: str) -> None:
        objet = publie(etat=etat)
        assert verifier_reference(objet.reference) == verifier_reference("2222-2222")
        cache = client.get(PAGE, {"reference": objet.reference}).content.decode()
        absent = client.get(PAGE, {"reference": "2222-2222"}).content.decode()
        assert "Référence inconnue" in absent

        def neutre(html: str, reference: str) -> str:
            jeton = html.partition('csrfmiddlewaretoken" value="')[2][:64]
            return html.replace(reference, "").replace(jeton, "")

        assert neutre(cache, objet.reference) == neutre(absent, "2222-2222")

    def test_inconnu(self) -> None:
        publie()
        assert juger(b"") == (Nature.INCONNU, Motif.VIDE)
        assert juger(b"\x89PNG\r\n") == (Nature.INCONNU, Motif.PAS_UN_PDF)
        assert juger(b"%PDF-1.4\nrien\n%%EOF") == (Nature.INCONNU, Motif.SANS_TRACE)
        assert verifier_empreinte("a" * 64).motif == Motif.SANS_TRACE

    @pytest.mark.parametrize("saisie", ["7k3m9qxd", " 7K3M - 9QXD ", "7K3M–9QXD", "7k3m_9qxd"])
    def test_la_reference_se_tape_comme_on_veut(self, saisie: str) -> None:
        objet = publie(reference="7K3M-9QXD")
        assert verifier_reference(saisie).public == objet

    @pytest.mark.parametrize("saisie", ["", "7K3M", "O0O0-1111", "x" * 10_000, "7K3M-9QXD-2", "\x00" * 8, "ééééàààà"])
    def test_une_saisie_illisible_le_dit(self, saisie: str) -> None:
        assert verifier_reference(saisie).motif == Motif.ILLISIBLE
        assert verifier_empreinte(saisie).motif == Motif.ILLISIBLE

    def test_l_empreinte_se_colle_comme_on_veut(self) -> None:
        objet = publie()
        hexa = sha256(octets_de(objet))
        collee = "\n ".join(hexa[i : i + 16].upper() for i in range(0, 64, 16))
        assert verifier_empreinte(collee).public == objet

    def test_un_fichier_change_dans_la_base_n_est_plus_garanti(self) -> None:
        objet = publie()
        immuable.lever("comptes_rendus_pdffige")
        PdfFige.objects.filter(compte_rendu=objet, est_signe=True).update(octets=b"%PDF-faux")
        immuable.poser("comptes_rendus_pdffige")
        assert juger(octets_de(objet)) == (Nature.ALTERE, Motif.INTEGRITE)

    def test_temoin_sans_l_etat_un_signe_d_ailleurs_passerait(self) -> None:
        """Twin: a signed file counts only if its minutes are signed."""
        objet = publie(etat=Etat.APPROUVE)
        octets = octets_de(objet)
        PdfFige.objects.create(
            compte_rendu=objet, est_signe=True, octets=octets, empreinte=sha256(octets), document=document().en_json()
        )
        assert juger(octets) == (Nature.PROJET, Motif.NON_SIGNE)
        assert verifier_reference(objet.reference).motif == Motif.REFERENCE


# --- Altered


class TestAltere:
    def test_des_octets_ajoutes(self) -> None:
        objet = publie()
        verdict = verifier(octets_de(objet) + b"\n%%EOF\n")
        assert (verdict.nature, verdict.motif, verdict.public) == (Nature.ALTERE, Motif.COMPLETE, objet)

    def test_le_projet_complete_par_un_autre(self) -> None:
        objet = publie(etat=Etat.APPROUVE)
        verdict = verifier(octets_de(objet, signe=False) + b"autre signature")
        assert (verdict.nature, verdict.motif) == (Nature.ALTERE, Motif.COMPLETE)
        assert verdict.signe_le is None
        assert verdict.public is None

    def test_le_plus_long_debut_l_emporte(self) -> None:
        """The signed file begins with the approved one: it is the signed one that was completed."""
        objet = publie()
        assert verifier(octets_de(objet) + b"x").signe_le == objet.signe_le

    def test_il_porte_notre_reference(self) -> None:
        import zlib

        objet = publie(reference="7K3M-9QXD")
        for octets in (
            b"%PDF-1.7\n/Subject (7K3M-9QXD)\n%%EOF",
            b"%PDF-1.7\nstream\n" + zlib.compress(b'{"reference": "7K3M-9QXD"}') + b"\nendstream",
        ):
            verdict = verifier(octets)
            assert (verdict.nature, verdict.motif, verdict.public) == (Nature.ALTERE, Motif.PORTE_REFERENCE, objet)

    @pytest.mark.parametrize("etat", [Etat.BROUILLON, Etat.APPROUVE])
    def test_la_reference_d_un_brouillon_ne_trahit_rien(self, etat: str) -> None:
        publie(reference="7K3M-9QXD", etat=etat)
        assert juger(b"%PDF-1.7\n/Subject (7K3M-9QXD)\n%%EOF") == (Nature.INCONNU, Motif.SANS_TRACE)

    @pytest.mark.parametrize(
        ("rapport", "attendu"),
        [
            (Examen("valable", intact=True, entier=True, de_nous=True), (Nature.ALTERE, Motif.PORTE_SIGNATURE)),
            (Examen("modifie", intact=True, de_nous=True), (Nature.ALTERE, Motif.PORTE_SIGNATURE)),
            (Examen("altere", de_nous=True), (Nature.ALTERE, Motif.PORTE_SIGNATURE)),
            (Examen("valable", intact=True, entier=True, de_nous=False), (Nature.INCONNU, Motif.AUTRE_SIGNATURE)),
            (Examen("valable", intact=True, entier=True, de_nous=None), (Nature.INCONNU, Motif.AUTRE_SIGNATURE)),
            (Examen("sans_signature"), (Nature.INCONNU, Motif.SANS_TRACE)),
            (Examen("illisible"), (Nature.INCONNU, Motif.SANS_TRACE)),
        ],
    )
    def test_une_signature_seule_n_est_jamais_authentique(
        self, monkeypatch: pytest.MonkeyPatch, rapport: Examen, attendu: tuple[Nature, Motif]
    ) -> None:
        monkeypatch.setattr(verification, "examiner_a_part", lambda octets, empreintes: rapport)
        assert juger(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF") == attendu

    def test_un_examen_trop_long_s_arrete(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(examen, "SECONDES", 0.01)
        assert juger(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF") == (Nature.INCONNU, Motif.NON_EXAMINE)


# --- Garbage


@pytest.mark.parametrize(
    "octets",
    [
        b"%PDF-",
        b"%PDF-1.7\n" + b"stream\n" * 100_000,
        b"%PDF-1.7\n" + b"/ByteRange [0 99999999999999999999 -1 1]" * 50,
        b"%PDF-1.7\n" + b"2222-2222 " * 500_000,
        b"%PDF-1.7\n" + bytes(range(256)) * 4_000,
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Size 1>>startxref\n0\n%%EOF/ByteRange",
        b"%PDF-1.7\n" + b"<<" * 200_000 + b"/ByteRange",
    ],
    ids=["entete", "flux", "bornes", "references", "octets", "boucle", "imbrique"],
)
def test_aucun_fichier_ne_casse_ni_ne_dure(octets: bytes) -> None:
    publie()
    debut = time.perf_counter()
    assert verifier(octets).nature == Nature.INCONNU
    assert time.perf_counter() - debut < 18


def test_vingt_cinq_megaoctets_restent_rapides() -> None:
    publie()
    octets = (b"%PDF-1.7\n" + b"stream\n\x78\x9c garbage 7K3M 9QXD ABCD-EFG " * 700_000)[: verification.TAILLE_MAX]
    debut = time.perf_counter()
    assert verifier(octets).nature == Nature.INCONNU
    assert time.perf_counter() - debut < 8


# --- The page


class TestPage:
    def test_sans_script_le_formulaire_envoie_le_fichier(self, client: Client) -> None:
        html = client.get(PAGE).content.decode()
        assert 'method="post"' in html
        assert 'enctype="multipart/form-data"' in html
        assert re.search(r'type="file"\s+id="fichier"\s+name="fichier"', html)
        assert "csrfmiddlewaretoken" in html
        assert "sceau technique" in html

    @pytest.mark.parametrize(
        ("cas", "attendu", "classe"),
        [
            ("authentique", "Document authentique", "success"),
            ("remplace", "Document authentique, mais remplacé", "warning"),
            ("altere", "Document modifié", "error"),
            ("projet", "Projet non signé", "warning"),
            ("inconnu", "Document inconnu", "info"),
            ("vide", "Il manque le fichier", "error"),
            ("texte", "n’est pas un PDF", "info"),
        ],
    )
    def test_chaque_verdict_se_lit(self, client: Client, cas: str, attendu: str, classe: str) -> None:
        objet = publie()
        if cas == "remplace":
            remplacer(objet, permalien="nouveau")
        octets = {
            "altere": octets_de(objet) + b"x",
            "projet": octets_de(objet, signe=False),
            "inconnu": b"%PDF-1.4 rien",
            "texte": b"bonjour",
        }.get(cas, octets_de(objet))
        reponse = client.post(PAGE) if cas == "vide" else envoyer(client, octets)
        html = reponse.content.decode()
        assert reponse.status_code == 200
        assert attendu in html
        assert f"fr-alert--{classe}" in html
        assert reponse.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in reponse.headers["Cache-Control"]
        if cas in ("authentique", "remplace", "altere", "projet"):
            assert reverse("comptes_rendus:public", args=[objet.permalien]) in html

    def test_l_empreinte_seule_rend_le_fragment(self, client: Client) -> None:
        objet = publie()
        donnees = {"empreinte": sha256(octets_de(objet))}
        html = client.post(PAGE, donnees, headers={"X-Conclu": "verdict"}).content.decode()
        assert "Document authentique" in html
        assert "<html" not in html
        inconnu = client.post(PAGE, {"empreinte": "b" * 64}, headers={"X-Conclu": "verdict"}).content.decode()
        assert 'name="examen"' in inconnu
        assert 'form="fichier-formulaire"' in inconnu
        assert 'name="examen"' not in client.post(PAGE, {"empreinte": "b" * 64}).content.decode()

    def test_la_reference_par_adresse(self, client: Client) -> None:
        objet = publie()
        html = client.get(PAGE, {"reference": objet.reference.lower()}).content.decode()
        assert "Référence reconnue" in html
        assert "ne dit rien de l’exemplaire" in html
        assert "Document authentique" not in html

    def test_un_fichier_trop_lourd_se_dit_dans_la_page(self, client: Client) -> None:
        reponse = envoyer(client, b"%PDF-1.7" + b"0" * 26_000_000)
        assert reponse.status_code == 413
        assert "Ce fichier est trop lourd" in reponse.content.decode()
        assert 'id="fichier"' in reponse.content.decode()

    def test_le_nom_du_fichier_est_echappe(self, client: Client) -> None:
        objet = publie()
        html = envoyer(client, octets_de(objet), nom="<img src=x onerror=alert(1)>.pdf").content.decode()
        assert "<img src=x" not in html

    def test_sans_jeton_l_envoi_est_refuse(self) -> None:
        assert envoyer(Client(enforce_csrf_checks=True), b"%PDF-").status_code == 403

    def test_vingt_envois_puis_429(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(publics.ENVOIS_MAX):
            assert envoyer(client, b"bonjour").status_code == 200
        reponse = envoyer(client, b"bonjour")
        assert reponse.status_code == 429
        assert reponse.headers["Retry-After"] == "600"
        assert "Trop de vérifications" in reponse.content.decode()
        assert client.get(PAGE, {"reference": "2222-2222"}).status_code == 200  # another counter
        ailleurs = Client(REMOTE_ADDR="203.0.113.9")
        assert envoyer(ailleurs, b"bonjour").status_code == 200

    def test_un_reseau_ipv6_compte_pour_un(self) -> None:
        for n in range(publics.ENVOIS_MAX):
            envoyer(Client(REMOTE_ADDR=f"2001:db8:1:2::{n + 1:x}"), b"bonjour")
        assert envoyer(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"), b"bonjour").status_code == 429
        assert envoyer(Client(REMOTE_ADDR="2001:db8:1:3::1"), b"bonjour").status_code == 200

    def test_les_references_aussi_se_comptent(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(publics, "QUESTIONS_MAX", 3)
        statuts = [client.get(PAGE, {"reference": f"2222-222{n}"}).status_code for n in range(2, 7)]
        assert statuts == [200, 200, 200, 429, 429]

    def test_rien_n_est_garde(self, client: Client, tmp_path: Path, settings: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        avant = PdfFige.objects.count()
        envoyer(client, b"%PDF-1.4 rien")
        assert PdfFige.objects.count() == avant
        assert list(tmp_path.iterdir()) == []


# --- The true thing: twelve files (confiance.md, V04)


@pytest.fixture(scope="module")
def cle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, signature.CleAutorite]:
    chemin = tmp_path_factory.mktemp("cle") / "cle.p12"
    signature.creer_cle_de_demonstration(chemin, "secret", "préfecture du Val-d’Ombre")
    return chemin, signature.CleAutorite.charger(chemin, "secret")


def signer(octets: bytes, cle: signature.CleAutorite) -> bytes:
    instant = datetime.datetime.now(datetime.UTC)
    return signature.signer(octets, cle=cle, nom="Marie TESSANDIER", qualite="", lieu="Ombreval", instant=instant)


@pytest.fixture
def vrai(cle: tuple[Path, signature.CleAutorite], settings: Any) -> CompteRendu:
    settings.SIGNATURE_P12, settings.SIGNATURE_P12_PASSE = str(cle[0]), "secret"
    fige = document("Le délai passe à douze jours.", reference="7K3M-9QXD")
    approuve = pdf.composer(fige, projet=False)
    return publie(fige=fige, reference="7K3M-9QXD", octets=(approuve, signer(approuve, cle[1])))


def refaire(octets: bytes, geste: Any, **options: Any) -> bytes:
    """What another program makes of the file: opened, changed, saved whole."""
    import pikepdf

    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as ouvert:
        geste(ouvert)
        ouvert.save(sortie, **options)
    return sortie.getvalue()


def fausses(octets: bytes, approuve: bytes, autre_cle: signature.CleAutorite) -> dict[str, bytes]:
    import pikepdf

    def peindre(ouvert: Any) -> None:
        page = ouvert.pages[0]
        page.contents_add(ouvert.make_stream(b"BT /F1 40 Tf 100 400 Td (FAUX) Tj ET"))

    def joindre(ouvert: Any) -> None:
        ouvert.attachments["faux.txt"] = b"faux"

    def depouiller(ouvert: Any) -> None:
        del ouvert.Root["/AcroForm"]
        for page in ouvert.pages:
            if "/Annots" in page:
                del page["/Annots"]

    def renommer(ouvert: Any) -> None:
        with ouvert.open_metadata() as meta:
            meta["dc:title"] = "Autre titre"

    retourne = bytearray(octets)
    retourne[len(approuve) // 2] ^= 1
    return {
        "octet": bytes(retourne),
        "ajout": octets + b"\n% ajout\n%%EOF\n",
        "peinture": refaire(octets, peindre),
        "page_editee": refaire(octets, lambda o: o.pages[0].contents_add(o.make_stream(b" q Q "), prepend=True)),
        "page_ajoutee": refaire(octets, lambda o: o.add_blank_page()),
        "piece_jointe": refaire(octets, joindre),
        "metadonnees": refaire(octets, renommer),
        "tronque": octets[: len(octets) * 2 // 3],
        "signature_otee": refaire(octets, depouiller),
        "autre_cle": signer(approuve, autre_cle),
        "compresse": refaire(octets, renommer, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    }


def test_douze_fichiers(vrai: CompteRendu, cle: tuple[Path, signature.CleAutorite], tmp_path: Path) -> None:
    assert vrai.pdf_signe is not None
    assert vrai.pdf_approuve is not None
    octets, approuve = bytes(vrai.pdf_signe.octets), bytes(vrai.pdf_approuve.octets)
    autre = tmp_path / "autre.p12"
    signature.creer_cle_de_demonstration(autre, "secret", "quelqu’un d’autre")
    autre_cle = signature.CleAutorite.charger(autre, "secret")
    assert juger(octets) == (Nature.AUTHENTIQUE, Motif.FICHIER)
    assert juger(approuve) == (Nature.PROJET, Motif.NON_SIGNE)
    for nom, faux in fausses(octets, approuve, autre_cle).items():
        verdict = verifier(faux)
        assert verdict.nature == Nature.ALTERE, nom
        assert verdict.public == vrai, nom
        assert verifier_empreinte(sha256(faux)).nature == Nature.INCONNU, nom
    nouveau = remplacer(vrai, permalien="nouveau")
    verdict = verifier(octets)
    assert (verdict.nature, verdict.remplacant) == (Nature.REMPLACE, nouveau)


def test_signe_de_notre_cle_mais_jamais_delivre(vrai: CompteRendu, cle: tuple[Path, signature.CleAutorite]) -> None:
    """A true signature of ours on a file we do not hold, of minutes we do not know: recognised, not authentic."""
    ailleurs = signer(pdf.composer(document("Autre."), projet=False).replace(b"7K3M-9QXD", b"2222-2222"), cle[1])
    CompteRendu.objects.filter(pk=vrai.pk).update(reference="3333-3333")
    assert juger(ailleurs) == (Nature.ALTERE, Motif.PORTE_SIGNATURE)


def test_le_pdf_d_un_inconnu_signe_de_sa_cle(vrai: CompteRendu, tmp_path: Path) -> None:
    autre = tmp_path / "autre.p12"
    signature.creer_cle_de_demonstration(autre, "secret", "quelqu’un d’autre")
    octets = pdf.composer(document("Le texte d’un autre.", reference="4444-4444"), projet=False)
    assert juger(signer(octets, signature.CleAutorite.charger(autre, "secret"))) == (
        Nature.INCONNU,
        Motif.AUTRE_SIGNATURE,
    )

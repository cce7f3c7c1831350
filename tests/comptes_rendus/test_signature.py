"""The signature: conformance kept, nothing changed before it, every tampering told."""

from __future__ import annotations

import asyncio
import io
import random
import re
import stat
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from comptes_rendus import signature

from .test_pdf import DOCUMENTS, compose, defauts, pdftotext

INSTANT = datetime(2026, 12, 22, 13, 30, tzinfo=UTC)
QUALITE = "Secrétaire générale de la préfecture de Rocval, sous-préfète de l’arrondissement chef-lieu"
PHRASE = "une phrase secrète"


@pytest.fixture(scope="module")
def chemin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("cle") / "rocval.p12"
    signature.creer_cle_de_demonstration(chemin, PHRASE, "Préfecture de Rocval")
    return chemin


@pytest.fixture(scope="module")
def cle(chemin: Path) -> signature.CleAutorite:
    return signature.CleAutorite.charger(chemin, PHRASE)


@pytest.fixture(scope="module")
def autre_cle(tmp_path_factory: pytest.TempPathFactory) -> signature.CleAutorite:
    chemin = tmp_path_factory.mktemp("autre") / "autre.p12"
    signature.creer_cle_de_demonstration(chemin, PHRASE, "Préfecture de Rocval")
    return signature.CleAutorite.charger(chemin, PHRASE)


def signer(octets: bytes, cle: signature.CleAutorite, **champs: Any) -> bytes:
    valeurs = {"nom": "Hélène VAUCLAIR", "qualite": QUALITE, "lieu": "Rocval", "instant": INSTANT}
    return signature.signer(octets, cle=cle, **{**valeurs, **champs})


@pytest.fixture(scope="module")
def approuve() -> bytes:
    return compose("complet")


@pytest.fixture(scope="module")
def signe(approuve: bytes, cle: signature.CleAutorite) -> bytes:
    return signer(approuve, cle)


# --- Signing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_signe_reste_conforme_et_commence_par_l_approuve(nom: str, cle: signature.CleAutorite, tmp_path: Path) -> None:
    octets = compose(nom)
    signe = signer(octets, cle)
    assert signe.startswith(octets)
    assert defauts(signe, tmp_path) == []
    examen = signature.examiner(signe, empreintes=[cle.empreinte])
    assert (examen.verdict, examen.valable) == ("valable", True)


def test_un_second_programme_est_d_accord(signe: bytes, tmp_path: Path) -> None:
    chemin = tmp_path / "signe.pdf"
    chemin.write_bytes(signe)
    lu = subprocess.run(["pdfsig", "-nocert", chemin], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in lu
    assert "Total document signed" in lu
    assert "ETSI.CAdES.detached" in lu
    assert subprocess.run(["qpdf", "--check", chemin], capture_output=True).returncode == 0


def test_signature_certifiante_qui_interdit_tout_changement(signe: bytes) -> None:
    with pikepdf.open(io.BytesIO(signe)) as fichier:
        valeur = fichier.Root.Perms.DocMDP
        assert valeur.SubFilter == "/ETSI.CAdES.detached"
        assert int(valeur.Reference[0].TransformParams.P) == 1
        assert str(valeur.Name) == "Hélène VAUCLAIR"
        assert str(valeur.Location) == "Rocval"
        assert str(valeur.M).startswith("D:20261222143000+01")


def test_l_apparence_dit_qui_quand_et_ou(signe: bytes) -> None:
    texte = " ".join(pdftotext(signe).split()).replace("\u00a0", " ")
    assert "Signé électroniquement par Hélène VAUCLAIR, Secrétaire générale de la préfecture de Rocval" in texte
    assert "à Rocval, le 22 décembre 2026 à 14 h 30" in texte


@pytest.mark.parametrize("nom", ["Ngọc NGUYỄN", "✓ 漢 O'NEIL (50 %)", "Marie-Bérengère " + "DE LA TOUR " * 12])
def test_nom_difficile(nom: str, approuve: bytes, cle: signature.CleAutorite, tmp_path: Path) -> None:
    signe = signer(approuve, cle, nom=nom, qualite="", lieu="")
    assert defauts(signe, tmp_path) == []
    assert signature.examiner(signe).verdict == "valable"


def test_ne_se_signe_pas_deux_fois(signe: bytes, cle: signature.CleAutorite) -> None:
    with pytest.raises(signature.SignatureImpossible, match="déjà signé"):
        signer(signe, cle)


@pytest.mark.parametrize("octets", [b"", b"pas un PDF", b"%PDF-1.7\n%%EOF"])
def test_ne_signe_pas_n_importe_quoi(octets: bytes, cle: signature.CleAutorite) -> None:
    with pytest.raises(signature.SignatureImpossible):
        signer(octets, cle)


def test_ne_signe_pas_un_projet(cle: signature.CleAutorite) -> None:
    with pytest.raises(signature.SignatureImpossible, match="emplacement"):
        signer(compose("minimal", projet=True), cle)


def test_instant_sans_fuseau_refuse(approuve: bytes, cle: signature.CleAutorite) -> None:
    with pytest.raises(ValueError, match="aware"):
        signer(approuve, cle, instant=datetime(2026, 12, 22))


def test_dans_une_boucle_d_evenements(approuve: bytes, cle: signature.CleAutorite) -> None:
    async def ici() -> signature.Examen:
        return signature.examiner(signer(approuve, cle), empreintes=[cle.empreinte])

    with ThreadPoolExecutor(1) as fil:  # Playwright may hold this thread's loop
        assert fil.submit(lambda: asyncio.run(ici())).result().valable


# --- The key --------------------------------------------------------------------------------------------------------


def test_cle_de_demonstration(chemin: Path, cle: signature.CleAutorite) -> None:
    assert stat.S_IMODE(chemin.stat().st_mode) == 0o600
    assert cle.demonstration
    assert cle.titulaire == "CLÉ DE DÉMONSTRATION — SANS VALEUR, Préfecture de Rocval"
    assert [f.name for f in chemin.parent.iterdir()] == [chemin.name]
    avant = chemin.read_bytes()
    signature.creer_cle_de_demonstration(chemin, "autre", "Autre")
    assert chemin.read_bytes() == avant
    assert PHRASE not in repr(cle)


def test_cle_gardee_en_memoire_jusqu_a_ce_que_le_fichier_change(chemin: Path, tmp_path: Path) -> None:
    copie = tmp_path / "copie.p12"
    copie.write_bytes(chemin.read_bytes())
    premiere = signature.CleAutorite.charger(copie, PHRASE)
    assert signature.CleAutorite.charger(copie, PHRASE) is premiere
    copie.unlink()
    signature.creer_cle_de_demonstration(copie, PHRASE, "Autre")
    assert signature.CleAutorite.charger(copie, PHRASE).empreinte != premiere.empreinte


def test_cle_indisponible(chemin: Path, cle: signature.CleAutorite, tmp_path: Path) -> None:
    casse = tmp_path / "casse.p12"
    casse.write_bytes(b"rien")
    for adresse, passe, dit in (
        ("", "", "Aucune clé"),
        (tmp_path / "absente.p12", "", "introuvable"),
        (tmp_path, "", "lue"),
        (chemin, "fausse", "Phrase secrète refusée"),
        (casse, "", "Phrase secrète refusée"),
    ):
        with pytest.raises(signature.CleIndisponible, match=dit):
            signature.CleAutorite.charger(adresse, passe)
    with pytest.raises(signature.CleIndisponible, match="expiré le"):
        signature.CleAutorite.charger(chemin, PHRASE, instant=cle.fin + timedelta(seconds=1))
    with pytest.raises(signature.CleIndisponible, match="à partir du"):
        cle.verifier(cle.debut - timedelta(seconds=1))


def test_cle_expiree_ne_signe_pas(approuve: bytes, cle: signature.CleAutorite) -> None:
    with pytest.raises(signature.CleIndisponible, match="expiré"):
        signer(approuve, cle, instant=cle.fin + timedelta(days=1))


@pytest.mark.parametrize(("genre", "admise"), [("ec", True), ("ed25519", False), ("sans cle", False)])
def test_autres_genres_de_cles(genre: str, admise: bool, approuve: bytes, tmp_path: Path) -> None:
    chemin = tmp_path / "cle.p12"
    chemin.write_bytes(_p12(genre))
    if not admise:
        with pytest.raises(signature.CleIndisponible):
            signature.CleAutorite.charger(chemin, PHRASE)
        return
    signe = signer(approuve, signature.CleAutorite.charger(chemin, PHRASE))
    assert signature.examiner(signe).verdict == "valable"


def _p12(genre: str) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    cle: Any = ed25519.Ed25519PrivateKey.generate() if genre == "ed25519" else ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Essai")])
    debut = datetime.now(UTC) - timedelta(hours=1)
    certificat = (
        x509.CertificateBuilder(nom, nom, cle.public_key(), x509.random_serial_number(), debut, debut + timedelta(900))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(cle, None if genre == "ed25519" else hashes.SHA256())
    )
    chiffrement = BestAvailableEncryption(PHRASE.encode())
    if genre == "sans cle":
        return pkcs12.serialize_key_and_certificates(None, None, None, [certificat], chiffrement)
    return pkcs12.serialize_key_and_certificates(b"x", cle, certificat, None, chiffrement)


# --- Tampering ------------------------------------------------------------------------------------------------------


def _retoucher(octets: bytes, fonction: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Rewrite the whole file after ``fonction``, as an ordinary PDF editor does."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as fichier:
        fonction(fichier)
        fichier.save(sortie)
    return sortie.getvalue()


def _revision(octets: bytes, fonction: Callable[[Any], None]) -> bytes:
    """Append an incremental revision, as an attacker does to keep the signed bytes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    redacteur = IncrementalPdfFileWriter(io.BytesIO(octets))
    fonction(redacteur)
    sortie = io.BytesIO()
    redacteur.write(sortie)
    return sortie.getvalue()


def _recouvrir(redacteur: Any) -> None:
    from pyhanko.pdf_utils import generic

    flux = generic.StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 800 re f Q")
    redacteur.add_stream_to_page(0, redacteur.add_object(flux))


def _metadonnees(redacteur: Any) -> None:
    from pyhanko.pdf_utils.generic import pdf_string

    redacteur.root["/Lang"] = pdf_string("en")
    redacteur.update_root()


def _trou(signe: bytes) -> tuple[int, int]:
    plage = re.search(rb"/ByteRange \[0 (\d+) (\d+) \d+", signe)
    assert plage is not None
    return int(plage[1]), int(plage[2])


def _chiffre_du_bourrage(signe: bytes) -> bytes:
    _, fin = _trou(signe)
    return signe[: fin - 5] + b"1" + signe[fin - 4 :]


ALTERATIONS: dict[str, tuple[Callable[[bytes, bytes], bytes], set[str]]] = {
    "octet change": (lambda s, a: s[:5000] + bytes([s[5000] ^ 1]) + s[5001:], {"altere"}),
    "octet change dans la revision": (lambda s, a: s[:-300] + bytes([s[-300] ^ 1]) + s[-299:], {"altere"}),
    "octets ajoutes": (lambda s, a: s + b"\n% ajout\n", {"modifie"}),
    "espace ajoute": (lambda s, a: s + b"\n", {"modifie"}),
    "bourrage": (lambda s, a: _chiffre_du_bourrage(s), {"modifie"}),
    "recouvrement": (lambda s, a: _revision(s, _recouvrir), {"modifie"}),
    "metadonnees": (lambda s, a: _revision(s, _metadonnees), {"modifie"}),
    "tronque": (lambda s, a: s[:-2000], {"altere", "illisible"}),
    "tronque au milieu": (lambda s, a: s[: len(a) // 2], {"illisible"}),
    "signature retiree": (lambda s, a: a, {"sans_signature"}),
    "valeur retiree": (
        lambda s, a: _retoucher(s, lambda f: f.Root.AcroForm.Fields[0].__delitem__("/V")),
        {"sans_signature", "altere"},
    ),
    "page retiree": (lambda s, a: _retoucher(s, lambda f: f.pages.__delitem__(0)), {"altere"}),
    "fichier reecrit": (lambda s, a: _retoucher(s, lambda f: None), {"altere"}),
    "annexe ajoutee": (lambda s, a: _retoucher(s, lambda f: f.attachments.__setitem__("x", b"x")), {"altere"}),
    "vide": (lambda s, a: b"", {"illisible"}),
    "autre chose": (lambda s, a: b"GIF89a", {"illisible"}),
}


@pytest.mark.parametrize("nom", ALTERATIONS)
def test_falsification_dite(nom: str, approuve: bytes, signe: bytes, cle: signature.CleAutorite) -> None:
    alterer, verdicts = ALTERATIONS[nom]
    examen = signature.examiner(alterer(signe, approuve), empreintes=[cle.empreinte])
    assert examen.verdict in verdicts
    assert not examen.valable
    assert examen.message


def test_intact_est_reconnu(signe: bytes, cle: signature.CleAutorite) -> None:
    examen = signature.examiner(signe, empreintes=["0" * 64, cle.empreinte.upper()])
    assert (examen.signe, examen.intact, examen.entier, examen.valable) == (True, True, True, True)
    assert examen.signataire == cle.titulaire
    assert examen.instant == INSTANT


def test_signe_par_un_autre(approuve: bytes, cle: signature.CleAutorite, autre_cle: signature.CleAutorite) -> None:
    examen = signature.examiner(signer(approuve, autre_cle), empreintes=[cle.empreinte])
    assert (examen.verdict, examen.de_nous, examen.valable) == ("valable", False, False)
    assert "pas été faite avec la clé" in examen.message


def test_sans_empreinte_rien_n_est_de_nous(signe: bytes) -> None:
    assert (signature.examiner(signe).de_nous, signature.examiner(signe).valable) == (None, False)


def test_cent_bits_changes(signe: bytes, cle: signature.CleAutorite) -> None:
    """Wherever the bit lies, signature included, the file is no longer « valable »."""
    hasard = random.Random(20261222)
    debut, fin = _trou(signe)
    manques = []
    positions = [hasard.randrange(len(signe)) for _ in range(60)] + [hasard.randrange(debut, fin) for _ in range(60)]
    for position in positions:
        falsifie = bytearray(signe)
        falsifie[position] ^= 1 << hasard.randrange(8)
        examen = signature.examiner(bytes(falsifie), empreintes=[cle.empreinte])
        if examen.valable:
            manques.append((position, position - debut))
    assert manques == []

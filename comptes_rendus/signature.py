"""Sign the frozen PDF with the authority's key, and say what a signed PDF is worth.

Level: PAdES B-B, certifying signature (no change allowed after it), in the field the layout drew. The signed file
begins with exactly the bytes given. What the signature *is*: a technical seal made with the authority's own key, not
a qualified signature. pyHanko is imported on first use: the web processes may import this module for nothing.

Verification follows one rule: the SHA-256 of the file against those we hold decides first (that is the caller's);
``examiner`` speaks of the signature alone and never trusts what the file says of itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
import warnings
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from . import polices

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.validation import EmbeddedPdfSignature

CHAMP = "signature"
SANS_VALEUR = "CLÉ DE DÉMONSTRATION — SANS VALEUR"
FUSEAU = ZoneInfo("Europe/Paris")
_MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_POLICES = Path(__file__).resolve().parent.parent / "var" / "polices"

T = TypeVar("T")


class CleIndisponible(Exception):
    """The authority's key cannot be used; ``str()`` is a sentence in French for the administrator."""


class SignatureImpossible(Exception):
    """This file cannot be signed; ``str()`` is a sentence in French."""


# --- The key ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class CleAutorite:
    """The authority's private key, ready to sign, and what its certificate says.

    ``empreinte``: SHA-256 of the certificate, lower-case hexadecimal. ``debut`` and ``fin``: aware instants.
    """

    titulaire: str
    empreinte: str
    debut: datetime
    fin: datetime
    demonstration: bool
    signataire: Signer = field(repr=False)

    @classmethod
    def charger(cls, chemin: str | Path, passphrase: str, *, instant: datetime | None = None) -> CleAutorite:
        """Read a PKCS#12 file; kept in memory until the file changes (opening one costs 0.2 s).

        ``instant`` (default now) is when the certificate must be valid. Raises ``CleIndisponible``: no file, wrong
        passphrase, no private key in it, certificate expired or not yet valid.
        """
        if not str(chemin):
            raise CleIndisponible("Aucune clé de signature n’est installée.")
        try:
            etat = os.stat(chemin)
        except OSError:
            raise CleIndisponible(f"La clé de signature «\u00a0{chemin}\u00a0» est introuvable.") from None
        cle = _charger(os.fspath(chemin), etat.st_mtime_ns, etat.st_size, passphrase)
        cle.verifier(instant or datetime.now(UTC))
        return cle

    def verifier(self, instant: datetime) -> None:
        """Raise ``CleIndisponible`` unless the certificate is valid at ``instant`` (aware)."""
        if instant < self.debut:
            raise CleIndisponible(f"Le certificat de signature n’est valable qu’à partir du {_jour(self.debut)}.")
        if instant > self.fin:
            raise CleIndisponible(f"Le certificat de signature a expiré le {_jour(self.fin)}.")


@lru_cache(maxsize=4)
def _charger(chemin: str, _date: int, _taille: int, passphrase: str) -> CleAutorite:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        contenu = Path(chemin).read_bytes()
    except OSError:
        raise CleIndisponible(f"La clé de signature «\u00a0{chemin}\u00a0» ne peut pas être lue.") from None
    try:
        privee, certificat, autres = pkcs12.load_key_and_certificates(contenu, passphrase.encode())
    except ValueError:
        raise CleIndisponible("Phrase secrète refusée, ou fichier de clé endommagé (PKCS#12 attendu).") from None
    if privee is None or certificat is None:
        raise CleIndisponible("Le fichier de clé ne contient pas de clé privée et son certificat.")
    if not isinstance(privee, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CleIndisponible("La clé de signature doit être une clé RSA ou à courbe elliptique.")
    signataire = _outils().Cle(privee, certificat, autres)
    return CleAutorite(
        titulaire=_titulaire(signataire.signing_cert),
        empreinte=signataire.signing_cert.sha256.hex(),
        debut=certificat.not_valid_before_utc,
        fin=certificat.not_valid_after_utc,
        demonstration=SANS_VALEUR in certificat.subject.rfc4514_string(),
        signataire=signataire,
    )


def cle_de_l_autorite() -> CleAutorite:
    """The key named by ``settings.SIGNATURE_P12`` and ``SIGNATURE_P12_PASSE``. Raises ``CleIndisponible``."""
    from django.conf import settings

    return CleAutorite.charger(settings.SIGNATURE_P12, settings.SIGNATURE_P12_PASSE)


def creer_cle_de_demonstration(chemin: str | Path, passphrase: str, nom_autorite: str, *, jours: int = 1095) -> None:
    """Write a self-signed key (RSA 3072, PKCS#12, mode 0600) named « CLÉ DE DÉMONSTRATION — SANS VALEUR ».

    ``jours``: calendar days of validity. Written in one piece; a file already there is left alone. Raises
    ``OSError`` when the folder cannot be written.
    """
    chemin = Path(chemin)
    if chemin.exists():
        return
    contenu = _fabriquer(passphrase, nom_autorite, jours)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    descripteur, nom = tempfile.mkstemp(dir=chemin.parent, prefix=f".{chemin.name}.")
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            sortie.write(contenu)
            sortie.flush()
            os.fsync(sortie.fileno())
        Path(chemin).hardlink_to(nom)
    except FileExistsError:
        pass
    finally:
        Path(nom).unlink()


def _fabriquer(passphrase: str, nom_autorite: str, jours: int) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    cle = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    nom = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, nom_autorite[:64] or "Autorité"),
            x509.NameAttribute(NameOID.COMMON_NAME, SANS_VALEUR),
        ]
    )
    usages = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    debut = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    identifiant = x509.SubjectKeyIdentifier.from_public_key(cle.public_key())
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + timedelta(days=jours))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usages
            ),
            critical=True,
        )
        .add_extension(identifiant, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifiant), critical=False)
        .sign(cle, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"conclu", cle, certificat, None, BestAvailableEncryption(passphrase.encode())
    )


# --- Signing ------------------------------------------------------------------------------------------------------


def signer(octets: bytes, *, cle: CleAutorite, nom: str, qualite: str, lieu: str, instant: datetime) -> bytes:
    """Return ``octets`` followed by the signature revision; nothing of ``octets`` changes.

    ``nom`` and ``qualite``: the signatory as printed in the box; ``lieu``: town, may be empty; ``instant``: aware,
    printed in Europe/Paris. Raises ``SignatureImpossible`` (no empty signature field, already signed, unreadable
    file) and ``CleIndisponible`` (certificate not valid at ``instant``).
    """
    if instant.tzinfo is None:
        raise ValueError("instant must be aware")
    cle.verifier(instant)
    signe = _hors_boucle(lambda: _signer(octets, cle, nom, qualite, lieu, instant))
    if not signe.startswith(octets):
        raise SignatureImpossible("La signature a modifié le document approuvé\u00a0: elle est abandonnée.")
    return signe


def _signer(octets: bytes, cle: CleAutorite, nom: str, qualite: str, lieu: str, instant: datetime) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata

    metadonnees = PdfSignatureMetadata(
        field_name=CHAMP,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=nom,
        location=lieu or None,
        reason="Compte rendu approuvé",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    sortie = BytesIO()
    try:
        redacteur = _outils().Redacteur(BytesIO(octets))
        style = _style(_champ(redacteur), nom, qualite, lieu, instant)
        signataire = _outils().Signataire(metadonnees, cle.signataire, stamp_style=style)
        signataire.instant = instant
        signataire.sign_pdf(redacteur, existing_fields_only=True, output=sortie)
    except (SigningError, PdfError, ValueError, OSError) as erreur:
        raise SignatureImpossible(f"Ce PDF ne peut pas être signé\u00a0: {erreur}") from erreur
    return sortie.getvalue()


def _champ(redacteur: Any) -> Any:
    """The empty signature field. Raises ``SignatureImpossible``."""
    for reference in redacteur.root.get("/AcroForm", {}).get("/Fields", ()):
        champ = reference.get_object()
        if champ.get("/T") == CHAMP and champ.get("/FT") == "/Sig":
            if "/V" in champ:
                raise SignatureImpossible("Ce document est déjà signé.")
            return champ
    raise SignatureImpossible("Ce document n’a pas d’emplacement de signature.")


@lru_cache(maxsize=1)
def _outils() -> Any:
    """Three small subclasses of pyHanko, made on first use."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner, Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Outils:
        class Cle(Signer):
            """Keeps the private key open: pyHanko's own signer checks it anew each time, 0.2 s for RSA 3072."""

            def __init__(self, privee: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, certificat: Any, autres: Any):
                registre = SimpleCertificateStore()
                registre.register_multiple(translate_pyca_cryptography_cert_to_asn1(autre) for autre in autres)
                super().__init__(
                    signing_cert=translate_pyca_cryptography_cert_to_asn1(certificat), cert_registry=registre
                )
                self._privee = privee

            async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
                if digest_algorithm != "sha256":
                    raise ValueError(digest_algorithm)
                if isinstance(self._privee, rsa.RSAPrivateKey):
                    if dry_run:
                        return bytes(self._privee.key_size // 8)
                    return self._privee.sign(data, PKCS1v15(), hashes.SHA256())
                return self._privee.sign(data, ec.ECDSA(hashes.SHA256()))

        class Redacteur(IncrementalPdfFileWriter):
            """Leaves the metadata as approved (pyHanko would rewrite producer, date and XMP)."""

            def _update_meta(self) -> None:
                pass

        class Signataire(PdfSigner):
            """Signs at the instant it is told."""

            instant: datetime

            def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
                session = super().init_signing_session(*arguments, **options)
                session.system_time = self.instant.astimezone(FUSEAU)
                return session

    return Outils


def _jour(instant: datetime) -> str:
    local = instant.astimezone(FUSEAU)
    return f"{'1er' if local.day == 1 else local.day}\u00a0{_MOIS[local.month - 1]}\u00a0{local.year}"


def _style(champ: Any, nom: str, qualite: str, lieu: str, instant: datetime) -> Any:
    """The appearance of the signature, as large as the field the layout drew."""
    from django.conf import settings
    from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    from .tampon import CORPS, CORPS_NOM, Tampon, choisir

    local = instant.astimezone(FUSEAU)
    quand = f"le {_jour(local)} à {local.hour}\u00a0h\u00a0{local.minute:02d}"
    textes = [
        (False, "Signé électroniquement par"),
        (True, f"{nom},"),
        (False, f"{qualite}," if qualite else ""),
        (False, f"à {lieu}, {quand}" if lieu else quand),
    ]
    dossier = polices.preparer(Path(getattr(settings, "POLICES", _POLICES)))
    paragraphes = []
    for gras, texte in textes:
        if texte:
            police, trace = choisir(polices.chemins_du_tampon(dossier, gras=gras), texte)
            paragraphes.append((police, CORPS_NOM if gras else CORPS, trace))
    x1, y1, x2, y2 = (float(n) for n in champ["/Rect"])
    bord_a_bord = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN)
    return StaticStampStyle(
        background=Tampon(paragraphes, abs(x2 - x1), abs(y2 - y1)),
        background_layout=bord_a_bord,
        background_opacity=1.0,
        border_width=0,
    )


# --- Examination --------------------------------------------------------------------------------------------------

Verdict = Literal["illisible", "sans_signature", "valable", "modifie", "altere"]

_MESSAGES: dict[Verdict, str] = {
    "illisible": "Ce fichier n’est pas un PDF lisible.",
    "sans_signature": "Ce PDF ne porte aucune signature électronique.",
    "valable": "La signature est intacte et couvre tout le fichier.",
    "modifie": "La signature est reconnue, mais le fichier a été complété ou modifié après elle.",
    "altere": "Le fichier a été altéré\u00a0: la signature ne correspond plus à son contenu.",
}


@dataclass(frozen=True, slots=True)
class Examen:
    """What the signature of a file proves, without trusting anybody.

    ``intact``: the signed bytes are those signed; ``entier``: they are the whole file, signature padding included.
    ``empreinte``: SHA-256 of the signer's certificate, to be compared with the authority's; ``de_nous``: the result
    of that comparison, ``None`` when no fingerprint was given. ``instant``: the time the signer claims.
    """

    verdict: Verdict
    intact: bool = False
    entier: bool = False
    signataire: str = ""
    empreinte: str = ""
    de_nous: bool | None = None
    instant: datetime | None = None
    message: str = ""

    @property
    def signe(self) -> bool:
        return self.verdict not in ("illisible", "sans_signature")

    @property
    def valable(self) -> bool:
        """Intact, whole, and made with one of the fingerprints given."""
        return self.verdict == "valable" and self.de_nous is True


def examiner(octets: bytes, *, empreintes: Collection[str] = ()) -> Examen:
    """Examine the signature of a file; never raises.

    ``empreintes``: fingerprints (SHA-256, hexadecimal) of the certificates of the authority, past and present.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _hors_boucle(lambda: _examiner(octets, {e.lower() for e in empreintes}))
    except Exception:  # pyHanko meets damaged files with dozens of exception classes
        return _conclure("altere" if b"/ByteRange" in octets else "illisible")


def _examiner(octets: bytes, empreintes: set[str]) -> Examen:
    from pyhanko.pdf_utils.reader import PdfFileReader

    signatures = PdfFileReader(BytesIO(octets)).embedded_regular_signatures
    if not signatures:
        return _conclure("altere" if b"/ByteRange" in octets else "sans_signature")
    return _examiner_signature(octets, signatures[0], empreintes)


def _examiner_signature(octets: bytes, signature: EmbeddedPdfSignature, empreintes: set[str]) -> Examen:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificat = signature.signer_cert
    contexte = ValidationContext(trust_roots=[certificat], allow_fetching=False)
    etat = validate_pdf_signature(signature, contexte)
    intact = bool(etat.intact and etat.valid)
    empreinte = certificat.sha256.hex()
    de_nous = empreinte in empreintes if empreintes else None
    entier = etat.coverage == SignatureCoverageLevel.ENTIRE_FILE and _sans_bourrage(octets, signature)
    entier = entier and (not de_nous or _telle_que_nous_l_ecrivons(signature))
    inchange = etat.modification_level in (None, ModificationLevel.NONE) and etat.docmdp_ok is not False
    verdict: Verdict = "altere" if not intact else "valable" if entier and inchange else "modifie"
    return _conclure(
        verdict,
        intact=intact,
        entier=entier,
        signataire=_titulaire(certificat),
        empreinte=empreinte,
        de_nous=de_nous,
        instant=signature.self_reported_timestamp,
    )


def _sans_bourrage(octets: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the hole left by the byte range holds the signature, in its one encoding, then zeros only."""
    debut, longueur, reprise, _ = (int(n) for n in signature.byte_range)
    trou = octets[debut + longueur : reprise]
    der = signature.pkcs7_content
    hexa = der[: _longueur_der(der)].hex().encode()
    attendu = b"<" + hexa.ljust(len(trou) - 2, b"0") + b">"
    return trou in (attendu, attendu.upper())


def _telle_que_nous_l_ecrivons(signature: EmbeddedPdfSignature) -> bool:
    """Whether the few fields that a CMS signature does not protect hold what ours always hold."""
    contenu, signataire, certificat = signature.signed_data, signature.signer_info, signature.signer_cert
    auteur = signataire["sid"].chosen
    return (
        (contenu["version"].native, signataire["version"].native) == ("v1", "v1")
        and [a.dump() for a in contenu["digest_algorithms"]] == [signataire["digest_algorithm"].dump()]
        and auteur["issuer"].dump() == certificat.issuer.dump()
        and auteur["serial_number"].native == certificat.serial_number
        and contenu["encap_content_info"]["content_type"].native == "data"
        and contenu["encap_content_info"]["content"].native is None
    )


def _longueur_der(der: bytes) -> int:
    """Length of the first DER value of ``der``, header included."""
    if der[1] < 0x80:
        return 2 + der[1]
    taille = der[1] & 0x7F
    return 2 + taille + int.from_bytes(der[2 : 2 + taille], "big")


def _conclure(verdict: Verdict, **champs: Any) -> Examen:
    message = _MESSAGES[verdict]
    if verdict == "valable" and champs.get("de_nous") is False:
        message = "La signature est intacte, mais elle n’a pas été faite avec la clé de l’autorité."
    return Examen(verdict, message=message, **champs)


def _titulaire(certificat: Any) -> str:
    noms = certificat.subject.native
    return ", ".join(str(noms[cle]) for cle in ("common_name", "organization_name") if noms.get(cle))


def _hors_boucle(fonction: Callable[[], T]) -> T:
    """Call ``fonction``, aside when an event loop already runs here (pyHanko starts its own)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return fonction()
    with ThreadPoolExecutor(max_workers=1) as a_part:
        return a_part.submit(fonction).result()


def empreinte_sha256(octets: bytes) -> str:
    """SHA-256 of a file, lower-case hexadecimal."""
    return hashlib.sha256(octets).hexdigest()

"""The seal (cachet) of the organisation: PAdES B-B, invisible, certifying that nothing may change after it.

The key and its certificate come as files; the moment comes as an argument. A time-stamping authority (B-T) would be one more
argument of ``load_seal``; none is modelled yet.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mespoints.documents.completion import completed
from mespoints.documents.seal_attributes import SealAttributes
from mespoints.law.texts.sentences import in_words

FIELD = "Cachet"
TOOLTIP = "Cachet électronique de l’émetteur"
BESIDE_NAMES = 1024
"""Bytes kept for what the CMS holds beside certificates and names, a P-256 signature among it: more than twice what it takes."""
DEMO_SUBJECT = "Mes points permis (démonstration, données fictives)"
DEMO_LIFE = timedelta(days=3 * 365)


class SealUnusable(RuntimeError):
    """The seal cannot be used: the sentence says what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFiles:
    key: Path
    certificate: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Loaded once for each process (``load_seal``), used for every paper."""

    owner: str
    """Common name of the certificate: what a PDF reader shows."""
    valid_from: datetime
    valid_until: datetime
    """Last moment included."""
    certificate: x509.Certificate
    is_self_signed: bool
    """True of a demonstration seal: no reader can know its issuer."""
    reserved: int
    """Hexadecimal digits kept for the CMS: it spares pyHanko a trial signature, and whoever reads the paper a long hole."""
    signer: SimpleSigner

    def require_in_force(self, at: datetime) -> None:
        if at < self.valid_from:
            raise SealUnusable(
                f"Ce cachet ne vaut qu’à partir du {in_words(self.valid_from.date())}. Vérifiez-le, ou l’heure de la machine."
            )
        if at > self.valid_until:
            raise SealUnusable(
                f"Ce cachet a expiré le {in_words(self.valid_until.date())}. Renouvelez-le, puis redémarrez le service."
            )

    def apply(self, pdf: bytes, at: datetime) -> bytes:
        """The sealed file: ``pdf``, unchanged, followed by the seal made at ``at``."""
        self.require_in_force(at)
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        # Typst ends its file without a newline: pyHanko would append right behind, which PDF/A forbids (ISO 19005-2, 6.1.9).
        writer = IncrementalPdfFileWriter(BytesIO(pdf + b"\n"))
        field = SigFieldSpec(FIELD, readable_field_name=TOOLTIP)
        session = PdfSigner(metadata, signer=self.signer, new_field_spec=field).init_signing_session(writer)
        # pyHanko would read the clock of the machine here; /ModDate is the one place where it still does.
        session.system_time = at
        document = session.prepare_tbs_document(validation_info=None, bytes_reserved=self.reserved)
        sealed = BytesIO()
        prepared, _ = document.digest_tbs_document(output=sealed)
        attributes = PdfCMSSignedAttributes(signing_time=at)
        completed(document.perform_signature(prepared.document_digest, attributes))
        return sealed.getvalue()


def load_seal(key: Path, certificate: Path, at: datetime) -> Seal:
    """The seal of these PEM files, in force at ``at``. They are read once in the life of the process.

    Raises ``SealUnusable``.
    """
    seal = _read(key, certificate)
    seal.require_in_force(at)
    return seal


@cache
def _read(key_file: Path, certificate_file: Path) -> Seal:
    """A P-256 key, and its own certificate first in the file (then its chain)."""
    chain = _certificates(certificate_file)
    key = _private_key(key_file)
    own = chain[0]
    if own.public_key() != key.public_key():
        raise SealUnusable(
            f"Le certificat {certificate_file} n’est pas celui de la clé {key_file}. Indiquez les deux fichiers d’un même cachet."
        )
    encoded = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signing, *above = load_certs_from_pemder_data(b"".join(each.public_bytes(serialization.Encoding.PEM) for each in chain))
    signer = SimpleSigner(
        signing_cert=signing,
        signing_key=load_private_key_from_pemder_data(encoded, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs(above),  # type: ignore[no-untyped-call]
    )
    signer.signed_attr_prov_spec = SealAttributes(signing)
    return Seal(
        owner=_common_name(own),
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
        certificate=own,
        is_self_signed=own.issuer == own.subject,
        reserved=_reserved(chain),
        signer=signer,
    )


def _reserved(chain: list[x509.Certificate]) -> int:
    """The chain, the name of the issuer that the CMS says twice more, and the rest."""
    certificates = sum(len(each.public_bytes(serialization.Encoding.DER)) for each in chain)
    return 2 * (certificates + 2 * len(chain[0].issuer.public_bytes()) + BESIDE_NAMES)


def generate_demo_seal(folder: Path, at: datetime) -> SealFiles:
    """A key and a self-signed certificate that say they are worth nothing; those already there are kept.

    Files are made with their rights (0600) from the first byte. A half-made pair is made again.
    """
    files = SealFiles(key=folder / "demo-seal-key.pem", certificate=folder / "demo-seal-certificate.pem")
    if files.key.exists() and files.certificate.exists():
        return files
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    _write_private(
        files.key,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    _write_private(files.certificate, _demo_certificate(key, at).public_bytes(serialization.Encoding.PEM))
    return files


def _demo_certificate(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Démonstration – données fictives"),
            x509.NameAttribute(NameOID.COMMON_NAME, DEMO_SUBJECT),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A day earlier, for a clock that is a little behind.
        .not_valid_before(at.astimezone(UTC) - timedelta(days=1))
        .not_valid_after(at.astimezone(UTC) + DEMO_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )


def _write_private(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise SealUnusable(
            f"Le certificat du cachet {path} ne peut pas être lu ({error.strerror}). Vérifiez le chemin et les droits."
        ) from error
    except ValueError as error:
        raise SealUnusable(
            f"{path} ne contient pas de certificat PEM. Donnez celui du cachet, puis ceux de sa chaîne."
        ) from error


def _private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise SealUnusable(
            f"La clé du cachet {path} ne peut pas être lue ({error.strerror}). Vérifiez le chemin et les droits."
        ) from error
    except (ValueError, TypeError) as error:
        raise SealUnusable(
            f"{path} ne contient pas de clé privée PEM lisible sans mot de passe. Donnez celle du cachet."
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SealUnusable(f"{path} n’est pas une clé ECDSA P-256. Donnez une clé de ce type.")
    return key


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()

"""The seal: sound, whole, by us, forbidding any change; and whatever is altered is seen."""

import asyncio
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from mespoints.documents.seal import DEMO_SUBJECT, Seal, SealFiles, SealUnusable, generate_demo_seal, load_seal
from mespoints.documents.self_check import seal_holds
from tests.documents.conftest import SEAL_MADE_AT
from tests.documents.statements import ISSUED_AT, statement
from tests.documents.test_paper import pdf_of

LONG_NAMES = (NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.LOCALITY_NAME)


def verified(pdf: bytes, files: SealFiles) -> PdfSignatureStatus:
    root = load_cert_from_pemder(files.certificate)  # type: ignore[no-untyped-call]
    context = ValidationContext(trust_roots=[root], moment=ISSUED_AT, allow_fetching=False)
    return validate_pdf_signature(PdfFileReader(BytesIO(pdf)).embedded_signatures[0], context)


def test_pyhanko_trusts_it(sealed: bytes, seal_files: SealFiles) -> None:
    status = verified(sealed, seal_files)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == ISSUED_AT


def test_it_certifies_and_forbids_any_change(sealed: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_field["/TU"] == "Cachet électronique de l’émetteur"
    assert [int(side) for side in signature.sig_field["/Rect"]] == [0, 0, 0, 0]


def test_pdfsig_finds_it_valid(sealed_file: Path) -> None:
    said = subprocess.run(["pdfsig", "-nocert", sealed_file], capture_output=True, text=True, check=True).stdout  # noqa: S607
    lines = [line.strip(" -") for line in said.splitlines()]
    assert "Signature Validation: Signature is Valid." in lines
    assert "Total document signed" in lines
    assert "Signature Type: ETSI.CAdES.detached" in lines
    assert "Signing Hash Algorithm: SHA-256" in lines
    assert f"Signer Certificate Common Name: {DEMO_SUBJECT}" in lines


def test_our_own_check_agrees(sealed: bytes, seal: Seal) -> None:
    assert seal_holds(sealed, seal.certificate)


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.999])
def test_one_byte_changed_is_seen(sealed: bytes, seal: Seal, place: float) -> None:
    altered = bytearray(sealed)
    altered[int(len(altered) * place)] ^= 0x01
    assert not seal_holds(bytes(altered), seal.certificate)


def test_an_altered_file_is_seen_by_pdfsig(sealed: bytes, tmp_path: Path) -> None:
    altered = bytearray(sealed)
    altered[altered.index(b"stream\n") + 40] ^= 0x01
    path = tmp_path / "altered.pdf"
    path.write_bytes(altered)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout  # noqa: S607
    assert "Signature is Valid" not in said
    assert "Digest Mismatch" in said


def test_bytes_added_after_the_seal_are_seen(sealed: bytes, seal: Seal) -> None:
    assert not seal_holds(sealed + b"%added\n", seal.certificate)


def test_the_seal_of_another_is_not_ours(sealed: bytes, tmp_path: Path) -> None:
    files = generate_demo_seal(tmp_path, SEAL_MADE_AT)
    other = load_seal(files.key, files.certificate, ISSUED_AT)
    assert not seal_holds(sealed, other.certificate)


@pytest.mark.parametrize("not_sealed", [b"", b"%PDF-1.7\n", b"hello"])
def test_what_carries_no_seal_does_not_hold(not_sealed: bytes, seal: Seal) -> None:
    assert not seal_holds(not_sealed, seal.certificate)


def test_the_demo_seal_says_it_is_worth_nothing_and_is_kept_private(tmp_path: Path) -> None:
    files = generate_demo_seal(tmp_path / "new", SEAL_MADE_AT)
    assert files.key.stat().st_mode & 0o777 == 0o600
    seal = load_seal(files.key, files.certificate, ISSUED_AT)
    assert seal.is_self_signed
    assert "Démonstration – données fictives" in seal.certificate.subject.rfc4514_string()
    kept = files.key.read_bytes()
    assert generate_demo_seal(tmp_path / "new", ISSUED_AT) == files
    assert files.key.read_bytes() == kept


def test_a_half_made_pair_is_made_again(tmp_path: Path) -> None:
    files = generate_demo_seal(tmp_path, SEAL_MADE_AT)
    files.certificate.unlink()
    again = generate_demo_seal(tmp_path, SEAL_MADE_AT)
    assert load_seal(again.key, again.certificate, ISSUED_AT).owner == DEMO_SUBJECT


def test_an_expired_certificate_is_said(seal_files: SealFiles, seal: Seal) -> None:
    with pytest.raises(SealUnusable, match=r"a expiré le .* Renouvelez-le"):
        load_seal(seal_files.key, seal_files.certificate, ISSUED_AT + timedelta(days=4000))
    with pytest.raises(SealUnusable, match=r"ne vaut qu’à partir du"):
        load_seal(seal_files.key, seal_files.certificate, datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(SealUnusable, match="a expiré"):
        seal.apply(b"", ISSUED_AT + timedelta(days=4000))


def test_files_that_cannot_make_a_seal_are_said(tmp_path: Path) -> None:
    files = generate_demo_seal(tmp_path / "one", SEAL_MADE_AT)
    other = generate_demo_seal(tmp_path / "other", SEAL_MADE_AT)
    wrong_curve = tmp_path / "p384.pem"
    key = ec.generate_private_key(ec.SECP384R1())
    wrong_curve.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    for key_file, certificate_file, sentence in (
        (files.key, other.certificate, "n’est pas celui de la clé"),
        (tmp_path / "absent", files.certificate, "ne peut pas être lue"),
        (files.key, tmp_path / "absent", "ne peut pas être lu "),
        (files.certificate, files.certificate, "ne contient pas de clé privée PEM"),
        (files.key, files.key, "ne contient pas de certificat PEM"),
        (wrong_curve, files.certificate, "n’est pas une clé ECDSA P-256"),
    ):
        with pytest.raises(SealUnusable, match=sentence):
            load_seal(key_file, certificate_file, ISSUED_AT)


def test_the_files_are_read_once(seal_files: SealFiles) -> None:
    seal = load_seal(seal_files.key, seal_files.certificate, ISSUED_AT)
    assert load_seal(seal_files.key, seal_files.certificate, ISSUED_AT) is seal


def test_it_seals_and_checks_beside_a_turning_event_loop(seal: Seal) -> None:
    async def beside() -> bool:
        return seal_holds(seal.apply(pdf_of(statement(1)), ISSUED_AT), seal.certificate)

    assert asyncio.run(beside())


def test_it_signs_what_pades_asks_and_nothing_more(sealed: bytes, seal: Seal) -> None:
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    signed = {each["type"].native: each["values"] for each in signature.signer_info["signed_attrs"]}
    assert set(signed) == {"content_type", "message_digest", "signing_certificate_v2"}
    as_pyhanko_writes_it = as_signing_certificate_v2(seal.signer.signing_cert)
    assert signed["signing_certificate_v2"][0].dump() == as_pyhanko_writes_it.dump()


def test_a_chain_of_three_with_long_names_has_room(tmp_path: Path) -> None:
    key, certificate = chained(tmp_path, ("Racine", "Autorite", "Organisme"))
    seal = load_seal(key, certificate, ISSUED_AT)
    assert seal_holds(seal.apply(pdf_of(statement()), ISSUED_AT), seal.certificate)


def chained(folder: Path, names: tuple[str, ...]) -> tuple[Path, Path]:
    """Each signed by the one before; key of the last, then certificates from the last to the first."""
    above: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None = None
    chain: list[bytes] = []
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in names]
    for name, key in zip(names, keys, strict=True):
        # Sixty-four letters at most in each (X.520).
        subject = x509.Name([x509.NameAttribute(oid, name.ljust(64, "e")) for oid in (NameOID.COMMON_NAME, *LONG_NAMES)])
        issuer, signing = above or (subject, key)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(ISSUED_AT - timedelta(days=1)).not_valid_after(ISSUED_AT + timedelta(days=1))
        chain.insert(0, builder.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        above = (subject, key)
    files = (folder / "key.pem", folder / "chain.pem")
    files[0].write_bytes(
        keys[-1].private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    files[1].write_bytes(b"".join(chain))
    return files

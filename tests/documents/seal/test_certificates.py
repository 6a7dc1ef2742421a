"""The chain of a seal: each made by the next, all in force, its end announced in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mespoints.documents.seal import SealUnusable
from mespoints.documents.seal.certificates import NOTICE, read_chain

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2028, 1, 1, tzinfo=UTC)
SOON = datetime(2027, 1, 1, tzinfo=UTC)
Made = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def made(name: str, maker: Made | None, ends: datetime = ENDS) -> Made:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by, by_key = (subject, key) if maker is None else (maker[0].subject, maker[1])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(BEGAN).not_valid_after(ends)
    return builder.sign(by_key, hashes.SHA256()), key


def written(path: Path, *chain: Made) -> Path:
    path.write_bytes(b"".join(certificate.public_bytes(Encoding.PEM) for certificate, _ in chain))
    return path


def test_a_chain_is_read_from_the_seal_to_its_root(tmp_path: Path) -> None:
    root = made("Racine", None)
    middle = made("Autorité", root, SOON)
    chain = read_chain(written(tmp_path / "chain.pem", made("Cachet", middle), middle, root))
    assert (chain.owner, len(chain.above), chain.is_self_signed) == ("Cachet", 2, False)
    # The first to end ends the chain.
    assert chain.valid_until == SOON
    chain.require_in_force(SOON)
    with pytest.raises(SealUnusable, match="a expiré le"):
        chain.require_in_force(SOON + timedelta(seconds=1))
    with pytest.raises(SealUnusable, match="ne vaut qu’à partir du"):
        chain.require_in_force(BEGAN - timedelta(seconds=1))


def test_a_broken_chain_is_said_with_its_order(tmp_path: Path) -> None:
    root, other = made("Racine", None), made("Racine", None)
    seal = made("Cachet", root)
    with pytest.raises(SealUnusable, match="« Cachet » n’a pas été fait par « Racine »"):
        read_chain(written(tmp_path / "other.pem", seal, other))
    with pytest.raises(SealUnusable, match="Mettez le certificat du cachet en premier"):
        read_chain(written(tmp_path / "backwards.pem", root, seal))


def test_the_end_is_announced_sixty_days_before(tmp_path: Path) -> None:
    chain = read_chain(written(tmp_path / "chain.pem", made("Cachet", None)))
    assert chain.notice(ENDS - NOTICE) is None
    said = chain.notice(ENDS - NOTICE + timedelta(seconds=1))
    assert said is not None
    assert "dans 59 jours" in said
    assert "dans 1 jour." in (chain.notice(ENDS - timedelta(days=1)) or "")

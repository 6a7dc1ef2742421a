"""Our keys for FranceConnect+: what file is taken, what is published, and what is said of one that cannot be used."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat, PublicFormat
from django.test import Client as SiteClient

from mespoints.identity.oidc.encryption_keys import EncryptionKeys, UnusableKeys
from tests.encryption_keys import EC_KEY, RSA_KEY, pem

PRIVATE_PARTS = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


def written(folder: Path, content: str) -> Path:
    file = folder / "keys.pem"
    file.write_text(content)
    return file


def test_every_key_is_published_in_the_order_of_the_file_and_nothing_private(plus_keys: EncryptionKeys) -> None:
    published = plus_keys.published()["keys"]
    assert [key["kty"] for key in published] == ["EC", "RSA"]
    assert [key["kid"] for key in published] == list(plus_keys.by_kid)
    assert all(key["use"] == "enc" and not PRIVATE_PARTS & set(key) for key in published)


def test_they_are_served_to_anybody_and_may_be_kept_a_while(plus_keys: EncryptionKeys, settings: object) -> None:
    address = "/franceconnect-plus/jwks"
    assert SiteClient().get(address).status_code == 404
    settings.FRANCECONNECT_PLUS_KEYS = plus_keys  # type: ignore[attr-defined]
    answer = SiteClient().get(address)
    assert answer.json() == plus_keys.published()
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert SiteClient().post(address).status_code == 405


def weak_rsa() -> str:
    return pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))  # noqa: S505 – what must be refused


def other_curve() -> str:
    return pem(ec.generate_private_key(ec.SECP256K1()))


def public_only() -> str:
    return EC_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def with_a_password() -> str:
    return EC_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")).decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "0 blocs PEM"),
        ("not a key", "0 blocs PEM"),
        (pem(EC_KEY) * 5, "5 blocs PEM"),
        (weak_rsa(), "2048 bits"),
        (other_curve(), "une courbe P-256"),
        (public_only(), "clé privée utilisable"),
        (with_a_password(), "PEM non chiffré"),
        (pem(RSA_KEY) + public_only(), "clé privée utilisable"),
        ("é", "ne se lit pas"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UnusableKeys, match=said) as refusal:
        EncryptionKeys.read(written(tmp_path, content))
    assert "BEGIN" not in str(refusal.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableKeys, match="ne se lit pas"):
        EncryptionKeys.read(tmp_path / "nowhere.pem")

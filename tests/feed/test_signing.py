"""Only those we declared may send a file, and what they signed is what we read."""

import base64
import stat
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mespoints.feed.drop import FileRefusal, read_manifest
from mespoints.feed.manifest import Manifest, canonical_bytes
from mespoints.feed.signing import FeedKeysUnusable, Signer, declaration, kept_signer, public_keys, trusted_keys
from tests.feed.samples import KEYS, SIGNER, holder, write


def fault_of(path: Path, keys: object = KEYS) -> str:
    read = read_manifest(path, keys)  # type: ignore[arg-type]
    assert isinstance(read, FileRefusal)
    return read.fault.value


def test_every_field_is_covered(tmp_path: Path) -> None:
    path = write(tmp_path, [holder()]).manifest_path
    right = msgspec.json.decode(path.read_bytes())
    other = {
        "sequence": 2,
        "previous_sequence": 1,
        "data_day": "2026-11-21",
        "sources": {"fines": "2026-11-01"},
        "file": "x",
        "size": 1,
        "rows": 2,
        "totals": {},
        "sha256": "0" * 64,
        "signature": SIGNER.signature(b"something else"),
    }
    assert set(other) | {"format", "key_id"} == set(Manifest.__struct_fields__)
    for name, value in other.items():
        path.write_bytes(msgspec.json.encode(right | {name: value}))
        assert fault_of(path) == "signature"


def test_layout_and_order_are_free(tmp_path: Path) -> None:
    path = write(tmp_path, [holder()]).manifest_path
    right = msgspec.json.decode(path.read_bytes())
    turned = dict(reversed(right.items()))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(turned), indent=4).replace(b"\n", b"\r\n"))
    assert isinstance(read_manifest(path, KEYS), Manifest)


def test_a_field_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, [holder()]).manifest_path
    path.write_bytes(path.read_bytes().replace(b'"sequence":1', b'"sequence":7,"sequence":1'))
    read = read_manifest(path, KEYS)
    assert isinstance(read, FileRefusal)
    assert "sequence y est deux fois" in read.sentence


def test_the_key_of_another_under_a_known_name(tmp_path: Path) -> None:
    path = write(tmp_path, [holder()]).manifest_path
    assert fault_of(path, Signer.drawn(SIGNER.key_id).trusted) == "signature"
    assert fault_of(path, Signer.drawn("other").trusted) == "unknown_key"
    assert fault_of(path, {}) == "unknown_key"


def test_canonical_bytes() -> None:
    fields = {"b": 1, "a": {"é": "é\n", "d": None}, "signature": "x"}
    assert canonical_bytes(fields) == '{"a":{"d":null,"é":"é\\n"},"b":1}'.encode()


def test_keys_are_declared_in_one_file(tmp_path: Path) -> None:
    old, new = Signer.drawn("2026-a"), Signer.drawn("2026-b")
    declared = tmp_path / "keys.toml"
    declared.write_bytes(declaration(old) + declaration(new))
    assert set(trusted_keys(declared)) == {"2026-a", "2026-b"}
    assert trusted_keys(None) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "TOML"),
        (b"a = ", "TOML"),
        (b"'a' = 'x'", "clé publique PEM"),
        (b"'a' = 3", "clé publique PEM"),
    ],
)
def test_a_file_of_keys_that_does_not_serve(tmp_path: Path, content: bytes, words: str) -> None:
    declared = tmp_path / "keys.toml"
    declared.write_bytes(content)
    with pytest.raises(FeedKeysUnusable, match=words):
        trusted_keys(declared)
    with pytest.raises(FeedKeysUnusable, match="ne peut être lu"):
        trusted_keys(tmp_path / "none")


def declared_key(folder: Path, key_id: str, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> Path:
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    declared = folder / "keys.toml"
    declared.write_text(f"\"{key_id}\" = '''{pem.decode()}'''")
    return declared


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP256K1()), rsa.generate_private_key(65537, 2048)],
)
def test_a_key_of_another_kind_is_refused(tmp_path: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
    with pytest.raises(FeedKeysUnusable, match="ni une clé Ed25519 ni une clé ECDSA P-256"):
        trusted_keys(declared_key(tmp_path, "a", key.public_key()))


def signed_by_ecdsa(manifest_path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    fields = msgspec.json.decode(manifest_path.read_bytes())
    signature = base64.b64encode(key.sign(canonical_bytes(fields), ec.ECDSA(hashes.SHA256()))).decode()
    manifest_path.write_bytes(msgspec.json.encode(fields | {"signature": signature}))


def test_an_ecdsa_key_signs_as_well(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    keys = trusted_keys(declared_key(tmp_path, SIGNER.key_id, key.public_key()))
    path = write(tmp_path, [holder()]).manifest_path
    assert fault_of(path, keys) == "signature", "the key decides: the signature of an Ed25519 key is none for it"
    # The length of DER varies with the figures.
    for _ in range(20):
        signed_by_ecdsa(path, key)
        assert isinstance(read_manifest(path, keys), Manifest)
    assert fault_of(path) == "signature"
    path.write_bytes(path.read_bytes().replace(b'"rows":1', b'"rows":2'))
    assert fault_of(path, keys) == "signature"


def test_a_pair_drawn_once_is_kept(tmp_path: Path) -> None:
    signer = kept_signer(tmp_path, "demonstration")
    again = kept_signer(tmp_path, "demonstration")
    assert again.signature(b"x") == signer.signature(b"x")
    assert stat.S_IMODE((tmp_path / "feed-key.pem").stat().st_mode) == 0o600
    drop = write(tmp_path / "drop", [holder()])
    fields = msgspec.json.decode(drop.manifest_path.read_bytes()) | {"key_id": "demonstration"}
    drop.manifest_path.write_bytes(msgspec.json.encode(fields | {"signature": signer.signature(canonical_bytes(fields))}))
    assert isinstance(read_manifest(drop.manifest_path, trusted_keys(public_keys(tmp_path))), Manifest)

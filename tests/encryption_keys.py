"""Keys drawn once for the tests: an RSA key takes a while."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mespoints.identity.oidc.encryption_keys import EncryptionKeys

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def written(folder: Path) -> EncryptionKeys:
    """One of each kind, as an installation holds them."""
    file = folder / "keys.pem"
    file.write_text(pem(EC_KEY) + pem(RSA_KEY))
    return EncryptionKeys.read(file)

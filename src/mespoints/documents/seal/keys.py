"""The key of the seal, from a PEM file or in a security module, behind the signer that pyHanko calls."""

from pathlib import Path
from threading import Lock

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.pkcs11 import PKCS11Error, PKCS11Signer, Session, open_pkcs11_session  # type: ignore[attr-defined]  # its own import
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mespoints.documents.completion import completed
from mespoints.documents.seal.attributes import SealAttributes
from mespoints.documents.seal.certificates import Chain
from mespoints.documents.seal.unusable import SealUnusable
from mespoints.documents.seal_source import ModuleKey

__all__ = ["PKCS11Error", "close_modules", "file_signer", "module_signer"]

TRIAL = b"mespoints: is this the key of that certificate?"


_opened: list[Session] = []


class OneAtATime(PKCS11Signer):
    """A session of a security module signs one thing at a time, whatever the number of threads."""

    _turn = Lock()

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 – pyHanko's door
        # Each seal has a thread and an event loop of its own (completion): waiting here stops nobody else.
        with self._turn:
            signed: bytes = await super().async_sign_raw(data, digest_algorithm, dry_run)
            return signed


def file_signer(path: Path, chain: Chain, certificate_file: Path) -> Signer:
    """Raises ``SealUnusable``."""
    key = _private_key(path)
    if chain.own.public_key() != key.public_key():
        raise SealUnusable(
            f"Le certificat {certificate_file} n’est pas celui de la clé {path}. Indiquez les deux fichiers d’un même cachet."
        )
    encoded = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signing, above = _for_pyhanko(chain)
    signer = SimpleSigner(
        signing_cert=signing,
        signing_key=load_private_key_from_pemder_data(encoded, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs(above),  # type: ignore[no-untyped-call]
    )
    signer.signed_attr_prov_spec = SealAttributes(signing)
    return signer


def module_signer(key: ModuleKey, chain: Chain) -> Signer:
    """One trial signature shows that the key is that of the certificate. Raises ``SealUnusable``."""
    signing, above = _for_pyhanko(chain)
    close_modules()
    try:
        session = open_pkcs11_session(str(key.module), token_criteria=TokenCriteria(label=key.token), user_pin=key.pin)
        _opened.append(session)
        # Modules differ about ECDSA with its hash; all know it without (the raw mechanism).
        signer = OneAtATime(session, signing_cert=signing, ca_chain=above, key_label=key.key_label, use_raw_mechanism=True)
        signer.signed_attr_prov_spec = SealAttributes(signing)
        trial = completed(signer.async_sign_raw(TRIAL, "sha256"))
    except (PKCS11Error, OSError, RuntimeError) as error:
        # The names of errors are in English and say little: which of the four it is, the operator tries in this order.
        raise SealUnusable(
            f"Le module {key.module} ne donne pas la clé « {key.key_label} » du jeton « {key.token} » "
            f"({type(error).__name__}). Vérifiez le module, le nom du jeton, le code secret, puis le nom de la clé."
        ) from error
    if not _signed_by(trial, chain.own):
        raise SealUnusable(
            f"Le certificat du cachet n’est pas celui de la clé « {key.key_label} » du jeton « {key.token} ». "
            "Indiquez le certificat fait pour cette clé."
        )
    return signer


def close_modules() -> None:
    """Whoever logs in twice is refused: a module taken out, or badly named, is left before it is opened anew."""
    while _opened:
        try:
            _opened.pop().close()
        except PKCS11Error:
            continue


def _signed_by(signature: bytes, certificate: x509.Certificate) -> bool:
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, TRIAL, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _for_pyhanko(chain: Chain) -> tuple[asn1.Certificate, list[asn1.Certificate]]:
    pem = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in (chain.own, *chain.above))
    signing, *above = load_certs_from_pemder_data(pem)
    return signing, above


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

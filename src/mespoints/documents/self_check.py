"""Reading our own paper back before it is delivered: a seal that does not hold never reaches anybody."""

from collections.abc import Sequence

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from mespoints.documents.verification.seal_inspection import Unreadable, inspection


def seal_holds(pdf: bytes, certificate: Certificate, timestamp_roots: Sequence[bytes] = ()) -> bool:
    """One seal, made with this certificate, sound, over the whole file, forbidding any change: what our own verification asks.

    Offline; trust is not judged.
    """
    try:
        facts = inspection(pdf, timestamp_roots)
    except Unreadable:
        return False
    return facts.holds and facts.signer == certificate.public_bytes(Encoding.DER)

"""Whom this very service trusts: its own seal and visible codes, and those of a trust file (former seals, other signers)."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from cryptography import x509

from mespoints.documents.verification.trust import PaperTrust, TrustedSeal, load_paper_trust
from mespoints.documents.visible_code.signature import load_signer
from mespoints.documents.visible_code.trust import Authority, Trust, TrustedCertificate, TrustUnreadable

ALWAYS = (date(2000, 1, 1), date(2099, 12, 31))
"""Our own key of visible codes comes without a certificate: its dates are those of the trust file, when one gives them."""
NOBODY = PaperTrust(seals=(), visible_codes=Trust(authorities=()))


@cache
def own_trust(seal: Path | None, code: tuple[Path, str, str] | None, file: Path | None, *, is_test: bool) -> PaperTrust:
    """``seal``: its certificate; ``code``: key, authority and certificate of the signer. Read once in the life of the process.

    A self-signed seal is a test whatever ``is_test`` says. Raises ``TrustUnreadable`` and ``SignerUnusable``.
    """
    trust = load_paper_trust(file) if file is not None else NOBODY
    if seal is not None:
        trust = replace(trust, seals=(*trust.seals, *_not_yet(read_seal(seal, is_test=is_test), trust)))
    if code is not None:
        trust = replace(trust, visible_codes=_with(trust.visible_codes, _own_code(*code, is_test=is_test)))
    return trust


def read_seal(path: Path, *, is_test: bool, is_revoked: bool = False) -> TrustedSeal:
    """The first certificate of the file. Raises ``TrustUnreadable``."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except OSError as error:
        raise TrustUnreadable(f"Le certificat {path} ne peut pas être lu ({error.strerror}). Vérifiez le chemin.") from error
    except ValueError as error:
        raise TrustUnreadable(f"{path} ne contient pas de certificat PEM. Donnez celui du cachet.") from error
    is_self_signed = certificate.issuer == certificate.subject
    return TrustedSeal(certificate=certificate, is_test=is_test or is_self_signed, is_revoked=is_revoked)


def _not_yet(seal: TrustedSeal, trust: PaperTrust) -> tuple[TrustedSeal, ...]:
    """What the file says of our own seal (revoked, for instance) comes first."""
    return () if trust.seal(seal.encoded) is not None else (seal,)


def _own_code(key: Path, authority: str, certificate: str, *, is_test: bool) -> Authority:
    public = load_signer(key, authority=authority, certificate=certificate).key.public_key()
    known = TrustedCertificate(
        identifier=certificate, public_key=public, valid_from=ALWAYS[0], valid_until=ALWAYS[1], is_test=is_test
    )
    return Authority(identifier=authority, name=authority, certificates=(known,))


def _with(trust: Trust, own: Authority) -> Trust:
    there = trust.authority(own.identifier)
    if there is None:
        return Trust(authorities=(*trust.authorities, own))
    if there.certificate(own.certificates[0].identifier) is not None:
        return trust
    joined = replace(there, certificates=(*there.certificates, *own.certificates))
    return Trust(authorities=tuple(joined if each is there else each for each in trust.authorities))

"""Whom this very service trusts: its own seal and visible codes, and those of a trust file (former seals, other signers)."""

from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKey:
    key: Path
    authority: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustSources:
    seal_certificate: Path | None
    code: CodeKey | None
    """Who signs our visible codes."""
    file: Path | None
    timestamp_authorities: Path | None = None
    """PEM, of those who stamp our seals."""
    is_test: bool
    """All we issue is a test, whatever certificates say. A self-signed seal is one in any case."""


@cache
def own_trust(sources: TrustSources) -> PaperTrust:
    """Read once in the life of the process. Raises ``TrustUnreadable`` and ``SignerUnusable``."""
    trust = load_paper_trust(sources.file) if sources.file is not None else NOBODY
    if sources.seal_certificate is not None:
        own = read_seal(sources.seal_certificate, is_test=sources.is_test)
        trust = replace(trust, seals=(*trust.seals, *_not_yet(own, trust)))
    if sources.code is not None:
        trust = replace(trust, visible_codes=_with(trust.visible_codes, _own_code(sources.code, is_test=sources.is_test)))
    if sources.timestamp_authorities is not None:
        stamping = tuple(x509.load_pem_x509_certificates(sources.timestamp_authorities.read_bytes()))
        trust = replace(trust, timestamp_authorities=(*trust.timestamp_authorities, *stamping))
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


def _own_code(code: CodeKey, *, is_test: bool) -> Authority:
    public = load_signer(code.key, authority=code.authority, certificate=code.certificate).key.public_key()
    known = TrustedCertificate(
        identifier=code.certificate, public_key=public, valid_from=ALWAYS[0], valid_until=ALWAYS[1], is_test=is_test
    )
    return Authority(identifier=code.authority, name=code.authority, certificates=(known,))


def _with(trust: Trust, own: Authority) -> Trust:
    there = trust.authority(own.identifier)
    if there is None:
        return Trust(authorities=(*trust.authorities, own))
    if there.certificate(own.certificates[0].identifier) is not None:
        return trust
    joined = replace(there, certificates=(*there.certificates, *own.certificates))
    return Trust(authorities=tuple(joined if each is there else each for each in trust.authorities))

"""The chain of the seal: its own certificate first, each made by the next, all in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mespoints.documents.seal.unusable import SealUnusable
from mespoints.law.texts.sentences import in_words

BESIDE_NAMES = 1024
"""Bytes kept for what the CMS holds beside certificates and names, a P-256 signature among it: more than twice what it takes."""

NOTICE = timedelta(days=60)
"""Before the end of a certificate: to order the next one takes weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    own: x509.Certificate
    above: tuple[x509.Certificate, ...]

    @property
    def owner(self) -> str:
        """Common name: what a PDF reader shows."""
        return common_name(self.own)

    @property
    def is_self_signed(self) -> bool:
        return self.own.issuer == self.own.subject

    @property
    def valid_from(self) -> datetime:
        return max(each.not_valid_before_utc for each in (self.own, *self.above))

    @property
    def valid_until(self) -> datetime:
        """Of the first to end; last moment included."""
        return min(each.not_valid_after_utc for each in (self.own, *self.above))

    @property
    def reserved(self) -> int:
        """Hexadecimal digits kept for the CMS: it spares pyHanko a trial signature, and whoever reads the paper a long hole.

        The chain, the name of the issuer that the CMS says twice more, and the rest.
        """
        certificates = sum(len(each.public_bytes(Encoding.DER)) for each in (self.own, *self.above))
        return 2 * (certificates + 2 * len(self.own.issuer.public_bytes()) + BESIDE_NAMES)

    def require_in_force(self, at: datetime) -> None:
        if at < self.valid_from:
            raise SealUnusable(
                f"Ce cachet ne vaut qu’à partir du {in_words(self.valid_from.date())}. Vérifiez-le, ou l’heure de la machine."
            )
        if at > self.valid_until:
            raise SealUnusable(
                f"Ce cachet a expiré le {in_words(self.valid_until.date())}. Renouvelez-le, puis redémarrez le service."
            )

    def notice(self, at: datetime) -> str | None:
        """What to tell the operator while there is time."""
        if at <= self.valid_until - NOTICE:
            return None
        days = max(0, (self.valid_until - at).days)
        return (
            f"Le certificat du cachet expire le {in_words(self.valid_until.date())}, dans {days} jour{'s' if days > 1 else ''}. "
            "Commandez le suivant dès maintenant : sans lui, plus aucun document ne sera remis."
        )


def read_chain(path: Path) -> Chain:
    """Raises ``SealUnusable``."""
    own, *above = read_certificates(path)
    for made, maker in pairwise((own, *above)):
        _require_made_by(made, maker, path)
    return Chain(own=own, above=tuple(above))


def _require_made_by(made: x509.Certificate, maker: x509.Certificate, path: Path) -> None:
    try:
        made.verify_directly_issued_by(maker)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise SealUnusable(
            f"La chaîne de {path} est rompue : « {common_name(made)} » n’a pas été fait par « {common_name(maker)} », "
            "qui le suit. Mettez le certificat du cachet en premier, puis chacun de ceux qui ont fait le précédent."
        ) from error


def read_certificates(path: Path) -> Sequence[x509.Certificate]:
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


def common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()

"""The register of the papers issued here, as a verification asks it: never to whom, never a word of points."""

from datetime import date

from mespoints.documents.life import status
from mespoints.documents.models import IssuedDocument, Kind
from mespoints.documents.verification.register_of_papers import KnownPaper
from mespoints.documents.verification.verdict import CheckedPaper, PaperStatus
from mespoints.documents.wording import PARIS
from mespoints.register.licence_state import LicenceState


class IssuedPapers:
    """A ``RegisterOfPapers``. No consultation is traced: the record of the holder is not read."""

    def by_reference(self, reference: str) -> KnownPaper | None:
        issued = IssuedDocument.objects.filter(reference=reference).first()
        return None if issued is None else KnownPaper(paper=_checked(issued), pdf_sha256=issued.pdf_sha256)

    def status_of(self, reference: str, today: date) -> PaperStatus:
        return status_of(reference, today)


def status_of(reference: str, today: date) -> PaperStatus:
    """What became of a paper: the same columns as its holder's list and the published one."""
    issued = IssuedDocument.objects.filter(reference=reference).only("state", "expires_on").first()
    return PaperStatus.UNKNOWN if issued is None else status(issued.state, issued.expires_on, today)


def _checked(issued: IssuedDocument) -> CheckedPaper:
    return CheckedPaper(
        kind=Kind(issued.kind).label,
        reference=issued.reference,
        issued_on=issued.issued_at.astimezone(PARIS).date(),
        expires_on=issued.expires_on,
        initials=issued.initials or None,
        rights=LicenceState(issued.licence_state).words if issued.licence_state else None,
        categories=tuple(issued.categories.split()),
        holds_points=issued.kind != Kind.ENTITLEMENT_ATTESTATION,
    )

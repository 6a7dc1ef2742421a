"""Papers written down in a real register, without being printed: their life does not depend on their ink."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from mespoints.documents.content import Content, EntitlementAttestation
from mespoints.documents.copies import CopyKeys
from mespoints.documents.issuance import new_reference, write_down
from mespoints.documents.models import IssuedDocument
from mespoints.documents.seal import Sealed
from mespoints.documents.seal_source import Level
from tests.documents.statements import ISSUED_AT

KEYS = CopyKeys(current="tests", keys={"tests": b"t" * 32})
PDF = b"%PDF-1.7 sealed"
TODAY = date(2026, 11, 22)


def issued(content: Content, holder_id: int, *, days_later: int = 0) -> IssuedDocument:
    reference = new_reference()
    later = timedelta(days=days_later)
    at: datetime = ISSUED_AT + later
    moved = replace(content, issued_at=at, on=content.on + later)
    if isinstance(moved, EntitlementAttestation):
        moved = replace(moved, expires_on=moved.expires_on + later)
    write_down(moved, reference, holder_id, Sealed(pdf=PDF, level=Level.B_B, wanted=Level.B_B), KEYS)
    return IssuedDocument.objects.get(reference=reference)

"""What becomes of a paper once issued: current, replaced, withdrawn; its copy kept for its life, then erased.

An attestation lives as long as it is valid: four months. A statement has no end written on it, and its copy is kept two months:
the time one has to contest a decision before the administrative court (article R421-1 of the Code de justice administrative),
which is what a statement is most often kept for. A new one costs nothing, day and night, and a copy that tells of
offences should not lie about for longer than it serves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mespoints.documents.content import Content, EntitlementAttestation
from mespoints.documents.copies import CopyKeys, EncryptedCopy
from mespoints.documents.models import DocumentCopy, IssuedDocument, Kind, State
from mespoints.documents.status_list import changed
from mespoints.documents.succession import Said, replaced_by
from mespoints.documents.verification.verdict import PaperStatus
from mespoints.law.calendar import add_months

STATEMENT_MONTHS = 2
FILENAMES = {
    Kind.FULL_STATEMENT: "releve-integral",
    Kind.PERIOD_STATEMENT: "releve-partiel",
    Kind.ENTITLEMENT_ATTESTATION: "attestation-droits-a-conduire",
}
"""Without personal data: the name of a file travels further than the file."""
MOST_LISTED = 50
"""Papers of one holder, the latest ones."""
_ERASED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPaper:
    """One paper, as its holder sees it in his list."""

    reference: str
    kind: Kind
    issued_at: datetime
    period: tuple[date, date] | None
    """First and last day included."""
    expires_on: date | None
    """Last day included; of an attestation alone."""
    status: PaperStatus
    ended_at: datetime | None
    kept_until: date | None
    """Last day on which its copy is kept, included; None when there is no copy."""

    @property
    def has_points(self) -> bool:
        return self.kind is not Kind.ENTITLEMENT_ATTESTATION

    @property
    def can_be_withdrawn(self) -> bool:
        """One that has expired or was withdrawn proves nothing any more."""
        return self.status in {PaperStatus.VALID, PaperStatus.REPLACED}

    @property
    def filename(self) -> str:
        return f"{FILENAMES[self.kind]}-{self.reference}.pdf"


def status(state: str, expires_on: date | None, today: date) -> PaperStatus:
    """What is worst is said first; the one place where it is decided."""
    match State(state):
        case State.WITHDRAWN:
            return PaperStatus.WITHDRAWN
        case State.REPLACED:
            return PaperStatus.REPLACED
        case State.CURRENT:
            return PaperStatus.EXPIRED if expires_on is not None and today > expires_on else PaperStatus.VALID


def end_of_life(content: Content) -> date:
    """Last day included."""
    return content.expires_on if isinstance(content, EntitlementAttestation) else add_months(content.on, STATEMENT_MONTHS)


def keep_copy(issued: IssuedDocument, pdf: bytes, keys: CopyKeys) -> None:
    copy = keys.encrypted(pdf, issued.reference)
    DocumentCopy.objects.create(document=issued, key_id=copy.key_id, ciphertext=copy.ciphertext)


def replace_former(new: IssuedDocument) -> None:
    """In the transaction that writes ``new``: whatever it contradicts is no longer current."""
    # Two papers asked for at once take their turn here, and each sees the other.
    current = IssuedDocument.objects.select_for_update().filter(holder_id=new.holder_id, state=State.CURRENT).order_by("id")
    replaced = replaced_by(_said(new), map(_said, current))
    if replaced:
        _end(replaced, State.REPLACED, new.issued_at)


def papers_of(holder_id: int, today: date) -> tuple[HeldPaper, ...]:
    """The latest first, ``MOST_LISTED`` of them."""
    found = IssuedDocument.objects.filter(holder_id=holder_id).select_related("copy").defer("copy__ciphertext")
    return tuple(_held(issued, today) for issued in found.order_by("-issued_at", "-id")[:MOST_LISTED])


def paper_of(holder_id: int, reference: str, today: date) -> HeldPaper | None:
    """None when it is not there, or another's: nobody can tell which."""
    found = IssuedDocument.objects.filter(holder_id=holder_id, reference=reference)
    issued = found.select_related("copy").defer("copy__ciphertext").first()
    return None if issued is None else _held(issued, today)


def copy_of(holder_id: int, reference: str, keys: CopyKeys) -> bytes | None:
    """The sealed file, as it was delivered; None when no copy is kept. Raises ``CopyKeysUnusable``."""
    found = DocumentCopy.objects.filter(document__holder_id=holder_id, document__reference=reference).first()
    if found is None:
        return None
    return keys.decrypted(EncryptedCopy(key_id=found.key_id, ciphertext=bytes(found.ciphertext)), reference)


@transaction.atomic
def withdraw(holder_id: int, reference: str, now: datetime) -> bool:
    """The holder no longer wants it to prove anything; its copy goes at once. False when there was nothing to withdraw."""
    found = IssuedDocument.objects.select_for_update().filter(holder_id=holder_id, reference=reference).first()
    if found is None or found.state == State.WITHDRAWN:
        return False
    _end((reference,), State.WITHDRAWN, now)
    DocumentCopy.objects.filter(document_id=found.pk).delete()
    return True


def erase_ended(today: date) -> int:
    """Copies, initials and rights of the papers whose life was over before ``today``; how many papers. Safe to run again."""
    erased = 0
    while True:
        with transaction.atomic():
            over = IssuedDocument.objects.filter(kept_until__lt=today).order_by("kept_until", "id")
            ended = list(over.select_for_update(skip_locked=True).values_list("id", flat=True)[:_ERASED_AT_ONCE])
            DocumentCopy.objects.filter(document_id__in=ended).delete()
            IssuedDocument.objects.filter(id__in=ended).update(kept_until=None, initials="", licence_state="", categories="")
        erased += len(ended)
        if len(ended) < _ERASED_AT_ONCE:
            return erased


def _end(references: tuple[str, ...], state: State, at: datetime) -> None:
    ended = IssuedDocument.objects.filter(reference__in=references)
    lists = set(ended.exclude(status_list=None).values_list("status_list_id", flat=True))
    ended.update(state=state, ended_at=at)
    changed(lists)


def _said(issued: IssuedDocument) -> Said:
    return Said(
        reference=issued.reference,
        kind=Kind(issued.kind),
        period=_period(issued),
        substance=issued.substance_sha256,
    )


def _period(issued: IssuedDocument) -> tuple[date, date] | None:
    if issued.first_on is None or issued.last_on is None:
        return None
    return issued.first_on, issued.last_on


def _held(issued: IssuedDocument, today: date) -> HeldPaper:
    return HeldPaper(
        reference=issued.reference,
        kind=Kind(issued.kind),
        issued_at=issued.issued_at,
        period=_period(issued),
        expires_on=issued.expires_on,
        status=status(issued.state, issued.expires_on, today),
        ended_at=issued.ended_at,
        kept_until=issued.kept_until if hasattr(issued, "copy") else None,
    )

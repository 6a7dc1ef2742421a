"""A message as a channel sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    reference: UUID
    recipient: str
    subject: str
    body: str
    enqueued_at: datetime

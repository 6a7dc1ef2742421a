"""Records that two people claim."""

from collections.abc import Iterable
from datetime import datetime

from mespoints.identity.linking_tables import Dispute


def disputed(holder_ids: Iterable[int]) -> frozenset[int]:
    return frozenset(Dispute.objects.filter(holder_id__in=list(holder_ids), settled_at=None).values_list("holder_id", flat=True))


def open_dispute(holder_id: int, *, reason: str, now: datetime) -> None:
    """Opened once: a dispute that stands keeps its first reason."""
    Dispute.objects.get_or_create(holder_id=holder_id, settled_at=None, defaults={"reason": reason, "opened_at": now})


def settle_dispute(holder_id: int, now: datetime) -> None:
    Dispute.objects.filter(holder_id=holder_id, settled_at=None).update(settled_at=now)

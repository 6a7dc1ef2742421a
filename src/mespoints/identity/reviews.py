"""The agents' queue of doubtful links: what waits, what an agent decides, and what the person's next sign-in finds there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from mespoints.identity.judgement import codes_of, inputs_digest, subject_digest
from mespoints.identity.linking_tables import LinkingReview
from mespoints.identity.matching.decision import Decision, Doubt
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.sealed_words import seal_pivot, unseal_pivot
from mespoints.identity.words import ReviewState
from mespoints.register.identities import PivotIdentity

WORDS_KEPT = timedelta(days=30)
"""Past it the identity is erased; the person who signs in again brings it back."""
REVIEWS_KEPT = timedelta(days=365)


class ReviewGone(LookupError):
    """Nothing waits under that number: decided meanwhile, or never there."""


class NotACandidate(ValueError):
    """The holder chosen is none of those compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReview:
    number: int
    doubt: Doubt
    opened_at: datetime
    rules: str
    codes: dict[int, tuple[str, ...]]
    """Holder → codes of its fields."""
    pivot: PivotIdentity | None
    """None once its time has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    holder_id: int | None
    """None: refused."""
    compared: tuple[int, ...]
    """The holders that stood before the agent."""


def ask_an_agent(identity: VerifiedIdentity, decision: Decision, doubt: Doubt, now: datetime) -> None:
    """Once per subject: asking again keeps the place in the queue and brings the comparison up to date."""
    known = {"provider": identity.provider, "subject_digest": subject_digest(identity), "state": ReviewState.WAITING}
    compared = {
        "inputs_digest": inputs_digest(identity),
        "doubt": doubt,
        "codes": codes_of(decision),
        "rules": decision.rules,
        "holder_ids": list(decision.holder_ids),
        "sealed_words": seal_pivot(identity.pivot),
        "words_until": now + WORDS_KEPT,
    }
    LinkingReview.objects.update_or_create(**known, defaults=compared, create_defaults={**known, **compared, "opened_at": now})


def decision_on(identity: VerifiedIdentity) -> Decided | None:
    """The latest decision about that subject with that very civil status; None when none was taken."""
    latest = (
        LinkingReview.objects.filter(
            provider=identity.provider, subject_digest=subject_digest(identity), inputs_digest=inputs_digest(identity)
        )
        .exclude(state=ReviewState.WAITING)
        .order_by("-decided_at", "-pk")
        .first()
    )
    if latest is None:
        return None
    return Decided(holder_id=latest.chosen_holder_id, compared=_numbers(latest.holder_ids))


def waiting(at_most: int) -> Iterator[WaitingReview]:
    """The oldest first, without the words: a list is no place for them."""
    for review in LinkingReview.objects.filter(state=ReviewState.WAITING).order_by("opened_at", "pk")[:at_most]:
        yield replace(_waiting(review), pivot=None)


def waiting_review(number: int) -> WaitingReview:
    """Raises ``ReviewGone``."""
    found = LinkingReview.objects.filter(pk=number, state=ReviewState.WAITING).first()
    if found is None:
        raise ReviewGone
    return _waiting(found)


def decide_to_link(number: int, holder_id: int, *, reason: str, by: int | None, now: datetime) -> None:
    """Links nothing yet. Raises ``ReviewGone``, ``NotACandidate``."""
    _decide(number, ReviewState.LINKED, holder_id, reason=reason, by=by, now=now)


def refuse(number: int, *, reason: str, by: int | None, now: datetime) -> None:
    """Raises ``ReviewGone``."""
    _decide(number, ReviewState.REFUSED, None, reason=reason, by=by, now=now)


@transaction.atomic
def _decide(number: int, state: ReviewState, holder_id: int | None, *, reason: str, by: int | None, now: datetime) -> None:
    review = LinkingReview.objects.select_for_update().filter(pk=number, state=ReviewState.WAITING).first()
    if review is None:
        raise ReviewGone
    if holder_id is not None and holder_id not in review.holder_ids:
        raise NotACandidate
    review.state, review.chosen_holder_id, review.reason = state, holder_id, reason
    review.decided_at, review.decided_by_id, review.sealed_words = now, by, None
    review.save()


def forget(now: datetime) -> None:
    """At every sign-in, anybody's: the words of one who never comes back go all the same."""
    LinkingReview.objects.filter(words_until__lt=now, sealed_words__isnull=False).update(sealed_words=None)
    LinkingReview.objects.filter(decided_at__lt=now - REVIEWS_KEPT).delete()


def _waiting(review: LinkingReview) -> WaitingReview:
    return WaitingReview(
        number=review.pk,
        doubt=Doubt(review.doubt),
        opened_at=review.opened_at,
        rules=review.rules,
        codes={holder: tuple(review.codes.get(str(holder), ())) for holder in _numbers(review.holder_ids)},
        pivot=unseal_pivot(bytes(review.sealed_words)) if review.sealed_words else None,
    )


def _numbers(holder_ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(holder_ids))

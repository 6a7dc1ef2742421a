"""Proof of just what is asked: « may this person drive category B today », for one reader, for a while, never a word of points.

The driver hands over a code; the reader gives it back with the driver's birth name. A code is ten letters of Crockford's base
32, 50 bits drawn at random: 1.1·10¹⁵. All wrong answers together are bounded to 6,000 an hour, 5.3·10⁷ a year. Whoever spends
them all, all year long, finds one given driver's open share with a probability of 5·10⁻⁸; and any one of a million open shares
with 2·10⁻⁴, since the name has to be right as well and the commonest one is borne by one person in three hundred. One address
has 20 wrong answers an hour, its range 100. Whoever has the code and not the name has ten tries in all, then the share closes.

Neither the code nor the name is stored: a keyed digest of each, which a copy of the table does not let anybody try. Unknown,
wrong name, revoked, expired, used up: one answer.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from hmac import compare_digest

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from mespoints.documents.models import Share, ShareView
from mespoints.documents.standing import VALID_STATES, standing
from mespoints.documents.verification.register_of_papers import BETWEEN, CONFUSED, CROCKFORD, initials
from mespoints.documents.wording import PARIS
from mespoints.law.replay import replay
from mespoints.rate_limits.address import range_of
from mespoints.rate_limits.limits import Limit, Spending, count, first_exceeded, spend
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, record
from mespoints.register.names import name_key

LENGTH = 10
GROUP = 5
LONGEST_TYPED = 40
LONGEST_AUDIENCE = 60
"""Characters."""
LONGEST_LIFE = 30
"""Days, the day it is made included."""
MOST_VIEWS = 10
MOST_LISTED = 100
"""Shares of one driver, the latest ones; those that are open are always among them."""
MOST_OPEN = 20
"""Shares of one driver at a time."""
WRONG_NAMES = 10
"""With the right code, before the share is closed."""
KEPT = timedelta(days=180)
"""After its end, with its receipts: as long as traces of access are to be kept at least (CNIL, 14 October 2021)."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MADE_BY_HOLDER = Limit(name="documents.share.made", at_most=20, within=DAY)
WRONG_OF_CODE = Limit(name="documents.share.code", at_most=10, within=HOUR)
WRONG_FROM_ADDRESS = Limit(name="documents.share.address", at_most=20, within=HOUR)
WRONG_FROM_RANGE = Limit(name="documents.share.range", at_most=100, within=HOUR)
WRONG_IN_ALL = Limit(name="documents.share.all", at_most=6_000, within=HOUR)


class Closing(Enum):
    """Why a share opens nothing any more."""

    REVOKED = auto()
    EXPIRED = auto()
    USED_UP = auto()
    TOO_MANY_NAMES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRight:
    """A share, as the driver sees it."""

    number: int
    audience: str
    categories: tuple[str, ...]
    created_at: datetime
    expires_on: date
    """Last day included."""
    views_allowed: int
    viewed_at: tuple[datetime, ...]
    """The receipts, oldest first."""
    closing: Closing | None

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def views_left(self) -> int:
        return self.views_allowed - len(self.viewed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the driver wants to share."""

    audience: str
    categories: tuple[str, ...]
    expires_on: date
    views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the reader is shown, and all that he is."""

    account_id: int
    """Whom to tell; never shown."""
    audience: str
    initials: str
    rights: tuple[tuple[str, bool], ...]
    """Category, and whether the register says today that it may be driven. No reason is given for a no."""
    at: datetime
    data_as_of: datetime | None
    views_left: int


class Refusal(Enum):
    NOT_OPENED = auto()
    """Whatever the reason."""
    TOO_MANY_TRIES = auto()


class TooManyShares(RuntimeError):
    """Open already, or made today."""


def categories_today(consulted: HolderRecord, today: date) -> tuple[str, ...]:
    """Those that the register says may be driven today, in the order of the titles."""
    held = standing(consulted, replay(consulted.record), today)
    if held.state not in VALID_STATES:
        return ()
    return tuple(dict.fromkeys(category for title in held.titles for category in title.categories))


def share(consulted: HolderRecord, account_id: int, wish: Wish, now: datetime) -> str:
    """The code, grouped; it is shown once and cannot be read again. Raises ``TooManyShares``."""
    holder = consulted.holder
    today = now.astimezone(PARIS).date()
    still_open = sum(each.is_open for each in shares_of(holder.holder_id, today))
    if still_open >= MOST_OPEN or not spend(MADE_BY_HOLDER, str(holder.holder_id), now):
        raise TooManyShares
    code = "".join(secrets.choice(CROCKFORD) for _ in range(LENGTH))
    Share.objects.create(
        holder_id=holder.holder_id,
        account_id=account_id,
        code_digest=_code_digest(code),
        name_digest=_name_digest(code, holder.birth_name),
        audience=wish.audience,
        categories=" ".join(wish.categories),
        created_at=now,
        expires_on=wish.expires_on,
        views_allowed=wish.views,
    )
    return grouped(code)


def shares_of(holder_id: int, today: date) -> tuple[SharedRight, ...]:
    """The latest first, ``MOST_LISTED`` of them."""
    found = Share.objects.filter(holder_id=holder_id).prefetch_related("views")
    # Open ones are among those that are not over yet, whatever their number: they come first, then all take their order.
    latest = found.order_by("-expires_on", "-created_at", "-id")[:MOST_LISTED]
    return tuple(sorted((_shared(each, today) for each in latest), key=lambda each: (each.created_at, each.number), reverse=True))


def revoke(holder_id: int, number: int, now: datetime) -> None:
    """At once, and for ever; one of somebody else is left alone."""
    Share.objects.filter(id=number, holder_id=holder_id, revoked_at=None).update(revoked_at=now)


def open_share(code: str, birth_name: str, address: str, now: datetime) -> Answer | Refusal:
    """``code``: from ``typed_code``; ``address``: from ``rate_limits.address_of``. A view, its receipt, its trace: all or none.

    Raises ``TraceRefused``: nothing is shown and no view is spent.
    """
    tries = (
        Spending(limit=WRONG_FROM_ADDRESS, key=address),
        Spending(limit=WRONG_FROM_RANGE, key=range_of(address)),
        Spending(limit=WRONG_OF_CODE, key=code),
        Spending(limit=WRONG_IN_ALL, key=""),
    )
    # Spent first and given back after a right answer: a thousand tries at once are counted one by one.
    # In turn: whoever insists past his own limit spends nothing of what everybody shares.
    if first_exceeded(tries, now) is not None:
        return Refusal.TOO_MANY_TRIES
    answer = _opened(code, birth_name, now)
    if answer is None:
        return Refusal.NOT_OPENED
    count([Spending(limit=each.limit, key=each.key, cost=-1) for each in tries], now)
    return answer


def typed_code(text: str) -> str | None:
    """« k7q2m 4xd9t »: the ten letters, or None when it cannot be a code."""
    letters = BETWEEN.sub("", text[: LONGEST_TYPED + 1]).upper().translate(CONFUSED)
    if len(text) > LONGEST_TYPED or len(letters) != LENGTH or any(letter not in CROCKFORD for letter in letters):
        return None
    return letters


def grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def erase_ended_shares(now: datetime) -> int:
    """Those that ended long enough ago, with their receipts; how many. Safe to run again."""
    over = (now - KEPT).astimezone(PARIS).date()
    with transaction.atomic():
        ended = list(Share.objects.filter(expires_on__lt=over).values_list("id", flat=True))
        ShareView.objects.filter(share_id__in=ended).delete()
        # Django would read each row whole before: the night may not.
        with connection.cursor() as cursor:
            cursor.execute("delete from documents_share where id = any(%s)", [ended])
    return len(ended)


@transaction.atomic
def _opened(code: str, birth_name: str, now: datetime) -> Answer | None:
    today = now.astimezone(PARIS).date()
    found = Share.objects.select_for_update(of=("self",)).select_related("holder").filter(code_digest=_code_digest(code)).first()
    if found is None or _closing(found, today) is not None:
        return None
    if not compare_digest(found.name_digest, _name_digest(code, birth_name)):
        found.wrong_names += 1
        found.save(update_fields=["wrong_names"])
        return None
    found.views_used += 1
    found.save(update_fields=["views_used"])
    ShareView.objects.create(share=found, at=now)
    reader = Reader(account_id=None, role=ReaderRole.SYSTEM, reason=f"partage n° {found.pk} ouvert par un tiers")
    return _answer(found, record(found.holder.file_number, reader), now, today)


def _answer(found: Share, consulted: HolderRecord, now: datetime, today: date) -> Answer:
    may_drive = categories_today(consulted, today)
    return Answer(
        account_id=found.account_id,
        audience=found.audience,
        initials=initials(consulted.holder.given_names, consulted.holder.birth_name),
        rights=tuple((category, category in may_drive) for category in found.categories.split()),
        at=now,
        data_as_of=consulted.data_as_of,
        views_left=found.views_allowed - found.views_used,
    )


def _closing(found: Share, today: date) -> Closing | None:
    if found.revoked_at is not None:
        return Closing.REVOKED
    if found.wrong_names >= WRONG_NAMES:
        return Closing.TOO_MANY_NAMES
    if found.views_used >= found.views_allowed:
        return Closing.USED_UP
    return Closing.EXPIRED if today > found.expires_on else None


def _shared(found: Share, today: date) -> SharedRight:
    views: Sequence[ShareView] = found.views.all()  # type: ignore[assignment]
    return SharedRight(
        number=found.pk,
        audience=found.audience,
        categories=tuple(found.categories.split()),
        created_at=found.created_at,
        expires_on=found.expires_on,
        views_allowed=found.views_allowed,
        viewed_at=tuple(sorted(view.at for view in views)),
        closing=_closing(found, today),
    )


def _code_digest(code: str) -> str:
    return salted_hmac("mespoints.documents.share.code", code, algorithm="sha256").hexdigest()


def _name_digest(code: str, birth_name: str) -> str:
    """With the code, so that two shares of one driver do not look alike. Accents, case and hyphens do not count."""
    return salted_hmac("mespoints.documents.share.name", f"{code} {name_key(birth_name)}", algorithm="sha256").hexdigest()

"""The licence-number door, as the pages walk through it: ask for a code, type it, be tied to the record.

Neither the number alone nor the three things together open anything: they are printed on a card that hirers photograph. What
opens is a code sent to the channel that the administration knows, typed back by the account that asked.

Here the register is never read, so neither the words nor the time of an answer can tell whether a record exists: the request is
noted, and the courier (``claim_courier``) looks, away from the page. What the pages may count is limited all the same:

- asking: 5 an hour and 15 a day for one account, 10 a day for one file number, 100 an hour for one range of addresses;
- typing: 30 a day for one account, 200 an hour for one range of addresses, and 5 for one code;
- in all, 5,000 of each an hour: at full speed, day and night, against nothing but codes that exist, a guess among 20⁸ comes
  right once in five hundred years.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from django.db import IntegrityError, transaction

from mespoints.identity.licence_claim import Claim
from mespoints.identity.models import Account, LicenceClaim, Link
from mespoints.identity.number_failures import AskedTooOften, CodeSpent, CodeWrong, DoorSaturated, NumberFailure, TriedTooOften
from mespoints.identity.words import Provider
from mespoints.messages import contact_proof
from mespoints.messages.contact_proof import Proven, Spent, Wrong
from mespoints.rate_limits.address import range_of
from mespoints.rate_limits.limits import Limit, Spending, first_exceeded
from mespoints.register.numbered_holder import holder_known_as

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ASKED_BY_ACCOUNT_IN_AN_HOUR = Limit(name="number-asked-account-hour", at_most=5, within=HOUR)
ASKED_BY_ACCOUNT_IN_A_DAY = Limit(name="number-asked-account-day", at_most=15, within=DAY)
ASKED_FOR_A_NUMBER = Limit(name="number-asked-number", at_most=10, within=DAY)
ASKED_FROM_A_RANGE = Limit(name="number-asked-range", at_most=100, within=HOUR)
ASKED_BY_ALL = Limit(name="number-asked-all", at_most=5_000, within=HOUR)

TRIED_BY_ACCOUNT = Limit(name="number-tried-account", at_most=30, within=DAY)
TRIED_FROM_A_RANGE = Limit(name="number-tried-range", at_most=200, within=HOUR)
TRIED_BY_ALL = Limit(name="number-tried-all", at_most=5_000, within=HOUR)

EVERYBODY = ""
ASKING_IN_ALL = Spending(limit=ASKED_BY_ALL, key=EVERYBODY)
TRYING_IN_ALL = Spending(limit=TRIED_BY_ALL, key=EVERYBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """The account that is signed in, and where its request comes from (``rate_limits.address.address_of``)."""

    account: Account
    address: str

    @property
    def key(self) -> str:
        return str(self.account.pk)

    @property
    def range(self) -> str:
        return range_of(self.address)


def ask(applicant: Applicant, claim: Claim, now: datetime) -> None:
    """Raises ``AskedTooOften`` or ``DoorSaturated``; anything else looks like success."""
    number = Spending(limit=ASKED_FOR_A_NUMBER, key=claim.file_number.canonical)
    _spend([*_asking(applicant), number, ASKING_IN_ALL], AskedTooOften, now)
    noted = LicenceClaim(
        account=applicant.account,
        asked_at=now,
        proof=contact_proof.begin(applicant.account.pk, now),
        file_number=claim.file_number.canonical,
        birth_name=claim.birth_name,
        birth_date=claim.birth_date,
        awaits_code=True,
    )
    fields = ["asked_at", "proof", "file_number", "birth_name", "birth_date", "holder", "awaits_code"]
    LicenceClaim.objects.bulk_create([noted], update_conflicts=True, unique_fields=["account"], update_fields=fields)


def ask_again(applicant: Applicant, now: datetime) -> None:
    """Another code for what was typed last; the former one is dead. Raises ``AskedTooOften``, ``DoorSaturated``."""
    _spend([*_asking(applicant), ASKING_IN_ALL], AskedTooOften, now)
    proof = contact_proof.begin(applicant.account.pk, now)
    LicenceClaim.objects.filter(account=applicant.account).update(asked_at=now, proof=proof, awaits_code=True)


def awaits_a_code(account: Account, now: datetime) -> bool:
    """Whether the next step of this account is to type a code."""
    return contact_proof.stands(account.pk, now)


def confirm(applicant: Applicant, typed: str, now: datetime) -> None:
    """Ties the account to the record. Raises a ``NumberFailure``."""
    trying = [
        Spending(limit=TRIED_BY_ACCOUNT, key=applicant.key),
        Spending(limit=TRIED_FROM_A_RANGE, key=applicant.range),
        TRYING_IN_ALL,
    ]
    _spend(trying, TriedTooOften, now)
    # The try and the link in one transaction; nothing is raised inside, or the try would be given back.
    with transaction.atomic():
        answer = contact_proof.prove(applicant.account.pk, typed, now)
        is_tied = isinstance(answer, Proven) and _tie(applicant.account, answer.holder_id, now)
    match answer:
        case Proven():
            if not is_tied:
                raise CodeWrong
        case Wrong(tries_left=tries_left):
            raise CodeWrong(tries_left)
        case Spent():
            raise CodeSpent
        case _:
            assert_never(answer)


def _tie(account: Account, holder_id: int, now: datetime) -> bool:
    """False when the record was given to another password account meanwhile, or its holder has died."""
    holder = holder_known_as(holder_id)
    if holder is None or holder.is_deceased:
        return False
    try:
        with transaction.atomic():
            Link.objects.create(
                account=account, provider=Provider.LICENCE_NUMBER, subject=account.public_id, holder_id=holder_id, since=now
            )
    except IntegrityError:
        return False
    LicenceClaim.objects.filter(account=account).update(awaits_notice=True, awaits_code=False)
    return True


def _asking(applicant: Applicant) -> list[Spending]:
    return [
        Spending(limit=ASKED_BY_ACCOUNT_IN_AN_HOUR, key=applicant.key),
        Spending(limit=ASKED_BY_ACCOUNT_IN_A_DAY, key=applicant.key),
        Spending(limit=ASKED_FROM_A_RANGE, key=applicant.range),
    ]


def _spend(spendings: Iterable[Spending], refusal: type[NumberFailure], now: datetime) -> None:
    """The account's own first, what everybody shares last: who insists past his limit takes nothing from others."""
    exceeded = first_exceeded(spendings, now)
    if exceeded in {ASKED_BY_ALL, TRIED_BY_ALL}:
        raise DoorSaturated
    if exceeded is not None:
        raise refusal

"""The pivot identity → a holder → the account that is his.

Exact match only, today: all six fields equal and a single record. Softer evidence with a second proof is not modelled yet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from django.db import IntegrityError, transaction
from django.db.models import Q

from mespoints.identity.failures import AccountClosed, LinkChanged, RecordNotFound, SeveralRecords
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.register.search import PivotIdentity, exact_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One record, and only one."""

    holder_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Twins, homonyms: choosing would be guessing."""


Verdict = Linked | NotFound | Several


def verdict(pivot: PivotIdentity) -> Verdict:
    """Unknown parts of a birth day equal unknown parts only; an unspecified sex equals nothing."""
    if pivot.sex == "X":
        return NotFound()
    match exact_matches(pivot):
        case ():
            return NotFound()
        case (only,):
            return Linked(holder_id=only.holder_id)
        case _:
            return Several()


def account_of(identity: VerifiedIdentity, now: datetime) -> Account:
    """The account of that person, opened at the first visit. Judged anew at every sign-in, never re-linked to another holder."""
    match verdict(identity.pivot):
        case Linked(holder_id=holder_id):
            account_id = _settled(identity, holder_id, now)
        case NotFound():
            raise RecordNotFound
        case Several():
            raise SeveralRecords
        case unreachable:
            assert_never(unreachable)
    account = Account.objects.linked(account_id)
    if account is None:
        raise AccountClosed
    return account


def _settled(identity: VerifiedIdentity, holder_id: int, now: datetime) -> int:
    try:
        return _account_id(identity, holder_id, now)
    except IntegrityError:
        # Two first visits at once: the other one has just made the link, which is now there to be found.
        return _account_id(identity, holder_id, now)


@transaction.atomic
def _account_id(identity: VerifiedIdentity, holder_id: int, now: datetime) -> int:
    # In one statement: a link made between two would pass for the former subject of the same holder.
    same_person = Q(subject=identity.subject) | Q(holder_id=holder_id)
    current = list(Link.objects.filter(same_person, provider=identity.provider, until__isnull=True))
    mine = next((link for link in current if link.subject == identity.subject), None)
    if mine is not None:
        if mine.holder_id != holder_id:
            raise LinkChanged
        return mine.account_id
    former = next(iter(current), None)
    if former is not None:
        return _renewed(former, identity, now)
    account = Account.objects.open_without_password(email=identity.email, now=now)
    _link(account.pk, identity, holder_id, now)
    return account.pk


def _renewed(former: Link, identity: VerifiedIdentity, now: datetime) -> int:
    """Same holder under a new subject (a civil-status correction): same account, the former link kept as history."""
    former.until = now
    former.save(update_fields=["until"])
    _link(former.account_id, identity, former.holder_id, now)
    return former.account_id


def _link(account_id: int, identity: VerifiedIdentity, holder_id: int, now: datetime) -> None:
    Link.objects.create(
        account_id=account_id, provider=identity.provider, subject=identity.subject, holder_id=holder_id, since=now
    )

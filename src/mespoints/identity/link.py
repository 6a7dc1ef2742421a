"""The pivot identity → a holder → the account that is his. ``matching`` decides; this is what is done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn, assert_never

from django.db import IntegrityError, transaction
from django.db.models import Q

from mespoints.identity.failures import AccountClosed, LinkChanged, RecordNotFound, SignInFailure
from mespoints.identity.judgement import LINKED, Judgement, judge, leave_trail
from mespoints.identity.linking_failures import (
    FileNumberAsked,
    LicenceNumberAsked,
    RecordBlocked,
    RefusedByAgent,
    WaitingForAgent,
)
from mespoints.identity.matching.decision import Doubt, Verdict
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.reviews import ask_an_agent, decision_on, forget


def account_of(identity: VerifiedIdentity, now: datetime) -> Account:
    """The account of that person, opened at the first visit. Judged anew at every sign-in, never re-linked to another holder.

    Raises ``SecondProofAsked`` when a number of the licence must speak first (``second_proof``), or another ``IdentityFailure``.
    """
    judged = judge(identity)
    return with_trail(identity, judged, lambda: _holder(identity, judged, now), now)


def with_trail(identity: VerifiedIdentity, judged: Judgement, holder: Callable[[], int], now: datetime) -> Account:
    """The account linked to the holder that ``holder`` names; what came of it is written down, success or failure."""
    forget(now)
    try:
        account = _open(identity, holder(), now)
    except SignInFailure as failure:
        leave_trail(identity, judged.decision, failure.code, now)
        raise
    leave_trail(identity, judged.decision, LINKED, now)
    return account


def is_held_by_another(identity: VerifiedIdentity, holder_id: int) -> bool:
    """Another subject of the same provider is linked to that holder today."""
    others = Link.objects.filter(provider=identity.provider, holder_id=holder_id, until__isnull=True)
    return others.exclude(subject=identity.subject).exists()


def to_an_agent(identity: VerifiedIdentity, judged: Judgement, doubt: Doubt, now: datetime) -> NoReturn:
    """Into the queue; unless an agent has refused already, with the same civil status and the same records before him."""
    taken = decision_on(identity)
    if taken is not None and taken.holder_id is None and taken.compared == judged.decision.holder_ids:
        raise RefusedByAgent
    ask_an_agent(identity, judged.decision, doubt, now)
    raise RecordBlocked if doubt in {Doubt.DECEASED, Doubt.DISPUTED} else WaitingForAgent


def _holder(identity: VerifiedIdentity, judged: Judgement, now: datetime) -> int:
    decision = judged.decision
    match decision.verdict:
        case Verdict.LINK:
            return decision.holder_ids[0]
        case Verdict.NOT_FOUND:
            raise RecordNotFound
        case Verdict.SECOND_PROOF | Verdict.FILE_NUMBER:
            return _proved_before(identity, judged)
        case Verdict.AGENT:
            return _decided_by_agent(identity, judged, now)
        case unreachable:
            assert_never(unreachable)


def _proved_before(identity: VerifiedIdentity, judged: Judgement) -> int:
    if judged.linked_holder is not None:
        if not judged.keeps_its_link:
            raise LinkChanged
        return judged.linked_holder
    approved = decision_on(identity)
    if approved is not None and approved.holder_id in judged.decision.holder_ids:
        return approved.holder_id
    raise FileNumberAsked if judged.decision.verdict is Verdict.FILE_NUMBER else LicenceNumberAsked


def _decided_by_agent(identity: VerifiedIdentity, judged: Judgement, now: datetime) -> int:
    doubt = judged.decision.doubt or Doubt.TWO_DIFFERENCES
    if doubt in {Doubt.DECEASED, Doubt.DISPUTED}:
        # An agent cannot decide against the register, nor before the dispute is settled.
        to_an_agent(identity, judged, doubt, now)
    if judged.linked_holder is not None and judged.keeps_its_link:
        return judged.linked_holder
    taken = decision_on(identity)
    if taken is None or taken.holder_id not in judged.decision.holder_ids:
        to_an_agent(identity, judged, doubt, now)
    return taken.holder_id


def _open(identity: VerifiedIdentity, holder_id: int, now: datetime) -> Account:
    account = Account.objects.linked(_settled(identity, holder_id, now))
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

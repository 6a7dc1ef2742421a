"""The courier: compares what was typed with the register, and writes to the channel on file. Away from the pages.

It runs with the sending of messages, under a role of the database that may read contacts, which the pages' role may not. Whether
a code left is told to nobody but the person who reads that channel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mespoints.access_log.trace import Trace, trace
from mespoints.identity.licence_claim import matches
from mespoints.identity.models import LicenceClaim, Link
from mespoints.identity.words import Provider
from mespoints.messages import contact_proof
from mespoints.messages.channels import ChannelName, is_usable
from mespoints.messages.contact_proof import ProofNumber
from mespoints.messages.outbox import enqueue
from mespoints.messages.templates import TemplateCode
from mespoints.rate_limits.limits import Limit, spend
from mespoints.register.arrivals import ContactKind
from mespoints.register.consultation import ReaderRole
from mespoints.register.contact import ContactOnFile, contacts_on_file
from mespoints.register.file_number import FileNumber
from mespoints.register.numbered_holder import NumberedHolder, holder_known_as, numbered_holder

SENT_TO_A_HOLDER = Limit(name="number-sent-holder", at_most=5, within=timedelta(days=1))
"""Codes and refusals told, whoever asks: nobody's mailbox is filled by strangers who know three things."""
REASON = "demande d’un code pour relier un compte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one call did: messages written to holders, and requests that led to none."""

    written: int = 0
    silent: int = 0


def settle_claims(now: datetime, at_most: int = 500) -> Round:
    """Each claim that waits, once. Several processes may call it together: none takes another's."""
    done: list[bool] = []
    while len(done) < at_most:
        written = _settle_next(now)
        if written is None:
            break
        done.append(written)
    return Round(written=done.count(True), silent=done.count(False))


def _settle_next(now: datetime) -> bool | None:
    """Whether something was written; None when nothing waits."""
    with transaction.atomic():
        waiting = LicenceClaim.objects.select_for_update(skip_locked=True).filter(Q(awaits_code=True) | Q(awaits_notice=True))
        claim = waiting.order_by("asked_at", "account_id").first()
        if claim is None:
            return None
        written = _tell(claim, now) if claim.awaits_notice else _answer(claim, now)
        claim.save()
    return written


def _answer(claim: LicenceClaim, now: datetime) -> bool:
    holder = _holder_of(claim)
    claim.awaits_code = False
    claim.file_number = claim.birth_name = claim.birth_date = None
    claim.holder_id = holder.identity.holder_id if holder is not None else None
    if holder is None or holder.is_deceased:
        return False
    address = email_on_file(contacts_on_file(holder.identity.holder_id))
    # A mobile or a postal address alone: the pages say to everybody what to do when nothing comes.
    if address is None or not spend(SENT_TO_A_HOLDER, str(holder.identity.holder_id), now):
        return False
    return _write(claim, holder.identity.holder_id, address, now)


def _write(claim: LicenceClaim, holder_id: int, address: str, now: datetime) -> bool:
    if Link.objects.filter(provider=Provider.LICENCE_NUMBER, holder_id=holder_id, until__isnull=True).exists():
        enqueue(template=TemplateCode.ALREADY_LINKED_NOTICE, recipient=address, now=claim.asked_at)
        return True
    proof = ProofNumber(claim.proof)
    left = contact_proof.send_code(proof, holder_id=holder_id, channel=ChannelName.EMAIL, recipient=address, now=now)
    if left:
        trace(Trace(account_id=claim.account_id, role=ReaderRole.SYSTEM.value, holder_id=holder_id, reason=REASON, at=now))
    return left


def _tell(claim: LicenceClaim, now: datetime) -> bool:
    """An account was tied to his record: the holder learns it where the administration writes to him."""
    claim.awaits_notice = False
    address = email_on_file(contacts_on_file(claim.holder_id)) if claim.holder_id is not None else None
    if address is not None:
        enqueue(template=TemplateCode.LINKED_NOTICE, recipient=address, now=now)
    return address is not None


def _holder_of(claim: LicenceClaim) -> NumberedHolder | None:
    """By what was typed; when another code is asked for, by what it led to the first time."""
    if claim.file_number is None or claim.birth_name is None or claim.birth_date is None:
        return holder_known_as(claim.holder_id) if claim.holder_id is not None else None
    found = numbered_holder(FileNumber(claim.file_number))
    return found if found is not None and matches(claim.birth_name, claim.birth_date, found.identity) else None


def email_on_file(contacts: Iterable[ContactOnFile]) -> str | None:
    """None when there is none, or none that can be written to."""
    emails = (contact.address for contact in contacts if contact.kind is ContactKind.EMAIL)
    return next((address for address in emails if is_usable(ChannelName.EMAIL, address)), None)

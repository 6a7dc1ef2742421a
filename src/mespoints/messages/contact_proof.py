"""One-time codes: whoever types back what was sent to a holder reads the channel that the administration knows.

A code is eight letters among twenty consonants, in two groups: 20⁸, about 2.6·10¹⁰. No vowel, so that it is no word; no figure,
so that a phone shows one keyboard. Case and separators do not count. Five tries kill a code, and those who send codes limit
their number: a holder besieged all year by five codes a day falls with a probability under 4·10⁻⁷.

The row begins before anybody knows whether a code will leave, and answers the same when none does.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import NewType

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from mespoints.messages.channels import ChannelName
from mespoints.messages.models import ContactProof
from mespoints.messages.outbox import enqueue
from mespoints.messages.templates import TemplateCode

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
GROUP = 4
LIFE = timedelta(minutes=30)
"""From the request, not from the sending: the person sees one delay only."""
TRIES = 5
KEPT = timedelta(days=1)
"""After expiry: long enough to look into what went wrong; then the rows go."""

ProofNumber = NewType("ProofNumber", int)

_SEPARATORS = re.compile(r"[\s.\-–_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """The code was right, and has now served."""

    holder_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    tries_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Expired, served, or tried too often; or never begun."""


Answer = Proven | Wrong | Spent


@transaction.atomic
def begin(account_id: int, now: datetime) -> ProofNumber:
    """Ends whatever this account was proving before: only the last code can serve."""
    ContactProof.objects.filter(expires_at__lt=now - KEPT).delete()
    # The same account may ask twice at once; a row that is not there yet cannot be waited for.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"contact_proof {account_id}"])
    ContactProof.objects.filter(account_id=account_id, ended_at__isnull=True).update(ended_at=now)
    proof = ContactProof.objects.create(account_id=account_id, tries_left=TRIES, begun_at=now, expires_at=now + LIFE)
    return ProofNumber(proof.pk)


@transaction.atomic
def send_code(number: ProofNumber, *, holder_id: int, channel: ChannelName, recipient: str, now: datetime) -> bool:
    """Draws the code and enqueues its message, together. False when the proof can serve no more.

    Raises ``UnusableRecipient``.
    """
    proof = ContactProof.objects.select_for_update().filter(pk=number, ended_at__isnull=True, expires_at__gt=now).first()
    if proof is None:
        return False
    code = drawn()
    proof.holder_id, proof.channel = holder_id, channel
    proof.code_digest = _digest(proof, code)
    proof.save(update_fields=["holder_id", "channel", "code_digest"])
    enqueue(
        template=TemplateCode.ACTIVATION_CODE,
        recipient=recipient,
        now=proof.begun_at,
        channel=channel,
        code=displayed(code),
        expires_at=proof.expires_at,
    )
    return True


def prove(account_id: int, typed: str, now: datetime) -> Answer:
    """Spends a try. The row is held meanwhile: of two simultaneous answers, one only can be the right one's.

    Joins the caller's transaction: rolled back, the try would be given back.
    """
    with transaction.atomic():
        proof = ContactProof.objects.select_for_update().filter(account_id=account_id, ended_at__isnull=True).first()
        if proof is None or now >= proof.expires_at or proof.tries_left == 0:
            return Spent()
        proof.tries_left -= 1
        # Always computed, even when no code was sent: the answer must not be quicker.
        is_right = compare_digest(_digest(proof, canonical(typed)), proof.code_digest)
        proven = Proven(holder_id=proof.holder_id) if is_right and proof.holder_id is not None else None
        if proven is not None:
            proof.ended_at = now
        proof.save(update_fields=["tries_left", "ended_at"])
    return proven or Wrong(tries_left=proof.tries_left)


def stands(account_id: int, now: datetime) -> bool:
    """Whether this account may still type a code, sent or not."""
    standing = ContactProof.objects.filter(account_id=account_id, ended_at__isnull=True)
    return standing.filter(expires_at__gt=now, tries_left__gt=0).exists()


def drawn() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def displayed(code: str) -> str:
    """« BCDF-GHJK »."""
    return f"{code[:GROUP]}-{code[GROUP:]}"


def canonical(typed: str) -> str:
    return _SEPARATORS.sub("", typed).upper()


def _digest(proof: ContactProof, code: str) -> str:
    bound = f"{proof.pk} {proof.account_id} {proof.holder_id} {proof.channel} {code}"
    return salted_hmac("mespoints.messages.contact_proof", bound, algorithm="sha256").hexdigest()

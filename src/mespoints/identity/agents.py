"""The doors to the allow-list: who is invited, approved, revoked, and who comes in."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet

from mespoints.identity.agent_failures import (
    AgentRevoked,
    AnotherIdentity,
    InvitationExpired,
    NotApproved,
    NotInvited,
    SecondFactorMissing,
)
from mespoints.identity.agent_tables import Agent, Invitation, InvitationStep
from mespoints.identity.failures import AccountClosed
from mespoints.identity.invitations import (
    INVITATION_LIFE,
    LONGEST_EMAIL,
    AlreadyEnded,
    AtDesk,
    BadEmail,
    Hand,
    Invited,
    NotWaiting,
    Standing,
    Step,
    StepTaken,
    check_approval,
    check_invitation,
    check_revocation,
    email_key,
)
from mespoints.identity.models import Account
from mespoints.identity.oidc.agent_claims import VerifiedAgent
from mespoints.identity.roles import Role

LEVELS_WITH_SECOND_FACTOR = frozenset({"eidas1-mfa", "eidas2", "eidas3"})
"""Of ProConnect. ``eidas0-mfa`` has two factors of nobody known."""

# Any constant would do, provided nobody else locks it: with the e-mail's own number it makes one lock for each address.
_LOCK = 48_234


class UnknownInvitation(LookupError):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAgent:
    """Somebody who came in at least once."""

    account_id: int
    name: str
    email: str
    emails: frozenset[str]
    """Every address under which this person was invited or came, in the form of ``email_key``."""
    roles: frozenset[Role]
    """Empty when all were revoked."""
    since: datetime
    revoked_at: datetime | None
    """The last time that a role was taken away: sessions opened before it are over."""
    last_came_at: datetime | None
    is_active: bool

    @property
    def hand(self) -> AtDesk:
        return AtDesk(account_id=self.account_id, emails=self.emails, roles=self.roles)


@transaction.atomic
def invite(hand: Hand, email: str, role: Role, now: datetime) -> int:
    """The number of the invitation. Raises ``Refused``."""
    key = email_key(email)
    try:
        validate_email(key)
    except ValidationError as error:
        raise BadEmail from error
    if len(key) > LONGEST_EMAIL:
        raise BadEmail
    _lock(key)
    check_invitation(hand, key, role, _invited(Invitation.objects.filter(email=key)), now)
    row = Invitation.objects.create(email=key, role=role, expires_at=now + INVITATION_LIFE)
    _take(row.id, Step.INVITED, hand, now)
    return row.id


def approve(hand: Hand, number: int, now: datetime) -> None:
    """Raises ``Refused`` or ``UnknownInvitation``."""
    check_approval(hand, _one(number), now)
    try:
        _take(number, Step.APPROVED, hand, now)
    except IntegrityError as error:
        # Somebody else has just done it.
        raise NotWaiting from error


def revoke(hand: Hand, number: int, now: datetime) -> None:
    """At once: pages read the roles anew each time. Raises ``Refused`` or ``UnknownInvitation``."""
    check_revocation(hand, _one(number), now)
    try:
        _take(number, Step.REVOKED, hand, now)
    except IntegrityError as error:
        raise AlreadyEnded from error


def invitations() -> tuple[Invited, ...]:
    """All that ever were, the latest first."""
    return _invited(Invitation.objects.order_by("-id"))


def agents() -> tuple[KnownAgent, ...]:
    """All who ever came in, in the order of their names."""
    rows = Agent.objects.select_related("account").order_by("usual_name", "given_name", "account_id")
    held: dict[int, list[InvitationStep]] = {}
    for step in InvitationStep.objects.filter(step=Step.BOUND).select_related("invitation").order_by("id"):
        held.setdefault(step.account_id or 0, []).append(step)
    revoked = _revocations([step.invitation_id for steps in held.values() for step in steps])
    return tuple(_known(row, held.get(row.account_id, []), revoked) for row in rows)


def agent(account_id: int) -> KnownAgent | None:
    """With today's roles. Read on every page of the desk."""
    row = Agent.objects.select_related("account").filter(account_id=account_id).first()
    if row is None:
        return None
    held = list(InvitationStep.objects.filter(step=Step.BOUND, account_id=account_id).select_related("invitation").order_by("id"))
    return _known(row, held, _revocations([step.invitation_id for step in held]))


def agent_account(verified: VerifiedAgent, now: datetime) -> KnownAgent:
    """Who comes in, with at least one role. Raises an ``IdentityFailure`` that says what is missing."""
    if verified.acr not in LEVELS_WITH_SECOND_FACTOR:
        raise SecondFactorMissing
    try:
        found = _settled(verified, now)
    except IntegrityError:
        # The same person came by two addresses at once: the other one has just been bound, and is now there to be found.
        found = _settled(verified, now)
    if not found.is_active:
        raise AccountClosed
    return found


@transaction.atomic
def _settled(verified: VerifiedAgent, now: datetime) -> KnownAgent:
    """Good invitations of this e-mail become this person's; everything under a lock of the address."""
    key = email_key(verified.email)
    _lock(key)
    row = Agent.objects.filter(idp_id=verified.idp_id, subject=verified.subject).first()
    invited = _invited(Invitation.objects.filter(email=key))
    _refuse_another_person(invited, row.account_id if row else None, now)
    good = [each for each in invited if each.standing(now) is Standing.GOOD]
    if row is None and not good:
        raise _why_not(invited, now)
    account_id = _named_anew(row, verified) if row else _opened(verified, key, now)
    for each in (each for each in good if each.may_be_held_by(account_id)):
        InvitationStep.objects.create(invitation_id=each.number, step=Step.BOUND, account_id=account_id, at=now)
    Account.objects.filter(pk=account_id).update(last_login=now)
    found = agent(account_id)
    if found is None or not found.roles:
        raise AgentRevoked
    return found


def _refuse_another_person(invited: tuple[Invited, ...], account_id: int | None, now: datetime) -> None:
    """An e-mail alone never suffices: as long as it holds a role for somebody, it is nobody else's."""
    for each in invited:
        bound = each.taken(Step.BOUND)
        if bound is not None and each.standing(now) is Standing.HELD and bound.account_id != account_id:
            raise AnotherIdentity


def _why_not(invited: tuple[Invited, ...], now: datetime) -> Exception:
    standings = {each.standing(now) for each in invited}
    if Standing.WAITING in standings:
        return NotApproved()
    if Standing.EXPIRED in standings:
        return InvitationExpired()
    return AgentRevoked() if Standing.REVOKED in standings else NotInvited()


def _opened(verified: VerifiedAgent, email: str, now: datetime) -> int:
    account = Account.objects.open_without_password(email=None, now=now)
    Agent.objects.create(
        account=account,
        idp_id=verified.idp_id,
        subject=verified.subject,
        email=email,
        given_name=verified.given_name,
        usual_name=verified.usual_name,
        since=now,
    )
    return account.pk


def _named_anew(row: Agent, verified: VerifiedAgent) -> int:
    if (row.given_name, row.usual_name) != (verified.given_name, verified.usual_name):
        Agent.objects.filter(pk=row.pk).update(given_name=verified.given_name, usual_name=verified.usual_name)
    return row.account_id


def _known(row: Agent, held: list[InvitationStep], revoked: dict[int, datetime]) -> KnownAgent:
    ended = [revoked[step.invitation_id] for step in held if step.invitation_id in revoked]
    return KnownAgent(
        account_id=row.account_id,
        name=f"{row.given_name} {row.usual_name}".strip(),
        email=row.email,
        emails=frozenset({row.email, *(step.invitation.email for step in held)}),
        roles=frozenset(Role(step.invitation.role) for step in held if step.invitation_id not in revoked),
        since=row.since,
        revoked_at=max(ended, default=None),
        last_came_at=row.account.last_login,
        is_active=row.account.is_active,
    )


def _revocations(numbers: list[int]) -> dict[int, datetime]:
    rows = InvitationStep.objects.filter(step=Step.REVOKED, invitation_id__in=numbers)
    return dict(rows.values_list("invitation_id").annotate(at=Max("at")).order_by("invitation_id"))


def _one(number: int) -> Invited:
    found = _invited(Invitation.objects.filter(pk=number))
    if not found:
        raise UnknownInvitation
    return found[0]


def _invited(rows: QuerySet[Invitation]) -> tuple[Invited, ...]:
    return tuple(
        Invited(
            number=row.id,
            email=row.email,
            role=Role(row.role),
            expires_at=row.expires_at,
            steps=tuple(
                StepTaken(step=Step(step.step), account_id=step.account_id, console=step.console, at=step.at)
                for step in sorted(row.steps.all(), key=lambda step: step.id)
            ),
        )
        for row in rows.prefetch_related("steps")
    )


def _take(number: int, step: Step, hand: Hand, now: datetime) -> None:
    with transaction.atomic():
        InvitationStep.objects.create(
            invitation_id=number,
            step=step,
            account_id=hand.account_id if isinstance(hand, AtDesk) else None,
            console=None if isinstance(hand, AtDesk) else hand.signature,
            at=now,
        )


def _lock(email: str) -> None:
    """Until the transaction ends: two invitations, or two first sign-ins, of one address come one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, email])

"""Four eyes: how an invitation becomes a right, and how it ends. Pure rules; ``agents`` keeps what they allow.

An invitation is a list of steps, each taken at most once and never taken back: invited, approved by somebody else, bound to
the person who signed in, revoked. What it is worth at a moment is read from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from django.db.models import TextChoices

from mespoints.identity.roles import Role, grantable
from mespoints.register.names import name_key

INVITATION_LIFE = timedelta(days=14)
"""From the invitation to the first sign-in, approval included; at that very moment it is over."""

LONGEST_EMAIL = 254
LONGEST_NAME = 100
_AT_CONSOLE = " (ligne de commande, compte "


class Step(TextChoices):
    INVITED = "invited", "invitation"
    APPROVED = "approved", "approbation"
    BOUND = "bound", "première entrée"
    REVOKED = "revoked", "retrait"


class Standing(StrEnum):
    """What an invitation is worth now."""

    WAITING = "waiting"
    """For a second person."""
    GOOD = "good"
    """Approved: the person invited may come in."""
    HELD = "held"
    """The person came in: the role is his, with no end but a revocation."""
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """An agent who is signed in."""

    account_id: int
    emails: frozenset[str]
    """All that are known to be his, in the form of ``email_key``."""
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtConsole:
    """Somebody at the command line, who holds the machine: for the first operators, or when none is left.

    Nothing proves the name: it is kept as stated, with the account of the machine that ran the command, for all to see.
    """

    name: str
    machine_account: str

    @property
    def signature(self) -> str:
        return f"{self.name}{_AT_CONSOLE}{self.machine_account})"


Hand = AtDesk | AtConsole


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    step: Step
    account_id: int | None
    """None at the command line."""
    console: str | None
    """The signature of whoever was there; None at the desk."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One person, named by an e-mail, for one role."""

    number: int
    email: str
    role: Role
    expires_at: datetime
    steps: tuple[StepTaken, ...]

    def taken(self, step: Step) -> StepTaken | None:
        return next((each for each in self.steps if each.step is step), None)

    def may_be_held_by(self, account_id: int) -> bool:
        """Not by one of the two who made it, under another of his addresses."""
        return all(each.account_id != account_id for each in self.steps)

    def standing(self, now: datetime) -> Standing:
        if self.taken(Step.REVOKED):
            return Standing.REVOKED
        if self.taken(Step.BOUND):
            return Standing.HELD
        if now >= self.expires_at:
            return Standing.EXPIRED
        return Standing.GOOD if self.taken(Step.APPROVED) else Standing.WAITING


class Refused(Exception):
    """A step that may not be taken. Only leaves are raised; ``sentence`` says why and what to do."""

    sentence: str

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NotEntitled(Refused):
    sentence = "Votre rôle ne permet pas d’accorder ni de retirer celui-ci : demandez à un exploitant."


class BadEmail(Refused):
    sentence = "Cette adresse ne se lit pas : écrivez-la en entier, comme nom@organisme.fr."


class BadName(Refused):
    sentence = "Il faut le nom de la personne qui agit, en toutes lettres : prénom et nom."


class InvitesOneself(Refused):
    sentence = "On ne s’invite pas soi-même : demandez à une autre personne de vous inviter."


class AlreadyInvited(Refused):
    sentence = "Cette personne a déjà ce rôle, ou une invitation en cours pour lui : il n’y a rien à refaire."


class ApprovesOwnInvitation(Refused):
    sentence = "Vous avez lancé cette invitation : une autre personne doit l’approuver."


class ApprovesOwnRole(Refused):
    sentence = "Cette invitation vous est destinée : une autre personne doit l’approuver."


class NotWaiting(Refused):
    sentence = "Cette invitation n’attend plus d’approbation : elle a été approuvée, retirée, ou son délai est passé."


class RevokesOneself(Refused):
    sentence = "On ne retire pas son propre rôle : demandez à une autre personne de le faire."


class AlreadyEnded(Refused):
    sentence = "Cette invitation n’ouvre déjà plus rien : elle a été retirée, ou son délai est passé."


def email_key(email: str) -> str:
    """How addresses are compared: ProConnect and people write capitals differently."""
    return email.strip().casefold()


def check_invitation(hand: Hand, email: str, role: Role, others: Iterable[Invited], now: datetime) -> None:
    """``others``: the invitations of the same e-mail. Raises ``Refused``."""
    _check_entitled(hand, role)
    if _is_of(hand, email):
        raise InvitesOneself
    live = {Standing.WAITING, Standing.GOOD, Standing.HELD}
    if any(other.role is role and other.standing(now) in live for other in others):
        raise AlreadyInvited


def check_approval(hand: Hand, invited: Invited, now: datetime) -> None:
    """A second person: neither who invited nor who is invited. Raises ``Refused``."""
    _check_entitled(hand, invited.role)
    if _took(hand, invited.taken(Step.INVITED)):
        raise ApprovesOwnInvitation
    if _is_of(hand, invited.email):
        raise ApprovesOwnRole
    if invited.standing(now) is not Standing.WAITING:
        raise NotWaiting


def check_revocation(hand: Hand, invited: Invited, now: datetime) -> None:
    """One person is enough to close a door. Raises ``Refused``."""
    _check_entitled(hand, invited.role)
    if _is_of(hand, invited.email) or _took(hand, invited.taken(Step.BOUND)):
        raise RevokesOneself
    if invited.standing(now) in {Standing.EXPIRED, Standing.REVOKED}:
        raise AlreadyEnded


def _check_entitled(hand: Hand, role: Role) -> None:
    match hand:
        case AtDesk(roles=roles):
            if role not in grantable(roles):
                raise NotEntitled
        case AtConsole(name=name):
            if not name.strip() or len(name) > LONGEST_NAME:
                raise BadName
        case _:
            assert_never(hand)


def _is_of(hand: Hand, email: str) -> bool:
    return isinstance(hand, AtDesk) and email in hand.emails


def _took(hand: Hand, taken: StepTaken | None) -> bool:
    if taken is None:
        return False
    match hand:
        case AtDesk(account_id=account_id):
            return taken.account_id == account_id
        case AtConsole(name=name):
            # « Anne-Lise  MARTIN » is « anne lise martin ».
            return taken.console is not None and name_key(stated_name(taken.console)) == name_key(name)
        case _:
            assert_never(hand)


def stated_name(signature: str) -> str:
    return signature.rpartition(_AT_CONSOLE)[0]

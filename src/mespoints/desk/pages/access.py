"""Who may come in: people with their roles, invitations under way, and all that was ever done about them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mespoints.desk.pages.frame import Frame
from mespoints.desk.pages.roles import WORK, named
from mespoints.desk.wording import moment, typeset
from mespoints.identity.agents import KnownAgent
from mespoints.identity.invitations import (
    AtDesk,
    Invited,
    Refused,
    Standing,
    Step,
    StepTaken,
    check_approval,
    check_revocation,
)
from mespoints.identity.roles import Role, grantable

MOST_STEPS = 100
"""Latest steps shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """One role of one person, or offered to one address."""

    number: int
    role: str
    told: tuple[str, ...]
    may_approve: bool
    may_revoke: bool
    why_not: str | None
    """Why the person who reads may not approve; None when he may, or when there is nothing to approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    name: str
    email: str
    came: str
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    email: str
    line: RoleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    value: str
    label: str
    work: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    when: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form holds, and why it was refused."""

    email: str = ""
    role: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPage:
    frame: Frame
    note: str
    """Empty when there is nothing to say."""
    trouble: str | None
    """Why an approval or a revocation was refused."""
    waiting: tuple[OfferLine, ...]
    good: tuple[OfferLine, ...]
    people: tuple[PersonLine, ...]
    choices: tuple[RoleChoice, ...]
    asked_email: str
    asked_error: str | None
    steps: tuple[StepLine, ...]
    has_older_steps: bool


def access_page(
    frame: Frame,
    *,
    hand: AtDesk,
    agents: Sequence[KnownAgent],
    invitations: Sequence[Invited],
    now: datetime,
    note: str = "",
    trouble: str | None = None,
    asked: Asked | None = None,
) -> AccessPage:
    names = {each.account_id: each.name for each in agents}
    asked = asked or Asked()
    steps = history(invitations, names)
    return AccessPage(
        frame=frame,
        note=note,
        trouble=typeset(trouble) if trouble else None,
        waiting=offers(invitations, Standing.WAITING, hand, names, now),
        good=offers(invitations, Standing.GOOD, hand, names, now),
        people=tuple(person_line(each, invitations, hand, names, now) for each in agents if each.roles),
        choices=tuple(
            RoleChoice(value=role.value, label=role.label, work=typeset(WORK[role]), is_chosen=role.value == asked.role)
            for role in Role
            if role in grantable(hand.roles)
        ),
        asked_email=asked.email,
        asked_error=typeset(asked.error) if asked.error else None,
        steps=steps[:MOST_STEPS],
        has_older_steps=len(steps) > MOST_STEPS,
    )


def offers(
    invitations: Sequence[Invited], standing: Standing, hand: AtDesk, names: Mapping[int, str], now: datetime
) -> tuple[OfferLine, ...]:
    return tuple(
        OfferLine(email=each.email, line=role_line(each, hand, names, now))
        for each in invitations
        if each.standing(now) is standing
    )


def person_line(
    agent: KnownAgent, invitations: Sequence[Invited], hand: AtDesk, names: Mapping[int, str], now: datetime
) -> PersonLine:
    held = [each for each in invitations if is_held_by(each, agent.account_id, now)]
    came = f"Dernière entrée le {moment(agent.last_came_at or agent.since)}"
    return PersonLine(
        name=agent.name, email=agent.email, came=came, roles=tuple(role_line(each, hand, names, now) for each in held)
    )


def is_held_by(invited: Invited, account_id: int, now: datetime) -> bool:
    bound = invited.taken(Step.BOUND)
    return bound is not None and bound.account_id == account_id and invited.standing(now) is Standing.HELD


def role_line(invited: Invited, hand: AtDesk, names: Mapping[int, str], now: datetime) -> RoleLine:
    is_waiting = invited.standing(now) is Standing.WAITING
    why_not = refusal(lambda: check_approval(hand, invited, now)) if is_waiting else None
    told = [", ".join(f"{DONE[step.step]} {signed(step, names)}" for step in invited.steps if step.step in DONE) + "."]
    if invited.standing(now) is not Standing.HELD:
        told.append(f"Valable jusqu’au {moment(invited.expires_at)}.")
    return RoleLine(
        number=invited.number,
        role=invited.role.label,
        told=tuple(told),
        may_approve=is_waiting and why_not is None,
        may_revoke=refusal(lambda: check_revocation(hand, invited, now)) is None,
        why_not=typeset(why_not) if why_not else None,
    )


DONE = {Step.INVITED: "Invitation lancée par", Step.APPROVED: "approuvée par"}


def refusal(check: Callable[[], None]) -> str | None:
    try:
        check()
    except Refused as refused:
        return refused.sentence
    return None


def signed(step: StepTaken, names: Mapping[int, str]) -> str:
    """« Anne Phare », or whoever was at the command line, as stated there."""
    if step.account_id is not None:
        return names.get(step.account_id, f"compte {step.account_id}")
    return step.console or ""


def history(invitations: Sequence[Invited], names: Mapping[int, str]) -> tuple[StepLine, ...]:
    """The latest first."""
    taken = sorted(
        ((step, each) for each in invitations for step in each.steps),
        key=lambda pair: (pair[0].at, list(Step).index(pair[0].step)),
        reverse=True,
    )
    return tuple(StepLine(when=moment(step.at), told=typeset(step_told(step, each, names))) for step, each in taken)


def step_told(step: StepTaken, invited: Invited, names: Mapping[int, str]) -> str:
    who, whom = signed(step, names), f"{invited.email} : {invited.role.label}"
    match step.step:
        case Step.INVITED:
            return f"{who} a invité {whom}"
        case Step.APPROVED:
            return f"{who} a approuvé l’invitation de {whom}"
        case Step.BOUND:
            return f"Première entrée de {who}, invitation de {whom}"
        case Step.REVOKED:
            return f"{who} a retiré l’accès de {whom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccountPage:
    frame: Frame
    name: str
    email: str
    roles: str
    works: tuple[str, ...]
    came: str
    ends: str


def own_account_page(frame: Frame, known: KnownAgent, *, opened_at: datetime, ends_at: datetime) -> OwnAccountPage:
    return OwnAccountPage(
        frame=frame,
        name=known.name,
        email=known.email,
        roles=named(known.roles),
        works=tuple(typeset(f"{role.label.capitalize()} : {WORK[role]}.") for role in Role if role in known.roles),
        came=moment(opened_at),
        ends=moment(ends_at),
    )

"""Four eyes: who may invite, approve and revoke, and what an invitation is worth. Pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from mespoints.identity.invitations import (
    INVITATION_LIFE,
    AlreadyEnded,
    AlreadyInvited,
    ApprovesOwnInvitation,
    ApprovesOwnRole,
    AtConsole,
    AtDesk,
    BadName,
    Hand,
    Invited,
    InvitesOneself,
    NotEntitled,
    NotWaiting,
    Refused,
    RevokesOneself,
    Standing,
    Step,
    StepTaken,
    check_approval,
    check_invitation,
    check_revocation,
    email_key,
)
from mespoints.identity.roles import Role, grantable, granters

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEW = "nouvelle@exemple.invalid"


def at_desk(account_id: int, *roles: Role) -> AtDesk:
    return AtDesk(account_id=account_id, emails=frozenset({f"n{account_id}@exemple.invalid"}), roles=frozenset(roles))


ANNE = at_desk(1, Role.OPERATOR)
BASILE = at_desk(2, Role.SUPERVISOR)
CLARA = at_desk(3, Role.AGENT, Role.MEDIATOR)
CONSOLE = AtConsole(name="Anne-Lise Phare", machine_account="maintenance")


def invited(*steps: tuple[Step, Hand], role: Role = Role.AGENT, email: str = NEW) -> Invited:
    return Invited(
        number=1,
        email=email,
        role=role,
        expires_at=NOW + INVITATION_LIFE,
        steps=tuple(
            StepTaken(
                step=step,
                account_id=hand.account_id if isinstance(hand, AtDesk) else None,
                console=None if isinstance(hand, AtDesk) else hand.signature,
                at=NOW,
            )
            for step, hand in steps
        ),
    )


WAITING = invited((Step.INVITED, ANNE))
GOOD = invited((Step.INVITED, ANNE), (Step.APPROVED, BASILE))
HELD = invited((Step.INVITED, ANNE), (Step.APPROVED, BASILE), (Step.BOUND, CLARA))
REVOKED = invited((Step.INVITED, ANNE), (Step.APPROVED, BASILE), (Step.BOUND, CLARA), (Step.REVOKED, ANNE))


def test_an_invitation_is_good_only_once_a_second_person_approved_it() -> None:
    assert WAITING.standing(NOW) is Standing.WAITING
    check_approval(BASILE, WAITING, NOW)
    assert GOOD.standing(NOW) is Standing.GOOD


def test_unused_it_expires_and_used_it_does_not() -> None:
    end = NOW + INVITATION_LIFE
    for unused in (WAITING, GOOD):
        assert unused.standing(end - timedelta(seconds=1)) is not Standing.EXPIRED
        assert unused.standing(end) is Standing.EXPIRED
    assert HELD.standing(end + timedelta(days=1000)) is Standing.HELD


def test_revoked_it_is_worth_nothing_whatever_came_before() -> None:
    assert REVOKED.standing(NOW) is Standing.REVOKED
    assert invited((Step.INVITED, ANNE), (Step.REVOKED, BASILE)).standing(NOW) is Standing.REVOKED


@pytest.mark.parametrize(
    ("hand", "of", "why"),
    [
        (ANNE, WAITING, ApprovesOwnInvitation),
        (at_desk(9, Role.SUPERVISOR), invited((Step.INVITED, ANNE), email="n9@exemple.invalid"), ApprovesOwnRole),
        (CLARA, WAITING, NotEntitled),
        (BASILE, invited((Step.INVITED, ANNE), role=Role.OPERATOR), NotEntitled),
        (BASILE, GOOD, NotWaiting),
        (BASILE, HELD, NotWaiting),
        (BASILE, REVOKED, NotWaiting),
        (CONSOLE, invited((Step.INVITED, CONSOLE)), ApprovesOwnInvitation),
        (
            AtConsole(name="anne lise  PHARE", machine_account="autre"),
            invited((Step.INVITED, CONSOLE)),
            ApprovesOwnInvitation,
        ),
        (AtConsole(name=" ", machine_account="maintenance"), WAITING, BadName),
    ],
)
def test_who_may_not_approve(hand: Hand, of: Invited, why: type[Refused]) -> None:
    with pytest.raises(why):
        check_approval(hand, of, NOW)


def test_past_its_time_nobody_approves() -> None:
    with pytest.raises(NotWaiting):
        check_approval(BASILE, WAITING, NOW + INVITATION_LIFE)


@pytest.mark.parametrize(
    ("hand", "email", "role", "others", "why"),
    [
        (CLARA, NEW, Role.AGENT, (), NotEntitled),
        (BASILE, NEW, Role.OPERATOR, (), NotEntitled),
        (ANNE, "n1@exemple.invalid", Role.SUPERVISOR, (), InvitesOneself),
        (ANNE, NEW, Role.AGENT, (WAITING,), AlreadyInvited),
        (ANNE, NEW, Role.AGENT, (GOOD,), AlreadyInvited),
        (ANNE, NEW, Role.AGENT, (HELD,), AlreadyInvited),
    ],
)
def test_who_may_not_invite(hand: Hand, email: str, role: Role, others: tuple[Invited, ...], why: type[Refused]) -> None:
    with pytest.raises(why):
        check_invitation(hand, email, role, others, NOW)


def test_another_role_and_a_second_chance_are_invited() -> None:
    check_invitation(ANNE, NEW, Role.MEDIATOR, (HELD,), NOW)
    check_invitation(ANNE, NEW, Role.AGENT, (REVOKED,), NOW)
    check_invitation(ANNE, NEW, Role.AGENT, (WAITING,), NOW + INVITATION_LIFE)


@pytest.mark.parametrize(
    ("hand", "of", "why"),
    [
        (CLARA, HELD, NotEntitled),
        (at_desk(3, Role.SUPERVISOR), HELD, RevokesOneself),
        (BASILE, REVOKED, AlreadyEnded),
        (BASILE, invited((Step.INVITED, ANNE), email="n2@exemple.invalid"), RevokesOneself),
    ],
)
def test_who_may_not_revoke(hand: Hand, of: Invited, why: type[Refused]) -> None:
    with pytest.raises(why):
        check_revocation(hand, of, NOW)


def test_one_person_is_enough_to_revoke_even_who_invited() -> None:
    for live in (WAITING, GOOD, HELD):
        check_revocation(ANNE, live, NOW)


def test_neither_of_the_two_who_made_it_may_hold_it() -> None:
    assert [GOOD.may_be_held_by(number) for number in (1, 2, 3)] == [False, False, True]


def test_a_supervisor_never_opens_the_machines() -> None:
    assert Role.OPERATOR not in grantable(frozenset({Role.SUPERVISOR, Role.AGENT, Role.MEDIATOR}))
    assert granters(Role.OPERATOR) == (Role.OPERATOR,)
    assert granters(Role.AGENT) == (Role.OPERATOR, Role.SUPERVISOR)


def test_addresses_are_compared_without_their_capitals() -> None:
    assert email_key(" Clara.MOULIN@Exemple.Invalid ") == "clara.moulin@exemple.invalid"


def test_the_console_signs_with_the_name_stated_and_the_account_of_the_machine() -> None:
    assert CONSOLE.signature == "Anne-Lise Phare (ligne de commande, compte maintenance)"


def test_every_refusal_is_a_sentence() -> None:
    for refusal in Refused.__subclasses__():
        assert refusal.sentence.endswith(".")

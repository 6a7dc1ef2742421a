"""The allow-list as it is kept: who comes in, who does not, and what PostgreSQL itself refuses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mespoints.identity.agent_failures import (
    AgentRevoked,
    AnotherIdentity,
    InvitationExpired,
    NotApproved,
    NotInvited,
    SecondFactorMissing,
)
from mespoints.identity.agent_tables import Agent, InvitationStep
from mespoints.identity.agents import UnknownInvitation, agent, agent_account, agents, approve, invitations, invite, revoke
from mespoints.identity.failures import AccountClosed, SignInFailure
from mespoints.identity.invitations import (
    INVITATION_LIFE,
    AlreadyEnded,
    AlreadyInvited,
    ApprovesOwnInvitation,
    ApprovesOwnRole,
    BadEmail,
    NotWaiting,
    Standing,
    Step,
)
from mespoints.identity.models import Account
from mespoints.identity.roles import Role
from tests.identity.agents_at_hand import ANNE, BASILE, CLARA, FIRST, SECOND, let_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_invited_approved_and_bound_at_the_first_sign_in() -> None:
    found = let_in(ANNE, Role.OPERATOR, NOW)
    assert found.roles == {Role.OPERATOR}
    assert (found.name, found.email) == ("Anne Phare", "anne.phare@exemple.invalid")
    assert [step.step for step in invitations()[0].steps] == [Step.INVITED, Step.APPROVED, Step.BOUND]
    assert invitations()[0].standing(NOW) is Standing.HELD
    account = Account.objects.get(pk=found.account_id)
    assert account.email is None
    assert not account.has_usable_password()


def test_the_same_person_comes_back_whatever_the_address_has_become() -> None:
    first = let_in(ANNE, Role.OPERATOR, NOW)
    again = agent_account(replace(ANNE, email="anne.autrement@exemple.invalid"), NOW + INVITATION_LIFE * 10)
    assert again.account_id == first.account_id
    assert Account.objects.count() == 1


def test_a_person_may_hold_several_roles() -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    assert let_in(ANNE, Role.MEDIATOR, LATER).roles == {Role.OPERATOR, Role.MEDIATOR}
    assert len(agents()) == 1


def refusal_of_clara(now: datetime = NOW) -> type[SignInFailure]:
    with pytest.raises(SignInFailure) as refused:
        agent_account(CLARA, now)
    return type(refused.value)


def test_who_is_not_let_in() -> None:
    assert refusal_of_clara() is NotInvited
    number = invite(FIRST, CLARA.email, Role.AGENT, NOW)
    assert refusal_of_clara() is NotApproved
    approve(SECOND, number, NOW)
    assert refusal_of_clara(NOW + INVITATION_LIFE) is InvitationExpired
    revoke(FIRST, number, NOW)
    assert refusal_of_clara() is AgentRevoked
    assert Account.objects.count() == 0


@pytest.mark.parametrize("acr", ["eidas0", "eidas0-mfa", "eidas1", "", "eidas1-MFA"])
def test_without_a_second_factor_nobody_comes_in_and_nothing_is_bound(acr: str) -> None:
    approve(SECOND, invite(FIRST, CLARA.email, Role.AGENT, NOW), NOW)
    with pytest.raises(SecondFactorMissing):
        agent_account(replace(CLARA, acr=acr), NOW)
    assert agents() == ()


@pytest.mark.parametrize("acr", ["eidas1-mfa", "eidas2", "eidas3"])
def test_levels_that_are_enough(acr: str) -> None:
    assert let_in(replace(ANNE, acr=acr), Role.OPERATOR, NOW).roles


@pytest.mark.parametrize("changed", [{"subject": "another"}, {"idp_id": "idp-2"}])
def test_once_bound_the_address_alone_never_suffices(changed: dict[str, Any]) -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    approve(SECOND, invite(FIRST, ANNE.email, Role.SUPERVISOR, NOW), NOW)
    with pytest.raises(AnotherIdentity):
        agent_account(replace(ANNE, **changed), NOW)
    assert [each.roles for each in agents()] == [{Role.OPERATOR}]


def test_who_changed_of_provider_is_invited_anew_once_the_former_access_is_revoked() -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    revoke(FIRST, invitations()[0].number, LATER)
    moved = replace(ANNE, idp_id="idp-2")
    assert let_in(moved, Role.OPERATOR, LATER).roles == {Role.OPERATOR}
    with pytest.raises(AgentRevoked):
        agent_account(replace(ANNE, email="anne.ancienne@exemple.invalid"), LATER)


def test_neither_proconnect_roles_nor_siret_open_anything() -> None:
    with pytest.raises(NotInvited):
        agent_account(replace(CLARA, roles=("agent_public_etat",), siret="11014001600015"), NOW)


def test_revoked_the_role_is_gone_at_once_and_the_others_stay() -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    found = let_in(ANNE, Role.MEDIATOR, NOW)
    revoke(FIRST, invitations()[0].number, LATER)
    known = agent(found.account_id)
    assert known is not None
    assert (set(known.roles), known.revoked_at) == ({Role.OPERATOR}, LATER)


def test_a_closed_account_does_not_come_in() -> None:
    found = let_in(ANNE, Role.OPERATOR, NOW)
    Account.objects.filter(pk=found.account_id).update(is_active=False)
    with pytest.raises(AccountClosed):
        agent_account(ANNE, NOW)


def test_two_agents_make_a_third() -> None:
    anne, basile = let_in(ANNE, Role.OPERATOR, NOW), let_in(BASILE, Role.SUPERVISOR, NOW)
    number = invite(anne.hand, "CLARA.moulin@exemple.invalid", Role.AGENT, NOW)
    with pytest.raises(ApprovesOwnInvitation):
        approve(anne.hand, number, NOW)
    approve(basile.hand, number, NOW)
    assert agent_account(CLARA, NOW).roles == {Role.AGENT}
    assert [step.account_id for step in invitations()[0].steps[:2]] == [anne.account_id, basile.account_id]


def test_who_is_invited_under_another_known_address_does_not_approve_it() -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    approve(SECOND, invite(FIRST, "anne.bis@exemple.invalid", Role.SUPERVISOR, NOW), NOW)
    anne = agent_account(replace(ANNE, email="anne.bis@exemple.invalid"), NOW)
    number = invite(FIRST, "anne.bis@exemple.invalid", Role.MEDIATOR, NOW)
    with pytest.raises(ApprovesOwnRole):
        approve(anne.hand, number, NOW)


def test_who_made_an_invitation_does_not_hold_it_under_an_address_nobody_knew() -> None:
    anne = let_in(ANNE, Role.OPERATOR, NOW)
    approve(SECOND, invite(anne.hand, "anne.inconnue@exemple.invalid", Role.SUPERVISOR, NOW), NOW)
    assert agent_account(replace(ANNE, email="anne.inconnue@exemple.invalid"), NOW).roles == {Role.OPERATOR}


@pytest.mark.parametrize(
    "email", ["", "clara", "clara@", "a b@exemple.invalid", "a@exemple.invalid\nb", "x" * 260 + "@exemple.invalid"]
)
def test_an_address_that_does_not_read(email: str) -> None:
    with pytest.raises(BadEmail):
        invite(FIRST, email, Role.AGENT, NOW)


def test_names_follow_what_proconnect_says() -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    later = agent_account(replace(ANNE, usual_name="Nouveau-Nom", given_name="Anne-Lise"), NOW)
    assert (later.name, [each.name for each in agents()]) == ("Anne-Lise Nouveau-Nom", ["Anne-Lise Nouveau-Nom"])


def test_capitals_do_not_make_a_second_invitation() -> None:
    invite(FIRST, "Clara@exemple.invalid", Role.AGENT, NOW)
    with pytest.raises(AlreadyInvited):
        invite(SECOND, "clara@Exemple.Invalid", Role.AGENT, NOW)


def test_steps_are_taken_once() -> None:
    number = invite(FIRST, CLARA.email, Role.AGENT, NOW)
    approve(SECOND, number, NOW)
    with pytest.raises(NotWaiting):
        approve(SECOND, number, NOW)
    revoke(FIRST, number, NOW)
    with pytest.raises(AlreadyEnded):
        revoke(FIRST, number, NOW)
    with pytest.raises(UnknownInvitation):
        approve(SECOND, number + 1, NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "update identity_invitation set role = 'operator'",
        "delete from identity_invitationstep",
        "truncate identity_invitationstep",
        "update identity_agent set subject = 'mine'",
        "update identity_agent set given_name = 'Mine', email = 'mine@exemple.invalid'",
        "delete from identity_agent",
    ],
)
def test_postgresql_refuses_to_change_what_was_done(statement: str) -> None:
    let_in(ANNE, Role.OPERATOR, NOW)
    with connection.cursor() as cursor:
        # Or the checks that still wait would refuse it first.
        cursor.execute("set constraints all immediate")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement)


def test_postgresql_itself_wants_four_eyes() -> None:
    anne = let_in(ANNE, Role.OPERATOR, NOW)
    by_account, by_console = invite(anne.hand, CLARA.email, Role.AGENT, NOW), invite(FIRST, CLARA.email, Role.MEDIATOR, NOW)
    for step in (Step.APPROVED, Step.BOUND):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvitationStep.objects.create(invitation_id=by_account, step=step, account_id=anne.account_id, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationStep.objects.create(invitation_id=by_console, step=Step.APPROVED, console=FIRST.signature, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationStep.objects.create(
            invitation_id=by_console, step=Step.APPROVED, console="Deux", account_id=anne.account_id, at=NOW
        )


def test_an_account_is_an_agents_or_a_holders_never_both() -> None:
    from mespoints.identity.models import Link
    from tests.identity.journey import BY_KEY, hold

    anne, holder = let_in(ANNE, Role.OPERATOR, NOW), hold(BY_KEY["calm"], "150399200911")
    with pytest.raises(DatabaseError, match="never a holder"), transaction.atomic():
        Link.objects.create(account_id=anne.account_id, provider="franceconnect", subject="s", holder=holder, since=NOW)
    driver = Account.objects.open_without_password(email=None, now=NOW)
    Link.objects.create(account=driver, provider="franceconnect", subject="s", holder=holder, since=NOW)
    with pytest.raises(DatabaseError, match="never a holder"), transaction.atomic():
        Agent.objects.create(account=driver, idp_id="i", subject="s", email="e", given_name="g", usual_name="u", since=NOW)

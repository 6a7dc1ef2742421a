"""« Accès »: inviting, approving and revoking by the pages; who did what is there for all to see."""

import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mespoints.identity.agents import agent_account, invitations
from mespoints.identity.invitations import Standing, Step
from mespoints.identity.roles import Role
from tests.desk.conftest import AtDesk
from tests.identity.agents_at_hand import CLARA

pytestmark = pytest.mark.django_db

ACCESS = "/exploitation/acces/"


def told(client: Client, path: str = ACCESS) -> str:
    return html.unescape(client.get(path).content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def invite(client: Client, email: str = CLARA.email, role: str = "agent") -> int:
    assert client.post(ACCESS + "inviter/", {"email": email, "role": role}).headers.get("Location") == ACCESS
    return invitations()[0].number


def test_two_people_let_a_third_in_and_every_step_is_shown(at_desk: AtDesk) -> None:
    operator, supervisor = at_desk(Role.OPERATOR), at_desk(Role.SUPERVISOR)
    number = invite(operator)
    page = told(operator)
    assert "L’invitation est lancée" in page
    assert "une autre personne doit l’approuver" in page
    assert f"{ACCESS}{number}/approuver/" not in page

    assert f"{ACCESS}{number}/approuver/" in told(supervisor)
    assert supervisor.post(f"{ACCESS}{number}/approuver/").headers["Location"] == ACCESS
    assert "pas encore utilisées" in told(supervisor)
    agent_account(CLARA, timezone.now())
    page = told(supervisor)
    for step in (
        "Personne p0 a invité clara.moulin@exemple.invalid : agent",
        "Personne p1 a approuvé l’invitation de clara.moulin@exemple.invalid : agent",
        "Première entrée de Clara Moulin, invitation de clara.moulin@exemple.invalid : agent",
        "Première Personne (ligne de commande, compte tests) a invité p0@exemple.invalid : exploitant",
    ):
        assert step in page


def test_one_does_not_approve_ones_own_even_by_hand(at_desk: AtDesk) -> None:
    operator = at_desk(Role.OPERATOR)
    number = invite(operator)
    refused = operator.post(f"{ACCESS}{number}/approuver/")
    assert refused.status_code == 409
    assert "Vous avez lancé cette invitation" in refused.content.decode()
    assert invitations()[0].taken(Step.APPROVED) is None


def test_revoked_by_one_person_at_once(at_desk: AtDesk) -> None:
    operator, supervisor = at_desk(Role.OPERATOR), at_desk(Role.SUPERVISOR)
    held = invitations()[0].number
    assert operator.post(f"{ACCESS}{held}/retirer/").headers["Location"] == ACCESS
    assert invitations()[0].taken(Step.REVOKED) is not None
    assert supervisor.get(ACCESS).status_code == 302
    assert operator.post(f"{ACCESS}{held}/retirer/").status_code == 409
    assert "a retiré l’accès de p1@exemple.invalid : superviseur" in told(operator)


def test_a_supervisor_neither_offers_nor_takes_away_the_machines(at_desk: AtDesk) -> None:
    at_desk(Role.OPERATOR)
    of_operator = invitations()[0].number
    supervisor = at_desk(Role.SUPERVISOR)
    page = told(supervisor)
    assert 'value="operator"' not in page
    assert f"{ACCESS}{of_operator}/retirer/" not in page
    assert supervisor.post(ACCESS + "inviter/", {"email": CLARA.email, "role": "operator"}).status_code == 400
    assert supervisor.post(f"{ACCESS}{of_operator}/retirer/").status_code == 409
    assert invitations()[-1].standing(invitations()[0].steps[-1].at) is Standing.HELD


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("clara", "agent", "Cette adresse ne se lit pas"),
        ("", "agent", "Cette adresse ne se lit pas"),
        ("clara@exemple.invalid", "", "Choisissez le rôle"),
        ("clara@exemple.invalid", "king", "Choisissez le rôle"),
        ("P0@exemple.invalid", "supervisor", "On ne s’invite pas soi-même"),
        ("x" * 300 + "@exemple.invalid", "agent", "Cette adresse ne se lit pas"),
        ('"><script>@exemple.invalid', "agent", "Cette adresse ne se lit pas"),
    ],
)
def test_what_was_typed_stays_with_why_it_was_refused(at_desk: AtDesk, email: str, role: str, said: str) -> None:
    answer = at_desk(Role.OPERATOR).post(ACCESS + "inviter/", {"email": email, "role": role})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="invitation-erreur">{said}' in page
    assert 'aria-describedby="email-aide invitation-erreur"' in page
    assert f'value="{html.escape(email[:255])}"' in page
    assert len(invitations()) == 1


def test_an_invitation_that_is_not_there(client: Client) -> None:
    for number in (999, 10**30):
        assert client.post(f"{ACCESS}{number}/approuver/").status_code == 404
        assert client.post(f"{ACCESS}{number}/retirer/").status_code == 404


def test_acts_are_asked_by_post_only(client: Client) -> None:
    for path in ("inviter/", "1/approuver/", "1/retirer/"):
        assert client.get(ACCESS + path).status_code == 405


def test_the_form_protects_from_other_sites(at_desk: AtDesk) -> None:
    browser = at_desk(Role.OPERATOR)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(ACCESS + "inviter/", {"email": CLARA.email, "role": "agent"}).status_code == 403
    assert len(invitations()) == 1


def test_the_list_asks_the_same_few_questions_whatever_its_length(at_desk: AtDesk) -> None:
    browser = at_desk(Role.OPERATOR)
    with CaptureQueriesContext(connection) as few:
        browser.get(ACCESS)
    for _ in range(3):
        at_desk(Role.AGENT, Role.MEDIATOR)
    with CaptureQueriesContext(connection) as many:
        browser.get(ACCESS)
    assert len(many) == len(few)

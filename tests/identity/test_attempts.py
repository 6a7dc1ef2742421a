"""The state: good once, for ten minutes, for the browser that began it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from mespoints.identity import attempts
from mespoints.identity.digests import digest
from mespoints.identity.failures import StateExpired, StateReplayed, StateUnknown
from mespoints.identity.models import SignInAttempt
from mespoints.identity.words import Provider, Purpose
from mespoints.register.models import Holder
from tests.identity.journey import Stage, Visitor
from tests.identity.test_sign_in import code_shown, is_signed_in
from tests.simulators.browser import asked

BACK = "/connexion/franceconnect/retour/"
MINUTES = timedelta(minutes=1)
FC = Provider.FRANCECONNECT


def test_a_replayed_return_is_refused_and_the_session_stays(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = visitor.way_back("calm")
    assert visitor.follow(back).status_code == 302
    assert code_shown(visitor.follow(back)) == "FC-STATE-REPLAYED"
    assert is_signed_in(visitor)


def test_a_failed_return_cannot_be_tried_again(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = asked(visitor.way_back("calm"))
    assert code_shown(visitor.site.get(BACK, back | {"code": "another"})) == "FC-CODE-REFUSED"
    assert code_shown(visitor.site.get(BACK, back)) == "FC-STATE-REPLAYED"
    assert not is_signed_in(visitor)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "forged"}, "FC-STATE-UNKNOWN"),
        ({"state": ""}, "FC-STATE-MISSING"),
        ({"state": None}, "FC-STATE-MISSING"),
        ({"code": None}, "FC-CALLBACK-MALFORMED"),
        ({"code": ""}, "FC-CALLBACK-MALFORMED"),
        ({"code": "x" * 5000}, "FC-CALLBACK-MALFORMED"),
        ({"iss": "https://another.example/api/v2"}, "FC-ISSUER-MIXED-UP"),
        ({"iss": ""}, "FC-ISSUER-MIXED-UP"),
    ],
)
def test_a_return_that_is_not_whole(
    stage: Stage, visitor: Visitor, calm: Holder, changes: dict[str, str | None], code: str
) -> None:
    back = asked(visitor.way_back("calm")) | changes
    answer = visitor.site.get(BACK, {name: value for name, value in back.items() if value is not None})
    assert (answer.status_code, code_shown(answer)) == (400, code)
    assert not is_signed_in(visitor)
    assert "token" not in stage.trouble.asked


def test_a_return_without_iss_is_accepted(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = asked(visitor.way_back("calm"))
    del back["iss"]
    assert visitor.site.get(BACK, back).status_code == 302


@pytest.mark.parametrize("name", ["state", "code", "iss", "error"])
def test_a_parameter_given_twice_is_refused(stage: Stage, visitor: Visitor, calm: Holder, name: str) -> None:
    back: dict[str, str | list[str]] = dict(asked(visitor.way_back("calm")))
    back[name] = [str(back.get(name, "a")), "b"]
    assert code_shown(visitor.site.get(BACK, back)) == "FC-CALLBACK-MALFORMED"


def test_the_way_back_of_one_browser_opens_nothing_in_another(
    stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder
) -> None:
    """Sign-in forgery: the attacker makes the victim follow the attacker's own way back."""
    attacker, victim, bystander = new_visitor(), new_visitor(), new_visitor()
    victim.sent_to_provider()
    back = attacker.way_back("calm")
    for other in (victim, bystander):
        assert code_shown(other.follow(back)) == "FC-STATE-OTHER-BROWSER"
        assert not is_signed_in(other)
    assert attacker.follow(back).status_code == 302


def test_two_tabs_of_one_browser_do_not_disturb_each_other(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    first, second = visitor.way_back("calm"), visitor.way_back("calm")
    assert visitor.follow(second).status_code == 302
    assert code_shown(visitor.follow(first)) == "FC-STATE-OTHER-BROWSER"
    assert is_signed_in(visitor)


def test_a_code_that_took_too_long(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = visitor.way_back("calm")
    stage.clock.seconds = 31
    assert code_shown(visitor.follow(back)) == "FC-CODE-REFUSED"


def test_ten_minutes_to_the_second(db: None) -> None:
    now = timezone.now()
    in_time = attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now)
    late = attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now)
    almost = now + 10 * MINUTES - timedelta(microseconds=1)
    assert len(attempts.consume(Purpose.SIGN_IN, provider=FC, state=in_time.state, browser="b", now=almost).nonce_digest) == 64
    with pytest.raises(StateExpired):
        attempts.consume(Purpose.SIGN_IN, provider=FC, state=late.state, browser="b", now=now + 10 * MINUTES)
    with pytest.raises(StateReplayed):
        attempts.consume(Purpose.SIGN_IN, provider=FC, state=late.state, browser="b", now=now + 10 * MINUTES)


def test_a_return_after_ten_minutes_says_so(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = visitor.way_back("calm")
    SignInAttempt.objects.update(expires_at=timezone.now() - MINUTES)
    assert code_shown(visitor.follow(back)) == "FC-STATE-EXPIRED"
    assert not is_signed_in(visitor)


def test_a_session_planted_before_the_sign_in_is_not_the_one_that_opens(
    stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder
) -> None:
    """Fixation: the attacker gives the victim his own session, then waits for it to become hers."""
    attacker, victim = new_visitor(), new_visitor()
    attacker.sent_to_provider()
    victim.site.cookies["session"] = attacker.site.cookies["session"].value
    assert victim.sign_in("calm").status_code == 302
    assert is_signed_in(victim)
    assert attacker.site.get("/solde/").status_code != 200


@pytest.mark.parametrize("name", ["next", "redirect_uri", "return_to", "url"])
def test_no_parameter_leads_elsewhere(stage: Stage, visitor: Visitor, calm: Holder, name: str) -> None:
    elsewhere = {name: "https://elsewhere.example/"}
    assert "elsewhere.example" not in visitor.site.get("/connexion/", elsewhere).content.decode()
    assert "elsewhere.example" not in visitor.sent_to_provider()
    back = asked(visitor.way_back("calm")) | elsewhere
    assert visitor.site.get(BACK, back).headers["Location"] == "/solde/"


def test_old_attempts_go(db: None) -> None:
    now = timezone.now()
    attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now)
    attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now + timedelta(days=1, minutes=9))
    assert SignInAttempt.objects.count() == 2
    attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now + timedelta(days=1, minutes=11))
    assert SignInAttempt.objects.count() == 2


def test_a_state_belongs_to_the_provider_it_was_begun_with(db: None) -> None:
    """Otherwise a bad provider could have its answer taken for a good one's (mix-up)."""
    now = timezone.now()
    begun = attempts.begin(Purpose.SIGN_IN, provider=FC, browser="b", nonce_bytes=32, now=now)
    for other in (Provider.FRANCECONNECT_PLUS, Provider.PROCONNECT):
        with pytest.raises(StateUnknown):
            attempts.consume(Purpose.SIGN_IN, provider=other, state=begun.state, browser="b", now=now)
    assert attempts.consume(Purpose.SIGN_IN, provider=FC, state=begun.state, browser="b", now=now).nonce_digest == digest(
        begun.nonce
    )

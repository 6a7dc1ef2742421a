"""A provider that is down, slow, broken or endless: always named, never waited for."""

import gzip
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from mespoints.identity.failures import ProviderSlow
from mespoints.identity.oidc.client import answers, identify
from mespoints.identity.oidc.profile import ProviderProfile, franceconnect
from mespoints.register.models import Holder
from tests.identity.journey import Stage, Visitor
from tests.identity.test_sign_in import code_shown, is_signed_in, server_error
from tests.simulators.browser import CLIENT, asked

Answer = Callable[[Any], Any]


def body(status: str, kind: str, content: bytes) -> Answer:
    def answer(start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    return answer


def redirection(start_response: Any) -> list[bytes]:
    start_response("302 Found", [("Location", "http://127.0.0.1:1/"), ("Content-Length", "0")])
    return [b""]


def endless(start_response: Any) -> Any:
    start_response("200 OK", [("Content-Type", "application/json")])
    return (b" " * 16_384 for _ in range(4_096))


def bomb(start_response: Any) -> Any:
    """Small on the wire, enormous once unpacked."""
    packed = gzip.compress(b" " * 50_000_000)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Encoding", "gzip")])
    return [packed]


def drop_by_drop(start_response: Any) -> Any:
    def drops() -> Any:
        for _ in range(100):
            time.sleep(0.05)
            yield b" "

    start_response("200 OK", [("Content-Type", "application/json")])
    return drops()


def silent(start_response: Any) -> Any:
    time.sleep(1)
    return body("200 OK", "application/json", b"{}")(start_response)


JSON = "application/json"


@pytest.mark.parametrize(
    ("path", "answer", "code"),
    [
        ("token", server_error, "FC-DOWN"),
        ("token", redirection, "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b"{"), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b"[]"), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b"null"), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b"\xff\xfe\x00"), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b'{"access_token":"x","token_type":"Bearer"}'), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b'{"access_token":7,"id_token":{},"token_type":"Bearer"}'), "FC-UNREADABLE"),
        ("token", body("401 Unauthorized", JSON, b'{"error":"invalid_client"}'), "FC-CLIENT-REFUSED"),
        ("token", body("400 Bad Request", JSON, b'{"error":["odd"]}'), "FC-UNREADABLE"),
        ("token", body("200 OK", JSON, b"[" * 30_000), "FC-UNREADABLE"),
        ("token", body("400 Bad Request", JSON, b"[" * 30_000), "FC-UNREADABLE"),
        ("token", endless, "FC-TOO-LARGE"),
        ("token", bomb, "FC-TOO-LARGE"),
        ("jwks", server_error, "FC-DOWN"),
        ("jwks", redirection, "FC-DOWN"),
        ("jwks", body("200 OK", JSON, b"[]"), "FC-UNREADABLE"),
        ("jwks", body("200 OK", JSON, b'{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"?","y":1}]}'), "FC-UNREADABLE"),
        ("jwks", body("200 OK", JSON, b'{"keys":[]}'), "FC-TOKEN-KEY"),
        ("jwks", body("200 OK", JSON, b'{"keys":[{"kty":"RSA","kid":"a"}]}'), "FC-TOKEN-KEY"),
        ("jwks", body("200 OK", JSON, b"[" * 30_000), "FC-UNREADABLE"),
        ("jwks", endless, "FC-TOO-LARGE"),
        ("userinfo", server_error, "FC-DOWN"),
        ("userinfo", body("200 OK", JSON, b'{"sub":"x"}'), "FC-UNREADABLE"),
        ("userinfo", body("200 OK", "application/jwt", b"a.b.c"), "FC-TOKEN-MALFORMED"),
        ("userinfo", endless, "FC-TOO-LARGE"),
    ],
)
def test_a_provider_in_trouble(stage: Stage, visitor: Visitor, calm: Holder, path: str, answer: Answer, code: str) -> None:
    back = visitor.way_back("calm")
    stage.trouble.answers[path] = answer
    said = visitor.follow(back)
    assert code_shown(said) == code
    assert not is_signed_in(visitor)
    assert "Traceback" not in said.content.decode()
    stage.trouble.answers.clear()
    assert visitor.sign_in("calm").status_code == 302


def profile_of(issuer: str) -> ProviderProfile:
    return franceconnect(
        issuer=issuer,
        client_id=CLIENT.client_id,
        client_secret=CLIENT.client_secret,
        redirect_uri=CLIENT.redirect_uri,
        post_logout_redirect_uri=CLIENT.post_logout_redirect_uri,
    )


@pytest.mark.parametrize("answer", [silent, drop_by_drop])
def test_waiting_has_an_end(stage: Stage, answer: Answer) -> None:
    stage.trouble.answers["token"] = answer
    hurried = replace(profile_of(stage.issuer), read_seconds=0.3, total_seconds=0.4)
    started = time.monotonic()
    with pytest.raises(ProviderSlow):
        identify(hurried, code="any", nonce_digest="0" * 64, now=timezone.now())
    assert time.monotonic() - started < 1


def test_nobody_there(visitor: Visitor, stage: Stage, calm: Holder, settings: Any) -> None:
    """The provider vanished between the way out and the way back."""
    nowhere = "http://127.0.0.1:1/api/v2"
    back = asked(visitor.way_back("calm")) | {"iss": nowhere}
    settings.FRANCECONNECT = replace(settings.FRANCECONNECT, issuer=nowhere)
    said = visitor.site.get("/connexion/franceconnect/retour/", back)
    assert (said.status_code, code_shown(said)) == (503, "FC-DOWN")
    assert not answers(profile_of(nowhere))


def test_times_are_bounded_for_a_person_who_waits() -> None:
    profile = profile_of("https://fc.example/api/v2")
    assert profile.connect_seconds <= 5
    assert profile.read_seconds <= 5
    assert profile.total_seconds <= 10
    assert 60 <= profile.leeway.total_seconds() <= 120
    assert profile.algorithms == ("ES256",)

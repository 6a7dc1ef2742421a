"""Everything that may be wrong in what the provider signs. Each is tried against the whole sign-in."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from mespoints.register.models import Holder
from simulators.oidc.provider import Provider
from tests.encryption_keys import RSA_KEY
from tests.identity.journey import BY_KEY, Stage, Visitor, hold
from tests.identity.test_sign_in import code_shown, is_signed_in


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def kid(provider: Provider) -> str:
    return str(provider.jwks()["keys"][-1]["kid"])


def refused(visitor: Visitor, code: str) -> None:
    answer = visitor.sign_in("calm")
    assert (code_shown(answer), answer.status_code) == (code, 502 if code.startswith("FC-TOKEN") else answer.status_code)
    assert not is_signed_in(visitor)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://another.example/api/v2"}, "FC-TOKEN-ISSUER"),
        ({"iss": None}, "FC-TOKEN-ISSUER"),
        ({"aud": "another-client"}, "FC-TOKEN-AUDIENCE"),
        ({"aud": ["mes-points-permis", "another-client"]}, "FC-TOKEN-AUDIENCE"),
        ({"aud": None}, "FC-TOKEN-AUDIENCE"),
        ({"nonce": "n" * 43}, "FC-TOKEN-NONCE"),
        ({"nonce": None}, "FC-TOKEN-NONCE"),
        ({"nonce": 12}, "FC-TOKEN-NONCE"),
        ({"acr": "eidas0"}, "FC-TOKEN-LEVEL"),
        ({"acr": None}, "FC-TOKEN-LEVEL"),
        ({"acr": ["eidas1"]}, "FC-TOKEN-LEVEL"),
        ({"exp": None}, "FC-TOKEN-TIME"),
        ({"exp": "soon"}, "FC-TOKEN-TIME"),
        ({"exp": 1}, "FC-TOKEN-TIME"),
        ({"exp": float("nan")}, "FC-TOKEN-TIME"),
        ({"exp": float("inf")}, "FC-TOKEN-TIME"),
        ({"exp": True}, "FC-TOKEN-TIME"),
        ({"iat": float("nan")}, "FC-TOKEN-TIME"),
        ({"nbf": 9_999_999_999}, "FC-TOKEN-TIME"),
        ({"iat": None}, "FC-TOKEN-TIME"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "FC-TOKEN-AT-HASH"),
        ({"sub": None}, "FC-TOKEN-MALFORMED"),
        ({"sub": ""}, "FC-TOKEN-MALFORMED"),
        ({"sub": "x" * 256}, "FC-TOKEN-MALFORMED"),
        ({"sub": "somebody else"}, "FC-SUBJECT-MISMATCH"),
    ],
)
def test_a_wrong_claim_in_the_id_token(stage: Stage, visitor: Visitor, calm: Holder, changes: dict[str, Any], code: str) -> None:
    stage.provider.id_token_changes = changes
    refused(visitor, code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://another.example/api/v2"}, "FC-TOKEN-ISSUER"),
        ({"aud": "another-client"}, "FC-TOKEN-AUDIENCE"),
        ({"aud": None}, "FC-TOKEN-AUDIENCE"),
        ({"sub": "somebody else"}, "FC-SUBJECT-MISMATCH"),
        ({"sub": None}, "FC-TOKEN-MALFORMED"),
        ({"exp": 1}, "FC-TOKEN-TIME"),
        ({"rep_scope": ["mandat"]}, "FC-DELEGATED"),
        ({"birthcountry": None}, "FC-IDENTITY-INCOMPLETE"),
        ({"idp_birthdate": "1971-00-18"}, "FC-IDENTITY-INCOMPLETE"),
        ({"idp_birthdate": "1971-02-30"}, "FC-IDENTITY-INCOMPLETE"),
        ({"idp_birthdate": "18/04/1971"}, "FC-IDENTITY-INCOMPLETE"),
        ({"given_name": None, "given_name_array": None}, "FC-IDENTITY-INCOMPLETE"),
    ],
)
def test_a_wrong_claim_in_userinfo(stage: Stage, visitor: Visitor, calm: Holder, changes: dict[str, Any], code: str) -> None:
    stage.provider.userinfo_changes = changes
    refused(visitor, code)


@pytest.mark.parametrize("changes", [{"acr": "eidas2"}, {"acr": "eidas3"}, {"at_hash": None}, {"aud": ["mes-points-permis"]}])
def test_what_is_as_good_or_better_passes(stage: Stage, visitor: Visitor, calm: Holder, changes: dict[str, Any]) -> None:
    stage.provider.id_token_changes = changes
    assert visitor.sign_in("calm").status_code == 302


def test_the_raw_birth_date_comes_before_the_completed_one(stage: Stage, visitor: Visitor, db: None) -> None:
    """A 1st of January made up for the occasion contradicts the register; zeros do not."""
    holder = hold(BY_KEY["year-only"], "150399200933")
    type(holder).objects.update(birth_month=5, birth_day=7)
    stage.provider.userinfo_changes = {"idp_birthdate": None}
    assert code_shown(visitor.sign_in("year-only")) == "FC-RECORD-NOT-FOUND"
    stage.provider.userinfo_changes = {}
    assert visitor.sign_in("year-only").headers["Location"] == "/connexion/numero/"


def test_given_names_without_their_list_are_taken_one_by_one(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    stage.provider.userinfo_changes = {"given_name_array": None}
    assert visitor.sign_in("calm").headers["Location"] == "/solde/"


def test_without_their_list_a_name_of_two_words_is_a_doubt(stage: Stage, visitor: Visitor, db: None) -> None:
    """« Jean Loup », or « Jean », « Loup »?"""
    hold(BY_KEY["accents"], "150399200922")
    stage.provider.userinfo_changes = {"given_name_array": None}
    assert visitor.sign_in("accents").headers["Location"] == "/connexion/numero/"


@pytest.mark.parametrize(("shift", "passes"), [(-200, False), (-140, True), (-80, True), (80, True), (100, False)])
def test_clocks_may_disagree_by_ninety_seconds(stage: Stage, visitor: Visitor, calm: Holder, shift: int, *, passes: bool) -> None:
    """A token lives sixty seconds: one issued 140 s ago is 80 s past its end, within the leeway."""
    stage.clock.seconds = shift
    answer = visitor.sign_in("calm")
    assert answer.status_code == 302 if passes else code_shown(answer) == "FC-TOKEN-TIME"


def unsigned(provider: Provider, claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none', 'kid': kid(provider)})}.{part(claims)}."


def hs256_with_the_secret(provider: Provider, claims: dict[str, Any]) -> str:
    key = OctKey.import_key(provider.client.client_secret.ljust(32, "."))
    return jwt.encode({"alg": "HS256", "kid": kid(provider)}, claims, key, algorithms=["HS256"])


def hs256_with_the_public_key(provider: Provider, claims: dict[str, Any]) -> str:
    public = json.dumps(provider.jwks()["keys"][-1], sort_keys=True)
    return jwt.encode({"alg": "HS256", "kid": kid(provider)}, claims, OctKey.import_key(public), algorithms=["HS256"])


def with_another_key_of_the_same_name(provider: Provider, claims: dict[str, Any]) -> str:
    other = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "kid": kid(provider)}, claims, other, algorithms=["ES256"])


def with_a_key_never_published(provider: Provider, claims: dict[str, Any]) -> str:
    other = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "kid": "never published"}, claims, other, algorithms=["ES256"])


def with_a_key_of_its_own(provider: Provider, claims: dict[str, Any]) -> str:
    other = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": kid(provider), "jwk": other.as_dict(private=False)}
    return jwt.encode(header, claims, other, algorithms=["ES256"])


def es384(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "ES384", "kid": kid(provider)}, claims, ECKey.generate_key("P-384"), algorithms=["ES384"])


def rs256(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": kid(provider)}, claims, RSAKey.import_key(RSA_KEY), algorithms=["RS256"])


def with_an_extension_to_understand(provider: Provider, claims: dict[str, Any]) -> str:
    header = {"alg": "ES256", "kid": kid(provider), "crit": ["b64"], "b64": True}
    *_, signature = Provider.sign(provider, claims).split(".")
    return f"{part(header)}.{part(claims)}.{signature}"


def bottomless(provider: Provider, claims: dict[str, Any]) -> str:
    header = base64.urlsafe_b64encode(b"[" * 20_000).decode().rstrip("=")
    return f"{header}.{part(claims)}.AAAA"


def bottomless_inside(provider: Provider, claims: dict[str, Any]) -> str:
    header = {"alg": "ES256", "kid": kid(provider)}
    return jws.serialize_compact(header, b"[" * 20_000, provider._keys[-1], algorithms=["ES256"])


def not_claims(provider: Provider, claims: dict[str, Any]) -> str:
    header = {"alg": "ES256", "kid": kid(provider)}
    return jws.serialize_compact(header, b'["sub"]', provider._keys[-1], algorithms=["ES256"])


def without_kid(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "ES256"}, claims, provider._keys[-1], algorithms=["ES256"])


def not_a_token(provider: Provider, claims: dict[str, Any]) -> str:
    return "not a token"


def changed_after_signing(provider: Provider, claims: dict[str, Any]) -> str:
    header, _, signature = Provider.sign(provider, claims).split(".")
    return f"{header}.{part(claims | {'acr': 'eidas3'})}.{signature}"


@pytest.mark.parametrize(
    ("signing", "code"),
    [
        (unsigned, "FC-TOKEN-ALGORITHM"),
        (hs256_with_the_secret, "FC-TOKEN-ALGORITHM"),
        (hs256_with_the_public_key, "FC-TOKEN-ALGORITHM"),
        (with_another_key_of_the_same_name, "FC-TOKEN-SIGNATURE"),
        (with_a_key_of_its_own, "FC-TOKEN-SIGNATURE"),
        (changed_after_signing, "FC-TOKEN-SIGNATURE"),
        (with_a_key_never_published, "FC-TOKEN-KEY"),
        (without_kid, "FC-TOKEN-MALFORMED"),
        (not_a_token, "FC-TOKEN-MALFORMED"),
        (es384, "FC-TOKEN-ALGORITHM"),
        (rs256, "FC-TOKEN-ALGORITHM"),
        (with_an_extension_to_understand, "FC-TOKEN-SIGNATURE"),
        (bottomless, "FC-UNREADABLE"),
        (bottomless_inside, "FC-UNREADABLE"),
        (not_claims, "FC-TOKEN-SIGNATURE"),
    ],
)
@pytest.mark.parametrize("token", ["id_token", "userinfo"])
def test_a_wrong_signature(
    stage: Stage,
    visitor: Visitor,
    calm: Holder,
    signing: Callable[[Provider, dict[str, Any]], str],
    code: str,
    token: str,
) -> None:
    def sign(provider: Provider, claims: dict[str, Any]) -> str:
        is_wrong = ("nonce" in claims) == (token == "id_token")
        return signing(provider, claims) if is_wrong else Provider.sign(provider, claims)

    stage.provider.signing = sign
    refused(visitor, code)


def test_keys_are_kept_and_asked_again_once_for_one_never_seen(
    stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder
) -> None:
    assert new_visitor().sign_in("calm").status_code == 302
    assert new_visitor().sign_in("calm").status_code == 302
    assert stage.trouble.asked.count("jwks") == 1
    stage.provider.rotate()
    assert new_visitor().sign_in("calm").status_code == 302
    assert stage.trouble.asked.count("jwks") == 2
    stage.provider.signing = with_a_key_never_published
    refused(new_visitor(), "FC-TOKEN-KEY")
    assert stage.trouble.asked.count("jwks") == 3

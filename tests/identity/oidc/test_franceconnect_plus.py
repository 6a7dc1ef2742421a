"""FranceConnect+: the same walk at a higher level, and everything that may be wrong with an encrypted answer."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jwe
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey, OctKey, RSAKey

from mespoints.identity.models import Link
from mespoints.identity.oidc.encryption_keys import EncryptionKeys
from mespoints.register.models import Holder
from simulators.franceconnect.__main__ import PEOPLE as PEOPLE_FILE
from simulators.franceconnect.people import read_people
from simulators.oidc.provider import Provider
from tests.encryption_keys import RSA_KEY, pem
from tests.identity.journey import START, START_PLUS, Stage, Visitor, staged_plus
from tests.identity.test_sign_in import code_shown, is_signed_in
from tests.simulators.browser import SITE, asked

PEOPLE = {person.key: person for person in read_people(PEOPLE_FILE)}
WAYS = ("ECDH-ES", "RSA-OAEP", "RSA-OAEP-256")


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    coming = new_visitor()
    coming.start = START_PLUS
    return coming


def use(stage: Stage, **changes: Any) -> None:
    stage.provider.client = replace(stage.provider.client, **changes)


@pytest.mark.parametrize("way", WAYS)
def test_a_visit_a_return_and_a_goodbye(plus: Stage, visitor: Visitor, calm: Holder, way: str) -> None:
    use(plus, encryption=way)
    for _ in range(2):
        assert visitor.sign_in("calm").headers["Location"] == "/solde/"
        link = Link.objects.get()
        assert (link.provider, link.holder_id) == ("franceconnect_plus", calm.pk)
        assert visitor.site.session["signed_in"]["acr"] == "eidas2"
        goodbye = visitor.post("/deconnexion/").headers["Location"]
        assert goodbye.startswith(f"{plus.issuer}/session/end?")
        assert not is_signed_in(visitor)
        back = visitor.browser.open(goodbye).headers["Location"]
        assert back.startswith(f"{SITE}/deconnexion/franceconnect-plus/retour/?")
        visitor.follow(back)
        assert "ici et chez FranceConnect+." in visitor.site.get("/connexion/").content.decode()


def test_what_is_asked(plus: Stage, visitor: Visitor, db: None) -> None:
    sent = asked(visitor.sent_to_provider())
    assert sent["acr_values"] == "eidas2"
    assert sent["scope"] == "openid identite_pivot rnipp_identite_pivot preferred_username email"
    assert not any(name.startswith("code_challenge") for name in sent)


@pytest.mark.parametrize(("acr", "passes"), [("eidas1", False), (None, False), ("eidas2", True), ("eidas3", True)])
def test_the_level_is_judged_when_it_comes_back(
    plus: Stage, visitor: Visitor, calm: Holder, acr: str | None, *, passes: bool
) -> None:
    plus.provider.id_token_changes = {"acr": acr}
    answer = visitor.sign_in("calm")
    assert answer.status_code == 302 if passes else code_shown(answer) == "FCP-TOKEN-LEVEL"


def test_the_civil_registry_comes_before_what_the_person_s_provider_says(plus: Stage, visitor: Visitor, calm: Holder) -> None:
    plus.provider.userinfo_changes = {"family_name": "Katrevents", "birthdate": "1971-04-17"}
    assert visitor.sign_in("calm").status_code == 302


def test_a_european_identity_has_its_own_answer(settings: Any, plus_keys: EncryptionKeys, visitor: Visitor, calm: Holder) -> None:
    with staged_plus(settings, plus_keys, tuple(PEOPLE.values())):
        answer = visitor.sign_in("european")
    assert (answer.status_code, code_shown(answer)) == (403, "FCP-IDENTITY-EUROPEAN")
    page = answer.content.decode()
    assert 'href="/acces-bloque/#FCP-IDENTITY-EUROPEAN">Accès bloqué' in page
    assert "elle dit qui peut regarder avec vous" in page
    assert "identité européenne" in answer.content.decode()
    assert not is_signed_in(visitor)


def test_a_former_key_still_opens_and_the_new_one_comes_first(
    plus: Stage, plus_keys: EncryptionKeys, visitor: Visitor, calm: Holder, settings: Any, tmp_path: Any
) -> None:
    former = plus_keys.published()
    file = tmp_path / "rotated.pem"
    new = ECKey.generate_key("P-384")
    file.write_text(new.as_pem(private=True).decode() + (tmp_path / "keys.pem").read_text())
    settings.FRANCECONNECT_PLUS_KEYS = EncryptionKeys.read(file)
    assert next(iter(settings.FRANCECONNECT_PLUS_KEYS.by_kid)) == new.thumbprint()
    use(plus, encryption_keys=lambda: former)
    assert visitor.sign_in("calm").status_code == 302
    visitor.post("/deconnexion/")
    file.write_text(pem(RSA_KEY))
    settings.FRANCECONNECT_PLUS_KEYS = EncryptionKeys.read(file)
    assert code_shown(visitor.sign_in("calm")) == "FCP-TOKEN-DECRYPTION"


def our(provider: Provider, kty: str) -> tuple[Any, str]:
    assert provider.client.encryption_keys is not None
    listed = provider.client.encryption_keys()["keys"]
    key = next(key for key in listed if key["kty"] == kty)
    return (ECKey if kty == "EC" else RSAKey).import_key(key), key["kid"]


def encrypted(signed: str, key: Any, **header: Any) -> str:
    names = [header["alg"], header["enc"], *([header["zip"]] if "zip" in header else [])]
    registry = JWERegistry(algorithms=names, strict_check_header=False)
    return jwe.encrypt_compact(header, signed, key, registry=registry)


def in_clear(_: Provider, signed: str) -> str:
    return signed


def by_rsa_1_5(provider: Provider, signed: str) -> str:
    key, kid = our(provider, "RSA")
    with pytest.warns(match="RSA1_5"):
        return encrypted(signed, key, alg="RSA1_5", enc="A256GCM", kid=kid)


def by_weaker_content(provider: Provider, signed: str) -> str:
    key, kid = our(provider, "EC")
    return encrypted(signed, key, alg="ECDH-ES", enc="A128GCM", kid=kid)


def by_a_shared_key(_: Provider, signed: str) -> str:
    return encrypted(signed, OctKey.generate_key(256), alg="dir", enc="A256GCM")


def by_key_wrapping(provider: Provider, signed: str) -> str:
    key, kid = our(provider, "EC")
    return encrypted(signed, key, alg="ECDH-ES+A256KW", enc="A256GCM", kid=kid)


def compressed(provider: Provider, signed: str) -> str:
    key, kid = our(provider, "EC")
    return encrypted(signed, key, alg="ECDH-ES", enc="A256GCM", kid=kid, zip="DEF")


def to_somebody_else(_: Provider, signed: str) -> str:
    other = ECKey.generate_key("P-256")
    return encrypted(signed, other, alg="ECDH-ES", enc="A256GCM", kid=other.thumbprint())


def to_somebody_else_under_our_name(provider: Provider, signed: str) -> str:
    _, kid = our(provider, "EC")
    return encrypted(signed, ECKey.generate_key("P-256"), alg="ECDH-ES", enc="A256GCM", kid=kid)


def without_kid(provider: Provider, signed: str) -> str:
    key, _ = our(provider, "EC")
    return encrypted(signed, key, alg="ECDH-ES", enc="A256GCM")


def of_a_key_of_another_kind(provider: Provider, signed: str) -> str:
    _, kid = our(provider, "RSA")
    return encrypted(signed, ECKey.generate_key("P-256"), alg="ECDH-ES", enc="A256GCM", kid=kid)


def changed_on_the_road(provider: Provider, signed: str) -> str:
    parts = Provider.sealed(provider, signed).split(".")
    parts[3] = ("A" if parts[3][0] != "A" else "B") + parts[3][1:]
    return ".".join(parts)


def noise(_: Provider, signed: str) -> str:
    return "a.b.c.d.e"


def not_text_inside(provider: Provider, _: str) -> str:
    return Provider.sealed(provider, zlib.compress(b"x" * 100).decode("latin-1"))


def not_signed_inside(provider: Provider, _: str) -> str:
    return Provider.sealed(provider, "hello")


@pytest.mark.parametrize(
    ("sealing", "code"),
    [
        (in_clear, "FCP-TOKEN-IN-CLEAR"),
        (by_rsa_1_5, "FCP-TOKEN-DECRYPTION"),
        (by_weaker_content, "FCP-TOKEN-DECRYPTION"),
        (by_a_shared_key, "FCP-TOKEN-DECRYPTION"),
        (by_key_wrapping, "FCP-TOKEN-DECRYPTION"),
        (compressed, "FCP-TOKEN-DECRYPTION"),
        (to_somebody_else, "FCP-TOKEN-DECRYPTION"),
        (to_somebody_else_under_our_name, "FCP-TOKEN-DECRYPTION"),
        (without_kid, "FCP-TOKEN-DECRYPTION"),
        (of_a_key_of_another_kind, "FCP-TOKEN-DECRYPTION"),
        (changed_on_the_road, "FCP-TOKEN-DECRYPTION"),
        (noise, "FCP-TOKEN-DECRYPTION"),
        (not_text_inside, "FCP-TOKEN-DECRYPTION"),
        (not_signed_inside, "FCP-TOKEN-MALFORMED"),
    ],
)
@pytest.mark.parametrize("token", ["id_token", "userinfo"])
def test_a_wrong_encryption(
    plus: Stage, visitor: Visitor, calm: Holder, sealing: Callable[[Provider, str], str], code: str, token: str
) -> None:
    calls = iter(("id_token", "userinfo"))

    def sealed(signed: str) -> str:
        return sealing(plus.provider, signed) if next(calls) == token else Provider.sealed(plus.provider, signed)

    plus.provider.sealing = sealed
    answer = visitor.sign_in("calm")
    assert (answer.status_code, code_shown(answer)) == (502, code)
    assert not is_signed_in(visitor)


def test_franceconnect_itself_takes_nothing_encrypted(stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder) -> None:
    stage.provider.sealing = lambda signed: to_somebody_else(stage.provider, signed)
    assert code_shown(new_visitor().sign_in("calm")) == "FC-TOKEN-MALFORMED"


def test_the_answer_of_one_provider_is_nothing_at_the_return_of_the_other(
    stage: Stage, plus: Stage, new_visitor: Callable[[], Visitor], calm: Holder
) -> None:
    """Mix-up: each return knows only the states begun with its own provider, and its own issuer."""
    walker = new_visitor()
    back = asked(walker.way_back("calm"))
    assert code_shown(walker.site.get(f"{START_PLUS}retour/", back)) == "FCP-STATE-UNKNOWN"
    walker.start = START_PLUS
    back_plus = asked(walker.way_back("calm"))
    assert code_shown(walker.site.get(f"{START}retour/", back_plus)) == "FC-STATE-UNKNOWN"
    assert code_shown(walker.site.get(f"{START_PLUS}retour/", back_plus | {"iss": stage.issuer})) == "FCP-ISSUER-MIXED-UP"
    assert not is_signed_in(walker)
    assert walker.site.get(f"{START}retour/", back).status_code == 302

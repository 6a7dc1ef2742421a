"""Coming in by e-mail and password, without ever telling whether an address is known."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mespoints.identity import password_limits
from mespoints.identity.models import Account
from mespoints.identity.password_limits import (
    MESSAGE_FROM_RANGE,
    MESSAGE_IN_ALL,
    PASSWORD_FROM_RANGE,
    PASSWORD_IN_ALL,
    PASSWORD_OF_ACCOUNT,
)
from mespoints.rate_limits.limits import Spending, count
from tests.portal.accounts import (
    EMAIL,
    OTHER_PASSWORD,
    PASSWORD,
    confirm,
    letters,
    new_client,
    opened,
    post,
    press,
    said,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db

RESET = "/compte/mot-de-passe/oublie/"


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password hashed by Argon2: what costs time, and would tell an address that is known from one that is not."""
    done: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def counted_encode(self: Any, *arguments: Any) -> Any:
        done.append("encode")
        return encode(self, *arguments)

    def counted_verify(self: Any, *arguments: Any) -> Any:
        done.append("verify")
        return verify(self, *arguments)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", counted_verify)
    return done


def with_franceconnect(email: str = EMAIL) -> Account:
    return Account.objects.open_without_password(email=email, now=datetime(2026, 11, 1, tzinfo=UTC))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_account_is_opened_with_a_code() -> None:
    client = new_client()
    assert sign_up(client).headers["Location"] == "/compte/adresse/code/"
    assert not is_signed_in(client)
    [letter] = letters()
    assert (letter.template, letter.recipient) == ("email_code", EMAIL)
    assert confirm(client, letter.code).headers["Location"] == "/mon-dossier/relier/"
    account = Account.objects.get()
    assert account.password.startswith("argon2$argon2id$")
    assert account.email is None
    assert list(EmailAddress.objects.values_list("user_id", "email", "verified", "primary")) == [(account.pk, EMAIL, True, True)]
    assert EMAIL in said(client.get("/compte/"))


def test_the_address_is_the_same_in_any_case() -> None:
    opened("zoe@example.org")
    client = new_client()
    assert sign_in(client, " Zoe@Example.org").headers["Location"] == "/solde/"
    assert is_signed_in(client)


def test_signing_in_is_told_by_a_letter() -> None:
    opened()
    sign_in(new_client())
    assert [letter.template for letter in letters()] == ["email_code", "sign_in_notice"]


@pytest.mark.parametrize(
    ("password", "why"),
    [("court", "trop court"), ("1q2w3e4r5t6y", "trop courant"), ("", "Choisissez un mot de passe")],
)
def test_a_weak_password_is_refused_and_said_why(password: str, why: str) -> None:
    client = new_client()
    answer = sign_up(client, password=password)
    assert answer.status_code == 200
    assert why in said(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize("email", ["", "zoe", "zoe@", "zoé@example.org", "x" * 250 + "@example.org"])
def test_an_address_that_cannot_be_written_to_is_refused(email: str) -> None:
    answer = sign_up(new_client(), email)
    assert answer.status_code == 200
    assert "nom@domaine.fr" in said(answer)
    assert not letters()


def test_a_wrong_code_is_not_the_code_and_five_are_enough() -> None:
    client = new_client()
    sign_up(client)
    right = letters()[0].code
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(4):
        assert "n’est pas le bon" in said(confirm(client, wrong))
    assert confirm(client, wrong).headers["Location"] == "/connexion/mot-de-passe/"
    assert "Trop d’essais" in said(client.get("/connexion/mot-de-passe/"))
    assert client.get("/compte/adresse/code/").status_code == 302
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_code_is_typed_with_or_without_its_dash() -> None:
    client = new_client()
    sign_up(client)
    assert confirm(client, letters()[0].code.replace("-", " ")).headers["Location"] == "/mon-dossier/relier/"


def test_a_code_lives_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    client = new_client()
    sign_up(client)
    code = letters()[0].code
    page = client.get("/compte/adresse/code/").content.decode()
    assert "Regardez vos messages" in page
    import time

    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    answer = client.post("/compte/adresse/code/", {"code": code, "csrfmiddlewaretoken": client.cookies["form"].value})
    assert answer.status_code == 302
    assert not is_signed_in(client)


def test_another_code_may_be_asked_for_and_replaces_the_first() -> None:
    client = new_client()
    sign_up(client)
    post(client, "/compte/adresse/code/", {"action": "resend"})
    first, second = letters()
    assert first.code != second.code
    assert "n’est pas le bon" in said(confirm(client, first.code))
    assert confirm(client, second.code).headers["Location"] == "/mon-dossier/relier/"


def test_one_may_start_again_with_another_address() -> None:
    client = new_client()
    sign_up(client, "wrong@example.org")
    assert press(client, "/compte/adresse/code/", "/compte/ouvrir/recommencer/").headers["Location"] == "/compte/ouvrir/"
    assert "Ouvrir un compte" in said(client.get("/compte/ouvrir/"))
    sign_up(client)
    assert confirm(client, letters()[-1].code).headers["Location"] == "/mon-dossier/relier/"


def test_the_session_keeps_no_code() -> None:
    client = new_client()
    sign_up(client)
    code = letters()[0].code
    kept = json.dumps(Session.objects.get(session_key=client.session.session_key).get_decoded())
    assert EMAIL in kept
    assert code not in kept
    assert code.replace("-", "") not in kept
    opened("yves@example.org")
    forgetful = new_client()
    post(forgetful, RESET, {"email": "yves@example.org"})
    kept = json.dumps(Session.objects.get(session_key=forgetful.session.session_key).get_decoded())
    assert "yves@example.org" in kept
    assert letters()[-1].code not in kept


# Nobody learns whether an address is known


def test_opening_an_account_looks_the_same_when_there_is_one(hashings: list[str]) -> None:
    opened()
    hashings.clear()
    stranger, known = new_client(), new_client()
    first = sign_up(stranger, "new@example.org")
    cost_of_new, hashings[:] = list(hashings), []
    second = sign_up(known)
    assert hashings == cost_of_new
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    pages = [said(client.get("/compte/adresse/code/")) for client in (stranger, known)]
    assert pages[0].replace("new@example.org", EMAIL) == pages[1]
    assert [letter.template for letter in letters()[-2:]] == ["email_code", "account_exists"]
    assert Account.objects.count() == 2
    wrong = [said(confirm(client, "0000-0000")) for client in (stranger, known)]
    assert wrong[0].replace("new@example.org", EMAIL) == wrong[1]


def test_a_wrong_password_costs_and_says_what_an_unknown_address_does(hashings: list[str]) -> None:
    opened()
    with_franceconnect("fc@example.org")
    answers, costs = [], []
    for email in (EMAIL, "nobody@example.org", "fc@example.org"):
        hashings.clear()
        answers.append(said(sign_in(new_client(), email, "not the password at all")).replace(email, EMAIL))
        costs.append(len(hashings))
    assert costs == [1, 1, 1]
    assert len(set(answers)) == 1
    assert "ne vont pas ensemble" in answers[0]


def test_a_forgotten_password_looks_the_same_for_everybody(hashings: list[str]) -> None:
    opened()
    with_franceconnect("fc@example.org")
    hashings.clear()
    pages = []
    for email in (EMAIL, "nobody@example.org", "fc@example.org"):
        client = new_client()
        assert post(client, RESET, {"email": email}).headers["Location"] == RESET + "code/"
        pages.append(said(client.get(RESET + "code/")).replace(email, EMAIL))
        pages.append(said(post(client, RESET + "code/", {"code": "0000-0000"})).replace(email, EMAIL))
    assert pages[0::2] == [pages[0]] * 3
    assert pages[1::2] == [pages[1]] * 3
    assert hashings == []
    assert [letter.template for letter in letters()[-3:]] == ["password_code", "no_account", "no_account"]


@pytest.mark.parametrize("begin", [sign_up, lambda client, email: post(client, RESET, {"email": email})])
def test_the_pages_of_a_code_take_as_many_statements_for_everybody(begin: Callable[[Client, str], Any]) -> None:
    """They may be asked for without end, and their time averaged."""
    opened()
    with_franceconnect("fc@example.org")

    def walk(email: str) -> list[int]:
        client = new_client()
        path = begin(client, email).headers["Location"]
        token = {"csrfmiddlewaretoken": client.cookies["form"].value}
        taken = []
        acts: list[Callable[[], Any]] = [
            lambda: client.get(path),
            lambda: client.post(path, {"code": "0000-0000", **token}),
        ]
        for act in acts:
            with CaptureQueriesContext(connection) as captured:
                act()
            taken.append(len(captured.captured_queries))
        return taken

    assert walk(EMAIL) == walk("nobody@example.org") == walk("fc@example.org")


# The door of FranceConnect stays the only one of those who came by it


def test_a_contact_address_is_no_key() -> None:
    account = with_franceconnect()
    client = new_client()
    post(client, RESET, {"email": EMAIL})
    assert [letter.template for letter in letters()] == ["no_account"]
    sign_up(new_client())
    assert confirm_all() == 1
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not EmailAddress.objects.filter(user=account).exists()


def confirm_all() -> int:
    """An account of its own may be opened with the same address: it is another account."""
    return Account.objects.exclude(email=EMAIL).count()


@pytest.mark.parametrize(
    "path",
    [
        "/compte/mot-de-passe/",
        "/compte/adresse/",
        "/compte/confirmer/",
        "/compte/confirmer/code/",
        "/compte/confirmer/cle-d-acces/",
        "/compte/protection/application/",
        "/compte/protection/cle-d-acces/",
        "/compte/protection/codes/",
        "/compte/protection/codes/renouveler/",
    ],
)
def test_franceconnect_accounts_are_given_no_second_door(path: str) -> None:
    client = new_client()
    client.force_login(with_franceconnect(), backend="mespoints.identity.backends.AccountBackend")
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/compte/")
    client.get("/compte/")
    sent = {
        "csrfmiddlewaretoken": client.cookies["form"].value,
        "email": "x@example.org",
        "password1": PASSWORD,
        "action_add": "1",
    }
    client.post(path, sent)
    assert not EmailAddress.objects.exists()
    assert not Account.objects.get().has_usable_password()


# The forgotten password


def test_a_forgotten_password_is_replaced_by_a_code() -> None:
    elsewhere = opened()
    opened_by_former = elsewhere.session.session_key
    client = new_client()
    post(client, RESET, {"email": EMAIL})
    letter = letters()[-1]
    assert (letter.template, letter.recipient) == ("password_code", EMAIL)
    assert client.get(RESET + "nouveau/").status_code == 302
    assert post(client, RESET + "code/", {"code": letter.code}).headers["Location"] == RESET + "nouveau/"
    assert "trop court" in said(post(client, RESET + "nouveau/", {"password1": "court"}))
    assert post(client, RESET + "nouveau/", {"password1": OTHER_PASSWORD}).headers["Location"] == RESET + "fait/"
    assert "enregistré" in said(client.get(RESET + "fait/"))
    assert letters()[-1].template == "password_changed"
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=opened_by_former).exists()
    assert elsewhere.get("/compte/").status_code == 302
    assert sign_in(new_client()).status_code == 200
    assert sign_in(client, password=OTHER_PASSWORD).headers["Location"] == "/solde/"


def test_five_wrong_codes_end_a_reset() -> None:
    opened()
    client = new_client()
    post(client, RESET, {"email": EMAIL})
    right = letters()[-1].code
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(4):
        post(client, RESET + "code/", {"code": wrong})
    assert post(client, RESET + "code/", {"code": wrong}).headers["Location"] == "/connexion/mot-de-passe/"
    assert client.get(RESET + "code/").status_code == 302


def test_whoever_began_an_account_with_the_address_of_another_never_enters_it() -> None:
    """He signed up first and waits for the code; the owner comes by the forgotten password, which proves the address."""
    thief, owner = new_client(), new_client()
    sign_up(thief)
    post(owner, RESET, {"email": EMAIL})
    post(owner, RESET + "code/", {"code": letters()[-1].code})
    post(owner, RESET + "nouveau/", {"password1": OTHER_PASSWORD})
    token = {"csrfmiddlewaretoken": thief.cookies["form"].value}
    for path in ("/compte/adresse/code/", "/connexion/second-facteur/", "/connexion/mot-de-passe/", "/compte/", "/solde/"):
        thief.get(path)
        assert not is_signed_in(thief), path
    for sent in ({"action": "resend"}, {"action": "change", "email": "thief@example.org"}, {"code": "0000-0000"}):
        thief.post("/compte/adresse/code/", {**sent, **token})
        assert not is_signed_in(thief), sent
    assert {letter.recipient for letter in letters()} == {EMAIL}
    assert "ne vont pas ensemble" in said(sign_in(new_client()))
    assert sign_in(owner, password=OTHER_PASSWORD).headers["Location"] == "/solde/"


# Limits


def test_ten_tries_a_quarter_of_an_hour_whether_the_account_is_there_or_not() -> None:
    opened()
    for email in (EMAIL, "nobody@example.org"):
        for _ in range(10):
            assert "ne vont pas ensemble" in said(sign_in(new_client(), email, "not the password at all"))
        refused = sign_in(new_client(), email, PASSWORD)
        assert "Trop d’essais" in said(refused)


def test_a_network_past_its_limit_locks_nobody_out_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused as a network, it spends neither the share of the accounts it names nor everybody's."""
    opened()
    monkeypatch.setattr(password_limits, "PASSWORD_FROM_RANGE", replace(PASSWORD_FROM_RANGE, at_most=3))
    monkeypatch.setattr(password_limits, "MESSAGE_FROM_RANGE", replace(MESSAGE_FROM_RANGE, at_most=2))
    stranger, own = "203.0.113.7", "198.51.100.7"
    for _ in range(PASSWORD_OF_ACCOUNT.at_most + 5):
        attacker = Client(REMOTE_ADDR=stranger)
        attacker.post("/connexion/mot-de-passe/", {"login": EMAIL, "password": "not the password at all"})
        attacker.post(RESET, {"email": EMAIL})
    everybody = [Spending(limit=limit, key="", cost=0) for limit in (PASSWORD_IN_ALL, MESSAGE_IN_ALL)]
    assert [counted.spent for counted in count(everybody, timezone.now())] == [3, 2 + 1]
    victim = Client(REMOTE_ADDR=own)
    assert victim.post(RESET, {"email": EMAIL}).headers["Location"] == RESET + "code/"
    answer = victim.post("/connexion/mot-de-passe/", {"login": EMAIL, "password": PASSWORD})
    assert answer.headers["Location"] == "/solde/"


def test_five_messages_an_hour_to_one_address() -> None:
    for _ in range(5):
        post(new_client(), RESET, {"email": EMAIL})
    refused = post(new_client(), RESET, {"email": EMAIL})
    assert "Nous venons déjà d’écrire" in said(refused)
    assert len(letters()) == 5
    assert "Nous venons déjà d’écrire" in said(sign_up(new_client()))
    assert len(letters()) == 5


def test_a_code_asked_again_is_a_message_like_another() -> None:
    waiting = [new_client() for _ in range(2)]
    for client in waiting:
        sign_up(client)
    for client in waiting * 2:
        post(client, "/compte/adresse/code/", {"action": "resend"})
    assert len(letters()) == 4
    assert "Nous venons déjà d’écrire" in said(waiting[1].get("/compte/adresse/code/"))


def test_signing_in_before_the_address_is_proved_writes_no_more_than_that() -> None:
    """Somebody opened an account with the address of another, and signs in again and again."""
    sign_up(new_client())
    for _ in range(4):
        sign_in(new_client())
    client = new_client()
    sign_in(client)
    assert len(letters()) == 5
    assert "Nous venons déjà d’écrire" in said(client.get("/connexion/mot-de-passe/"))


def rewound(client: Client) -> Callable[[], None]:
    """The session as it is now, to be put back: what a request made at the same moment would read."""
    kept = Session.objects.get(session_key=client.session.session_key)

    def put_back() -> None:
        kept.save(force_update=True)

    return put_back


def forget(client: Client) -> Any:
    opened()
    return post(client, RESET, {"email": EMAIL})


@pytest.mark.parametrize("begin", [sign_up, forget])
def test_tries_at_a_code_made_at_once_are_counted_one_by_one(begin: Callable[[Client], Any]) -> None:
    client = new_client()
    path = begin(client).headers["Location"]
    right = letters()[-1].code
    put_back = rewound(client)
    for _ in range(5):
        post(client, path, {"code": "0000-0000" if right != "0000-0000" else "1111-1111"})
        put_back()
    assert "n’est pas le bon" in said(post(client, path, {"code": right}))
    assert not is_signed_in(client)


def test_an_account_that_was_never_proved_is_forgotten_after_a_day() -> None:
    sign_up(new_client())
    sign_up(new_client(), "other@example.org")
    assert Account.objects.count() == 2
    Account.objects.update(opened_at=datetime.now(UTC) - timedelta(days=1, minutes=1))
    opened("third@example.org")
    assert EmailAddress.objects.count() == 1
    assert Account.objects.filter(is_active=True).count() == 1
    assert not any(account.has_usable_password() for account in Account.objects.filter(is_active=False))
    sign_up(new_client())
    assert EmailAddress.objects.count() == 2


def test_somebody_signed_in_is_never_forgotten() -> None:
    opened()
    with_franceconnect("fc@example.org")
    Account.objects.update(opened_at=datetime.now(UTC) - timedelta(days=400))
    sign_up(new_client(), "third@example.org")
    assert Account.objects.filter(is_active=True).count() == 3


def test_a_closed_account_says_so_only_to_who_knows_its_password() -> None:
    opened()
    Account.objects.update(is_active=False)
    assert "ne vont pas ensemble" in said(sign_in(new_client(), password="not the password at all"))
    client = new_client()
    answer = sign_in(client)
    assert answer.headers["Location"] == "/compte/ferme/"
    assert "fermé" in said(client.get("/compte/ferme/"))
    assert not is_signed_in(client)


# The pages


@pytest.mark.parametrize("path", ["/compte/ouvrir/", RESET, "/connexion/", "/compte/ferme/", RESET + "fait/"])
def test_a_page_needs_no_script(path: str) -> None:
    html = new_client().get(path).content.decode()
    assert "<script" not in html
    assert html.count("<h1") == 1


NO_PASSKEY = (
    "",
    "[]",
    "{}",
    "1",
    '"x"',
    '{"id": 1}',
    '{"id": "AA", "response": 1}',
    '{"response": {"userHandle": 1}}',
    "nonsense",
)


@pytest.mark.parametrize("credential", NO_PASSKEY)
def test_a_passkey_that_is_none_is_refused_kindly(credential: str) -> None:
    client = new_client()
    assert "request_options" in client.get("/connexion/cle-d-acces/", headers={"accept": "application/json"}).json()
    answer = press(client, "/connexion/mot-de-passe/", "/connexion/cle-d-acces/", {"credential": credential})
    assert answer.headers["Location"] == "/connexion/mot-de-passe/"
    assert not is_signed_in(client)
    assert "n’a pas été reconnue" in said(client.get("/connexion/mot-de-passe/"))


def test_only_the_challenge_of_a_passkey_answers_a_script() -> None:
    for path in ("/connexion/mot-de-passe/", "/compte/ouvrir/", RESET):
        answer = new_client().get(path, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"})
        assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(elsewhere: str) -> None:
    opened()
    client = new_client()
    answer = post(client, "/connexion/mot-de-passe/", {"login": EMAIL, "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/solde/"


def test_one_goes_on_where_one_was_going() -> None:
    opened()
    client = new_client()
    answer = post(client, "/connexion/mot-de-passe/", {"login": EMAIL, "password": PASSWORD, "next": "/documents/"})
    assert answer.headers["Location"] == "/documents/"

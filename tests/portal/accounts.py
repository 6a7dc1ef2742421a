"""An account by e-mail and password, walked as a person does: pages, forms with their token, codes read in the outbox."""

import re
import time
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from mespoints.identity.step_up import FRESH_FOR

EMAIL = "zoe@example.org"
PASSWORD = "quatre mots pris au hasard"
OTHER_PASSWORD = "cinq autres mots encore plus longs"
APPLICATION = "/compte/protection/application/"
CODES = "/compte/protection/codes/"
STEP = 30
"""Seconds: how long an application shows the same code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    template: str
    recipient: str
    body: str

    @property
    def code(self) -> str:
        found = re.search(r"^ {4}(\d{4}-\d{4})$", self.body, re.MULTILINE)
        assert found is not None, self.body
        return found.group(1)


def letters() -> list[Letter]:
    with connection.cursor() as cursor:
        cursor.execute("select template, recipient, body from messages_outbox order by id")
        return [Letter(template=template, recipient=recipient, body=body) for template, recipient, body in cursor.fetchall()]


def new_client() -> Client:
    """With the forms' protection on, as in production."""
    return Client(enforce_csrf_checks=True)


def post(client: Client, path: str, answers: dict[str, str] | None = None) -> Any:
    """Fills the form of that page in: its token, its hidden fields."""
    page = client.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, page
    return client.post(path, {"csrfmiddlewaretoken": token.group(1), **(answers or {})})


def press(client: Client, page_path: str, path: str, answers: dict[str, str] | None = None) -> Any:
    """Presses the button of a page that leads to another address."""
    client.get(page_path)
    return client.post(path, {"csrfmiddlewaretoken": client.cookies["form"].value, **(answers or {})})


def sign_up(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return post(client, "/compte/ouvrir/", {"email": email, "password1": password})


def confirm(client: Client, code: str) -> Any:
    return post(client, "/compte/adresse/code/", {"code": code})


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return post(client, "/connexion/mot-de-passe/", {"login": email, "password": password})


def opened(email: str = EMAIL) -> Client:
    """A new account, signed in."""
    client = new_client()
    assert sign_up(client, email).headers["Location"] == "/compte/adresse/code/"
    assert confirm(client, letters()[-1].code).headers["Location"] == "/mon-dossier/relier/"
    return client


def prove(client: Client, password: str = PASSWORD) -> Any:
    return post(client, "/compte/confirmer/", {"password": password, "next": "/compte/"})


def age_proofs(client: Client) -> None:
    """As if all that was proved had been a quarter of an hour ago."""
    session = client.session
    for proof in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        proof["at"] -= FRESH_FOR.total_seconds()
    session.save()


def said(answer: Any) -> str:
    """The text of a page, on one line, its no-break spaces as spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def code_of(secret: str, at: float | None = None) -> str:
    """The six digits, computed from the key that the page shows (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, int(at if at is not None else time.time()) // STEP)))


def add_application(client: Client) -> str:
    """The secret of an application that has just been added."""
    assert prove(client).headers["Location"] == "/compte/"
    page = client.get(APPLICATION).content.decode()
    key = re.search(r'<strong class="key">([A-Z2-7 ]+)</strong>', page)
    assert key is not None
    secret = key.group(1).replace(" ", "")
    answers = {"code": code_of(secret), "csrfmiddlewaretoken": client.cookies["form"].value}
    assert client.post(APPLICATION, answers).headers["Location"] == CODES
    return secret


def shown_codes(client: Client) -> list[str]:
    return re.findall(r"<code>(\d{4} \d{4})</code>", client.get(CODES).content.decode())


def half_way() -> Client:
    """Past the password, before the second factor."""
    client = new_client()
    assert sign_in(client).headers["Location"] == "/connexion/second-facteur/"
    return client


def show(client: Client, code: str) -> Any:
    return post(client, "/connexion/second-facteur/", {"code": code})

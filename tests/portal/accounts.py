"""An account by e-mail and password, walked as a person does: pages, forms with their token, codes read in the outbox."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

EMAIL = "zoe@example.org"
PASSWORD = "quatre mots pris au hasard"
OTHER_PASSWORD = "cinq autres mots encore plus longs"


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


def said(answer: Any) -> str:
    """The text of a page, on one line, its no-break spaces as spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))

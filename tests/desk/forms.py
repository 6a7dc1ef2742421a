"""Forms as a browser sends them, and pages as they are read."""

from typing import Any

from django.test import Client


def post(client: Client, path: str, *, form_on: str, **fields: str) -> Any:
    """``form_on`` is a page with a form, which gives the token."""
    if "form" not in client.cookies:
        client.get(form_on)
    return client.post(path, {"csrfmiddlewaretoken": client.cookies["form"].value, **fields})


def read(answer: Any) -> str:
    return str(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")

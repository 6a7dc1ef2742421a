"""The independent provider, installed once under ``var`` and started for the tests, with a browser that knows its pages."""

import fcntl
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from simulators.oidc.client import Client
from simulators.oidc.dialect import Dialect, Person
from tests.simulators.browser import SITE, Browser

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / "var" / "independent-provider"
SOURCES = ("package.json", "package-lock.json", "provider.mjs")
MOST_REDIRECTIONS = 5


def installed() -> Path:
    """The folder with its packages: ``npm ci`` when the lock is not the one installed; several test runs may ask at once."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with (INSTALLED / "installing.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        lock = (HERE / "package-lock.json").read_bytes()
        done = INSTALLED / "installed.json"
        if not done.exists() or done.read_bytes() != lock:
            for name in SOURCES:
                shutil.copy(HERE / name, INSTALLED / name)
            npm = [program("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
            said = subprocess.run(npm, cwd=INSTALLED, capture_output=True, text=True, check=False)
            assert said.returncode == 0, f"npm ci: {said.stderr}"
            done.write_bytes(lock)
        shutil.copy(HERE / "provider.mjs", INSTALLED / "provider.mjs")
    return INSTALLED


def program(name: str) -> str:
    found = shutil.which(name)
    assert found is not None, f"{name} not found: `make test` installs it"
    return found


def registration(client: Client, keys: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What each provider would hold of us. ``keys``: our public ones, where answers are encrypted."""
    known: dict[str, Any] = {
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "redirect_uris": [client.redirect_uri],
        "post_logout_redirect_uris": [client.post_logout_redirect_uri],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "token_endpoint_auth_method": "client_secret_post",
        "id_token_signed_response_alg": "ES256",
        "userinfo_signed_response_alg": "ES256",
    }
    if keys is None:
        return known
    way = {f"{what}_encrypted_response_alg": client.encryption for what in ("id_token", "userinfo")}
    content = {f"{what}_encrypted_response_enc": "A256GCM" for what in ("id_token", "userinfo")}
    return known | way | content | {"jwks": keys}


@contextmanager
def started(dialects: Sequence[Dialect], clients: Sequence[Mapping[str, Any]], people: Sequence[Person]) -> Iterator[str]:
    """Its issuer."""
    folder = installed()
    scopes = {scope: list(claims) for dialect in dialects for scope, claims in dialect.claims_of_scope.items()}
    known = {person.key: {"acr": person.acr, "claims": dict(person.claims)} for person in people}
    with (
        (folder / "said.txt").open("w+") as said,
        subprocess.Popen(
            [program("node"), "provider.mjs"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"clients": list(clients), "scopes": scopes, "people": known}) + "\n")
        process.stdin.flush()
        issuer = next((line.strip() for line in process.stdout if line.startswith("http")), None)
        assert issuer is not None, (folder / "said.txt").read_text()
        try:
            yield issuer
        finally:
            process.kill()


class IndependentBrowser(Browser):
    """Follows the provider from page to page, and says yes when it asks whether to sign out."""

    def open(self, url: str) -> requests.Response:
        page = self._arrive(super().open(url))
        sure = re.search(r'name="xsrf" value="([^"]+)"', page.text)
        if sure is None:
            return page
        return self._arrive(self.send(page.url.partition("?")[0] + "/confirm", {"xsrf": sure.group(1), "logout": "yes"}))

    def choose(self, page: requests.Response, choice: str, **fields: str) -> str:
        """A person already known over there is sent back at once."""
        if page.is_redirect:
            return page.headers["Location"]
        assert page.status_code == 200, page.text
        answer = self._arrive(self.send(page.url, {"choice": choice, **fields}))
        assert answer.is_redirect, answer.text
        return answer.headers["Location"]

    def _arrive(self, answer: requests.Response) -> requests.Response:
        """Until a page, or the site's own address."""
        for _ in range(MOST_REDIRECTIONS):
            if not answer.is_redirect or answer.headers["Location"].startswith(SITE):
                return answer
            answer = super().open(urljoin(answer.url, answer.headers["Location"]))
        raise AssertionError("it turns in circles")

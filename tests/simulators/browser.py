"""What a person's browser does at the simulated provider, without a browser."""

import re
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

import requests

from simulators.franceconnect.people import read_people
from simulators.oidc.client import Client

PEOPLE = read_people(Path(__file__).parents[1] / "identity" / "people.toml")
SITE = "http://testserver"
CLIENT = Client(
    client_id="mes-points-permis",
    client_secret="opens nothing real",
    redirect_uri=f"{SITE}/connexion/franceconnect/retour/",
    post_logout_redirect_uri=f"{SITE}/deconnexion/retour/",
)
CLIENT_PLUS = Client(
    client_id="mes-points-permis-plus",
    client_secret="opens nothing real",
    redirect_uri=f"{SITE}/connexion/franceconnect-plus/retour/",
    post_logout_redirect_uri=f"{SITE}/deconnexion/franceconnect-plus/retour/",
)


class Browser:
    """Keeps the provider's cookies; never follows a redirection by itself."""

    def __init__(self) -> None:
        self._session = requests.Session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def open(self, url: str) -> requests.Response:
        return self._session.get(url, allow_redirects=False, timeout=5)

    def send(self, url: str, form: dict[str, str]) -> requests.Response:
        return self._session.post(url, data=form, allow_redirects=False, timeout=5)

    def choose(self, page: requests.Response, choice: str, **fields: str) -> str:
        """Presses a button of the page of people, with what its form asks; where it leads."""
        assert page.status_code == 200, page.text
        wait = re.search(r'name="wait" value="([^"]+)"', page.text)
        assert wait is not None
        assert f'value="{choice}"' in page.text
        form = {"wait": wait.group(1), "choice": choice, **fields}
        answer = self.send(page.url.split("/authorize")[0] + "/interaction", form)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


def asked(url: str) -> dict[str, str]:
    """The parameters of an address, each given once."""
    given = parse_qs(urlsplit(url).query, keep_blank_values=True)
    assert all(len(values) == 1 for values in given.values())
    return {name: values[0] for name, values in given.items()}

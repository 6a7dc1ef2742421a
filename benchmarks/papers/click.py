"""From the click to the file: the demonstration as it is started, real HTTP, one driver signed in."""

import re
from html import unescape
from urllib.parse import urljoin

import requests

from benchmarks.timing import measure
from tests.journeys.stage import running_demo

WHO = "Camille"
FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"')
CHOICE = re.compile(r'<button[^>]*name="choice" value="([^"]*)">([^<]*)')


def report() -> None:
    with running_demo() as demo:
        client = requests.Session()
        client.trust_env = False
        page = signed_in(client, demo.url)
        assert page.status_code == 200, page.status_code
        shown = client.get(f"{demo.url}/documents/")

        def clicked(path: str) -> None:
            action, fields = form(shown, path)
            answer = client.post(urljoin(shown.url, action), data=fields, headers={"Referer": shown.url})
            assert answer.content.startswith(b"%PDF-"), (answer.status_code, path)

        print(f"\nPapers: from the click to the whole file, real server and HTTP, {WHO} signed in (8 movements)")
        found = measure(
            {
                "full statement": lambda: clicked("/documents/releve-integral/"),
                "attestation": lambda: clicked("/documents/attestation/"),
                "balance page, for comparison": lambda: client.get(f"{demo.url}/solde/").raise_for_status(),
            },
            repeat=1,
            rounds=60,
        )
        for each in found.values():
            print(" ", each)


def signed_in(client: requests.Session, url: str) -> requests.Response:
    door = client.get(f"{url}/connexion/")
    action, fields = form(door, "/connexion/franceconnect/")
    people = client.post(urljoin(door.url, action), data=fields, headers={"Referer": door.url})
    [choice] = [value for value, label in CHOICE.findall(people.text) if WHO in unescape(label)]
    _, fields = form(people, "interaction", choice)
    return client.post(urljoin(people.url, "interaction"), data=fields | {"choice": unescape(choice)})


def form(page: requests.Response, action: str, inside: str = "") -> tuple[str, dict[str, str]]:
    """The form that leads there, and its hidden fields."""
    for address, body in FORM.findall(page.text):
        if address == action and inside in body:
            return address, {name: unescape(value) for name, value in FIELD.findall(body)}
    raise AssertionError(f"{page.url} has no form to {action}")

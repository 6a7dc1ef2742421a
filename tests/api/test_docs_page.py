"""The page that tells people how to call."""

import html
import json
import re
import shlex

from django.test import Client
from pytest_django import Settings

from tests.api.conftest import ROOT, said
from tests.config.test_headers import POLICY
from tests.portal.test_pages_served import SPACE_BEFORE_A_DOUBLE_SIGN, Text

BLOCK = re.compile(r'<pre class="code"><code>(.*?)</code></pre>', re.DOTALL)


def blocks(caller: Client) -> list[str]:
    return [html.unescape(each) for each in BLOCK.findall(caller.get(ROOT + "docs").content.decode())]


def test_the_page_is_small_plain_and_keeps_nothing(caller: Client) -> None:
    answer = caller.get(ROOT + "docs")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert len(answer.content) <= 30_000
    page = Text(answer.content.decode())
    assert not {"script", "style", "iframe", "object"} & set(page.tags)
    assert not [name for name in page.attributes if name == "style" or name.startswith("on")]
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert not SPACE_BEFORE_A_DOUBLE_SIGN.search(page.text), SPACE_BEFORE_A_DOUBLE_SIGN.findall(page.text)


def test_nothing_comes_from_elsewhere(caller: Client) -> None:
    loaded = re.findall(r'(?:src|href)="([^"]+)"', caller.get(ROOT + "docs").content.decode())
    assert loaded
    assert [address for address in loaded if not address.startswith(("/", "#"))] == []


def test_the_command_shown_gives_the_answer_shown(caller: Client) -> None:
    command, answer, _ = blocks(caller)
    words = shlex.split(command.replace("\\\n", " "))
    assert words[:2] == ["curl", "http://testserver/api/v1/evaluate"]
    options = dict(zip(words[2::2], words[3::2], strict=True))
    name, value = options["-H"].split(": ")
    told = said(caller.post(ROOT + "evaluate", options["-d"].encode(), content_type=value))
    assert name == "Content-Type"
    shown = json.loads(answer)
    assert shown == {name: told[name] for name in shown}
    assert shown["balance"] == 8


def test_the_limits_shown_are_those_held(caller: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE, settings.API_CASES_PER_MINUTE = 17, 171
    text = " ".join(Text(caller.get(ROOT + "docs").content.decode()).text.split())
    for words in ("17 demandes, 171 cas", "100 cas, 256 Kio", "200 événements"):
        assert words in text.replace("\u00a0", " ")


def test_the_links_lead_somewhere(caller: Client) -> None:
    for address in re.findall(r'<dd><a href="([^"]+)"', caller.get(ROOT + "docs").content.decode()):
        assert caller.get(html.unescape(address)).status_code == 200


def test_the_root_leads_to_the_page(caller: Client) -> None:
    answer = caller.get(ROOT)
    assert (answer.status_code, answer.headers["Location"]) == (302, ROOT + "docs")

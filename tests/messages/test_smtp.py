"""A real SMTP exchange with the simulated mailbox, started as a program of its own."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mespoints.messages.channels import ChannelName, DeliveryFailed, SmtpChannel, UnusableSmtpAddress
from mespoints.messages.outbox import DeliveryReport, deliver_pending, enqueue
from mespoints.messages.templates import TemplateCode, words

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SENDER = "Mes points permis <ne-pas-repondre@mespoints.example>"
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningMailbox:
    smtp_port: int
    http_port: int

    @property
    def channel(self) -> SmtpChannel:
        return SmtpChannel.at(f"smtp://127.0.0.1:{self.smtp_port}", SENDER)

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def letters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.read("/letters.json"))
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def mailbox() -> Iterator[RunningMailbox]:
    running = RunningMailbox(smtp_port=free_port(), http_port=free_port())
    command = [sys.executable, "-m", "simulators.mailbox"]
    ports = ["--smtp-port", str(running.smtp_port), "--http-port", str(running.http_port)]
    with subprocess.Popen([*command, *ports], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f":{running.http_port}/" in process.stdout.readline()
        yield running
        process.terminate()
        assert process.wait(timeout=10) == 0


@pytest.mark.django_db
def test_a_notice_arrives_whole(mailbox: RunningMailbox) -> None:
    reference = enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient="zoe@example.org", now=NOW)
    assert deliver_pending(mailbox.channel, NOW) == DeliveryReport(sent=1)
    letter = mailbox.letters()[0]
    expected = words(TemplateCode.SIGN_IN_NOTICE, NOW)
    assert letter["subject"] == expected.subject
    assert letter["body"] == expected.body
    assert letter["recipients"] == ["zoe@example.org"]
    assert letter["sender"] == "ne-pas-repondre@mespoints.example"
    page = mailbox.read("/")
    assert expected.subject in page
    assert str(reference) not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("recipient", "report"), [("refuse@example.org", {"abandoned": 1}), ("later@example.org", {"postponed": 1})]
)
def test_the_server_is_believed(mailbox: RunningMailbox, recipient: str, report: dict[str, int]) -> None:
    before = len(mailbox.letters())
    enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient=recipient, now=NOW)
    assert deliver_pending(mailbox.channel, NOW) == DeliveryReport(**report)
    assert len(mailbox.letters()) == before


@pytest.mark.django_db
def test_a_dead_server_postpones() -> None:
    enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient="zoe@example.org", now=NOW)
    channel = SmtpChannel.at(f"smtp://127.0.0.1:{free_port()}", SENDER)
    assert deliver_pending(channel, NOW) == DeliveryReport(postponed=1)


@pytest.mark.django_db
def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        channel = SmtpChannel(host="127.0.0.1", port=silent.getsockname()[1], sender=SENDER, timeout=0.3)
        enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient="zoe@example.org", now=NOW)
        started = time.monotonic()
        assert deliver_pending(channel, NOW) == DeliveryReport(postponed=1)
        assert time.monotonic() - started < 5


def test_a_failure_does_not_repeat_the_address() -> None:
    failure = DeliveryFailed("recipient_refused", is_final=True)
    assert str(failure) == "recipient_refused"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost:2525", ("localhost", 2525, "smtp", None, None)),
        ("smtp://mail.example", ("mail.example", 25, "smtp", None, None)),
        ("smtps://a%40b:p%3Aw@mail.example", ("mail.example", 465, "smtps", "a@b", "p:w")),
        ("smtp+starttls://mail.example", ("mail.example", 587, "smtp+starttls", None, None)),
    ],
)
def test_the_address_of_the_server_is_read(url: str, expected: tuple[Any, ...]) -> None:
    channel = SmtpChannel.at(url, SENDER)
    assert (channel.host, channel.port, channel.security, channel.user, channel.password) == expected
    assert channel.name is ChannelName.EMAIL


@pytest.mark.parametrize("url", ["", "localhost:25", "http://mail.example", "smtp://"])
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(UnusableSmtpAddress):
        SmtpChannel.at(url, SENDER)

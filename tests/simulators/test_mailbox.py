"""The mailbox as a program: what it says when a port is taken, and what its page makes of hostile words."""

import socket
import subprocess
import sys
from pathlib import Path

from simulators.mailbox.letters import MOST_LETTERS, Letters, letter_of
from simulators.mailbox.page import page

CHECKOUT = Path(__file__).parents[2]


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "simulators.mailbox", "--smtp-port", port, "--http-port", "0"]
        outcome = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False)
    assert outcome.returncode == 1
    assert f"Le port {port}" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_words_of_a_message_are_shown_and_never_obeyed() -> None:
    letter = letter_of("a@example.org", ("b@example.org",), b"Subject: <b>&\r\n\r\n<script>alert(1)</script>\r\n")
    shown = page([letter])
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<h2>&lt;b&gt;&amp;</h2>" in shown


def test_old_letters_are_forgotten() -> None:
    letters = Letters()
    for number in range(MOST_LETTERS + 1):
        letters.keep(letter_of(f"{number}@example.org", (), b"\r\n"))
    kept = letters.latest_first()
    assert (len(kept), kept[0].sender, kept[-1].sender) == (MOST_LETTERS, f"{MOST_LETTERS}@example.org", "1@example.org")

"""The provider started as a program."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from simulators.oidc.server import listen
from tests.simulators.browser import CLIENT

ROOT = Path(__file__).parents[3]
PEOPLE_FILE = ROOT / "tests" / "identity" / "people.toml"


def command(people: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "simulators.franceconnect", "--people", str(people), "--port", str(port)),
        *("--client-id", CLIENT.client_id, "--client-secret", CLIENT.client_secret),
        *("--redirect-uri", CLIENT.redirect_uri, "--post-logout-redirect-uri", CLIENT.post_logout_redirect_uri),
    ]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_answers_and_stops_when_told(stop: signal.Signals) -> None:
    with subprocess.Popen(
        command(PEOPLE_FILE, 0), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        try:
            assert started.stdout is not None
            issuer = started.stdout.readline().rpartition(" ")[2].strip()
            assert requests.get(f"{issuer}/jwks", timeout=5).status_code == 200
        finally:
            started.send_signal(stop)
            _, said = started.communicate(timeout=10)
        assert (started.returncode, said) == (0, "")


def test_a_port_already_taken_is_said_in_one_sentence() -> None:
    with listen(0) as other:
        done = subprocess.run(
            command(PEOPLE_FILE, other.server_port), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
        )
    assert done.returncode == 2
    assert f"Le port {other.server_port} est déjà pris" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [None, "[[person]", "title = 'personne'"])
def test_a_file_of_people_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, content: str | None) -> None:
    people = tmp_path / "people.toml"
    if content is not None:
        people.write_text(content)
    done = subprocess.run(command(people, 0), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "Fichier de personnes illisible" in done.stderr
    assert "Traceback" not in done.stderr

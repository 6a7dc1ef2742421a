"""The simulated time-stamping authority: strict about what it is asked, and one sentence when its port is taken."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import tsp

from simulators.timestamp.authority import new_authority
from simulators.timestamp.server import stamp_server

CHECKOUT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC)


def query(algorithm: str = "sha256", length: int = 32, **more: object) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": bytes(length)}
    return bytes(tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, **more}).dump())


def said(answer: bytes) -> tuple[str, object]:
    assert answer[:2] == bytes((0x30, len(answer) - 2))
    status = tsp.PKIStatusInfo.load(answer[2:], strict=True)
    return status["status"].native, status["fail_info"].native


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (b"hello", {"bad_data_format"}),
        (query("sha1", 20), {"bad_alg"}),
        (query("sha256", 20), {"bad_data_format"}),
        (query(req_policy="1.2.3.4"), {"unaccepted_policy"}),
    ],
)
def test_what_is_not_a_good_query_is_rejected_by_name(asked: bytes, why: set[str]) -> None:
    assert said(new_authority(NOW).answer(asked, NOW)) == ("rejection", why)


def test_a_token_says_what_was_asked_and_when() -> None:
    answer = tsp.TimeStampResp.load(new_authority(NOW).answer(query("sha512", 64, nonce=7), NOW))
    token = answer["time_stamp_token"]["content"]
    told = token["encap_content_info"]["content"].parsed
    assert (told["nonce"].native, told["gen_time"].native, told["message_imprint"]["hashed_message"].native) == (
        7,
        NOW,
        bytes(64),
    )
    # Certificates come only when they are asked for.
    assert token["certificates"].native is None


def test_over_http_only_a_query_is_heard() -> None:
    with stamp_server("127.0.0.1", 0) as server:
        with urllib.request.urlopen(server.url + "root.pem") as answer:  # noqa: S310 – this machine
            assert answer.read().startswith(b"-----BEGIN CERTIFICATE-----")
        request = urllib.request.Request(server.url, b"x", {"Content-Type": "text/plain"})  # noqa: S310 – same
        with pytest.raises(urllib.error.HTTPError, match="415") as refused:
            urllib.request.urlopen(request)  # noqa: S310 – same
        refused.value.close()


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "simulators.timestamp", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Le port ")
    assert "Traceback" not in done.stderr

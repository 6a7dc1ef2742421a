"""The levels above the seal: reached when the authority answers, given up in words when it does not; never a failure."""

import logging
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
from asn1crypto import tsp

from mespoints.documents.seal import Seal, SealFiles, open_seal
from mespoints.documents.seal_source import Level, SealSource, Stamping
from mespoints.documents.self_check import seal_holds
from mespoints.documents.verification.seal_inspection import inspection
from simulators.timestamp.authority import Authority, new_authority
from simulators.timestamp.server import StampServer, stamp_server
from tests.documents.statements import statement
from tests.documents.test_paper import pdf_of

Answer = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def tsa() -> Iterator[StampServer]:
    with stamp_server("127.0.0.1", 0) as server:
        yield server


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf_of(statement(1))


@pytest.fixture
def stamped(seal_files: SealFiles, tsa: StampServer, tmp_path: Path) -> Callable[..., Seal]:
    root = tmp_path / "tsa-root.pem"
    root.write_bytes(tsa.authority.root_pem)

    def opened(level: Level, url: str = tsa.url, seconds: float = 5.0) -> Seal:
        stamping = Stamping(authority_url=url, level=level, authorities=root, seconds=seconds)
        source = SealSource(key=seal_files.key, certificate=seal_files.certificate, stamping=stamping)
        return open_seal(source, datetime.now(UTC))

    return opened


@pytest.mark.parametrize("level", list(Level))
def test_each_level_is_reached_and_read_back(level: Level, stamped: Callable[..., Seal], paper: bytes) -> None:
    at = datetime.now(UTC).replace(microsecond=0)
    seal = stamped(level)
    sealed = seal.sealed(paper, at)
    assert (sealed.level, sealed.is_as_wanted) == (level, True)
    assert sealed.pdf.startswith(paper)
    assert seal_holds(sealed.pdf, seal.certificate, seal.timestamp_roots)
    facts = inspection(sealed.pdf, seal.timestamp_roots)
    assert facts.sealed_at == at
    if level is Level.B_B:
        assert facts.timestamped_at is None
    else:
        assert facts.timestamped_at is not None
        assert abs(facts.timestamped_at - at) < timedelta(minutes=1)
    assert (b"/DSS" in sealed.pdf) is (level in {Level.B_LT, Level.B_LTA})
    assert (b"/ETSI.RFC3161" in sealed.pdf) is (level is Level.B_LTA)


def test_an_authority_that_is_not_trusted_vouches_for_nothing(stamped: Callable[..., Seal], paper: bytes) -> None:
    at = datetime.now(UTC)
    with_token = stamped(Level.B_T).sealed(paper, at).pdf
    assert inspection(with_token).holds
    assert inspection(with_token).timestamped_at is None
    # The last time-stamp of an archive covers bytes that the seal does not: only a trusted one may add them.
    archived = stamped(Level.B_LTA).sealed(paper, at).pdf
    assert not inspection(archived).holds


def test_bytes_after_the_last_time_stamp_are_seen(stamped: Callable[..., Seal], paper: bytes) -> None:
    seal = stamped(Level.B_LTA)
    archived = seal.sealed(paper, datetime.now(UTC)).pdf
    assert not seal_holds(archived + b"\n", seal.certificate, seal.timestamp_roots)


def test_pdfsig_finds_a_stamped_seal_valid(stamped: Callable[..., Seal], paper: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped(Level.B_T).sealed(paper, datetime.now(UTC)).pdf)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert "Signature is Valid" in said


# When the authority is away, slow, or lies


@contextmanager
def answering(answer: Answer, kind: str = "application/timestamp-reply", status: int = 200) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def another_request(query: bytes, **changes: Any) -> bytes:
    request = tsp.TimeStampReq.load(query)
    for name, value in changes.items():
        request[name] = value
    return bytes(request.dump(force=True))


def lies(authority: Authority) -> dict[str, Answer]:
    now = datetime.now(UTC)
    return {
        "another nonce": lambda query: authority.answer(another_request(query, nonce=7), now),
        "another digest": lambda query: authority.answer(
            another_request(query, message_imprint={"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}), now
        ),
        "no": lambda _: authority.answer(b"not a query", now),
        "garbage": lambda _: b"\x30\x03garbage",
        "nothing": lambda _: b"",
        "too long": lambda _: bytes(200_000),
    }


@pytest.mark.parametrize("lie", list(lies(new_authority(datetime.now(UTC)))))
def test_a_lie_lowers_the_seal_and_never_stops_it(
    lie: str, stamped: Callable[..., Seal], tsa: StampServer, paper: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with answering(lies(tsa.authority)[lie]) as url, caplog.at_level(logging.WARNING):
        sealed = stamped(Level.B_T, url).sealed(paper, datetime.now(UTC))
    assert (sealed.level, sealed.wanted, sealed.is_as_wanted) == (Level.B_B, Level.B_T, False)
    assert "SEAL-LEVEL-LOWERED: B-T" in caplog.text
    assert url not in caplog.text
    assert inspection(sealed.pdf).holds


@pytest.mark.parametrize(("kind", "status"), [("text/html", 200), ("application/timestamp-reply", 500), ("text/html", 302)])
def test_an_authority_that_is_ill_is_done_without(
    kind: str, status: int, stamped: Callable[..., Seal], tsa: StampServer, paper: bytes
) -> None:
    with answering(lambda query: tsa.authority.answer(query, datetime.now(UTC)), kind, status) as url:
        assert stamped(Level.B_T, url).sealed(paper, datetime.now(UTC)).level is Level.B_B


def test_an_authority_that_is_down_is_done_without(stamped: Callable[..., Seal], paper: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    sealed = stamped(Level.B_LTA, f"http://127.0.0.1:{port}/").sealed(paper, datetime.now(UTC))
    assert (sealed.level, sealed.wanted) == (Level.B_B, Level.B_LTA)


def test_nobody_waits_long_for_a_slow_authority(stamped: Callable[..., Seal], paper: bytes) -> None:
    def slowly(_: bytes) -> bytes:
        sleep(3)
        return b""

    with answering(slowly) as url:
        started = monotonic()
        sealed = stamped(Level.B_T, url, 0.2).sealed(paper, datetime.now(UTC))
        assert monotonic() - started < 2
    assert sealed.level is Level.B_B


def test_a_seal_without_stamping_asks_nobody(seal: Seal, paper: bytes) -> None:
    assert replace(seal).sealed(paper, datetime.now(UTC)).level is Level.B_B

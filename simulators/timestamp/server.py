"""The authority over HTTP: ``POST /`` with a query, ``GET /root.pem`` for whoever wants to trust it, ``GET /health``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from simulators.timestamp.authority import Authority, new_authority

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LONGEST_QUERY = 4096


class StampServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], authority: Authority) -> None:
        super().__init__(address, _Handler)
        self.authority = authority

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: StampServer

    def do_GET(self) -> None:
        if self.path == "/root.pem":
            self._answer(200, "application/x-pem-file", self.server.authority.root_pem)
        elif self.path == "/health":
            self._answer(200, "text/plain; charset=utf-8", b"ok")
        else:
            self._answer(404, "text/plain; charset=utf-8", "L’horodatage se demande par POST sur /.".encode())

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Content-Type") != QUERY or not 0 < length <= LONGEST_QUERY:
            self._answer(415, "text/plain; charset=utf-8", f"Attendu : {QUERY}, {LONGEST_QUERY} octets au plus.".encode())
            return
        self._answer(200, REPLY, self.server.authority.answer(self.rfile.read(length), datetime.now(UTC)))

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: a digest is nobody's business."""


@contextmanager
def stamp_server(host: str, port: int) -> Iterator[StampServer]:
    with StampServer((host, port), new_authority(datetime.now(UTC))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()

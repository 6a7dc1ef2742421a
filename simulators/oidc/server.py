"""A small threaded HTTP server, for the command line and for tests."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication

from simulators.oidc.app import BASE, application
from simulators.oidc.client import Client
from simulators.oidc.dialect import Dialect, Person
from simulators.oidc.provider import Clock, Provider

HOST = "127.0.0.1"
Around = Callable[[WSGIApplication], WSGIApplication]


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: the lines would hold codes and tokens."""


def listen(port: int) -> ThreadedServer:
    """A server bound to that loopback port (0: any free one), which answers once it has an application and is served."""
    return make_server(HOST, port, _not_ready, server_class=ThreadedServer, handler_class=Silent)


def issuer_at(port: int) -> str:
    return f"http://{HOST}:{port}{BASE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    issuer: str
    provider: Provider


@contextmanager
def running(
    people: Sequence[Person],
    *,
    dialect: Dialect,
    client: Client,
    clock: Clock = time.time,
    provider_class: type[Provider] = Provider,
    around: Around | None = None,
) -> Iterator[Running]:
    """The provider, served on a free loopback port while the block lasts; ``around`` puts it in trouble, for tests."""
    with listen(0) as server:
        issuer = issuer_at(server.server_port)
        provider = provider_class(dialect=dialect, issuer=issuer, client=client, people=people, clock=clock)
        served = application(provider)
        server.set_app(around(served) if around else served)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Running(issuer=issuer, provider=provider)
        finally:
            server.shutdown()
            thread.join()


def _not_ready(_: Any, start_response: Any) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return []

"""The command line of a simulated provider: serve until told to stop."""

import argparse
import json
import signal
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from simulators.oidc.app import application
from simulators.oidc.client import Client
from simulators.oidc.dialect import Dialect, Person
from simulators.oidc.provider import Provider
from simulators.oidc.server import issuer_at, listen

ReadPeople = Callable[[Path], Sequence[Person]]


def serve(dialect: Dialect, read_people: ReadPeople, options: argparse.Namespace) -> int:
    jwks_url: str | None = getattr(options, "client_jwks", None)
    client = Client(
        client_id=options.client_id,
        client_secret=options.client_secret,
        redirect_uri=options.redirect_uri,
        post_logout_redirect_uri=options.post_logout_redirect_uri,
        encryption_keys=(lambda: fetched(jwks_url)) if jwks_url else None,
    )
    try:
        people = read_people(options.people)
    except (OSError, ValueError, KeyError) as trouble:
        print(f"Fichier de personnes illisible ({options.people}) : {trouble}", file=sys.stderr)
        return 2
    try:
        server = listen(options.port)
    except OSError as trouble:
        print(f"Le port {options.port} est déjà pris ({trouble.strerror}). Choisissez-en un autre : --port.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with server:
        issuer = issuer_at(server.server_port)
        provider = Provider(dialect=dialect, issuer=issuer, client=client, people=people, clock=time.time)
        server.set_app(application(provider))
        print(f"{dialect.title} : {issuer}", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


def fetched(url: str) -> Mapping[str, Any]:
    """The client's key set, on this machine: no proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as answer:
        found: Mapping[str, Any] = json.load(answer)
    return found


def parser(program: str, description: str, *, port: int, people: Path) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog=program, description=description)
    options.add_argument("--people", type=Path, default=people, help="fichier TOML des personnes inventées")
    options.add_argument("--port", type=int, default=port, help="port de la boucle locale (0 : un port libre)")
    options.add_argument("--client-id", required=True)
    options.add_argument("--client-secret", required=True)
    options.add_argument("--redirect-uri", required=True, help="adresse de retour après connexion, exacte")
    options.add_argument("--post-logout-redirect-uri", required=True, help="adresse de retour après déconnexion, exacte")
    return options

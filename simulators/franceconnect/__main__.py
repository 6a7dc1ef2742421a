"""``python -m simulators.franceconnect``: serve until told to stop."""

import argparse
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from simulators.franceconnect.app import application
from simulators.franceconnect.client import Client
from simulators.franceconnect.people import read_people
from simulators.franceconnect.provider import Provider
from simulators.franceconnect.server import issuer_at, listen


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    client = Client(
        client_id=options.client_id,
        client_secret=options.client_secret,
        redirect_uri=options.redirect_uri,
        post_logout_redirect_uri=options.post_logout_redirect_uri,
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
        server.set_app(application(Provider(issuer=issuer, client=client, people=people, clock=time.time)))
        print(f"Fournisseur d'identité simulé : {issuer}", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="simulators.franceconnect", description="Fournisseur d'identité simulé, strict.")
    options.add_argument("--people", type=Path, required=True, help="fichier TOML des personnes inventées")
    options.add_argument("--port", type=int, default=8001, help="port de la boucle locale (0 : un port libre)")
    options.add_argument("--client-id", required=True)
    options.add_argument("--client-secret", required=True)
    options.add_argument("--redirect-uri", required=True, help="adresse de retour après connexion, exacte")
    options.add_argument("--post-logout-redirect-uri", required=True, help="adresse de retour après déconnexion, exacte")
    return options


if __name__ == "__main__":
    sys.exit(main())

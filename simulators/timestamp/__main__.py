"""``python -m simulators.timestamp --port 8003 --root root.pem``: runs until interrupted."""

import argparse
import signal
import sys
from pathlib import Path
from threading import Event

from simulators.timestamp.server import stamp_server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m simulators.timestamp", description="Autorité d’horodatage simulée.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (par défaut : cette machine seule)")
    parser.add_argument("--port", type=int, default=8003)
    parser.add_argument("--root", type=Path, help="où écrire le certificat de sa racine, faite à chaque démarrage")
    options = parser.parse_args()
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with stamp_server(options.host, options.port) as server:
            if options.root is not None:
                options.root.write_bytes(server.authority.root_pem)
            print(f"Horodatage : {server.url} (racine : {server.url}root.pem)", flush=True)
            stopped.wait()
    except OSError as error:
        print(f"Le port {options.port} est pris ({error.strerror}) : choisissez-en un autre avec --port.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

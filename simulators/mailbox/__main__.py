"""``python -m simulators.mailbox --smtp-port 2525 --http-port 8025``: runs until interrupted."""

import argparse
import signal
import sys
from threading import Event

from simulators.mailbox.server import mailbox


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m simulators.mailbox", description="Boîte aux lettres simulée.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (par défaut : cette machine seule)")
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--http-port", type=int, default=8025)
    options = parser.parse_args()
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with mailbox(options.host, options.smtp_port, options.http_port) as box:
            print(f"Boîte aux lettres : http://{options.host}:{box.http_port}/ (SMTP sur le port {box.smtp_port})", flush=True)
            stopped.wait()
    except OSError as error:
        print(
            f"Le port {options.smtp_port} ou {options.http_port} est pris ({error.strerror}) : "
            "choisissez-en d’autres avec --smtp-port et --http-port.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

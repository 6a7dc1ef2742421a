"""``python -m simulators.franceconnect``: serve until told to stop; ``--plus`` for FranceConnect+."""

import argparse
import sys
from pathlib import Path

from simulators.franceconnect.authorize import FRANCECONNECT, FRANCECONNECT_PLUS
from simulators.franceconnect.people import read_people
from simulators.oidc import command

PEOPLE = Path(__file__).with_name("people.toml")


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    return command.serve(FRANCECONNECT_PLUS if options.plus else FRANCECONNECT, read_people, options)


def parser() -> argparse.ArgumentParser:
    options = command.parser("simulators.franceconnect", "Fournisseur d'identité simulé, strict.", port=8001, people=PEOPLE)
    options.add_argument("--plus", action="store_true", help="FranceConnect+ : niveau élevé, réponses chiffrées")
    options.add_argument("--client-jwks", help="adresse des clés publiques du service (avec --plus)")
    return options


if __name__ == "__main__":
    sys.exit(main())

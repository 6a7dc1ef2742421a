"""``python -m simulators.proconnect``: serve until told to stop."""

import argparse
import sys
from pathlib import Path

from simulators.oidc import command
from simulators.proconnect.authorize import PROCONNECT
from simulators.proconnect.people import read_agents

PEOPLE = Path(__file__).with_name("people.toml")


def main(arguments: list[str] | None = None) -> int:
    return command.serve(PROCONNECT, read_agents, parser().parse_args(arguments))


def parser() -> argparse.ArgumentParser:
    return command.parser("simulators.proconnect", "ProConnect simulé, strict.", port=8002, people=PEOPLE)


if __name__ == "__main__":
    sys.exit(main())

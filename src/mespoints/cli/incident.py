"""``mespoints incident``: days of which the data are late, missing or wrong, and the sentence people read about them."""

import argparse
import sys
from datetime import UTC, date, datetime

from mespoints.cli.surroundings import django_started
from mespoints.cli.terminal import show, visible
from mespoints.register.sources import Source

LARGEST_NUMBER = 2**63 - 1
EVERY_SOURCE = "all"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("incident", help="déclarer, clore ou lister les incidents sur les données")
    acts = parser.add_subparsers(dest="act", metavar="ACTE", required=True)
    declared = acts.add_parser("declare", help="le dire au public dès maintenant")
    declared.add_argument("sentence", metavar="PHRASE", help="pour le public : ce qui manque, et quand cela reviendra")
    declared.add_argument("--source", choices=[EVERY_SOURCE, *map(str, Source)], default=EVERY_SOURCE, help="(%(default)s)")
    declared.add_argument("--first-day", type=day, required=True, metavar="AAAA-MM-JJ")
    declared.add_argument("--last-day", type=day, metavar="AAAA-MM-JJ", help="compris ; sans lui, personne ne le connaît encore")
    closed = acts.add_parser("close", help="ne plus l’afficher")
    closed.add_argument("number", type=int, metavar="N")
    closed.add_argument("--last-day", type=day, required=True, metavar="AAAA-MM-JJ", help="le dernier jour touché, compris")
    for act in (declared, closed):
        act.add_argument("--operator", type=int, default=0, metavar="N", help="le compte gardé avec l’acte (%(default)s)")
    acts.add_parser("list", help="les incidents, les derniers d’abord")


def day(text: str) -> date:
    """Raises ``argparse.ArgumentTypeError``, which names the option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {visible(text)} » n’est pas un jour ; attendu AAAA-MM-JJ") from None


def run(args: argparse.Namespace) -> int:
    """0 when it is done, 2 when nothing could be done."""
    with django_started():
        from mespoints.register.incidents import IncidentFault, UnknownIncident  # noqa: PLC0415 – needs Django started

        acts = {"declare": declare, "close": close, "list": list_incidents}
        try:
            return acts[args.act](args)
        except (IncidentFault, UnknownIncident) as refusal:
            said = str(refusal)
            print(f"{said[0].upper()}{said[1:]}.", file=sys.stderr)
            return 2


def declare(args: argparse.Namespace) -> int:
    from mespoints.register.incidents import declare_incident  # noqa: PLC0415 – once Django is started

    number = declare_incident(
        first_day=args.first_day,
        last_day=args.last_day,
        sentence=args.sentence,
        by=args.operator,
        since=datetime.now(UTC),
        source=None if args.source == EVERY_SOURCE else Source(args.source),
    )
    return show([f"Incident {number} déclaré : le public le lit dès maintenant."])


def close(args: argparse.Namespace) -> int:
    from mespoints.register.incidents import UnknownIncident, close_incident  # noqa: PLC0415 – once Django is started

    if not 0 <= args.number <= LARGEST_NUMBER:
        raise UnknownIncident(f"aucun incident ne porte le numéro {args.number}")
    close_incident(args.number, last_day=args.last_day, by=args.operator, at=datetime.now(UTC))
    return show([f"Incident {args.number} clos : il n’est plus affiché."])


def list_incidents(_: argparse.Namespace) -> int:
    from mespoints.desk.pages.incidents import incident_line  # noqa: PLC0415 – once Django is started
    from mespoints.register.incidents import incidents  # noqa: PLC0415 – same

    lines = [
        line
        for each in map(incident_line, incidents())
        for line in (f"{each.number}  {each.source}, {each.days} ({each.shown})", f"   {each.sentence}")
    ]
    return show(lines or ["Aucun incident n’a été déclaré."])

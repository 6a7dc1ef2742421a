"""``mespoints deliver``: answer the requests for a code, and send the messages that wait."""

import argparse
import sys
import time
from datetime import UTC, datetime

from mespoints.cli.surroundings import django_started
from mespoints.messages.channels import Channel
from mespoints.operations.outgoing import mail


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("deliver", help="envoyer les messages en attente")
    parser.add_argument("--every", type=float, metavar="SECONDES", help="recommencer sans fin, à cet intervalle")


def run(args: argparse.Namespace) -> int:
    """One pass, or passes without end until Ctrl-C or SIGTERM. What fails is tried again later, by the outbox's own delays."""
    with django_started() as environment:
        channel = mail(environment.smtp_url, environment.base_url)
        if channel is None:
            remedy = "dites par où partent les messages, par exemple smtp://127.0.0.1:2525"
            print(f"MESPOINTS_SMTP_URL manque : {remedy}.", file=sys.stderr)
            return 1
        while True:
            is_done = one_pass(channel)
            if args.every is None:
                return 0 if is_done else 1
            time.sleep(args.every)


def one_pass(channel: Channel) -> bool:
    """False when the database is away: it may be back for the next pass, and messages lose nothing by waiting."""
    from django.db import OperationalError, connection  # noqa: PLC0415 – once Django is started

    from mespoints.identity.claim_courier import settle_claims  # noqa: PLC0415 – its tables need Django started
    from mespoints.messages.outbox import deliver_pending  # noqa: PLC0415 – same

    try:
        settle_claims(datetime.now(UTC))
        report = deliver_pending(channel, datetime.now(UTC))
    except OperationalError:
        print("La base de données ne répond pas : les messages attendent.", file=sys.stderr, flush=True)
        connection.close()
        return False
    if report.sent or report.postponed or report.abandoned:
        print(f"{report.sent} envoyés, {report.postponed} remis à plus tard, {report.abandoned} abandonnés", flush=True)
    return True

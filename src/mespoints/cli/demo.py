"""``mespoints demo``: what ``make demo`` runs."""

import argparse
import os
import shutil
import sys
from datetime import UTC, datetime

from mespoints.cli.surroundings import USUAL_PORTS
from mespoints.config import environment
from mespoints.operations.demo import launcher
from mespoints.operations.demo.plan import Plan, Ports
from mespoints.operations.embedded_postgres import EmbeddedPostgres
from mespoints.operations.postgres_programs import EmbeddedPostgresError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="tout démarrer sur cette machine, avec des personnes inventées")
    parser.add_argument("--port", type=int, default=USUAL_PORTS.portal, help="port du portail (%(default)s)")
    parser.add_argument(
        "--franceconnect-port", type=int, default=USUAL_PORTS.franceconnect, help="FranceConnect simulé (%(default)s)"
    )
    parser.add_argument("--proconnect-port", type=int, default=USUAL_PORTS.proconnect, help="ProConnect simulé (%(default)s)")
    parser.add_argument("--mailbox-port", type=int, default=USUAL_PORTS.mailbox, help="page des messages envoyés (%(default)s)")
    parser.add_argument("--smtp-port", type=int, default=USUAL_PORTS.smtp, help="réception des messages (%(default)s)")
    parser.add_argument("--check", action="store_true", help="démarrer, vérifier que l’accueil répond, puis arrêter")
    parser.add_argument("--erase", action="store_true", help="effacer la démonstration et sa base, sans rien démarrer")


def run(args: argparse.Namespace) -> int:
    ports = Ports(
        portal=args.port,
        franceconnect=args.franceconnect_port,
        proconnect=args.proconnect_port,
        mailbox=args.mailbox_port,
        smtp=args.smtp_port,
    )
    plan = Plan(
        checkout=environment.CHECKOUT,
        data_dir=environment.data_dir(os.environ),
        ports=ports,
        database_url=os.environ.get("DATABASE_URL", "").strip() or None,
        check_only=args.check,
    )
    return erase(plan) if args.erase else launcher.run(plan, lambda: datetime.now(UTC))


def erase(plan: Plan) -> int:
    """The embedded database and the demonstration's secrets; a database of ``DATABASE_URL`` is not ours to erase."""
    try:
        EmbeddedPostgres(plan.data_dir / "postgres").erase()
    except EmbeddedPostgresError as failure:
        print(failure, file=sys.stderr)
        return 1
    shutil.rmtree(plan.folder, ignore_errors=True)
    return 0

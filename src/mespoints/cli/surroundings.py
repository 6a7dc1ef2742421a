"""What a command needs around it: a database that runs, an environment that is complete, Django started."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from mespoints.config import environment
from mespoints.config.environment import CHECKOUT, Environment
from mespoints.config.variables import IncompleteEnvironment
from mespoints.operations.demo.credentials import credentials
from mespoints.operations.demo.plan import Plan, Ports, variables
from mespoints.operations.embedded_postgres import EmbeddedPostgres
from mespoints.operations.postgres_programs import EmbeddedPostgresError

USUAL_PORTS = Ports(portal=8000, franceconnect=8001, proconnect=8002, mailbox=8025, smtp=2525)


@contextmanager
def database() -> Iterator[None]:
    """``DATABASE_URL`` as given; without it this machine is a workbench: the embedded database, and the demonstration's
    own secrets for whatever else is not given.
    """
    if os.environ.get("DATABASE_URL", "").strip():
        yield
        return
    data_dir = environment.data_dir(os.environ)
    plan = Plan(checkout=CHECKOUT, data_dir=data_dir, ports=USUAL_PORTS, database_url=None, check_only=False)
    with EmbeddedPostgres(data_dir / "postgres") as url:
        for name, value in variables(plan, url, credentials(plan.folder, datetime.now(UTC))).items():
            os.environ.setdefault(name, value)
        yield


@contextmanager
def django_started() -> Iterator[Environment]:
    """Exits with status 1 and one sentence when the environment is not complete."""
    try:
        with database():
            read = Environment.read(os.environ)
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespoints.config.settings")
            import django  # noqa: PLC0415 – "evaluate" must not pay for it

            django.setup()
            yield read
    except (IncompleteEnvironment, EmbeddedPostgresError) as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)

"""Where the demonstration stands and by which doors it is entered."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mespoints.documents.visible_code.signature import TEST_AUTHORITY, TEST_CERTIFICATE
from mespoints.operations.demo.credentials import CLIENT_ID, Credentials


class PortTaken(Exception):
    """One sentence, with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    portal: int
    franceconnect: int
    proconnect: int
    mailbox: int
    smtp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    checkout: Path
    """Where the simulators are: they stand beside the package, not in it."""
    data_dir: Path
    ports: Ports
    database_url: str | None
    """``None``: the embedded one."""
    check_only: bool

    @property
    def folder(self) -> Path:
        return self.data_dir / "demo"

    @property
    def base_url(self) -> str:
        # Not 127.0.0.1: the simulated provider has that name, and cookies do not tell ports apart.
        return f"http://localhost:{self.ports.portal}"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.ports.franceconnect}/api/v2"

    @property
    def agents_issuer(self) -> str:
        return f"http://127.0.0.1:{self.ports.proconnect}/api/v2"


def variables(plan: Plan, database_url: str, held: Credentials) -> Mapping[str, str]:
    """The environment of the portal, complete."""
    return {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "mespoints.config.settings",
        "MESPOINTS_SECRET_KEY": held.secret_key,
        "MESPOINTS_HOSTS": "localhost,127.0.0.1",
        "MESPOINTS_BASE_URL": plan.base_url,
        "MESPOINTS_DATA_DIR": str(plan.data_dir),
        "MESPOINTS_INVENTED_DATA": "1",
        "MESPOINTS_FRANCECONNECT": plan.issuer,
        "MESPOINTS_FRANCECONNECT_CLIENT_ID": CLIENT_ID,
        "MESPOINTS_FRANCECONNECT_CLIENT_SECRET": held.client_secret,
        "MESPOINTS_PROCONNECT": plan.agents_issuer,
        "MESPOINTS_PROCONNECT_CLIENT_ID": CLIENT_ID,
        "MESPOINTS_PROCONNECT_CLIENT_SECRET": held.agents_client_secret,
        "MESPOINTS_SMTP_URL": f"smtp://127.0.0.1:{plan.ports.smtp}",
        "MESPOINTS_SEAL_KEY": str(held.seal_key),
        "MESPOINTS_SEAL_CERTIFICATE": str(held.seal_certificate),
        "MESPOINTS_2DDOC_KEY": str(held.visible_code_key),
        "MESPOINTS_2DDOC_AUTHORITY": TEST_AUTHORITY,
        "MESPOINTS_2DDOC_CERTIFICATE": TEST_CERTIFICATE,
        "MESPOINTS_PAPER_KEYS": str(held.paper_keys),
        "MESPOINTS_STATUS_KEY": str(held.status_key),
        "MESPOINTS_FEED_KEYS": str(held.feed_keys),
        "MESPOINTS_DROP_FOLDER": str(plan.folder / "drop"),
    }


def check_ports(ports: Ports) -> None:
    """Raises ``PortTaken`` before anything is started."""
    doors = (
        (ports.portal, "PORT", "--port"),
        (ports.franceconnect, "FRANCECONNECT_PORT", "--franceconnect-port"),
        (ports.proconnect, "PROCONNECT_PORT", "--proconnect-port"),
        (ports.mailbox, "MAILBOX_PORT", "--mailbox-port"),
        (ports.smtp, "SMTP_PORT", "--smtp-port"),
    )
    for port, variable, option in doors:
        remedy = f"choisissez-en un autre par « make demo {variable}={port + 100} » ou {option} {port + 100}"
        if [door for door, _, _ in doors].count(port) > 1:
            raise PortTaken(f"Le port {port} est demandé deux fois : {remedy}.")
        with socket.socket() as door:
            # As servers do: an address a closed connection still lingers on is free.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                raise PortTaken(f"Le port {port} est occupé par un autre programme : arrêtez-le, ou {remedy}.") from None

"""The invented people who work, and their invitations."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

AGENTS_FILE = files("mespoints.operations.demo").joinpath("agents.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgent:
    name: str
    email: str
    shows: str
    invited_as: tuple[str, ...]
    is_approved: bool


def demo_agents() -> tuple[DemoAgent, ...]:
    """In the order of the file."""
    return tuple(_agent(table) for table in tomllib.loads(AGENTS_FILE.read_text(encoding="utf-8"))["agent"])


def invite_agents(now: "datetime") -> None:
    """By two people of the demonstration, at the command line; those who may come in already are left alone."""
    from mespoints.identity.agents import approve, invite  # noqa: PLC0415 – its tables need Django set up
    from mespoints.identity.invitations import AlreadyInvited, AtConsole  # noqa: PLC0415 – same
    from mespoints.identity.roles import Role  # noqa: PLC0415 – same

    first = AtConsole(name="Anne Ouverture", machine_account="démonstration")
    second = AtConsole(name="Basile Relecture", machine_account="démonstration")
    for each in demo_agents():
        for role in each.invited_as:
            try:
                number = invite(first, each.email, Role(role), now)
            except AlreadyInvited:
                continue
            if each.is_approved:
                approve(second, number, now)


def _agent(table: dict[str, Any]) -> DemoAgent:
    return DemoAgent(
        name=f"{table['given_name']} {table['usual_name']}",
        email=table["email"],
        shows=table["shows"],
        invited_as=tuple(table.get("invited_as", ())),
        is_approved=table.get("is_approved", True),
    )

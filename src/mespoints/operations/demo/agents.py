"""The invented people who work, and whom the demonstration invites."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

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


def _agent(table: dict[str, Any]) -> DemoAgent:
    return DemoAgent(
        name=f"{table['given_name']} {table['usual_name']}",
        email=table["email"],
        shows=table["shows"],
        invited_as=tuple(table.get("invited_as", ())),
        is_approved=table.get("is_approved", True),
    )

"""One variable at a time: how it is read, how its absence is said."""

from collections.abc import Mapping


class IncompleteEnvironment(Exception):
    """A variable is missing or cannot be used. The message is one sentence for the person who installs."""


def text(variables: Mapping[str, str], name: str) -> str | None:
    return variables.get(name, "").strip() or None

"""The figures of the law, each looked up by the day that the rule names. The values stand in ``parameters.toml``."""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Dated:
    """A figure with its successive values."""

    name: str
    days: tuple[date, ...]
    values: tuple[int, ...]

    def in_force(self, day: date) -> int:
        """The value on ``day``; before the first one, the first (nothing older is modelled)."""
        rank = bisect_right(self.days, day)
        return self.values[rank - 1] if rank else self.values[0]


def load() -> dict[str, Dated]:
    text = files("mespoints.law.texts").joinpath("parameters.toml").read_text(encoding="utf-8")
    return {name: dated(name, table["values"]) for name, table in tomllib.loads(text).items()}


def dated(name: str, values: list[dict[str, object]]) -> Dated:
    days = tuple(day for row in values if isinstance(day := row["from"], date))
    figures = tuple(figure for row in values if isinstance(figure := row["value"], int))
    if len(days) != len(values) or len(figures) != len(values) or list(days) != sorted(set(days)):
        raise ValueError(f"parameters.toml: {name}: values expected in order of days, each with `from` and an integer `value`")
    return Dated(name, days, figures)


PARAMETERS = load()

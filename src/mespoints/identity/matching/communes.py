"""The history of commune codes: which code became which. The table is made by ``make communes`` (scripts/communes.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TABLE = files("mespoints.identity.matching").joinpath("communes.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneHistory:
    """``became``: a former code → the code of today. ``city_of``: an arrondissement → its whole city."""

    became: Mapping[str, str]
    city_of: Mapping[str, str]
    version: str
    """Of the published table."""

    def is_one_place(self, a: str, b: str) -> bool:
        """One code became the other at some date, or both are former codes of one commune that kept its last three figures when
        departments were made anew (78182, then 91182). Two communes absorbed by a third one stay two places.
        """
        today, other_today = self.became.get(a), self.became.get(b)
        return a != b and (today == b or other_today == a or (today is not None and today == other_today and a[2:] == b[2:]))

    def is_city_and_part(self, a: str, b: str) -> bool:
        return self.city_of.get(a) == b or self.city_of.get(b) == a


@cache
def commune_history() -> CommuneHistory:
    """As shipped."""
    return parse(TABLE.read_text(encoding="utf-8"))


def parse(table: str) -> CommuneHistory:
    """Lines ``today: former former`` and ``city/ part part``; ``#`` begins a comment, ``# version: …`` is read."""
    became: dict[str, str] = {}
    city_of: dict[str, str] = {}
    version = ""
    for line in table.splitlines():
        if line.startswith("#"):
            label, _, value = line.removeprefix("#").partition(":")
            version = value.strip() if label.strip() == "version" else version
            continue
        head, *others = line.split()
        known = became if head.endswith(":") else city_of
        known.update(dict.fromkeys(others, head[:-1]))
    if not version or not became or not city_of:
        raise ValueError("communes.txt: no version, or no code; run make communes")
    return CommuneHistory(became=became, city_of=city_of, version=version)

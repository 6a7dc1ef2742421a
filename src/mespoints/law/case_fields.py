"""Fields of a JSON object read one by one, each refusal saying what was found, where, and what was expected."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from mespoints.law.calendar import LAST_YEAR

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONGEST_ID = 64
LONGEST_SHOWN = 80
REQUIRED: Any = object()


class CaseError(Exception):
    """A case refused: ``code`` of the contract, ``path`` of the field, ``message`` for people."""

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.path = path
        self.message = message

    def as_json(self) -> dict[str, dict[str, str]]:
        return {"error": {"code": self.code, "path": self.path, "message": self.message}}


def refuse(code: str, path: str, message: str) -> NoReturn:
    raise CaseError(code, path, message)


def shown(value: object) -> str:
    """What was found, as JSON, shortened, with nothing that a terminal could not print."""
    try:
        text = json.dumps(value, ensure_ascii=True, default=str)
    except (RecursionError, ValueError):  # So deep, or a number so long, that it could be read but cannot be written.
        return "une valeur démesurée"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and the path that leads to it."""

    values: dict[str, Any]
    path: str

    @classmethod
    def of(cls, value: object, path: str, allowed: Iterable[str]) -> "Fields":
        if not isinstance(value, dict):
            refuse("unknown_value", path, f"trouvé {shown(value)} ; attendu un objet JSON.")
        fields = cls(value, path)
        known = sorted(allowed)
        for name in value:
            if name not in known:
                message = f"champ {shown(name)} inconnu ; attendu un de : {', '.join(known)}."
                refuse("unknown_field", fields.at(str(name)[:LONGEST_SHOWN]), message)
        return fields

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def get(self, name: str, expected: str, default: Any = REQUIRED) -> Any:
        if name in self.values:
            return self.values[name]
        if default is REQUIRED:
            refuse("missing", self.at(name), f"champ « {name} » absent ; attendu {expected}.")
        return default

    def below(self, name: str, allowed: Iterable[str]) -> "Fields":
        return Fields.of(self.get(name, "un objet JSON"), self.at(name), allowed)

    def text(self, name: str, default: Any = REQUIRED, longest: int | None = LONGEST_ID) -> Any:
        value = self.get(name, "un texte", default)
        if name not in self.values:
            return default
        if not isinstance(value, str):
            refuse("unknown_value", self.at(name), f"trouvé {shown(value)} ; attendu un texte.")
        if longest is not None and not 1 <= len(value) <= longest:
            refuse("out_of_range", self.at(name), f"trouvé {len(value)} caractères ; attendu de 1 à {longest}.")
        return value

    def word(self, name: str, words: Iterable[str], default: Any = REQUIRED) -> Any:
        allowed = list(words)
        value = self.get(name, f"un de : {', '.join(allowed)}", default)
        if name not in self.values:
            return default
        if not isinstance(value, str) or value not in allowed:
            refuse("unknown_value", self.at(name), f"trouvé {shown(value)} ; attendu un de : {', '.join(allowed)}.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.get(name, "true ou false", default)
        if not isinstance(value, bool):
            refuse("unknown_value", self.at(name), f"trouvé {shown(value)} ; attendu true ou false.")
        return value

    def number(self, name: str, least: int, most: int) -> int:
        value = self.get(name, f"un entier de {least} à {most}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            refuse("unknown_value", self.at(name), f"trouvé {shown(value)} ; attendu un entier de {least} à {most}.")
        whole = isinstance(value, int) or value.is_integer()
        if not whole or not least <= value <= most:
            refuse("out_of_range", self.at(name), f"trouvé {shown(value)} ; attendu un entier de {least} à {most}.")
        return int(value)

    def day(self, name: str) -> date:
        return read_day(self.get(name, "un jour AAAA-MM-JJ"), self.at(name))

    def optional_day(self, name: str) -> date | None:
        """The field may be left out; null is no day."""
        return self.day(name) if name in self.values else None

    def nullable_day(self, name: str, default: Any = REQUIRED) -> date | None:
        """Null says that there is no such day."""
        return None if self.get(name, "un jour AAAA-MM-JJ, ou null", default) is None else self.day(name)

    def array(self, name: str, most: int, default: Any = REQUIRED) -> list[Any]:
        value = self.get(name, "une liste", default)
        if not isinstance(value, list):
            refuse("unknown_value", self.at(name), f"trouvé {shown(value)} ; attendu une liste.")
        if len(value) > most:
            refuse("too_large", self.at(name), f"trouvé {len(value)} éléments ; attendu {most} au plus.")
        return value

    def each_day(self, name: str, most: int) -> Iterator[date]:
        for rank, value in enumerate(self.array(name, most, default=[])):
            yield read_day(value, f"{self.at(name)}[{rank}]")


def read_day(value: object, path: str) -> date:
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        refuse("not_a_day", path, f"trouvé {shown(value)} ; attendu un jour sous la forme AAAA-MM-JJ.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        refuse("not_a_day", path, f"trouvé {shown(value)}, un jour qui n'existe pas ; attendu un jour du calendrier.")
    if day.year > LAST_YEAR:
        refuse("out_of_range", path, f"trouvé {shown(value)} ; attendu une année jusqu'à {LAST_YEAR}.")
    return day

"""The words of the messages: data in ``templates.toml``, filled with nothing but a moment and, in some, a one-time code."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class TemplateCode(StrEnum):
    SIGN_IN_NOTICE = "sign_in_notice"
    ACTIVATION_CODE = "activation_code"
    LINKED_NOTICE = "linked_notice"
    ALREADY_LINKED_NOTICE = "already_linked_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    subject: str
    body: str

    @property
    def carries_a_code(self) -> bool:
        """Then its words are erased from the outbox as soon as they have served."""
        return "{code}" in self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message ready to be sent."""

    subject: str
    body: str


@cache
def template(code: TemplateCode) -> Template:
    texts = tomllib.loads(files("mespoints.messages").joinpath("templates.toml").read_text(encoding="utf-8"))
    return Template(subject=texts[code]["subject"], body=texts[code]["body"].lstrip())


def words(code: TemplateCode, moment: datetime, one_time_code: str | None = None) -> Words:
    """``moment`` (aware) is told in the civil time of Paris, to the minute. ValueError when a code lacks, or has no place."""
    local = moment.astimezone(PARIS)
    day = f"{'1er' if local.day == 1 else local.day} {MONTHS[local.month - 1]} {local.year}"
    text = template(code)
    if text.carries_a_code is (one_time_code is None):
        raise ValueError(f"{code}: a one-time code goes with the templates that have a place for it, and with no other")
    told = {"day": day, "hour": f"{local.hour} h {local.minute:02d}", "code": one_time_code}
    return Words(subject=text.subject, body=text.body.format(**told))

"""The words of the messages: data in ``templates.toml``, filled with nothing but a moment."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message ready to be sent."""

    subject: str
    body: str


@cache
def template(code: TemplateCode) -> Template:
    texts = tomllib.loads(files("mespoints.messages").joinpath("templates.toml").read_text(encoding="utf-8"))
    return Template(subject=texts[code]["subject"], body=texts[code]["body"].lstrip())


def words(code: TemplateCode, moment: datetime) -> Words:
    """``moment`` (aware) is told in the civil time of Paris, to the minute."""
    local = moment.astimezone(PARIS)
    day = f"{'1er' if local.day == 1 else local.day} {MONTHS[local.month - 1]} {local.year}"
    text = template(code)
    return Words(subject=text.subject, body=text.body.format(day=day, hour=f"{local.hour} h {local.minute:02d}"))

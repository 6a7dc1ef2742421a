"""The words of the messages: data in ``templates.toml``, filled with nothing but a moment and, for some, a one-time code."""

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
    EMAIL_CODE = "email_code"
    PASSWORD_CODE = "password_code"  # noqa: S105 – a name, not a password
    ACCOUNT_EXISTS = "account_exists"
    NO_ACCOUNT = "no_account"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 – same
    EMAIL_CHANGED = "email_changed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"

    ACTIVATION_CODE = "activation_code"
    LINKED_NOTICE = "linked_notice"
    ALREADY_LINKED_NOTICE = "already_linked_notice"

    SHARE_VIEWED = "share_viewed"

    @property
    def carries_code(self) -> bool:
        return self in {TemplateCode.EMAIL_CODE, TemplateCode.PASSWORD_CODE, TemplateCode.ACTIVATION_CODE}


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


def words(code: TemplateCode, moment: datetime, secret: str | None = None) -> Words:
    """``moment`` (aware) is told in the civil time of Paris, to the minute. ``secret``: the code, for those that carry one."""
    if code.carries_code is not (secret is not None):
        raise ValueError(f"{code}: a code is given to the templates that carry one, and to no other")
    local = moment.astimezone(PARIS)
    day = f"{'1er' if local.day == 1 else local.day} {MONTHS[local.month - 1]} {local.year}"
    text = template(code)
    return Words(subject=text.subject, body=text.body.format(day=day, hour=f"{local.hour} h {local.minute:02d}", code=secret))

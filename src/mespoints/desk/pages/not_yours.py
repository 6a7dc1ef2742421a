"""The page of somebody who is signed in and whose role does not open what was asked."""

from collections.abc import Collection
from dataclasses import dataclass

from mespoints.desk.pages.frame import Frame
from mespoints.desk.pages.roles import named
from mespoints.identity.roles import Role, granters


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYoursPage:
    frame: Frame
    opened_by: str
    yours: str
    ask: str


def not_yours_page(frame: Frame, held: frozenset[Role], opened_by: Collection[Role]) -> NotYoursPage:
    askable = {granter for role in opened_by for granter in granters(role)}
    return NotYoursPage(frame=frame, opened_by=named(opened_by, "ou"), yours=named(held), ask=named(askable, "ou à un"))

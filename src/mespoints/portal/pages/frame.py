"""What every page carries around its content: title, menu, banner."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """The pages of the menu, by route."""

    BALANCE = "portal:balance"
    HISTORY = "portal:history"
    FORECAST = "portal:forecast"
    DOCUMENTS = "portal:documents"
    VERIFY = "portal:verify"
    ACCOUNT = "portal:account"
    HELP = "portal:help"
    SIGN_IN = "portal:sign_in"


LABELS = {
    Place.BALANCE: "Mon solde",
    Place.HISTORY: "Historique",
    Place.FORECAST: "Prévisions",
    Place.DOCUMENTS: "Documents",
    Place.VERIFY: "Vérifier un document",
    Place.ACCOUNT: "Mon compte",
    Place.HELP: "Aide",
    Place.SIGN_IN: "Se connecter",
}

HOLDER_MENU = (Place.BALANCE, Place.HISTORY, Place.FORECAST, Place.DOCUMENTS, Place.ACCOUNT, Place.HELP)
VISITOR_MENU = (Place.SIGN_IN, Place.VERIFY, Place.HELP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the menu."""

    route: Place
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    title: str
    menu: tuple[Entry, ...]
    is_signed_in: bool
    has_invented_data: bool
    sign_out: str = "portal:sign_out"


def frame(title: str, *, here: Place | None, is_signed_in: bool, has_invented_data: bool) -> Frame:
    places = HOLDER_MENU if is_signed_in else VISITOR_MENU
    menu = tuple(Entry(route=place, label=LABELS[place], is_here=place is here) for place in places)
    return Frame(title=title, menu=menu, is_signed_in=is_signed_in, has_invented_data=has_invented_data)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A page whose words all stand in its template."""

    frame: Frame

"""The pages of the desk that a sign-in may lead back to, if one's roles open them."""

from django.urls import Resolver404, resolve, reverse

from mespoints.desk.pages.frame import OPENED_BY, Place, first_place
from mespoints.identity.destinations import PARAMETER, Destinations
from mespoints.identity.roles import Role

DESTINATIONS = Destinations(
    pages={
        "quarantaine": Place.QUARANTINE,
        "rapprochement": Place.RECONCILIATION,
        "incidents": Place.INCIDENTS,
        "rattachements": Place.LINKING,
        "acces": Place.ACCESS,
        "mon-compte": Place.OWN_ACCOUNT,
    },
    leading_to={
        "desk:quarantine_after": "quarantaine",
        "desk:quarantine_row": "quarantaine",
        "desk:quarantine_alike": "quarantaine",
        "desk:reconciliation_after": "rapprochement",
        "desk:difference": "rapprochement",
        "desk:linking_review": "rattachements",
        "desk:linking_dispute": "rattachements",
        "desk:incident_declare": "incidents",
        "desk:incident_close": "incidents",
    },
)


def door_for(path: str) -> str:
    """The address of the door; the page asked for goes along, by its word."""
    try:
        word = DESTINATIONS.word(resolve(path).view_name)
    except Resolver404:
        word = ""
    return reverse("desk:sign_in", query={PARAMETER: word} if word else None)


def place(word: str, roles: frozenset[Role]) -> Place:
    """``roles`` open at least one page."""
    asked = DESTINATIONS.pages.get(word)
    return Place(asked) if asked is not None and roles & OPENED_BY[Place(asked)] else first_place(roles)

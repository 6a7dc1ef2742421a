"""The door of the desk, and the page that says why it stayed shut."""

from dataclasses import dataclass
from enum import StrEnum

from mespoints.desk.pages.frame import Frame, Place, first_place
from mespoints.desk.pages.roles import named
from mespoints.desk.wording import typeset
from mespoints.identity.failures import Said
from mespoints.identity.roles import Role


class Goodbye(StrEnum):
    """What the page says after a sign-out."""

    EVERYWHERE = "Vous êtes déconnecté, ici et chez ProConnect."
    HERE_ONLY = (
        "Vous êtes déconnecté de Mes points permis. ProConnect n’a pas pu être prévenu :"
        " sur un ordinateur partagé, fermez aussi le navigateur."
    )
    HERE = "Vous êtes déconnecté."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    frame: Frame
    goodbye: str
    """Empty when nobody has just left."""
    has_proconnect: bool
    is_driver: bool
    """Signed in as a driver in this browser: coming in here ends that."""
    yours: str
    """Roles, in words, of somebody who is signed in already."""
    first_place: Place | None
    destination: str
    """The word of the page asked for; empty: none was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailedPage:
    frame: Frame
    sentence: str
    next_step: str
    code: str


def sign_in_page(
    frame: Frame, *, goodbye: str, has_proconnect: bool, is_driver: bool, roles: frozenset[Role], destination: str
) -> SignInPage:
    return SignInPage(
        frame=frame,
        goodbye=goodbye,
        has_proconnect=has_proconnect,
        is_driver=is_driver,
        yours=named(roles) if roles else "",
        first_place=first_place(roles) if roles else None,
        destination=destination,
    )


def sign_in_failed_page(frame: Frame, said: Said) -> SignInFailedPage:
    return SignInFailedPage(frame=frame, sentence=typeset(said.sentence), next_step=typeset(said.next_step), code=said.code)

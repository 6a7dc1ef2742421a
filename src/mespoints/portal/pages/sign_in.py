"""The page of the doors, and the page that says why one stayed shut."""

from dataclasses import dataclass
from enum import StrEnum

from mespoints.identity.failures import Said
from mespoints.identity.words import Provider
from mespoints.portal.french import typeset
from mespoints.portal.pages.doors import LICENCE_NUMBER, Door
from mespoints.portal.pages.frame import Frame, Place, frame


class Goodbye(StrEnum):
    """What the page says after a sign-out."""

    EVERYWHERE = "Vous êtes déconnecté, ici et chez {provider}."
    HERE_ONLY = (
        "Vous êtes déconnecté de Mes points permis. {provider} n’a pas pu être prévenu :"
        " sur un ordinateur partagé, fermez aussi le navigateur."
    )
    HERE = "Vous êtes déconnecté."
    """No provider was asked to sign in, so none has anything to end."""

    def said(self, provider: Provider | None) -> str:
        return self.value.format(provider=provider.label if provider else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    frame: Frame
    goodbye: str | None
    doors: tuple[Door, ...]
    destination: str
    """The word of the page asked for; empty: none was."""
    password_door: str
    """Address of the page where an e-mail and a password are typed. Always there: accounts outlive the settings."""

    @property
    def has_number(self) -> bool:
        return LICENCE_NUMBER in self.doors

    @property
    def has_provider(self) -> bool:
        return any(door.is_posted for door in self.doors)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailedPage:
    frame: Frame
    sentence: str
    next_step: str
    code: str


def sign_in_page(
    *,
    goodbye: str | None,
    doors: tuple[Door, ...],
    destination: str,
    password_door: str,
    is_signed_in: bool,
    has_invented_data: bool,
) -> SignInPage:
    return SignInPage(
        frame=frame("Se connecter", here=Place.SIGN_IN, is_signed_in=is_signed_in, has_invented_data=has_invented_data),
        goodbye=typeset(goodbye) if goodbye else None,
        doors=doors,
        destination=destination,
        password_door=password_door,
    )


def sign_in_failed_page(said: Said, *, is_signed_in: bool, has_invented_data: bool) -> SignInFailedPage:
    return SignInFailedPage(
        frame=frame("Connexion interrompue", here=None, is_signed_in=is_signed_in, has_invented_data=has_invented_data),
        sentence=typeset(said.sentence),
        next_step=typeset(said.next_step),
        code=said.code,
    )

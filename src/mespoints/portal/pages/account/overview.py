"""« Mon compte »: by which door, how it is protected, which record it opens, where it is open now."""

from dataclasses import dataclass
from datetime import datetime

from mespoints.identity.factors import Factors
from mespoints.identity.open_sessions import OpenSession
from mespoints.identity.words import Word
from mespoints.portal.french import counted, moment_in_words, typeset
from mespoints.portal.pages.account.forms import said
from mespoints.portal.pages.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyLine:
    id: int
    name: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What is shown to an account with a password."""

    passkeys: tuple[PasskeyLine, ...]
    application: str | None
    recovery_codes: str | None
    advice: str | None
    """What to do when nothing protects it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    browser: str
    when: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    frame: Frame
    word: str | None
    email: str | None
    """``None``: comes in by FranceConnect, and has no password to keep here."""
    protection: Protection | None
    link: str
    is_linked: bool
    sessions: tuple[SessionLine, ...]
    has_others: bool


def account_page(
    frame: Frame,
    *,
    word: Word | None,
    email: str | None,
    factors: Factors | None,
    linked_since: datetime | None,
    sessions: tuple[OpenSession, ...],
) -> AccountPage:
    return AccountPage(
        frame=frame,
        word=said(word),
        email=email,
        protection=protection(factors) if factors is not None else None,
        link=typeset(link_sentence(linked_since)),
        is_linked=linked_since is not None,
        sessions=tuple(session_line(session) for session in sessions),
        has_others=any(not session.is_current for session in sessions),
    )


def link_sentence(linked_since: datetime | None) -> str:
    if linked_since is None:
        return "Aucun dossier de permis n'est encore relié à ce compte."
    return f"Votre dossier de permis est relié à ce compte depuis le {moment_in_words(linked_since)}."


def protection(factors: Factors) -> Protection:
    since, left = factors.application_since, factors.recovery_codes_left
    return Protection(
        passkeys=tuple(
            PasskeyLine(id=key.id, name=key.name, when=typeset(f"ajoutée le {moment_in_words(key.added_at)}"))
            for key in factors.passkeys
        ),
        application=typeset(f"ajoutée le {moment_in_words(since)}") if since is not None else None,
        recovery_codes=typeset(f"{counted(left, 'code')} encore valable{'s' if left > 1 else ''}") if factors.are_any else None,
        advice=None
        if factors.are_any
        else typeset(
            "Un mot de passe peut être deviné ou volé. Avec un second facteur, il ne suffit plus : ajoutez-en un,"
            " il vous sera aussi demandé pour le relevé qui porte vos points."
        ),
    )


def session_line(session: OpenSession) -> SessionLine:
    seen = "utilisée en ce moment" if session.is_current else f"utilisée le {moment_in_words(session.seen_at)}"
    return SessionLine(
        browser=session.browser or "Navigateur inconnu",
        when=typeset(f"ouverte le {moment_in_words(session.since)}, {seen}"),
        is_current=session.is_current,
    )

"""The answer in one word and one sentence: am I safe."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from mespoints.law.readings.situation import Situation
from mespoints.law.state import Status
from mespoints.portal.french import counted, day_in_words, typeset
from mespoints.portal.pages.learner import initial

MAXIMUM = 12
RED_ZONE = 6
"""Half of the licence: the letter 48M is sent from there, and one délit costs as much."""
LAST_POINTS = 4
"""A red light costs four: from there one ordinary offence is enough to lose the licence."""


class Tone(StrEnum):
    """A class of the stylesheet; the words always say the same."""

    CALM = "calm"
    WATCH = "watch"
    URGENT = "urgent"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    tone: Tone
    word: str
    sentence: str


def verdict(now: Situation, closed_on: date | None) -> Verdict:
    """``closed_on``: the day of the invalidation or annulment, when the licence is closed."""
    match now.status:
        case Status.VALID:
            return of_valid(now)
        case Status.NONE:
            return said(
                Tone.NEUTRAL,
                "Pas encore de points.",
                f"Ils arrivent le jour où vous obtenez le permis : {initial(now.on)} au départ, puis davantage chaque année sans"
                " infraction.",
            )
        case Status.ZERO_NOT_NOTIFIED:
            return said(
                Tone.URGENT,
                "Il est encore temps d'agir.",
                "Votre solde est à zéro, mais la lettre 48SI ne vous a pas été remise : votre permis est encore valable.",
            )
        case Status.INVALIDATED:
            return said(
                Tone.URGENT,
                "Vous ne pouvez plus conduire.",
                f"Votre permis n'est plus valable{since(closed_on)}. Un nouveau permis est possible : voici comment.",
            )
        case Status.ANNULLED:
            return said(
                Tone.URGENT,
                "Vous ne pouvez plus conduire.",
                f"Un tribunal a annulé votre permis{since(closed_on)}. C'est lui qui fixe la date d'un nouveau permis.",
            )
        case _:
            assert_never(now.status)


def of_valid(now: Situation) -> Verdict:
    points = counted(now.balance, "point")
    if now.balance == MAXIMUM:
        return said(Tone.CALM, "Vous êtes tranquille.", "Tous vos points sont là. Votre permis est valable.")
    if now.balance == now.ceiling:
        return said(
            Tone.CALM,
            "Vous êtes tranquille.",
            f"{points}, c'est le maximum de votre permis probatoire aujourd'hui. Votre permis est valable.",
        )
    if now.balance > RED_ZONE:
        return said(Tone.CALM, "Vous êtes tranquille.", "Votre permis est valable.")
    if now.balance > LAST_POINTS:
        return said(Tone.WATCH, "C'est le moment d'agir.", "Votre permis est valable, mais votre réserve de points est basse.")
    return said(
        Tone.URGENT,
        "Agissez maintenant.",
        "Votre permis est valable, mais une seule infraction peut suffire à le perdre.",
    )


def since(closed_on: date | None) -> str:
    return f" depuis le {day_in_words(closed_on)}" if closed_on else ""


def said(tone: Tone, word: str, sentence: str) -> Verdict:
    return Verdict(tone=tone, word=typeset(word), sentence=typeset(sentence))

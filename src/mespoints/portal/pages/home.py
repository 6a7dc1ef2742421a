"""The home page: what the service does, how to come in, how fresh it is, what it is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mespoints.portal.french import moment_in_words, typeset
from mespoints.portal.pages.doors import Door
from mespoints.portal.pages.frame import Frame

LATE_AFTER = timedelta(hours=36)
"""A file comes every night and describes the day before: past a day and a half, one is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The state of the service, in one word and one sentence."""

    tone: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    frame: Frame
    doors: tuple[Door, ...]
    service: Service


def home_page(frame: Frame, *, doors: tuple[Door, ...], data_as_of: datetime | None, now: datetime) -> HomePage:
    return HomePage(frame=frame, doors=doors, service=service(data_as_of, now))


def service(data_as_of: datetime | None, now: datetime) -> Service:
    if data_as_of is None:
        return Service(tone="watch", word="En préparation", sentence=typeset("Aucun fichier de données n'a encore été reçu."))
    day = moment_in_words(data_as_of)
    if now - data_as_of > LATE_AFTER:
        return Service(
            tone="watch",
            word="Données en retard",
            sentence=typeset(f"Le dernier fichier décrit le {day}. Votre solde est juste à cette date ; la suite arrive."),
        )
    return Service(tone="calm", word="Tout fonctionne", sentence=typeset(f"Les données sont celles du {day}."))

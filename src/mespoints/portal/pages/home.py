"""The home page: what the service does, how to come in, how fresh it is, what it is not."""

from dataclasses import dataclass

from mespoints.feed.freshness import Freshness
from mespoints.portal.french import counted, moment_in_words, typeset
from mespoints.portal.pages.doors import Door
from mespoints.portal.pages.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The state of the service, in one word and a sentence or two."""

    tone: str
    word: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    frame: Frame
    doors: tuple[Door, ...]
    service: Service


def home_page(frame: Frame, *, doors: tuple[Door, ...], freshness: Freshness) -> HomePage:
    return HomePage(frame=frame, doors=doors, service=service(freshness))


def service(fresh: Freshness) -> Service:
    """The heaviest thing first: nothing yet, what the operator declares, what is late, a day that never came."""
    if fresh.data_as_of is None:
        return watch("En préparation", "Aucun fichier de données n'a encore été reçu.")
    day = moment_in_words(fresh.data_as_of)
    if fresh.incidents:
        return watch(
            "Incident sur les données", *(each.sentence for each in fresh.incidents), f"Les données sont celles du {day}."
        )
    if fresh.is_late:
        return watch(
            "Données en retard", f"Le dernier fichier décrit le {day}. Votre solde est juste à cette date ; la suite arrive."
        )
    if fresh.missing_days:
        days = counted(len(fresh.missing_days), "jour")
        return watch("Données à compléter", f"Les données sont celles du {day}, mais aucun fichier n'est venu pour {days}.")
    return Service(tone="calm", word="Tout fonctionne", sentences=(typeset(f"Les données sont celles du {day}."),))


def watch(word: str, *sentences: str) -> Service:
    return Service(tone="watch", word=word, sentences=tuple(typeset(each) for each in sentences))

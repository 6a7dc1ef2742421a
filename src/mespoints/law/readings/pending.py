"""Offences committed and not established: they break clean periods and take nothing yet."""

from mespoints.law.facts import Offence
from mespoints.law.state import State
from mespoints.law.texts.sentences import Language, listed, say


def pending_offences(state: State) -> tuple[Offence, ...]:
    """By day of commission."""
    waiting = [offence for offence in state.establishment.offences.values() if offence.established_on is None]
    return tuple(sorted(waiting, key=lambda offence: (offence.committed_on, offence.fact_id)))


def say_pending(table: str, pending: tuple[Offence, ...], language: Language) -> str:
    """Name the offences still waiting: they are what may change an answer."""
    names = [
        say("pending", "offence", language=language, name=offence.label or offence.fact_id, committed_on=offence.committed_on)
        for offence in pending
    ]
    key = "pending" if len(names) == 1 else "pending_several"
    return say(table, key, language=language, offences=listed(names, language))

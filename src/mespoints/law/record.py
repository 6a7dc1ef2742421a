"""The facts of one driver, in legal order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mespoints.law.facts import DecisionCancelled, Fact, LicenceObtained, Offence, known_on


@dataclass(frozen=True, slots=True)
class Record:
    """Dossier: facts sorted by day then identifier, so that the order of arrival never matters."""

    facts: tuple[Fact, ...]
    licences: tuple[LicenceObtained, ...]
    offences: tuple[Offence, ...]
    cancelled: frozenset[str]
    """Offences whose withdrawal is deemed never to have existed, on any day."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Record":
        """Sorted facts. Raises ValueError on a duplicate ``fact_id``."""
        ordered = tuple(sorted(facts, key=_legal_order))
        if len({fact.fact_id for fact in ordered}) != len(ordered):
            raise ValueError("two facts carry the same fact_id: each fact is given once")
        return cls._sorted(ordered)

    @classmethod
    def _sorted(cls, facts: tuple[Fact, ...]) -> "Record":
        return cls(
            facts=facts,
            licences=tuple([fact for fact in facts if isinstance(fact, LicenceObtained)]),
            offences=tuple([fact for fact in facts if isinstance(fact, Offence)]),
            cancelled=frozenset([fact.target for fact in facts if isinstance(fact, DecisionCancelled)]),
        )

    def known_by(self, day: date) -> "Record":
        """What the file knew at the end of ``day`` (included)."""
        return Record._sorted(tuple([fact for fact in self.facts if known_on(fact) <= day]))

    def with_facts(self, *facts: Fact) -> "Record":
        return Record.of((*self.facts, *facts))

    def offence(self, fact_id: str) -> Offence | None:
        return next((offence for offence in self.offences if offence.fact_id == fact_id), None)


def _legal_order(fact: Fact) -> tuple[date, str]:
    if isinstance(fact, Offence):
        return (fact.established_on or fact.committed_on, fact.fact_id)
    return (fact.on, fact.fact_id)

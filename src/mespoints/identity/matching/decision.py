"""The table of decisions: one identity, the holders it may be, a verdict. Pure: same values, same verdict, for ever.

every field equal, a single record                           → link
one field compatible, a single record                        → second proof (file number or number of the card)
several records                                              → second proof (file number only)
two fields compatible, or birth name by a usage name only     → an agent
deceased, disputed, too many records                         → an agent
a field that conflicts                                       → that record is nobody's
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from mespoints.identity.matching import dates, names, places
from mespoints.identity.matching.communes import CommuneHistory
from mespoints.identity.matching.reasons import Field, Reason, Strength, Why, conflict, soft, strict
from mespoints.register.identities import Candidate, PivotIdentity

RULES = "1"
"""Changes with any change of the rules: kept with each outcome, so that a past verdict can be explained."""


class Likeness(IntEnum):
    """What one record is worth."""

    NONE = 0
    DOUBTFUL = 1
    SOFT = 2
    EXACT = 3


class Verdict(StrEnum):
    """From the best to the worst for the person."""

    LINK = "link"
    SECOND_PROOF = "second_proof"
    """The file number or the number of a card opens the only record that may be his."""
    FILE_NUMBER = "file_number"
    """Several records: the file number chooses."""
    AGENT = "agent"
    NOT_FOUND = "not_found"


class Doubt(StrEnum):
    """Why an agent must look, or a file number is asked."""

    TWO_DIFFERENCES = "two_differences"
    USAGE_NAME_ONLY = "usage_name_only"
    SEVERAL = "several"
    TOO_MANY = "too_many"
    DECEASED = "deceased"
    DISPUTED = "disputed"
    ALREADY_LINKED = "already_linked"
    """Another subject of the same provider holds that record (said by ``link``, which knows accounts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    holder_id: int
    likeness: Likeness
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    verdict: Verdict
    doubt: Doubt | None
    matches: tuple[Match, ...]
    """Every record that conflicts nowhere, by holder; those refused are left out."""
    rules: str
    """Version of the rules and of the table of communes."""

    @property
    def holder_ids(self) -> tuple[int, ...]:
        return tuple(match.holder_id for match in self.matches)


def match(pivot: PivotIdentity, record: Candidate, history: CommuneHistory) -> Match:
    """One record. Seven reasons at most, one for each field."""
    usage = names.usage_name(pivot, record)
    reasons = (
        names.birth_name(pivot, record),
        names.given_names(pivot, record),
        sex(pivot, record),
        dates.birth_date(pivot, record),
        *places.birth_place(pivot, record, history),
        *([usage] if usage else []),
    )
    return Match(holder_id=record.holder_id, likeness=_likeness(reasons), reasons=reasons)


def decide(
    pivot: PivotIdentity,
    candidates: Sequence[Candidate],
    history: CommuneHistory,
    *,
    disputed: frozenset[int] = frozenset(),
    too_many: bool = False,
) -> Decision:
    """The order of ``candidates`` does not count. ``too_many``: the register found more than it gives."""
    judged = {record.holder_id: match(pivot, record, history) for record in candidates}
    matches = tuple(judged[holder] for holder in sorted(judged) if judged[holder].likeness is not Likeness.NONE)
    deceased = {record.holder_id for record in candidates if record.is_deceased}
    verdict, doubt = _verdict(matches, deceased=deceased, disputed=disputed, too_many=too_many)
    return Decision(verdict=verdict, doubt=doubt, matches=matches, rules=rules_version(history))


def rules_version(history: CommuneHistory) -> str:
    return f"{RULES}/{history.version}"


def sex(pivot: PivotIdentity, record: Candidate) -> Reason:
    """Unspecified equals nothing, and alone refuses nobody."""
    if "X" in {pivot.sex, record.sex}:
        return soft(Field.SEX, Why.UNSPECIFIED)
    return strict(Field.SEX) if pivot.sex == record.sex else conflict(Field.SEX)


def _likeness(reasons: Sequence[Reason]) -> Likeness:
    weakest = min(reason.strength for reason in reasons)
    differences = sum(reason.strength is Strength.SOFT for reason in reasons)
    if weakest is Strength.CONFLICT:
        return Likeness.NONE
    if weakest is Strength.USAGE_ONLY or differences > 1:
        return Likeness.DOUBTFUL
    return Likeness.SOFT if differences else Likeness.EXACT


def _verdict(
    matches: tuple[Match, ...], *, deceased: set[int], disputed: frozenset[int], too_many: bool
) -> tuple[Verdict, Doubt | None]:
    held = {match.holder_id for match in matches}
    if too_many:
        return Verdict.AGENT, Doubt.TOO_MANY
    if held & deceased:
        return Verdict.AGENT, Doubt.DECEASED
    if held & disputed:
        return Verdict.AGENT, Doubt.DISPUTED
    match matches:
        case ():
            return Verdict.NOT_FOUND, None
        case (only,):
            return _alone(only)
        case _ if any(each.likeness > Likeness.DOUBTFUL for each in matches):
            return Verdict.FILE_NUMBER, Doubt.SEVERAL
        case _:
            return Verdict.AGENT, Doubt.SEVERAL


def _alone(only: Match) -> tuple[Verdict, Doubt | None]:
    match only.likeness:
        case Likeness.EXACT:
            return Verdict.LINK, None
        case Likeness.SOFT:
            return Verdict.SECOND_PROOF, None
        case _ if any(reason.strength is Strength.USAGE_ONLY for reason in only.reasons):
            return Verdict.AGENT, Doubt.USAGE_NAME_ONLY
        case _:
            return Verdict.AGENT, Doubt.TWO_DIFFERENCES

"""A case of ``contracts/evaluate.md`` read into facts, or refused with what was found and what was expected."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mespoints.law.case_fields import Fields, refuse, shown
from mespoints.law.facts import (
    Course,
    CourseKind,
    DecisionCancelled,
    EstablishedBy,
    Fact,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    OffenceClass,
    PostLicenceTraining,
    ProbationPath,
    Suspension,
)
from mespoints.law.record import Record
from mespoints.law.texts.catalogue import catalogue, in_force_instead

MAX_EVENTS = 2000
MAX_DAYS = 1000
MAX_POINTS = 9
FIRST_LICENCE = "\0first licence".ljust(65, ".")
"""Sorts before the licences of the same day, and is longer than the identifier of any event may be: no collision."""
TRAINING = "\0post-licence training".ljust(65, ".")
MODES = {
    "fine_paid": EstablishedBy.FINE_PAID,
    "increased_fine": EstablishedBy.INCREASED_FINE,
    "penal_composition": EstablishedBy.PENAL_COMPOSITION,
    "conviction": EstablishedBy.FINAL_CONVICTION,
}
COMMON = {"id", "type", "recorded"}
OFFENCE_FIELDS = {
    *COMMON, "committed", "established", "established_by", "category", "points", "offence", "simultaneous_with",
    "vehicle_needs_licence", "label",
}  # fmt: skip
EVENT_FIELDS = {
    "offence": OFFENCE_FIELDS,
    "course": {*COMMON, "on", "kind"},
    "mandatory_course_notified": {*COMMON, "on", "target"},
    "suspension": {*COMMON, "on", "until"},
    "invalidation_notified": {*COMMON, "on"},
    "licence_surrendered": {*COMMON, "on"},
    "judicial_annulment": {*COMMON, "on"},
    "licence_obtained": {*COMMON, "on", "probation"},
    "decision_cancelled": {*COMMON, "on", "target"},
}
AFTER_FIRST_LICENCE = (Course, MandatoryCourseNotified, InvalidationNotified, Suspension)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    case_id: str | None
    record: Record
    as_of: date
    known_on: date | None
    further_days: tuple[date, ...]


def read_case(document: object) -> Case:
    """Raises CaseError, with the first thing that is wrong."""
    fields = Fields.of(document, "", {"id", "licence", "events", "as_of", "known_on", "on"})
    case_id = fields.text("id", default=None, longest=None)
    as_of = fields.day("as_of")
    known_on = fields.nullable_day("known_on", default=None)
    further = tuple(fields.each_day("on", MAX_DAYS))
    licence, training = read_first_licence(fields.below("licence", {"obtained", "probation", "post_permit_training"}))
    events = fields.array("events", MAX_EVENTS)
    facts = [read_event(event, f"events[{rank}]") for rank, event in enumerate(events)]
    check_together(licence, facts)
    first_facts: list[Fact] = [licence] if training is None else [licence, training]
    return Case(
        case_id=case_id,
        record=Record.of([*first_facts, *facts]),
        as_of=as_of,
        known_on=known_on,
        further_days=further,
    )


def read_first_licence(fields: Fields) -> tuple[LicenceObtained, PostLicenceTraining | None]:
    """The first licence is always known; the training is a fact of its own day."""
    obtained = fields.day("obtained")
    path = ProbationPath(fields.word("probation", list(ProbationPath)))
    training_on = fields.nullable_day("post_permit_training", default=None)
    licence = LicenceObtained(fact_id=FIRST_LICENCE, on=obtained, path=path, recorded_on=date.min)
    training = PostLicenceTraining(fact_id=TRAINING, on=training_on) if training_on is not None else None
    return licence, training


def read_event(event: object, path: str) -> Fact:
    kind = Fields(event, path).word("type", EVENT_FIELDS) if isinstance(event, dict) else ""
    fields = Fields.of(event, path, EVENT_FIELDS.get(kind, ()))
    fact_id, recorded_on = fields.text("id"), fields.optional_day("recorded")
    if kind == "offence":
        return read_offence(fields, fact_id, recorded_on)
    on = fields.day("on")
    common: dict[str, Any] = {"fact_id": fact_id, "on": on, "recorded_on": recorded_on}
    match kind:
        case "course":
            return Course(**common, kind=CourseKind(fields.word("kind", list(CourseKind), CourseKind.VOLUNTARY)))
        case "mandatory_course_notified":
            return MandatoryCourseNotified(**common, target=fields.text("target"))
        case "suspension":
            return Suspension(**common, until=read_until(fields, on))
        case "invalidation_notified":
            return InvalidationNotified(**common)
        case "licence_surrendered":
            return LicenceSurrendered(**common)
        case "judicial_annulment":
            return JudicialAnnulment(**common)
        case "licence_obtained":
            return LicenceObtained(**common, path=ProbationPath(fields.word("probation", list(ProbationPath))))
        case _:
            return DecisionCancelled(**common, target=fields.text("target"))


def read_until(fields: Fields, on: date) -> date:
    until = fields.day("until")
    if until < on:
        refuse("out_of_range", fields.at("until"), f"trouvé {until}, avant le début ({on}) ; attendu ce jour ou après.")
    return until


def read_offence(fields: Fields, fact_id: str, recorded_on: date | None) -> Offence:
    committed_on = fields.day("committed")
    established_on = fields.nullable_day("established")
    if established_on is not None and established_on < committed_on:
        message = f"établie le {established_on}, commise le {committed_on} ; attendu établie ce jour-là ou après."
        refuse("established_before_committed", fields.at("established"), message)
    mode = fields.word("established_by", MODES, None) if fields.values.get("established_by") is not None else None
    if established_on is not None and mode is None:
        message = f"établie le {established_on} sans dire comment ; attendu un de : {', '.join(MODES)}."
        refuse("established_without_mode", fields.at("established_by"), message)
    offence_class, points, label = read_scale(fields, committed_on)
    return Offence(
        fact_id=fact_id,
        committed_on=committed_on,
        established_on=established_on,
        established_by=MODES[mode] if mode is not None and established_on is not None else None,
        offence_class=offence_class,
        points=points,
        offence_code=fields.values.get("offence"),
        label=fields.text("label", default=None, longest=None) or label,
        simultaneous_with=fields.text("simultaneous_with", default=None),
        vehicle_needs_licence=fields.flag("vehicle_needs_licence", default=True),
        recorded_on=recorded_on,
    )


def read_scale(fields: Fields, committed_on: date) -> tuple[OffenceClass, int, str | None]:
    """Class and points: given, or those of the catalogue on the day of commission; when both stand they must agree."""
    has_code, has_class, has_points = (name in fields.values for name in ("offence", "category", "points"))
    stated_class = OffenceClass(fields.word("category", list(OffenceClass))) if has_class else None
    stated_points = fields.number("points", 0, MAX_POINTS) if has_points else None
    if not has_code:
        if stated_points is None:
            message = (
                "ni « points » ni code « offence » ; attendu un nombre de points (0 à 9) et une classe, ou un code du catalogue."
            )
            refuse("no_points", fields.at("points"), message)
        if stated_class is None:
            refuse("missing", fields.at("category"), f"champ « category » absent ; attendu un de : {', '.join(OffenceClass)}.")
        return stated_class, stated_points, None
    code = fields.text("offence", longest=None)
    entry = catalogue().get(code)
    if entry is None:
        message = f"code {shown(code)} inconnu ; attendu un code du catalogue (mespoints offences)."
        refuse("unknown_offence", fields.at("offence"), message)
    if not entry.in_force(committed_on):
        refuse("unknown_offence", fields.at("offence"), not_in_force(code, committed_on))
    if stated_class not in (None, entry.offence_class) or stated_points not in (None, entry.points):
        found = f"{stated_class or entry.offence_class}, {entry.points if stated_points is None else stated_points} point(s)"
        message = (
            f"trouvé {found} ; le catalogue donne {entry.offence_class}, {entry.points} point(s) pour {code!a} le {committed_on}."
        )
        refuse("collision", fields.at("points" if stated_points not in (None, entry.points) else "category"), message)
    return entry.offence_class, entry.points, entry.label


def not_in_force(code: str, day: date) -> str:
    """Names the code that the same offence has on that day, when it has one."""
    instead = ", ".join(f"{each.code!a} ({each.points} point(s))" for each in in_force_instead(code, day))
    expected = f"ce jour-là : {instead}" if instead else "un code en vigueur ce jour-là"
    return f"code {code!a} pas en vigueur le {day} ; attendu {expected}."


def check_together(licence: LicenceObtained, facts: list[Fact]) -> None:
    """What no fact can say alone: identifiers, references, the first licence, days of a group."""
    ranks: dict[str, int] = {}
    for rank, fact in enumerate(facts):
        if fact.fact_id in ranks:
            message = (
                f"identifiant {fact.fact_id!a} déjà porté par events[{ranks[fact.fact_id]}] ; attendu un identifiant unique."
            )
            refuse("duplicate_id", f"events[{rank}].id", message)
        ranks[fact.fact_id] = rank
    offences = {fact.fact_id: fact for fact in facts if isinstance(fact, Offence)}
    for rank, fact in enumerate(facts):
        check_references(f"events[{rank}]", fact, offences)
        check_after_licence(f"events[{rank}]", fact, licence)


def check_references(path: str, fact: Fact, offences: dict[str, Offence]) -> None:
    match fact:
        case Offence(simultaneous_with=str(other)):
            if other == fact.fact_id or other not in offences:
                message = f"{fact.fact_id!a} renvoie à {other!a} ; attendu l'identifiant d'une autre infraction du dossier."
                refuse("dangling_reference", f"{path}.simultaneous_with", message)
            if offences[other].committed_on != fact.committed_on:
                days = f"{fact.committed_on} pour {fact.fact_id!a}, {offences[other].committed_on} pour {other!a}"
                message = f"infractions simultanées commises des jours différents ({days}) ; attendu le même jour."
                refuse("collision", f"{path}.simultaneous_with", message)
        case DecisionCancelled() | MandatoryCourseNotified():
            if fact.target not in offences:
                message = f"{fact.fact_id!a} renvoie à {fact.target!a} ; attendu l'identifiant d'une infraction du dossier."
                refuse("dangling_reference", f"{path}.target", message)
        case _:
            pass


def check_after_licence(path: str, fact: Fact, licence: LicenceObtained) -> None:
    if isinstance(fact, (*AFTER_FIRST_LICENCE, LicenceObtained)) and fact.on < licence.on:
        message = f"{fact.fact_id!a} du {fact.on}, avant le premier permis ({licence.on}) ; attendu ce jour-là ou après."
        refuse("before_licence", f"{path}.on", message)

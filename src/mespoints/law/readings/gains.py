"""A start or a gain told: why the points came, what that means, what to do as things stand on the day of the question."""

from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.facts import Course, CourseKind, PostLicenceTraining, Suspension
from mespoints.law.readings.story import Story, Telling, committed_in_probation
from mespoints.law.record import Record
from mespoints.law.rules import course
from mespoints.law.rules.probation import MAXIMUM, SHORTENED, TRAINING_FROM, TRAINING_UNTIL
from mespoints.law.rules.restoration import RESTORATION_SHORT
from mespoints.law.state import Movement
from mespoints.law.texts.sentences import Language, say

ONE_DAY = timedelta(days=1)


def told_start(movement: Movement, story: Story) -> Telling:
    why = say("why", key_of_start(movement, story), language=story.language, on=movement.on)
    return why, meaning_of_start(movement, story), action_at_start(movement, story)


def key_of_start(movement: Movement, story: Story) -> str:
    if movement.points != MAXIMUM.in_force(movement.on):
        return "initial_new" if movement.licence else "initial_probation"
    older = story.record.licences[movement.licence].on < movement.on
    return "initial_opening" if older else "initial"


def meaning_of_start(movement: Movement, story: Story) -> str:
    """The ceiling is explained as long as the probation runs."""
    probation = story.accounts[movement.licence].probation
    if probation is None or probation.ends_on <= story.until or movement.licence in story.closings:
        return say("meaning", "initial", language=story.language)
    key = "initial_probation" if probation.increment else "initial_probation_flat"
    return say("meaning", key, language=story.language, ends_on=probation.ends_on)


def action_at_start(movement: Movement, story: Story) -> str:
    window = training_window(movement, story)
    if window is None:
        return say("action", "nothing", language=story.language)
    first, last = window
    return say("action", "training", language=story.language, first=first, last=last)


def training_window(movement: Movement, story: Story) -> tuple[date, date] | None:
    """The days (both included) of the training that would still shorten this probation; None when it is too late or of no use."""
    probation = story.accounts[movement.licence].probation
    if probation is None or movement.licence > 0 or movement.licence in story.closings:
        return None
    starts_on = probation.starts_on
    last = add_months(starts_on, TRAINING_UNTIL.in_force(starts_on))
    shortened = SHORTENED[story.record.licences[0].path].in_force(starts_on)
    if not shortened or last < story.until or story.state.establishment.committed_within(starts_on, story.until + ONE_DAY):
        return None
    if any(isinstance(fact, PostLicenceTraining | Suspension) for fact in story.record.facts):
        return None
    return add_months(starts_on, TRAINING_FROM.in_force(starts_on)), last


def told_course(movement: Movement, story: Story) -> Telling:
    language = story.language
    why = say(
        "why",
        "course_mandatory" if is_mandatory(movement, story.record) else "course",
        language=language,
        last_day=movement.on - ONE_DAY,
        ceiling=movement.ceiling,
    )
    meaning = say(
        "meaning",
        key_of_course(movement),
        language=language,
        points=movement.points,
        account=movement.account,
        ceiling=movement.ceiling,
    )
    return why, meaning, action_after_course(movement, story)


def is_mandatory(movement: Movement, record: Record) -> bool:
    taken = next(fact for fact in record.facts if fact.fact_id == movement.cause)
    return isinstance(taken, Course) and taken.kind is CourseKind.MANDATORY


def key_of_course(movement: Movement) -> str:
    if movement.account <= 0:
        return "course_still_zero"
    if movement.account - movement.points <= 0:
        return "course_from_zero"
    if movement.points == course.POINTS.in_force(movement.on):
        return "course"
    return "course_at_ceiling" if movement.account == movement.ceiling else "course_limited"


def action_after_course(movement: Movement, story: Story) -> str:
    """The next course counts from the first day on which it may take effect again, so it ends the day before at the earliest."""
    first = add_months(movement.on, course.SPACING.in_force(story.until)) - ONE_DAY
    if first <= story.until or movement.licence in story.closings:
        return say("action", "course_past", language=story.language)
    return say("action", "course", language=story.language, first=first)


def told_restoration(movement: Movement, story: Story) -> Telling:
    language = story.language
    from_zero = movement.account - movement.points <= 0
    key = "restoration_from_zero" if from_zero else "restoration"
    meaning = say("meaning", key, language=language, points=movement.points)
    return why_restored(movement, language), meaning, say("action", "nothing", language=language)


def why_restored(movement: Movement, language: Language) -> str:
    since, months = movement.since or movement.on, movement.months or 0
    length = say("length", str(months), language=language)
    said = say("why", "restoration", language=language, since=since, length=length)
    if months > RESTORATION_SHORT.in_force(since):
        said = f"{said} {say('why', 'restoration_long', language=language)}"
    if add_months(since, months) < movement.on:
        said = f"{said} {say('why', 'restoration_held', language=language)}"
    return said


def told_single_point(movement: Movement, story: Story) -> Telling:
    language = story.language
    length = say("length", str(movement.months), language=language)
    why = say("why", "single_point_return", language=language, since=movement.since or movement.on, length=length)
    account = story.accounts[movement.licence]
    holds_back = account.in_probation(movement.on) and committed_in_probation(movement, story)
    key = "single_point_return_probation" if holds_back else "single_point_return"
    return why, say("meaning", key, language=language), say("action", "nothing", language=language)


def told_ten_years(movement: Movement, story: Story) -> Telling:
    language = story.language
    points = movement.points
    why = say("why", "ten_year_return", language=language, since=movement.since or movement.on, points=points)
    meaning = say("meaning", "ten_year_return", language=language, points=points)
    return why, meaning, say("action", "nothing", language=language)


def told_increment(movement: Movement, story: Story) -> Telling:
    language = story.language
    meaning = say("meaning", "probation_increment", language=language, points=movement.points, ceiling=movement.ceiling)
    return say("why", "probation_increment", language=language), meaning, say("action", "nothing", language=language)


def told_probation_end(movement: Movement, story: Story) -> Telling:
    return (
        say("why", movement.rule, language=story.language),
        say("meaning", movement.rule, language=story.language),
        say("action", "nothing", language=story.language),
    )

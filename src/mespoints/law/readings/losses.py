"""A loss told: why the points left, what that means, what to do as things stand on the day of the question."""

from datetime import timedelta

from mespoints.law.calendar import add_months
from mespoints.law.facts import Offence
from mespoints.law.readings.obligations import DELAY, Obligation
from mespoints.law.readings.story import OWN_RETURNS, Story, Telling
from mespoints.law.rules import course
from mespoints.law.rules.restoration import SINGLE_POINT_RETURN
from mespoints.law.state import Movement, Rule
from mespoints.law.texts.sentences import Figure, say

ONE_DAY = timedelta(days=1)


def told_loss(movement: Movement, story: Story) -> Telling:
    offence = story.offences[movement.cause or ""]
    in_probation = story.accounts[movement.licence].in_probation(offence.committed_on)
    return (
        why(movement, offence, story),
        meaning(movement, story, in_probation=in_probation),
        action(movement, story),
    )


def why(movement: Movement, offence: Offence, story: Story) -> str:
    how = offence.established_by or "established"
    said = say("why", how, language=story.language, committed_on=offence.committed_on, on=movement.on)
    if offence.points == -movement.points:
        return said
    return f"{said} {say('why', 'capped', language=story.language, scale=offence.points, points=movement.points)}"


def meaning(movement: Movement, story: Story, *, in_probation: bool) -> str:
    """``in_probation``: the offence was committed during the probation of that licence."""
    if movement.account <= 0:
        return meaning_of_zero(movement, story)
    probation = story.accounts[movement.licence].probation
    if probation is None or not in_probation:
        return say("meaning", "withdrawal", language=story.language, account=movement.account)
    return say(
        "meaning",
        "withdrawal_probation" if story.until < probation.ends_on else "withdrawal_probation_over",
        language=story.language,
        account=movement.account,
        ceiling=movement.ceiling,
        ends_on=probation.ends_on,
    )


def meaning_of_zero(movement: Movement, story: Story) -> str:
    if movement.licence in story.closings:
        return say("meaning", "withdrawal_zero_closed", language=story.language)
    if story.now is None or story.now.points > 0:
        return say("meaning", "withdrawal_zero_recovered", language=story.language)
    fallen = say("meaning", "withdrawal_zero", language=story.language)
    if movement.account == 0:
        return fallen
    return f"{fallen} {say('meaning', 'below_zero', language=story.language, points=-movement.account)}"


def action(movement: Movement, story: Story) -> str:
    closing = story.closings.get(movement.licence)
    if closing is not None:
        return say("action", "withdrawal_closed", language=story.language, closed_on=closing.on)
    if story.now is not None and story.now.points <= 0:
        return at_zero(movement, story)
    owed = story.duties.get(movement.cause or "")
    return duty_in_words(owed, story) if owed is not None else until_return(movement, story)


def until_return(movement: Movement, story: Story) -> str:
    returned = story.returns.get(movement.cause or "")
    if returned is None:
        return say("action", "withdrawal_no_date", language=story.language)
    key = key_of_return(movement, returned, story)
    if key == "withdrawal_single_blocked":
        length = say("length", str(SINGLE_POINT_RETURN.in_force(movement.on)), language=story.language)
        return say("action", key, language=story.language, returned=returned.on, length=length)
    return say("action", key, language=story.language, returned=returned.on, points=movement.points)


def key_of_return(movement: Movement, returned: Movement, story: Story) -> str:
    own = returned.rule in OWN_RETURNS and returned.cause == movement.cause
    if returned.on <= story.until:
        return "withdrawal_returned" if own else "withdrawal_complete"
    if own:
        return "withdrawal_single" if returned.rule is Rule.SINGLE_POINT_RETURN else "withdrawal_ten_years"
    return "withdrawal_single_blocked" if missed_alone(movement, returned) else "withdrawal"


def missed_alone(movement: Movement, returned: Movement) -> bool:
    """A single point that would have come back sooner, had no other offence been committed."""
    if movement.points != -1:
        return False
    months = SINGLE_POINT_RETURN.in_force(movement.on)
    return months > 0 and add_months(movement.on, months) < returned.on


def at_zero(movement: Movement, story: Story) -> str:
    """What is urgent stands beside the last loss; the others send there."""
    last = next(each for each in reversed(story.state.movements) if each.points < 0 and each.on <= story.until)
    if movement is not last:
        return say("action", "withdrawal_before_zero", language=story.language, last_on=last.on)
    key, figures = course_at_zero(story)
    return say("action", key, language=story.language, **figures)


def course_at_zero(story: Story) -> tuple[str, dict[str, Figure]]:
    """Whether a course that ends tomorrow would lift the account above zero."""
    soonest = course.effective_on(story.until + ONE_DAY)
    credited = [day for day in story.state.course_credits if day <= soonest]
    again_on = add_months(credited[-1], course.SPACING.in_force(soonest)) if credited else soonest
    if soonest < again_on:
        return "withdrawal_zero_no_course", {"first": again_on - ONE_DAY}
    points = story.now.points if story.now is not None else 0
    return "withdrawal_zero" if points + course.POINTS.in_force(soonest) > 0 else "withdrawal_zero_short", {}


def duty_in_words(owed: Obligation, story: Story) -> str:
    if owed.due_on is None:
        length = say("length", str(DELAY.in_force(story.until)), language=story.language)
        return say("action", "mandatory_course_expected", language=story.language, length=length)
    key = "mandatory_course_overdue" if owed.overdue else "mandatory_course"
    return say("action", key, language=story.language, due_on=owed.due_on)

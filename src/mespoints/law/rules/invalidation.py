"""End of a licence: invalidation at zero, judicial annulment, and the ban that follows (L223-1 al. 3, L223-5)."""

from datetime import date

from mespoints.law.calendar import add_months
from mespoints.law.facts import InvalidationNotified, JudicialAnnulment
from mespoints.law.state import Account, Anomaly, Closing, ClosingRule, State, Step
from mespoints.law.texts.article import under
from mespoints.law.texts.parameters import PARAMETERS

BAN = PARAMETERS["new_licence_ban"]
BAN_REPEATED = PARAMETERS["new_licence_ban_repeated"]
REPEATED_LOSS_WINDOW = PARAMETERS["repeated_loss_window"]


@under("L223-1", 3)
@under("R223-3", "III")
def notify_invalidation(state: State, letter: InvalidationNotified) -> None:
    """The 48SI makes the loss of validity opposable; above zero it has no effect and the record is to be checked."""
    account = state.live_account()
    if account is None:
        return
    if account.points > 0:
        state.anomalies.append(Anomaly(on=letter.on, cause=letter.fact_id))
    else:
        close(state, letter.on, Step.NOTIFICATION, account, ClosingRule.INVALIDATION)


def annul(state: State, decision: JudicialAnnulment) -> None:
    """A court ends the licence, whatever its balance; an earlier closing stays."""
    account = state.live_account()
    if account is not None:
        close(state, decision.on, Step.ANNULMENT, account, ClosingRule.ANNULMENT)


def close(state: State, on: date, step: Step, account: Account, rule: ClosingRule) -> None:
    account.closing = Closing(on=on, rule=rule, account=account.points)
    state.closings.append(account.closing)
    state.note(account, on, step)


@under("L223-5", "II")
def new_licence_from(closing: Closing, earlier: Closing | None, surrendered_on: date) -> date:
    """First day on which a new licence may be obtained, counted from the surrender of the card.

    ``earlier`` is the invalidation before this one: within five years the ban is the longer one.
    """
    repeated = earlier is not None and closing.on < add_months(earlier.on, REPEATED_LOSS_WINDOW.in_force(closing.on))
    ban = BAN_REPEATED if repeated else BAN
    return add_months(surrendered_on, ban.in_force(closing.on))

"""Points taken, on the day the offence is established (L223-1 al. 1 and 4)."""

from datetime import date

from mespoints.law.facts import Offence
from mespoints.law.rules import restoration
from mespoints.law.state import Rule, State, Step
from mespoints.law.texts.article import articles_of, under


@under("L223-1", 1, 4)
@under("L223-2")
def withdraw(state: State, on: date, step: Step, licence: int, offence: Offence) -> None:
    """Take the points and start the periods that give them back; nothing falls on a licence that is no longer alive."""
    account = state.live_account()
    if account is None or account.rank != licence:
        return
    points = state.establishment.taken[offence.fact_id]
    state.move(account, on, step, Rule.WITHDRAWAL, -points, articles_of(withdraw, on), cause=offence.fact_id)
    account.first_loss_on = account.first_loss_on or on
    account.losses_open[offence.fact_id] = points
    account.has_serious_offence |= offence.offence_class.is_serious
    restoration.plan_returns(state, on, account, offence, points)

"""Capital of a licence, probation and its increments (L223-1 al. 2, R223-1)."""

from datetime import date
from functools import partial

from mespoints.law.calendar import add_months
from mespoints.law.facts import LicenceObtained, PostLicenceTraining, ProbationPath, Suspension
from mespoints.law.record import Record
from mespoints.law.rules.establishment import Establishment
from mespoints.law.state import Account, Anomaly, Probation, Rule, State, Step
from mespoints.law.texts.article import articles_of, under
from mespoints.law.texts.parameters import PARAMETERS

ACCOUNT_OPENING = PARAMETERS["account_opening"].days[0]
MAXIMUM = PARAMETERS["maximum"]
INITIAL = PARAMETERS["initial_in_probation"]
TRAINING_FROM = PARAMETERS["training_from"]
TRAINING_UNTIL = PARAMETERS["training_until"]
MONTHS_IN_A_YEAR = 12
WITH_PROBATION = (ProbationPath.STANDARD, ProbationPath.AAC)
LENGTH = {path: PARAMETERS[f"probation_{path}"] for path in WITH_PROBATION}
SHORTENED = {path: PARAMETERS[f"probation_{path}_trained"] for path in WITH_PROBATION}
INCREMENT = {path: PARAMETERS[f"increment_{path}"] for path in WITH_PROBATION}


@under("R223-1", "I")
def full_capital() -> None:
    """Licences without probation start with the maximum."""


@under("L223-1", 2)
@under("R223-1", "II")
def probationary_capital() -> None:
    """Licences with probation start with half of it."""


def open_account(state: State, record: Record, licence: LicenceObtained, rank: int, step: Step) -> None:
    """A licence opens an account of its own, even beside a former one still alive (which is then to be checked)."""
    on = max(licence.on, ACCOUNT_OPENING)
    if state.live_account() is not None:
        state.anomalies.append(Anomaly(on=on, cause=licence.fact_id))
    probation = probation_of(record, licence, rank, state.establishment)
    rule = probationary_capital if probation else full_capital
    capital = INITIAL.in_force(on) if probation else MAXIMUM.in_force(on)
    account = Account(rank=rank, points=0, ceiling=capital, probation=probation)
    state.account = account
    state.move(account, on, step, Rule.INITIAL, capital, articles_of(rule, on))
    if probation:
        plan_probation(state, probation, account)


def probation_of(record: Record, licence: LicenceObtained, rank: int, establishment: Establishment) -> Probation | None:
    """The probation of a licence under the rules in force on the day it was obtained; None when it has none.

    Accompanied driving counts for a first licence only: it is closed after a loss of licence (R211-5 I).
    """
    path = licence.path
    if path is ProbationPath.AAC and rank > 0:
        path = ProbationPath.STANDARD
    if path is ProbationPath.NONE:
        return None
    months = LENGTH[path].in_force(licence.on)
    if months == 0:
        return None
    shortened = SHORTENED[path].in_force(licence.on)
    if rank == 0 and shortened and training_shortens(record, licence, add_months(licence.on, shortened), establishment):
        months = shortened
    increment = INCREMENT[path].in_force(licence.on)
    return Probation(starts_on=licence.on, ends_on=add_months(licence.on, months), increment=increment)


@under("L223-1", 2)
@under("R223-4-1")
def training_shortens(record: Record, licence: LicenceObtained, ends_on: date, establishment: Establishment) -> bool:
    """Training between the end of the sixth and of the twelfth month (both included), and until ``ends_on`` (excluded) neither
    an offence that costs points nor a suspension.
    """
    earliest = add_months(licence.on, TRAINING_FROM.in_force(licence.on))
    latest = add_months(licence.on, TRAINING_UNTIL.in_force(licence.on))
    trained = any(isinstance(fact, PostLicenceTraining) and earliest <= fact.on <= latest for fact in record.facts)
    if not trained or establishment.committed_within(licence.on, ends_on):
        return False
    return not any(isinstance(fact, Suspension) and licence.on <= fact.on < ends_on for fact in record.facts)


def plan_probation(state: State, probation: Probation, account: Account) -> None:
    if probation.increment:
        years = 1
        while (anniversary := add_months(probation.starts_on, MONTHS_IN_A_YEAR * years)) < probation.ends_on:
            state.plan(anniversary, Step.PROBATION, partial(apply_probation_step, state, anniversary, account))
            years += 1
    state.plan(probation.ends_on, Step.PROBATION, partial(apply_probation_step, state, probation.ends_on, account))


def apply_probation_step(state: State, on: date, account: Account) -> None:
    if account is not state.live_account() or account.probation is None:
        return
    clean = not state.establishment.committed_within(account.probation.starts_on, on)
    if on == account.probation.ends_on:
        end_probation(state, on, account, clean=clean)
    elif clean:
        add_increment(state, on, account, account.probation.increment)


@under("L223-1", 2)
@under("R223-1", "II")
def add_increment(state: State, on: date, account: Account, increment: int) -> None:
    """No offence that costs points was committed *since the start* of the probation, whenever it is established (law.md Q2)."""
    account.ceiling += increment
    state.move(account, on, Step.PROBATION, Rule.PROBATION_INCREMENT, increment, articles_of(add_increment, on))


@under("R223-1", "IV")
def end_probation(state: State, on: date, account: Account, *, clean: bool) -> None:
    """Nothing lost: the maximum. Something lost: the ceiling is lifted, the balance stays (R223-1 IV al. 2)."""
    account.ceiling = MAXIMUM.in_force(on)
    missing = account.ceiling - account.points if clean else 0
    state.move(account, on, Step.PROBATION, Rule.PROBATION_END, missing, articles_of(end_probation, on))

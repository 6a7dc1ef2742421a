"""Every named case, as it is written."""

import pytest

from mespoints.identity.matching.decision import Doubt, Verdict
from mespoints.identity.matching.reasons import Why
from tests.identity.matching.case_files import Case, cases, particular

EVERY = cases()
LEAST = 60


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_case_is_decided_as_written(case: Case) -> None:
    decided = case.decided()
    assert (decided.verdict, decided.doubt) == (case.verdict, case.doubt)
    assert (particular(case.first()) if case.records else ()) == case.reasons


def test_the_cases_are_many_and_each_has_its_name() -> None:
    names = [case.name for case in EVERY]
    assert len(names) == len(set(names)) >= LEAST
    assert all(case.why.endswith(".") for case in EVERY)


def test_every_word_of_the_rules_has_a_case() -> None:
    said = {reason.why for case in EVERY if case.records for reason in case.first().reasons}
    assert said == set(Why)
    assert {case.verdict for case in EVERY} == set(Verdict)
    # Accounts are needed for the last one: tests/identity/test_link.py.
    assert {case.doubt for case in EVERY} == {None, *Doubt} - {Doubt.ALREADY_LINKED}

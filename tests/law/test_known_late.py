"""Late facts that undo a return only together: no one of them is the culprit, the first is named."""

from mespoints.law.case_format import evaluate
from tests.law.drivers import driver, event, offence


def test_two_facts_of_one_day_undo_a_return_together() -> None:
    """A loss that brings the account below zero and the 48SI that follows it, learnt on one day; neither is enough alone.

    The single point of 2020-01-10 would have come back on 2020-07-10: its period is clean, the licence was dead.
    """
    learnt = "2020-09-01"
    case = driver(
        offence("six", "2019-11-01", "2019-12-01", "D", 6),
        offence("one", "2019-11-15", "2020-01-10", "C3", 1),
        offence("more", "2019-11-20", "2020-02-01", "D", 6, recorded=learnt),
        event("48SI", "invalidation_notified", "2020-03-01", recorded=learnt),
    )
    before = evaluate({**case, "as_of": learnt, "known_on": "2020-08-31"})
    assert (before["status"], before["balance"], before["revoked"]) == ("valid", 6, [])
    answer = evaluate({**case, "as_of": learnt, "known_on": learnt})
    assert (answer["status"], answer["account"]) == ("invalidated", -1)
    (lost,) = answer["revoked"]
    assert (lost["would_have_been_on"], lost["rule"], lost["undone_on"]) == ("2020-07-10", "six_months", learnt)
    assert lost["cause"] == "more", "the first of the day, by day then id"
    for alone in ("more", "48SI"):
        kept = [each for each in case["events"] if each["id"] in ("six", "one", alone)]
        assert evaluate({**case, "events": kept, "as_of": learnt})["revoked"] == []

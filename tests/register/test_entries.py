from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.law.facts import FACT_TYPES, Fact
from mespoints.register.entries import EntryKind, body_of, fact_of, kind_of, reason_of

FACTS = st.one_of([st.builds(fact_type, recorded_on=st.dates()) for fact_type in FACT_TYPES.values()])


@given(FACTS)
def test_a_fact_comes_back_as_it_went_in(fact: Fact) -> None:
    assert fact.recorded_on is not None
    assert fact_of(kind_of(fact), fact.fact_id, fact.recorded_on, body_of(fact)) == fact


@given(FACTS)
def test_the_kind_is_the_word_of_the_law(fact: Fact) -> None:
    assert FACT_TYPES[kind_of(fact).value] is type(fact)


@given(FACTS)
def test_a_body_states_everything_but_the_columns(fact: Fact) -> None:
    keys = set(msgspec.json.decode(body_of(fact)))
    assert keys == set(type(fact).__dataclass_fields__) - {"fact_id", "recorded_on"}


@given(FACTS, st.text())
def test_a_correction_says_why_and_is_the_same_fact(fact: Fact, reason: str) -> None:
    assert fact.recorded_on is not None
    body = body_of(fact, reason)
    assert reason_of(body) == reason
    assert reason_of(body_of(fact)) is None
    assert fact_of(kind_of(fact), fact.fact_id, fact.recorded_on, body) == fact


@given(FACTS, st.dates())
def test_the_body_does_not_depend_on_the_day_of_record(fact: Fact, day: date) -> None:
    assert body_of(replace(fact, recorded_on=day)) == body_of(fact)


def test_every_kind_of_fact_has_its_word() -> None:
    assert {kind.value for kind in EntryKind} == set(FACT_TYPES)


@pytest.mark.parametrize("body", [b"{}", b'{"on":"2025-01-01","more":1}', b'{"on":"2025-02-30"}'])
def test_a_damaged_body_is_not_read_silently(body: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        fact_of(EntryKind.LICENCE_SURRENDERED, "F1", date(2025, 1, 1), body)

"""The period statement: two days, both included, what moved between them, the balance on each side."""

from datetime import date, timedelta

import pytest

from mespoints.documents.content import PeriodStatement, fingerprint
from mespoints.documents.issuance import Workshop, set_in_type
from mespoints.documents.statements import full_statement, period_statement
from mespoints.documents.symbols import visible_code
from mespoints.documents.visible_code.parsing import Parsed, parse
from mespoints.documents.visible_code.signature import KeySigner
from mespoints.law.facts import Fact, InvalidationNotified
from mespoints.law.state import Rule, Status
from tests.documents.statements import ISSUED_AT, REFERENCE, period
from tests.documents.test_issuance import OBTAINED, ON, holder_record, offence
from tests.documents.test_paper import pages_of, text_of

# Computed once. If it changes, papers already issued can no longer be compared: name a new format, not a new digest.
GOLDEN = "162968766b5d0f60e27508162302a11a0c9e1c9126f2c336fd4dcc2adae142f0"
LOSS = offence("O1", date(2026, 3, 1), 4)
LOST_ON = date(2026, 3, 31)


def stated(first_on: date, last_on: date, *facts: Fact) -> PeriodStatement:
    return period_statement(holder_record(OBTAINED, *facts), first_on, last_on, ON, ISSUED_AT)


def test_the_bytes_of_a_content_are_fixed_for_ever() -> None:
    assert fingerprint(period()) == GOLDEN


@pytest.mark.parametrize(
    ("first_on", "last_on", "is_within"),
    [
        (LOST_ON, LOST_ON, True),
        (LOST_ON - timedelta(days=1), LOST_ON, True),
        (LOST_ON, LOST_ON + timedelta(days=1), True),
        (LOST_ON + timedelta(days=1), ON, False),
        (date(2026, 1, 1), LOST_ON - timedelta(days=1), False),
    ],
)
def test_both_days_are_included(first_on: date, last_on: date, *, is_within: bool) -> None:
    content = stated(first_on, last_on, LOSS)
    assert [movement.rule for movement in content.movements] == ([Rule.WITHDRAWAL] if is_within else [])


@pytest.mark.parametrize("first_on", [date(2000, 1, 1), date(2015, 6, 1), date(2018, 6, 1), LOST_ON, ON])
def test_the_movements_go_from_one_balance_to_the_other(first_on: date) -> None:
    content = stated(first_on, ON, LOSS)
    moved = sum(movement.points for movement in content.movements)
    assert content.opening.balance + moved == content.situation.balance


def test_from_the_first_day_it_says_what_the_full_statement_says() -> None:
    whole = full_statement(holder_record(OBTAINED, LOSS), ON, ISSUED_AT)
    part = stated(date(1992, 12, 1), ON, LOSS)
    assert (part.movements, part.situation, part.opening.status) == (whole.movements, whole.situation, Status.NONE)


def test_the_end_of_a_licence_stands_in_its_period_alone() -> None:
    facts = (offence("O1", date(2026, 1, 5), 6), offence("O2", date(2026, 2, 5), 6))
    end = InvalidationNotified(fact_id="I1", on=date(2026, 6, 1))
    assert len(stated(date(2026, 6, 1), date(2026, 6, 1), *facts, end).closings) == 1
    assert stated(date(2026, 6, 2), ON, *facts, end).closings == ()
    assert stated(date(2026, 1, 1), date(2026, 5, 31), *facts, end).closings == ()


def test_the_paper_says_its_limits(workshop: Workshop) -> None:
    pdf = set_in_type(period(4), REFERENCE, workshop)
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    for said in (
        "Relevé partiel du permis de conduire",
        "Du 1er janvier 2025 au 31 octobre 2026, ces deux jours compris",
        "d’autres mouvements peuvent exister avant ou après",
        "La veille du premier jour, le solde était de 12 points sur 12.",
        "6 en votre possession ce jour-là",
        "6 manquants",
        "Feu rouge non respecté",
        "Ni un employeur, ni un assureur",
    ):
        assert said in text
    assert "Ce qui va revenir" not in text


def test_a_period_without_movement_says_so(workshop: Workshop) -> None:
    assert "Aucun mouvement pendant cette période." in text_of(set_in_type(period(0), REFERENCE, workshop))


def test_its_code_never_passes_for_a_full_statement(signer: KeySigner) -> None:
    code = visible_code(period(), REFERENCE, signer, 1)
    assert code is not None
    parsed = parse(code)
    assert isinstance(parsed, Parsed)
    fields = {each.spec.identifier: each.field.value for each in parsed.fields}
    assert fields["E4"] == "RIR"
    assert not {"AG", "AF", "AD", "AE", "08"} & set(fields)

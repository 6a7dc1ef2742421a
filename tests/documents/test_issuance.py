"""From a record to a delivered paper: what the law says is what the paper says, and what was delivered is written down."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from mespoints.documents import issuance
from mespoints.documents.content import FullStatement, canonical_bytes, fingerprint
from mespoints.documents.issuance import (
    SealBroken,
    Workshop,
    issue_attestation,
    issue_full_statement,
    issue_period_statement,
    new_reference,
)
from mespoints.documents.models import IssuedDocument
from mespoints.documents.seal import SealUnusable
from mespoints.documents.self_check import seal_holds
from mespoints.documents.statements import entitlement_attestation, full_statement, period_statement
from mespoints.law.facts import (
    Course,
    DecisionCancelled,
    EstablishedBy,
    Fact,
    InvalidationNotified,
    LicenceObtained,
    Offence,
    OffenceClass,
    ProbationPath,
)
from mespoints.law.readings.marks import MarkKind
from mespoints.law.record import Record
from mespoints.law.state import ClosingRule, Rule, Status
from mespoints.register.consultation import HolderIdentity, HolderRecord, LicenceTitle
from mespoints.register.models import Holder
from tests.documents.statements import ISSUED_AT
from tests.documents.test_paper import text_of

ON = date(2026, 11, 22)
OBTAINED = LicenceObtained(fact_id="L1", on=date(2015, 6, 1), path=ProbationPath.STANDARD)


def offence(fact_id: str, committed_on: date, points: int, *, recorded_on: date | None = None) -> Offence:
    return Offence(
        fact_id=fact_id,
        committed_on=committed_on,
        established_on=committed_on + timedelta(days=30),
        established_by=EstablishedBy.FINE_PAID,
        offence_class=OffenceClass.C4,
        points=points,
        label="Feu rouge fixe non respecté",
        recorded_on=recorded_on,
    )


def holder_record(*facts: Fact, holder_id: int = 1) -> HolderRecord:
    return HolderRecord(
        holder=HolderIdentity(
            holder_id=holder_id,
            file_number="150699200042",
            birth_name="D'Ærouville",
            usage_name=None,
            given_names=("Zoé",),
            sex="F",
            birth_year=1997,
            birth_month=2,
            birth_day=None,
            birth_commune=None,
            birth_country="99352",
        ),
        licences=(LicenceTitle(title_number="15AA00042", categories=("B",), obtained_on=date(2015, 6, 1)),),
        record=Record.of(facts),
        known_at=77,
        data_as_of=datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC),
    )


def stated(*facts: Fact, on: date = ON) -> FullStatement:
    return full_statement(holder_record(*facts), on, ISSUED_AT)


def test_the_statement_says_what_the_law_says() -> None:
    content = stated(OBTAINED, offence("O1", date(2026, 3, 1), 4), Course(fact_id="S1", on=date(2026, 9, 10)))
    assert (content.situation.balance, content.situation.ceiling, content.situation.status) == (12, 12, Status.VALID)
    taken, regained = content.movements[-2:]
    assert (taken.on, taken.committed_on, taken.established_on) == (date(2026, 3, 31), date(2026, 3, 1), date(2026, 3, 31))
    assert (taken.points, taken.balance, taken.label, taken.why) == (-4, 8, "Feu rouge fixe non respecté", "Amende payée.")
    assert (regained.rule, regained.points, regained.balance) == (Rule.COURSE, 4, 12)
    assert regained.why == "Stage terminé le 10\u00a0septembre\u00a02026."
    assert sum(movement.points for movement in content.movements) == content.situation.balance
    assert content.identity.birth_date == "1997-02-00"
    assert all(movement.articles for movement in content.movements)


def test_only_what_is_past_is_a_movement_and_the_rest_is_to_come() -> None:
    content = stated(OBTAINED, offence("O1", date(2026, 3, 1), 1))
    before = stated(OBTAINED, offence("O1", date(2026, 3, 1), 1), on=date(2026, 9, 29))
    assert content.movements[-1].rule is Rule.SINGLE_POINT_RETURN
    assert before.movements[-1].rule is Rule.WITHDRAWAL
    assert (before.forecast[0].rule, before.forecast[0].on) == (Rule.SINGLE_POINT_RETURN, content.movements[-1].on)
    assert [mark.kind for mark in before.marks].count(MarkKind.COMING_BACK) == 1
    assert before.forecast[0].condition.startswith("Si aucune infraction")


def test_a_lost_licence_shows_its_end() -> None:
    losses = [offence(f"O{month}", date(2026, month, 1), 6) for month in (1, 2)]
    content = stated(OBTAINED, *losses, InvalidationNotified(fact_id="I1", on=date(2026, 6, 1)))
    assert content.situation.status is Status.INVALIDATED
    assert [(closing.on, closing.rule) for closing in content.closings] == [(date(2026, 6, 1), ClosingRule.INVALIDATION)]
    assert content.movements[-1].balance == 0
    assert stated(OBTAINED, *losses, InvalidationNotified(fact_id="I1", on=date(2026, 6, 1)), on=date(2026, 5, 31)).closings == ()


def test_a_return_undone_by_later_knowledge_is_stated() -> None:
    first = offence("O1", date(2024, 1, 1), 1)
    late = offence("O2", date(2024, 3, 1), 2, recorded_on=date(2024, 12, 1))
    (undone,) = stated(OBTAINED, first, late).revocations
    assert (undone.rule, undone.points, undone.undone_on) == (Rule.SINGLE_POINT_RETURN, 1, date(2024, 12, 1))


def test_a_cancelled_decision_leaves_no_movement() -> None:
    content = stated(
        OBTAINED, offence("O1", date(2026, 3, 1), 4), DecisionCancelled(fact_id="D1", on=date(2026, 10, 1), target="O1")
    )
    assert Rule.WITHDRAWAL not in {movement.rule for movement in content.movements}


def test_a_learner_is_stated_without_marks() -> None:
    content = stated()
    assert (content.situation.status, content.marks, content.movements) == (Status.NONE, (), ())


def test_references_are_short_and_all_different() -> None:
    references = {new_reference() for _ in range(2000)}
    assert len(references) == 2000
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", reference) for reference in references)


@pytest.fixture
def holder(db: None) -> Holder:
    return Holder.objects.create(
        known_from=1,
        stated_on=date(2026, 11, 22),
        file_number="150699200042",
        birth_name="D'Ærouville",
        given_names=["Zoé"],
        sex="F",
        birth_year=1997,
        birth_month=2,
        birth_country="99352",
    )


def test_a_paper_is_delivered_sealed_and_written_down(holder: Holder, workshop: Workshop) -> None:
    record = holder_record(OBTAINED, offence("O1", date(2026, 3, 1), 4), holder_id=holder.pk)
    at = ISSUED_AT.replace(microsecond=123456)
    issued = issue_full_statement(record, ON, at, workshop)
    assert issued.filename == f"releve-integral-{issued.reference}.pdf"
    assert seal_holds(issued.pdf, workshop.seal.certificate)
    line = IssuedDocument.objects.get(reference=issued.reference)
    again = full_statement(record, line.stated_on, line.issued_at)
    assert (line.kind, line.holder_id, line.known_at, line.content_format) == (
        "full_statement",
        holder.pk,
        77,
        "full-statement/2",
    )
    assert line.content_sha256 == fingerprint(again)
    assert line.issued_at == ISSUED_AT
    text = text_of(issued.pdf)
    assert issued.reference in text
    assert line.content_sha256 in text.replace(" ", "")
    assert "février 1997 (jour inconnu), pays 99352 (code Insee)" in text


def test_the_three_papers_are_written_down_with_what_states_them_again(holder: Holder, workshop: Workshop) -> None:
    record = holder_record(OBTAINED, offence("O1", date(2026, 3, 1), 4), holder_id=holder.pk)
    issued = (
        issue_full_statement(record, ON, ISSUED_AT, workshop),
        issue_period_statement(record, (date(2026, 1, 1), date(2026, 6, 30)), ON, ISSUED_AT, workshop),
        issue_attestation(record, ON, ISSUED_AT, workshop),
    )
    assert [each.filename.removesuffix(f"-{each.reference}.pdf") for each in issued] == [
        "releve-integral",
        "releve-partiel",
        "attestation-droits-a-conduire",
    ]
    assert all(seal_holds(each.pdf, workshop.seal.certificate) for each in issued)
    lines = [IssuedDocument.objects.get(reference=each.reference) for each in issued]
    assert [(line.kind, line.stated_on, line.first_on, line.last_on, line.expires_on) for line in lines] == [
        ("full_statement", ON, None, None, None),
        ("period_statement", ON, date(2026, 1, 1), date(2026, 6, 30), None),
        ("entitlement_attestation", ON, None, None, date(2027, 3, 21)),
    ]
    assert lines[1].content_sha256 == fingerprint(period_statement(record, date(2026, 1, 1), date(2026, 6, 30), ON, ISSUED_AT))
    assert lines[2].content_sha256 == fingerprint(entitlement_attestation(record, ON, ISSUED_AT))


@pytest.mark.parametrize(
    "days",
    [
        {"kind": "full_statement", "first_on": ON, "last_on": ON},
        {"kind": "period_statement"},
        {"kind": "period_statement", "first_on": ON},
        {"kind": "period_statement", "first_on": ON, "last_on": ON - timedelta(days=1)},
        {"kind": "entitlement_attestation"},
        {"kind": "full_statement", "expires_on": ON},
    ],
)
def test_the_table_refuses_days_that_are_not_those_of_the_paper(holder: Holder, days: dict[str, object]) -> None:
    line = {"reference": "K7Q2-M4XD-9TPA", "holder_id": holder.pk, "content_format": "x/1", "content_sha256": "0" * 64}
    with pytest.raises(IntegrityError):
        IssuedDocument.objects.create(**line, stated_on=ON, known_at=1, issued_at=ISSUED_AT, **days)


def test_issuing_takes_eight_statements(
    holder: Holder, workshop: Workshop, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    record = holder_record(OBTAINED, holder_id=holder.pk)
    issue_full_statement(record, ON, ISSUED_AT, workshop)
    # Two of them for the savepoint that stands for the transaction in a test.
    with django_assert_num_queries(8):  # type: ignore[operator]
        issue_full_statement(record, ON, ISSUED_AT, workshop)


def test_a_seal_that_does_not_hold_delivers_nothing(holder: Holder, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    record = holder_record(OBTAINED, holder_id=holder.pk)
    monkeypatch.setattr(issuance, "seal_holds", lambda *_: False)
    with pytest.raises(SealBroken, match="il n’est pas remis"):
        issue_full_statement(record, ON, ISSUED_AT, workshop)
    assert not IssuedDocument.objects.exists()


def test_an_expired_seal_delivers_nothing(holder: Holder, workshop: Workshop) -> None:
    with pytest.raises(SealUnusable):
        issue_full_statement(holder_record(holder_id=holder.pk), ON, ISSUED_AT + timedelta(days=4000), workshop)
    assert not IssuedDocument.objects.exists()


def test_the_table_refuses_two_papers_of_one_reference(
    holder: Holder, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuance, "new_reference", lambda: "K7Q2-M4XD-9TPA")
    record = holder_record(OBTAINED, holder_id=holder.pk)
    issue_full_statement(record, ON, ISSUED_AT, workshop)
    with pytest.raises(IntegrityError):
        issue_full_statement(record, ON, ISSUED_AT, workshop)


def test_a_holder_who_received_a_paper_is_not_deleted(holder: Holder, workshop: Workshop) -> None:
    issue_full_statement(holder_record(OBTAINED, holder_id=holder.pk), ON, ISSUED_AT, workshop)
    with pytest.raises(ProtectedError):
        holder.delete()


def test_the_bytes_stated_do_not_depend_on_the_order_of_arrival() -> None:
    facts = (
        OBTAINED,
        offence("O1", date(2026, 3, 1), 4),
        offence("O2", date(2026, 5, 1), 2),
        Course(fact_id="S1", on=date(2026, 9, 10)),
    )
    assert canonical_bytes(stated(*facts)) == canonical_bytes(stated(*reversed(facts)))

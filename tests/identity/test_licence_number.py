"""The licence-number door: what opens, what never does, and that nobody can learn who has a record."""

import contextlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import salted_hmac

from mespoints.identity.claim_courier import SENT_TO_A_HOLDER, Round
from mespoints.identity.licence_claim import Claim
from mespoints.identity.licence_number import (
    ASKED_BY_ACCOUNT_IN_A_DAY,
    ASKED_BY_ACCOUNT_IN_AN_HOUR,
    ASKED_BY_ALL,
    ASKED_FOR_A_NUMBER,
    ASKED_FROM_A_RANGE,
    EVERYBODY,
    TRIED_BY_ACCOUNT,
    TRIED_BY_ALL,
    TRIED_FROM_A_RANGE,
    ask,
    ask_again,
    awaits_a_code,
    confirm,
)
from mespoints.identity.models import Account, LicenceClaim, Link
from mespoints.identity.number_failures import AskedTooOften, CodeSpent, CodeWrong, DoorSaturated, NumberFailure, TriedTooOften
from mespoints.messages import contact_proof
from mespoints.messages.contact_proof import ALPHABET, LENGTH, LIFE, TRIES
from mespoints.rate_limits.limits import Spending, count, spend
from tests.identity.claims import (
    BORN,
    DEAD_NUMBER,
    NOBODYS_NUMBER,
    NOW,
    NUMBER,
    ON_FILE,
    SILENT_NUMBER,
    applicant,
    claim,
    code_for,
    code_in,
    courier,
    enter_holders,
    every_row_of,
    password_account,
)
from tests.register.entering import enter, holder

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WRONG = "BBBB-BBBB"


@pytest.fixture(autouse=True)
def holders(db: None) -> None:
    enter_holders()


@pytest.fixture
def account() -> Account:
    return password_account()


def linked_number(account: Account) -> str | None:
    link = Link.objects.filter(account=account, until__isnull=True).select_related("holder").first()
    return link.holder.file_number if link else None


# The way through


def test_the_right_code_ties_the_account_to_the_record(account: Account) -> None:
    code = code_for(account)
    confirm(applicant(account), code.lower(), NOW)
    link = Link.objects.get()
    assert (link.account, link.provider, link.subject, link.since) == (account, "licence_number", account.public_id, NOW)
    assert linked_number(account) == NUMBER


def test_the_code_goes_to_the_address_on_file_not_to_the_one_of_the_account(account: Account) -> None:
    ask(applicant(account), claim(), NOW)
    done, letters = courier()
    assert done == Round(written=1)
    assert [letter.recipient for letter in letters] == [ON_FILE]


def test_the_holder_is_told_of_the_link_where_the_administration_writes_to_him(account: Account) -> None:
    confirm(applicant(account), code_for(account), NOW)
    done, (letter,) = courier()
    assert done == Round(written=1)
    assert (letter.recipient, letter.subject) == (ON_FILE, "Mes points permis : un compte vient d’être activé")
    assert courier() == (Round(), [])


def test_whoever_looks_at_his_accesses_sees_that_a_code_was_asked(account: Account) -> None:
    code_for(account)
    assert "demande d’un code pour relier un compte" in every_row_of("access_log_accesstrace")


def test_a_holder_who_comes_by_franceconnect_may_also_have_an_account(account: Account) -> None:
    other = Account.objects.open_without_password(email=None, now=NOW)
    code = code_for(account)
    holder_id = LicenceClaim.objects.get().holder_id
    assert holder_id is not None
    Link.objects.create(account=other, provider="franceconnect", subject="sub", holder_id=holder_id, since=NOW)
    confirm(applicant(account), code, NOW)
    assert linked_number(account) == linked_number(other) == NUMBER
    assert [letter.recipient for letter in courier()[1]] == [ON_FILE]


# What never opens


def test_the_three_things_alone_open_nothing(account: Account) -> None:
    ask(applicant(account), claim(), NOW)
    courier()
    assert linked_number(account) is None
    with pytest.raises(CodeWrong):
        confirm(applicant(account), "", NOW)


@pytest.mark.parametrize(
    "typed",
    [
        claim(NOBODYS_NUMBER),
        claim(name="Lefebvre"),
        claim(born="2005-02-22"),
        claim(born="2005-00-00"),
        claim(SILENT_NUMBER),
        claim(DEAD_NUMBER),
    ],
    ids=["nobody's number", "another name", "another day", "no day", "no e-mail on file", "deceased"],
)
def test_no_code_leaves_and_every_code_is_wrong(account: Account, typed: Claim) -> None:
    ask(applicant(account), typed, NOW)
    assert courier() == (Round(silent=1), [])
    assert awaits_a_code(account, NOW)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as wrong:
            confirm(applicant(account), WRONG, NOW)
        assert wrong.value.tries_left == left
    with pytest.raises(CodeSpent):
        confirm(applicant(account), WRONG, NOW)


def test_a_code_asked_by_one_account_opens_nothing_to_another(account: Account) -> None:
    thief = password_account("thief@example.org")
    code = code_for(account)
    ask(applicant(thief), claim(NOBODYS_NUMBER), NOW)
    with pytest.raises(CodeWrong):
        confirm(applicant(thief), code, NOW)
    assert linked_number(thief) is None


def test_a_record_already_tied_to_a_password_account_stays_there(account: Account) -> None:
    confirm(applicant(account), code_for(account), NOW)
    courier()
    second = password_account("second@example.org")
    ask(applicant(second), claim(), NOW)
    _, (letter,) = courier()
    assert (letter.recipient, letter.subject) == (ON_FILE, "Mes points permis : une demande que nous n’avons pas suivie")
    with pytest.raises(CodeWrong):
        confirm(applicant(second), WRONG, NOW)
    assert linked_number(second) is None


def test_of_two_accounts_with_a_right_code_the_first_has_the_record(account: Account) -> None:
    second = password_account("second@example.org")
    first_code, second_code = code_for(account), code_for(second)
    confirm(applicant(account), first_code, NOW)
    with pytest.raises(CodeWrong):
        confirm(applicant(second), second_code, NOW)
    assert linked_number(second) is None
    with pytest.raises(CodeSpent):
        confirm(applicant(second), second_code, NOW)


def test_who_died_after_the_code_left_is_not_tied(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(account)
    monkeypatch.setattr("mespoints.register.numbered_holder.NumberedHolder.is_deceased", True)
    with pytest.raises(CodeWrong):
        confirm(applicant(account), code, NOW)


def test_a_code_without_a_request(account: Account) -> None:
    with pytest.raises(CodeSpent):
        confirm(applicant(account), WRONG, NOW)


def test_a_code_is_dead_after_half_an_hour(account: Account) -> None:
    code = code_for(account)
    assert not awaits_a_code(account, NOW + LIFE)
    with pytest.raises(CodeSpent):
        confirm(applicant(account), code, NOW + LIFE)
    assert linked_number(account) is None


# Another code


def test_another_code_without_typing_again(account: Account) -> None:
    first = code_for(account)
    ask_again(applicant(account), NOW)
    second = code_in(courier()[1])
    with pytest.raises(CodeWrong):
        confirm(applicant(account), first, NOW)
    confirm(applicant(account), second, NOW)
    assert linked_number(account) == NUMBER


def test_another_code_when_the_first_was_never_looked_at(account: Account) -> None:
    ask(applicant(account), claim(), NOW)
    ask_again(applicant(account), NOW)
    _, (letter,) = courier()
    assert letter.recipient == ON_FILE


def test_another_code_where_no_record_was_found(account: Account) -> None:
    ask(applicant(account), claim(NOBODYS_NUMBER), NOW)
    courier()
    ask_again(applicant(account), NOW)
    assert courier() == (Round(silent=1), [])
    with pytest.raises(CodeWrong):
        confirm(applicant(account), WRONG, NOW)


def test_a_courier_that_comes_too_late_writes_nothing_and_forgets(account: Account) -> None:
    ask(applicant(account), claim(), NOW)
    assert courier(NOW + LIFE) == (Round(silent=1), [])
    assert "2005-02-21" not in every_row_of("identity_licenceclaim")


# What is kept


def test_what_was_typed_is_erased_once_compared(account: Account) -> None:
    ask(applicant(account), claim(), NOW)
    assert "2005-02-21" in every_row_of("identity_licenceclaim")
    courier()
    kept = every_row_of("identity_licenceclaim")
    assert NUMBER not in kept
    assert "lefevre" not in kept
    assert "2005-02-21" not in kept


# Nobody can learn who has a record


def statements(act: Callable[[], None]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [re.sub(r'"s\d+_x\d+"', "", query["sql"])[:60] for query in captured.captured_queries]


def asked_then_tried(number: str, email: str) -> list[str]:
    someone = password_account(email)

    def walk() -> None:
        ask(applicant(someone), claim(number), NOW)

    def try_one() -> None:
        with pytest.raises(CodeWrong):
            confirm(applicant(someone), WRONG, NOW)

    said = statements(walk)
    courier()
    return [*said, *statements(try_one), *statements(lambda: ask_again(applicant(someone), NOW))]


def test_the_same_statements_whether_a_record_exists_or_not() -> None:
    asked_then_tried(NOBODYS_NUMBER, "first@example.org")
    found = asked_then_tried(NUMBER, "found@example.org")
    assert found == asked_then_tried(NOBODYS_NUMBER, "nobody@example.org") == asked_then_tried(DEAD_NUMBER, "dead@example.org")
    assert not [sql for sql in found if "register_" in sql], "the pages never look"


def test_the_same_digests_whether_a_record_exists_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    for number, email in ((NUMBER, "found@example.org"), (NOBODYS_NUMBER, "nobody@example.org")):
        someone = password_account(email)
        ask(applicant(someone), claim(number), NOW)
        courier()
        calls: list[str] = []

        def counting(*given: str, calls: list[str] = calls, **more: str) -> object:
            calls.append(given[1])
            return salted_hmac(*given, **more)

        monkeypatch.setattr(contact_proof, "salted_hmac", counting)
        with pytest.raises(CodeWrong):
            confirm(applicant(someone), WRONG, NOW)
        counted.append(len(calls))
        monkeypatch.undo()
    assert counted == [1, 1]


# Brute force, with a clock that moves


def test_an_account_asks_five_times_an_hour_and_fifteen_a_day(account: Account) -> None:
    passed = 0
    for hour in range(20):
        for _ in range(7):
            try:
                ask_again(applicant(account), NOW.replace(hour=0) + hour * HOUR)
            except AskedTooOften:
                continue
            passed += 1
        assert passed <= min((hour + 1) * ASKED_BY_ACCOUNT_IN_AN_HOUR.at_most, ASKED_BY_ACCOUNT_IN_A_DAY.at_most)
    # What is refused is counted too, so that the day is spent before the third hour is.
    assert ASKED_BY_ACCOUNT_IN_AN_HOUR.at_most < passed <= ASKED_BY_ACCOUNT_IN_A_DAY.at_most


def test_a_file_number_is_asked_ten_times_a_day_by_whatever_account_from_wherever() -> None:
    for rank in range(ASKED_FOR_A_NUMBER.at_most):
        ask(applicant(password_account(f"{rank}@example.org"), f"198.51.{rank}.1"), claim(NOBODYS_NUMBER), NOW)
    other = password_account("other@example.org")
    with pytest.raises(AskedTooOften):
        ask(applicant(other, "192.0.2.1"), claim(NOBODYS_NUMBER), NOW)
    ask(applicant(other, "192.0.2.1"), claim(NUMBER), NOW)
    ask(applicant(other, "192.0.2.1"), claim(NOBODYS_NUMBER), NOW + DAY)


def test_one_holder_is_written_to_five_times_a_day_whoever_asks() -> None:
    written = 0
    for rank in range(8):
        ask(applicant(password_account(f"{rank}@example.org")), claim(), NOW)
        written += len(courier()[1])
    assert written == SENT_TO_A_HOLDER.at_most == 5
    ask(applicant(password_account("next@example.org")), claim(), NOW + DAY)
    assert len(courier(NOW + DAY)[1]) == 1


def test_neighbours_share_a_limit(account: Account) -> None:
    spend(ASKED_FROM_A_RANGE, "203.0.113.0/24", NOW, cost=ASKED_FROM_A_RANGE.at_most)
    with pytest.raises(AskedTooOften):
        ask_again(applicant(account, "203.0.113.99"), NOW)
    ask_again(applicant(account, "203.0.114.99"), NOW)
    spend(TRIED_FROM_A_RANGE, "2001:db8:1::/48", NOW, cost=TRIED_FROM_A_RANGE.at_most)
    with pytest.raises(TriedTooOften):
        confirm(applicant(account, "2001:db8:1:7::"), WRONG, NOW)
    with pytest.raises(CodeWrong):
        confirm(applicant(account, "2001:db8:2:7::"), WRONG, NOW)


def test_an_account_tries_thirty_codes_a_day(account: Account) -> None:
    answers = []
    for hour in range(8):
        ask_again(applicant(account), NOW + hour * HOUR)
        answers += [refusal(account, NOW + hour * HOUR) for _ in range(TRIES)]
    assert answers == ["CODE-WRONG"] * TRIED_BY_ACCOUNT.at_most + ["TRIED-TOO-OFTEN"] * 10


def refusal(account: Account, now: datetime) -> str:
    with pytest.raises(NumberFailure) as refused:
        confirm(applicant(account), WRONG, now)
    return refused.value.code


def test_whoever_insists_past_his_limit_takes_nothing_from_others(account: Account) -> None:
    for _ in range(40):
        with contextlib.suppress(AskedTooOften):
            ask(applicant(account), claim(), NOW)
        with contextlib.suppress(NumberFailure):
            confirm(applicant(account), WRONG, NOW)
    shares = [
        Spending(limit=ASKED_FOR_A_NUMBER, key=NUMBER),
        Spending(limit=ASKED_FROM_A_RANGE, key=applicant(account).range),
        Spending(limit=ASKED_BY_ALL, key=EVERYBODY),
        Spending(limit=TRIED_BY_ALL, key=EVERYBODY),
    ]
    left = [replace(share, cost=0) for share in shares]
    assert [counted.spent for counted in count(left, NOW)] == [5, 5, 5, 30]


def test_everybody_together_is_stopped_for_an_hour_and_an_operator_is_told(account: Account) -> None:
    spend(ASKED_BY_ALL, EVERYBODY, NOW, cost=ASKED_BY_ALL.at_most)
    with pytest.raises(DoorSaturated):
        ask(applicant(account), claim(), NOW)
    code = code_for(account, now=NOW + HOUR)
    spend(TRIED_BY_ALL, EVERYBODY, NOW + HOUR, cost=TRIED_BY_ALL.at_most)
    with pytest.raises(DoorSaturated):
        confirm(applicant(account), code, NOW + HOUR)
    assert linked_number(account) is None


def test_the_figures_of_the_docstrings() -> None:
    codes = len(ALPHABET) ** LENGTH
    a_year_of_siege = 365 * SENT_TO_A_HOLDER.at_most * TRIES / codes
    assert a_year_of_siege < 4e-7
    years_before_one_guess = codes / (TRIED_BY_ALL.at_most * 24 * 365)
    assert years_before_one_guess > 500


# At once


@pytest.mark.django_db(transaction=True)
def test_two_processes_race_on_one_code() -> None:
    enter(2, [holder(1, file_number="240999200040", birth_name="Autre", **BORN)])
    account = password_account()
    code = code_for(account)
    together = Barrier(2)

    def race(_: int) -> str:
        together.wait()
        try:
            confirm(applicant(account), code, NOW)
        except (CodeSpent, CodeWrong) as refused:
            return refused.code
        finally:
            connection.close()
        return "tied"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(race, range(2))) == ["CODE-SPENT", "tied"]
    assert Link.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_couriers_write_once() -> None:
    account = password_account()
    ask(applicant(account), claim(), NOW)
    together = Barrier(2)

    def pass_by(_: int) -> int:
        together.wait()
        try:
            return len(courier()[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(pass_by, range(2))) == 1

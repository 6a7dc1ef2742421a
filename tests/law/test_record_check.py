"""A stated history confronted with the law: each fault is made by hand, and its article known beforehand."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.law import (
    DecisionCancelled,
    Finding,
    FindingCode,
    InvalidationNotified,
    Record,
    Rule,
    StatedMovement,
    record_check,
    replay,
)
from tests.law.invented import PROBATION, as_stated, course, day, offence, random_record, record
from tests.law.test_properties import law

CASE_3 = record(offence("a", "2021-03-05", "2021-04-10", "C3", 1), licence=PROBATION)
"""law.md §10, case 3: six; eight after a clean year; a point lost and back; no more increment; twelve two clean years later."""
AS_OF = day("2024-01-01")


def line(on: str, points: int, rule: Rule | None = None, cause: str | None = None, balance: int | None = None) -> StatedMovement:
    return StatedMovement(on=day(on), points=points, rule=rule, cause=cause, balance=balance)


def case_3() -> dict[str, StatedMovement]:
    return {
        "initial": line("2020-01-01", 6, Rule.INITIAL, balance=6),
        "increment": line("2021-01-01", 2, Rule.PROBATION_INCREMENT, balance=8),
        "loss": line("2021-04-10", -1, Rule.WITHDRAWAL, "a", balance=7),
        "back": line("2021-10-10", 1, Rule.SINGLE_POINT_RETURN, "a", balance=8),
        "full": line("2023-04-10", 4, Rule.RESTORATION, "a", balance=12),
    }


def found(lines: dict[str, StatedMovement], held: Record = CASE_3) -> list[Finding]:
    return list(record_check(lines.values(), held, as_of=AS_OF))


def only(lines: dict[str, StatedMovement], held: Record = CASE_3) -> Finding:
    (finding,) = found(lines, held)
    return finding


def words(finding: Finding) -> str:
    return finding.text.replace("\u00a0", " ")


def unbalanced(lines: dict[str, StatedMovement]) -> dict[str, StatedMovement]:
    return {key: replace(each, balance=None) for key, each in lines.items()}


def test_a_right_history_has_no_finding() -> None:
    assert found(case_3()) == []
    bare = {key: replace(each, rule=None, cause=None, balance=None) for key, each in case_3().items()}
    assert found(bare) == []


def test_an_overdue_return() -> None:
    lines = unbalanced(case_3())
    del lines["back"]
    finding = only(lines)
    assert (finding.code, finding.on, finding.cause) == (FindingCode.NOT_STATED, day("2021-10-10"), "a")
    assert finding.articles == ("L223-6 al. 3",)
    assert finding.stated is None
    assert finding.expected is not None
    assert finding.expected.points == 1
    assert words(finding) == (
        "Un point perdu seul devait vous revenir le 10 octobre 2021, après six mois sans nouvelle infraction. "
        "Le relevé ne le porte pas."
    )


def test_a_return_is_not_overdue_before_its_day() -> None:
    lines = [case_3()[key] for key in ("initial", "increment", "loss")]
    assert record_check(lines, CASE_3, as_of=day("2021-10-09")) == ()
    assert [each.code for each in record_check(lines, CASE_3, as_of=day("2021-10-10"))] == [FindingCode.NOT_STATED]


@pytest.mark.parametrize(
    ("stated_on", "code", "end"),
    [
        ("2021-09-10", FindingCode.TOO_EARLY, "Ce retour n’est dû que le 10 octobre 2021."),
        ("2021-11-10", FindingCode.TOO_LATE, "Ce retour était dû plus tôt, le 10 octobre 2021."),
    ],
)
def test_a_return_on_the_wrong_day(stated_on: str, code: FindingCode, end: str) -> None:
    lines = case_3()
    lines["back"] = replace(lines["back"], on=day(stated_on))
    finding = only(lines)
    assert (finding.code, finding.on, finding.cause, finding.articles) == (code, day(stated_on), "a", ("L223-6 al. 3",))
    assert words(finding).endswith(end)


def test_a_return_given_before_its_day_is_too_early_though_it_is_not_due_yet() -> None:
    lines = [case_3()[key] for key in ("initial", "increment", "loss")] + [line("2021-10-01", 1, balance=8)]
    (finding,) = record_check(lines, CASE_3, as_of=day("2021-10-05"))
    assert (finding.code, finding.cause) == (FindingCode.TOO_EARLY, "a")


def test_a_loss_on_the_day_of_commission() -> None:
    """It counts from the day the offence is established (L223-1 al. 4)."""
    lines = case_3()
    lines["loss"] = replace(lines["loss"], on=day("2021-03-05"))
    finding = only(lines)
    assert (finding.code, finding.cause) == (FindingCode.WRONG_DAY, "a")
    assert "L223-1 al. 4" in finding.articles
    assert "établie le 10 avril 2021" in words(finding)


def test_a_licence_opened_on_the_wrong_day() -> None:
    lines = case_3()
    lines["initial"] = replace(lines["initial"], on=day("2020-01-02"))
    finding = only(lines)
    assert (finding.code, finding.articles) == (FindingCode.WRONG_DAY, ("L223-1 al. 2", "R223-1 II"))
    assert words(finding) == "Le relevé ouvre votre compte le 2 janvier 2020. Votre permis commence le 1er janvier 2020."


@pytest.mark.parametrize(
    ("key", "points", "text"),
    [
        ("loss", -3, "Le 10 avril 2021, le relevé retire 3 points. La loi en retire 1 point."),
        ("full", 3, "Le 10 avril 2023, le relevé ajoute 3 points. La loi en rend 4 points."),
        ("loss", 1, "Le 10 avril 2021, le relevé ajoute 1 point. La loi, elle, retire 1 point."),
        ("back", -1, "Le 10 octobre 2021, le relevé retire 1 point. La loi, elle, rend 1 point."),
    ],
)
def test_a_wrong_amount(key: str, points: int, text: str) -> None:
    lines = unbalanced(case_3())
    lines[key] = replace(lines[key], points=points)
    finding = only(lines)
    assert (finding.code, finding.cause, words(finding)) == (FindingCode.WRONG_AMOUNT, "a", text)


def test_a_wrong_amount_on_a_wrong_day() -> None:
    """Told as two faults when the line names its offence; else as a loss too many and a loss left out."""
    lines = unbalanced(case_3())
    lines["loss"] = replace(lines["loss"], on=day("2021-05-01"), points=-2)
    assert [(each.code, each.cause) for each in found(lines)] == [(FindingCode.WRONG_AMOUNT, "a"), (FindingCode.WRONG_DAY, "a")]
    lines["loss"] = replace(lines["loss"], cause=None)
    assert [each.code for each in found(lines)] == [FindingCode.NOT_STATED, FindingCode.NOT_DUE]


def test_the_increment_of_a_year_that_was_not_clean() -> None:
    """Since the start of probation, a point back does not count (R223-1 II)."""
    lines = unbalanced(case_3()) | {"more": line("2022-01-01", 2, Rule.PROBATION_INCREMENT)}
    finding = only(lines)
    assert (finding.code, finding.on, finding.expected) == (FindingCode.NOT_DUE, day("2022-01-01"), None)
    assert "R223-1 II" in finding.articles
    assert words(finding) == "Le relevé ajoute 2 points le 1er janvier 2022. La loi n’en rend aucun ce jour-là."


@pytest.mark.parametrize(("key", "text"), [("loss", "deux fois le retrait de 1 point"), ("back", "deux fois l’ajout de 1 point")])
def test_a_double_entry(key: str, text: str) -> None:
    lines = unbalanced(case_3())
    lines["twice"] = lines[key]
    finding = only(lines)
    assert (finding.code, finding.on, finding.cause) == (FindingCode.DOUBLE_ENTRY, lines[key].on, "a")
    assert text in words(finding)


def test_two_alike_that_are_both_due_are_no_double_entry() -> None:
    """Successive offences add up (CE 20 June 2023, 460902)."""
    held = record(*(offence(name, "2023-05-02", "2023-06-02", "C4", 3) for name in ("a", "b")))
    lines = {"o": line("2010-01-01", 12), "a": line("2023-06-02", -3), "b": line("2023-06-02", -3, balance=6)}
    assert found(lines, held) == []
    assert only(lines | {"c": line("2023-06-02", -3)}, held).code is FindingCode.DOUBLE_ENTRY


def test_a_balance_that_is_not_the_sum_is_told_once() -> None:
    lines = case_3()
    lines["loss"] = replace(lines["loss"], balance=6)
    lines["back"] = replace(lines["back"], balance=7)
    lines["full"] = replace(lines["full"], balance=11)
    finding = only(lines)
    assert (finding.code, finding.on, finding.expected_balance) == (FindingCode.WRONG_BALANCE, day("2021-04-10"), 7)
    assert finding.articles == ("L223-1 al. 1",)
    assert words(finding) == "Après la ligne du 10 avril 2021, le relevé annonce 6 points. La somme de ses lignes donne 7 points."


GROUP = record(
    offence("a", "2021-06-05", "2021-10-11", "D", 6),
    offence("b", "2021-06-05", "2021-10-11", "C4", 3, simultaneous_with="a"),
    offence("c", "2021-06-05", "2021-11-02", "C4", 4, simultaneous_with="a"),
)
"""Eight together: six, then two of the three, then nothing of the four (L223-2 III, R223-2)."""


def test_the_cap_of_simultaneous_offences() -> None:
    right = {"o": line("2010-01-01", 12), "a": line("2021-10-11", -6), "b": line("2021-10-11", -2, balance=4)}
    assert found(right, GROUP) == []
    partly = only(right | {"b": line("2021-10-11", -3)}, GROUP)
    assert (partly.code, partly.cause, partly.articles) == (FindingCode.CAP_BROKEN, "b", ("L223-2", "R223-2"))
    assert words(partly).endswith("leur plafond ramène ce retrait à 2 points.")
    whole = only(right | {"c": line("2021-11-02", -4)}, GROUP)
    assert (whole.code, whole.cause, whole.articles) == (FindingCode.CAP_BROKEN, "c", ("L223-2", "R223-2"))
    assert words(whole).endswith("rien de plus ne devait être retiré.")


def test_a_cancelled_withdrawal() -> None:
    held = record(
        offence("a", "2021-06-05", "2021-10-11", "D", 6), DecisionCancelled(fact_id="x", on=day("2022-03-01"), target="a")
    )
    finding = only({"o": line("2010-01-01", 12), "a": line("2021-10-11", -6)}, held)
    assert (finding.code, finding.cause) == (FindingCode.CANCELLED, "a")
    assert "réputé n’avoir jamais existé" in words(finding)


def test_a_withdrawal_for_a_vehicle_without_licence() -> None:
    held = record(offence("a", "2021-06-05", "2021-10-11", "C4", 4, vehicle_needs_licence=False))
    finding = only({"o": line("2010-01-01", 12), "a": line("2021-10-11", -4)}, held)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, "a")
    assert "sans permis" in words(finding)


def test_a_withdrawal_before_the_offence_is_established() -> None:
    held = record(offence("a", "2021-06-05", None, "C4", 4))
    finding = only({"o": line("2010-01-01", 12), "a": line("2021-06-20", -4, cause="a")}, held)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, "a")
    assert "L223-1 al. 4" in finding.articles
    assert "L’infraction du 5 juin 2021 n’est pas encore établie" in words(finding)


def test_a_withdrawal_for_no_known_offence() -> None:
    finding = only(unbalanced(case_3()) | {"more": line("2022-02-01", -4)})
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, None)
    assert words(finding).endswith("Aucune infraction connue ne justifie ce retrait ce jour-là.")
    named = only(unbalanced(case_3()) | {"more": line("2022-02-01", -4, cause="elsewhere")})
    assert named.cause == "elsewhere"


def test_a_withdrawal_after_the_licence_is_lost() -> None:
    """Nothing falls on a licence that is no longer valid (L223-1 al. 3)."""
    held = record(
        *(offence(name, "2021-06-05", "2021-07-05", "D", 6) for name in "ab"),
        InvalidationNotified(fact_id="48si", on=day("2021-08-02")),
        offence("c", "2021-06-06", "2021-09-01", "C4", 4),
    )
    lines = {"o": line("2010-01-01", 12), **{name: line("2021-07-05", -6) for name in "ab"}}
    assert found(lines, held) == []
    finding = only(lines | {"c": line("2021-09-01", -4, cause="c")}, held)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, "c")


def test_a_restoration_given_inside_probation() -> None:
    """Two years after the payment, class 3, but before the end of probation (L223-1 al. 5): twelve come at the end."""
    held = record(offence("a", "2020-02-01", "2020-02-10", "C3", 2), licence=PROBATION)
    lines = {"o": line("2020-01-01", 6), "a": line("2020-02-10", -2), "end": line("2023-01-01", 8)}
    assert found(lines, held) == []
    finding = only(lines | {"x": line("2022-02-10", 2, Rule.RESTORATION)}, held)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, None)
    # An older offence established only after that day bars nothing either: the sentence names none.
    older = record(*held.facts[1:], offence("b", "2020-01-15", "2022-12-01", "C3", 1), licence=PROBATION)
    stated = {"o": line("2020-01-01", 6), "a": line("2020-02-10", -2), "b": line("2022-12-01", -1)}
    late = {"single": line("2023-06-01", 1), "x": line("2022-02-10", 2, Rule.RESTORATION)}
    finding = only(stated | late, older)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, None)


def test_a_single_point_given_back_in_spite_of_a_new_offence() -> None:
    """Committed in the six months, established after them (CE 4 December 2017, 402423): the offence committed decides."""
    held = record(offence("a", "2023-02-10", "2023-03-01", "C3", 1), offence("b", "2023-08-20", "2023-12-05", "C2", 2))
    lines = {"o": line("2010-01-01", 12), "a": line("2023-03-01", -1), "b": line("2023-12-05", -2)}
    finding = only(lines | {"back": line("2023-09-01", 1)}, held)
    assert (finding.code, finding.cause) == (FindingCode.NOT_DUE, "b")
    assert "L’infraction du 20 août 2023, commise avant la fin du délai, empêche ce retour." in words(finding)
    assert "L223-6 al. 3" in finding.articles


def test_a_restoration_given_in_spite_of_a_later_establishment() -> None:
    """Two years from the last establishment (L223-6 al. 1): the second one, of an older offence, starts them again."""
    held = record(offence("a", "2020-03-01", "2020-05-04", "C3", 3), offence("b", "2020-02-01", "2021-12-10", "C3", 2))
    lines = {"o": line("2010-01-01", 12), "a": line("2020-05-04", -3), "b": line("2021-12-10", -2)}
    finding = only(lines | {"c": line("2023-12-10", 5, Rule.RESTORATION), "x": line("2022-05-04", 5, Rule.RESTORATION)}, held)
    assert (finding.code, finding.cause, finding.articles) == (FindingCode.NOT_DUE, "b", ("L223-6 al. 1", "L223-6 al. 2"))
    assert "établie le 10 décembre 2021 fait repartir le délai" in words(finding)


def test_a_course_left_out() -> None:
    held = record(offence("a", "2023-02-10", "2023-03-01", "C4", 4), course("s", "2023-05-13"))
    finding = only({"o": line("2010-01-01", 12), "a": line("2023-03-01", -4)}, held)
    assert (finding.on, finding.cause, "R223-8 III" in finding.articles) == (day("2023-05-14"), "s", True)
    assert "lendemain de son dernier jour" in words(finding)


def test_a_restoration_may_be_stated_as_seen_from_zero() -> None:
    """Account -2, shown as 0; three years later fourteen points return, twelve are seen."""
    held = record(
        *(offence(name, "2019-01-05", "2019-02-05", "D", 6) for name in "ab"), offence("c", "2019-01-05", "2019-02-05", "C4", 2)
    )
    lines = {
        "o": line("2010-01-01", 12),
        **{name: line("2019-02-05", -6) for name in "ab"},
        "c": line("2019-02-05", -2, balance=0),
    }
    assert found(lines | {"r": line("2022-02-05", 12, balance=12)}, held) == []
    assert found(lines | {"r": line("2022-02-05", 14, balance=12)}, held) == []


def test_a_partial_history_begins_on_its_own_day() -> None:
    lines = [case_3()[key] for key in ("back", "full")]
    assert record_check(lines, CASE_3, as_of=AS_OF, since=day("2021-06-01")) == ()
    wrong = [lines[0], replace(lines[1], balance=11)]
    (finding,) = record_check(wrong, CASE_3, as_of=AS_OF, since=day("2021-06-01"))
    assert (finding.code, finding.expected_balance) == (FindingCode.WRONG_BALANCE, 12)


# The engine's own history, and what becomes of it


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_the_movements_of_the_engine_add_up(seed: int) -> None:
    held, as_of, _ = random_record(seed)
    lines = as_stated(movement for movement in replay(held).movements if movement.on <= as_of)
    assert record_check(lines, held, as_of=as_of) == ()
    bare = [replace(each, rule=None, cause=None, balance=None) for each in lines]
    assert record_check(bare, held, as_of=as_of) == ()


@law
@given(
    st.integers(min_value=0, max_value=2**32), st.sampled_from(["drop", "double", "shift", "amount", "balance"]), st.booleans()
)
def test_every_fault_is_found(seed: int, fault: str, is_bare: bool) -> None:  # noqa: FBT001 – drawn
    held, as_of, chance = random_record(seed)
    movements = [movement for movement in replay(held).movements if movement.on <= as_of]
    if not movements:
        return
    rank = chance.randrange(len(movements))
    lines = as_stated(movements)
    if is_bare and fault != "balance":
        lines = [replace(each, rule=None, cause=None, balance=None) for each in lines]
    faulty = spoiled(lines, rank, fault, chance, movements[rank].points_seen)
    findings = record_check(faulty, held, as_of=as_of)
    assert findings, (fault, lines[rank])
    for finding in findings:
        assert finding.articles
        assert finding.text.endswith(".")
        assert finding.phrase.said("en").endswith(".")


def spoiled(lines: list[StatedMovement], rank: int, fault: str, chance: Random, also_right: int) -> list[StatedMovement]:
    """One fault in one line. ``also_right``: the points of a restoration as seen from zero, which are no fault."""
    one = lines[rank]
    match fault:
        case "drop":
            return lines[:rank] + lines[rank + 1 :]
        case "double":
            return [*lines[:rank], one, one, *lines[rank + 1 :]]
        case "shift":
            days = chance.choice((-40, -1, 1, 40))
            return [*lines[:rank], replace(one, on=max(one.on, date(1990, 1, 1)) + timedelta(days=days)), *lines[rank + 1 :]]
        case "amount":
            points = next(points for points in (one.points + chance.choice((-2, -1, 1, 2)), -one.points) if points != also_right)
            return [*lines[:rank], replace(one, points=points), *lines[rank + 1 :]]
        case _:
            return [*lines[:rank], replace(one, balance=(one.balance or 0) + chance.choice((1, 2))), *lines[rank + 1 :]]


def sentences(language: str) -> dict[tuple[str, str], str]:
    text = files("mespoints.law.texts").joinpath(f"check.{language}.toml").read_text("utf-8")
    return {(table, key): sentence for table, entries in tomllib.loads(text).items() for key, sentence in entries.items()}


def test_both_languages_say_the_same_things_with_the_same_places() -> None:
    french, english = sentences("fr"), sentences("en")
    assert list(french) == list(english)
    for key, sentence in french.items():
        assert sentence.endswith(".")
        assert english[key].endswith(".")
        assert places(sentence) == places(english[key]), key


def places(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def test_months_is_not_needed_where_there_is_no_period() -> None:
    lines = unbalanced(case_3())
    del lines["increment"]
    assert words(only(lines)).startswith(
        "Une année de permis probatoire sans perte devait vous donner 2 points le 1er janvier 2021"
    )

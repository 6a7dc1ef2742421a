"""The public door: the command, its errors, its statuses; nothing but an answer or a named error for any JSON."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mespoints.law.case_format import CaseError, evaluate
from tests.law.bad_cases import BAD, GOOD, Case, changed, many_suspensions, offence
from tests.law.random_records import random_case
from tests.law.schema_check import conforms

CHECKOUT = Path(__file__).parents[2]
CODES = {
    "json", "missing", "unknown_field", "unknown_value", "not_a_day", "out_of_range", "duplicate_id", "dangling_reference",
    "established_before_committed", "established_without_mode", "unknown_offence", "no_points", "before_licence", "collision",
    "too_large",
}  # fmt: skip
OF_FORM = {"json", "missing", "unknown_field", "unknown_value", "not_a_day", "no_points", "established_without_mode"}
KEYS = {
    "id", "as_of", "balance", "account", "ceiling", "status", "probation", "situations", "movements", "forecast", "revoked",
    "closings", "obligations", "new_licence_from", "course",
}  # fmt: skip
COLUMNS = {
    "situations": {"on", "balance", "account", "ceiling", "status"},
    "movements": {"on", "points", "account", "rule", "articles", "cause", "text"},
    "forecast": {"on", "points", "account", "rule", "articles", "condition"},
    "revoked": {"would_have_been_on", "points", "rule", "undone_on", "cause"},
    "closings": {"on", "rule", "account"},
    "obligations": {"kind", "cause", "due_on", "overdue", "text"},
}


def command(*arguments: str, given_text: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a person runs it; only what it needs in its environment."""
    environment = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.environ["PATH"],
        "PYTHONWARNINGS": "error",
        "PYTHONIOENCODING": "utf-8",
    }
    line = [sys.executable, "-c", "import sys; from mespoints.cli import main; sys.exit(main())", "evaluate", *arguments]
    done = subprocess.run(
        line, input=given_text, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


# accepted


def test_good_case_is_good() -> None:
    assert conforms(GOOD)
    answer = evaluate(GOOD)
    assert set(answer) >= KEYS
    assert "error" not in answer


@pytest.mark.parametrize("seed", range(60))
def test_form_of_the_answer(seed: int) -> None:
    case = random_case(seed)
    assert conforms(case)
    answer = evaluate({**case, "id": "mine"})
    assert set(answer) == KEYS
    assert answer["id"] == "mine"
    for key, columns in COLUMNS.items():
        assert all(set(row) == columns for row in answer[key]), key
    assert set(answer["course"]) == {"useful", "points", "first_useful_day", "last_useful_day", "advice"}
    assert set(answer["probation"]) == {"active", "ends_on"}
    assert answer["course"]["advice"].strip()
    assert [here["on"] for here in answer["situations"]] == sorted({case["as_of"], *case.get("on", [])})
    assert json.loads(json.dumps(answer)) == answer


def test_id_is_null_when_not_given() -> None:
    assert evaluate(GOOD)["id"] is None


# refused


@pytest.mark.parametrize("name", BAD)
def test_bad_case_is_refused_by_name(name: str) -> None:
    case, code, found = BAD[name]
    with pytest.raises(CaseError) as refusal:
        evaluate(deepcopy(case))
    assert refusal.value.code == code
    assert found in refusal.value.message
    assert "attendu" in refusal.value.message or "le catalogue donne" in refusal.value.message
    assert refusal.value.path is not None


def test_every_code_is_shown() -> None:
    assert {code for _case, code, _found in BAD.values()} | {"json"} == CODES


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        "text",
        [],
        {},
        {"licence": None, "events": None, "as_of": None},
        {"licence": {}, "events": {}, "as_of": 4},
    ],
)
def test_wrong_shapes_are_refused(value: Any) -> None:
    with pytest.raises(CaseError) as refusal:
        evaluate(value)
    assert refusal.value.code in CODES


@pytest.mark.parametrize("name", ["no as_of", "30 February", "same id twice"])
def test_path_leads_to_the_fault(name: str) -> None:
    expected = {"no as_of": ("", "as_of"), "30 February": ("as_of",), "same id twice": ("events[1].id", "events[1]")}[name]
    with pytest.raises(CaseError) as refusal:
        evaluate(deepcopy(BAD[name][0]))
    assert refusal.value.path in expected


# limits of what is accepted


@pytest.mark.parametrize(
    "case",
    [
        offence(established=None, established_by=None),
        offence(established="2020-07-01"),
        offence(category="D", points=9),
        offence(points=0),
        offence(id="é" * 64),
        changed("licence", "post_permit_training", None),
        changed("known_on", None),
        changed("on", []),
        changed("events", []),
        changed("as_of", "1950-01-01"),
        changed("licence", "obtained", "1952-02-29") | {"events": []},
        changed("events", many_suspensions(2000)),
        changed("on", ["2020-01-01"] * 1000),
    ],
)
def test_limits_are_accepted(case: Case) -> None:
    assert conforms(case)
    evaluate(case)


# the fuzz: any JSON gives an answer or a named error

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8),
    st.sampled_from(["2020-01-01", "2020-02-30", "9999-12-31", "0001-01-01", "offence", "course", "none", "a", "conviction"]),
)  # fmt: skip
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6
)
fuzz = settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in ((*path, key), *places(one, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A valid case with one to three places replaced, removed, doubled or given a stranger beside them."""
    case = deepcopy(random_case(draw(st.integers(0, 5000))))
    for _ in range(draw(st.integers(1, 3))):
        found = places(case)
        path = draw(st.sampled_from(found))
        holder: Any = case
        for step in path[:-1]:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "replace", "swap", "remove", "stranger"])):
            case "replace":
                holder[path[-1]] = draw(anything)
            case "swap":
                other: Any = case
                for step in draw(st.sampled_from(found)):
                    other = other[step]
                holder[path[-1]] = deepcopy(other)
            case "remove":
                del holder[path[-1]]
            case _ if isinstance(holder, dict):
                holder[draw(st.text(max_size=6))] = draw(anything)
            case _:
                holder.append(draw(anything))
    return case


def outcome(case: Any) -> str | None:
    """The code of the refusal; None when answered, and then the answer is whole and can be written as JSON."""
    try:
        answer = evaluate(deepcopy(case))
    except CaseError as caught:
        refusal = caught
    else:
        assert set(answer) == KEYS
        json.dumps(answer)
        return None
    assert refusal.code in CODES
    assert refusal.message.strip()
    return str(refusal.code)


@fuzz
@given(mutated())
def test_any_mutation_is_answered_or_refused(case: Any) -> None:
    code = outcome(case)
    if code is None:
        assert conforms(case), "accepted against the schema"
    elif conforms(case):
        assert code not in OF_FORM, "refused for its form although the schema allows it"


@fuzz
@given(anything)
def test_any_json_is_answered_or_refused(value: Any) -> None:
    assert outcome(value) is not None


# the command


def test_one_object(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    done = command(str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == evaluate(GOOD)


def test_standard_input() -> None:
    done = command("-", given_text=json.dumps(GOOD))
    assert done.returncode == 0
    assert json.loads(done.stdout) == evaluate(GOOD)


def test_array_of_good_cases() -> None:
    done = command("-", given_text=json.dumps([GOOD, {**GOOD, "id": "second"}]))
    assert (done.returncode, done.stderr) == (0, "")
    assert [answer["id"] for answer in json.loads(done.stdout)] == [None, "second"]


def test_empty_array() -> None:
    done = command("-", given_text="[]")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_array_with_a_bad_element() -> None:
    done = command("-", given_text=json.dumps([GOOD, BAD["30 February"][0], 3, GOOD]))
    assert done.returncode == 1
    first, second, third, fourth = json.loads(done.stdout)
    assert first == fourth == evaluate(GOOD)
    assert second["error"]["code"] == "not_a_day"
    assert third["error"]["code"] in CODES
    assert set(second["error"]) == {"code", "path", "message"}


@pytest.mark.parametrize("name", ["no as_of", "30 February", "ten points", "type", "established before committed"])
def test_one_bad_object(name: str) -> None:
    case, code, found = BAD[name]
    done = command("-", given_text=json.dumps(case))
    assert (done.returncode, done.stdout) == (2, "")
    error = json.loads(done.stderr)
    assert set(error) == {"error"}
    assert set(error["error"]) == {"code", "path", "message"}
    assert error["error"]["code"] == code
    assert found in error["error"]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nul",
        '{"licence": }',
        "[1,",
        "\ufeff{",
        '{"as_of": NaN}',
        "[" * 100_000,
        '{"a": 1' + "0" * 5000 + "}",
        '"\\ud800"',
    ],
)
def test_what_is_not_json(text: str) -> None:
    done = command("-", given_text=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"]["code"] in {"json", "unknown_field", "unknown_value", "missing"}


@pytest.mark.parametrize("word", ["\\ud800", "\\u0000", "\\u2028", "é"])
def test_strange_letters_are_given_back_or_refused(word: str) -> None:
    done = command("-", given_text=json.dumps(GOOD)[:-1] + f', "id": "{word}"}}')
    assert done.returncode in (0, 2)
    assert json.loads(done.stdout or done.stderr)


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(b'{"id": "\xff\xfe"}')
    done = command(str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"]["code"] == "json"


def test_file_that_does_not_exist(tmp_path: Path) -> None:
    done = command(str(tmp_path / "nowhere.json"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert json.loads(done.stderr)["error"]["code"] == "json"


def test_array_too_long() -> None:
    done = command("-", given_text="[" + "0," * 100_000 + "0]")
    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"]["code"] == "too_large"


def test_text_for_people() -> None:
    done = command("-", "--text", given_text=json.dumps({**GOOD, "events": GOOD["events"][:1]}))
    assert (done.returncode, done.stderr) == (0, "")
    assert "9" in done.stdout
    assert "point" in done.stdout
    assert "L223-1" in done.stdout
    with pytest.raises(json.JSONDecodeError):
        json.loads(done.stdout)


def test_text_of_a_bad_case() -> None:
    done = command("-", "--text", given_text=json.dumps(BAD["30 February"][0]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "2023-02-30" in done.stderr


def test_no_django_no_database() -> None:
    """The answer must not depend on any setting: nothing of Django is imported."""
    environment = {"PYTHONPATH": str(CHECKOUT / "src"), "PATH": os.environ["PATH"]}
    program = (
        "import sys, mespoints.cli, mespoints.law.case_format as f\n"
        f"f.evaluate({GOOD!r})\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg', 'msgspec')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")

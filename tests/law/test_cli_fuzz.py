"""Anything at all given to `mespoints evaluate`: exit 0, 1 or 2 with the shapes of the contract, and never a traceback."""

import contextlib
import io
import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mespoints.cli import main
from tests.law.bad_cases import BAD, GOOD
from tests.law.random_records import random_case
from tests.law.test_contract import CODES, KEYS, command, mutated, places

MANY_LETTERS = "é" * 1_000_000
fuzz = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    out: str
    err: str


class Given:
    """Standard input, of which the command reads the bytes."""

    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def evaluated(raw: bytes, *options: str) -> Outcome:
    """The command in this process, between real byte streams: an exception would come through."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True) for _ in range(2)]
    before, sys.stdin = sys.stdin, Given(raw)
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            status = main(["evaluate", "-", *options])
    finally:
        sys.stdin = before
    out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams)
    return Outcome(status, out, err)


def check_shape(outcome: Outcome) -> None:
    """0: answers on standard output; 1: a list, some of it refused; 2: one error on standard error and nothing else."""
    assert "Traceback" not in outcome.out + outcome.err
    if outcome.status == 2:
        assert outcome.out == ""
        check_error(json.loads(outcome.err))
        return
    assert outcome.err == ""
    told = json.loads(outcome.out)
    refused = [each for each in told if "error" in each] if isinstance(told, list) else []
    assert outcome.status == (1 if refused else 0)
    for each in told if isinstance(told, list) else [told]:
        if "error" in each:
            check_error(each)
        else:
            assert set(each) == KEYS


def check_error(told: Any) -> None:
    assert set(told) == {"error"}
    assert set(told["error"]) == {"code", "path", "message"}
    assert told["error"]["code"] in CODES
    assert isinstance(told["error"]["path"], str)
    assert told["error"]["message"].strip()
    assert len(told["error"]["message"]) < 2_000


letters = st.text(st.characters(codec=None, exclude_categories=()), max_size=12) | st.sampled_from(
    ["\0", "\ud800", "\udfff\ud800", "\x1b[2J", "\u2028", "\ufeff", "\u202e", "offence", "2020-02-30", "2020-01-01", "paid"]
)
numbers = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([10**400, -(10**4000), 2**63, 1e308, -0.0, 0.1, 12, 13, -1]),
)
values = st.recursive(
    st.none() | st.booleans() | numbers | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=15,
)
words = st.sampled_from([*GOOD, *GOOD["licence"], *(key for each in GOOD["events"] for key in each), "known_on", "recorded"])
shaped = st.dictionaries(words, values | st.lists(st.dictionaries(words, values, max_size=5), max_size=3), max_size=6)
"""Objects and events with the names of the contract and anything for values."""


@st.composite
def disturbed(draw: st.DrawFn) -> Any:
    """A valid case with some places taken by anything, letters of no alphabet included."""
    case = deepcopy(random_case(draw(st.integers(0, 2**32))))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(places(case)))
        place: Any = case
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = draw(values)
    return case


@fuzz
@given(values | shaped | disturbed() | mutated())
def test_any_json(document: Any) -> None:
    check_shape(evaluated(json.dumps(document).encode()))


@fuzz
@given(st.lists(values | shaped | disturbed() | st.just(GOOD), max_size=4))
def test_any_list(documents: list[Any]) -> None:
    outcome = evaluated(json.dumps(documents).encode())
    check_shape(outcome)
    assert outcome.status != 2
    assert len(json.loads(outcome.out)) == len(documents)


@fuzz
@given(values | disturbed() | st.lists(disturbed(), max_size=2))
def test_any_json_for_people(document: Any) -> None:
    outcome = evaluated(json.dumps(document).encode(), "--text")
    assert "Traceback" not in outcome.out + outcome.err
    if outcome.status == 2:
        assert outcome.out == ""
        check_error(json.loads(outcome.err))
    else:
        assert outcome.status in (0, 1)
        assert outcome.out.strip() or document == []


@fuzz
@given(st.binary(max_size=60))
def test_any_bytes(raw: bytes) -> None:
    check_shape(evaluated(raw))


@fuzz
@given(st.data())
def test_any_cut_or_patch_of_a_text(data: st.DataObject) -> None:
    """A file cut short, or with a few bytes written over."""
    raw = bytearray(json.dumps(GOOD, ensure_ascii=False).encode())
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    raw[start:end] = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"", b"NaN", b"-Infinity", b"1e999", b"[[[", b"\xff", b"\0"])
    )
    check_shape(evaluated(bytes(raw)))


HUGE: dict[str, bytes] = {
    "a long text": json.dumps(MANY_LETTERS).encode(),
    "a long name": json.dumps({**GOOD, MANY_LETTERS: 1}).encode(),
    "a long case id": json.dumps({**GOOD, "id": MANY_LETTERS}).encode(),
    "a long day": json.dumps({**GOOD, "as_of": MANY_LETTERS}).encode(),
    "a long event id": json.dumps({**GOOD, "events": [{**GOOD["events"][0], "id": MANY_LETTERS}]}).encode(),
    "a long label": json.dumps({**GOOD, "events": [{**GOOD["events"][0], "label": MANY_LETTERS}]}).encode(),
    "a long code": json.dumps({**GOOD, "events": [{**GOOD["events"][0], "offence": MANY_LETTERS}]}).encode(),
    "a long link": json.dumps({**GOOD, "events": [{**GOOD["events"][1], "simultaneous_with": MANY_LETTERS}]}).encode(),
    "a long number": b'{"as_of": 1' + b"0" * 1_000_000 + b"}",
    "a number as long as it may be": b'{"as_of": 1' + b"0" * 4299 + b"}",
    "a number larger than any": b'{"licence": 1e999}',
    "many lists in one another": b"[" * 500_000,
    "many closed lists in one another": b"[" * 500_000 + b"]" * 500_000,
    "many objects in one another": b'{"events":' * 100_000 + b"0" + b"}" * 100_000,
    "many equal names": b"{" + b'"as_of": "2020-01-01", ' * 20_000 + b'"as_of": 3}',
    "many names": json.dumps({str(number): number for number in range(50_000)}).encode(),
    "many events": json.dumps({**GOOD, "events": [GOOD["events"][0]] * 50_000}).encode(),
    "many blanks": b" " * 1_000_000 + b"{}",
    "nothing": b"",
    "a mark of order, alone": b"\xef\xbb\xbf",
    "sixteen bits a letter": json.dumps(GOOD).encode("utf-16"),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge(name: str) -> None:
    check_shape(evaluated(HUGE[name]))


def test_every_depth() -> None:
    """Around the depth that the reader of JSON allows, where reading still passes and saying what was found may not."""
    for depth in [*range(1, 900, 50), *range(900, 1010)]:
        nested = b"[" * depth + b"]" * depth
        check_shape(evaluated(b'{"as_of": ' + nested + b"}"))
        check_shape(
            evaluated(b'{"events": [' + nested.replace(b"[", b'{"type": ').replace(b"]", b"}").replace(b": }", b": 1}") + b"]}")
        )


@pytest.mark.parametrize("name", ["a long label", "a long case id", "many closed lists in one another", "sixteen bits a letter"])
def test_huge_in_a_process_of_its_own(name: str, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(HUGE[name])
    done = command(str(file))
    check_shape(Outcome(done.returncode, done.stdout, done.stderr))


@pytest.mark.parametrize("seed", range(4))
def test_strange_cases_in_a_process_of_their_own(seed: int) -> None:
    """A list of everything, letters without encoding included, written to a real pipe."""
    strange = {**random_case(seed), "id": "\ud800\0\x1b[2J"}
    documents = [strange, *(case for case, _code, _found in BAD.values()), seed, {"\udfff": "\0"}, GOOD]
    done = command("-", given_text=json.dumps(documents))
    check_shape(Outcome(done.returncode, done.stdout, done.stderr))
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == len(documents)
    for document, status in ((strange, 0), (documents[1], 2)):
        done = command("-", given_text=json.dumps(document))
        assert done.returncode == status
        check_shape(Outcome(done.returncode, done.stdout, done.stderr))


def test_a_folder(tmp_path: Path) -> None:
    done = command(str(tmp_path))
    check_shape(Outcome(done.returncode, done.stdout, done.stderr))
    assert done.returncode == 2


@pytest.mark.parametrize("count", [1, 300])
def test_a_reader_who_left(count: int) -> None:
    """`mespoints evaluate cases.json | head`: the rest is dropped in silence, whether it stood in the buffer or not."""
    line = [sys.executable, "-c", "import sys; from mespoints.cli import main; sys.exit(main())", "evaluate", "-"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate(json.dumps([GOOD] * count).encode())
    assert (process.returncode, err) == (2, b"")


def test_a_full_disk() -> None:
    line = [sys.executable, "-c", "import sys; from mespoints.cli import main; sys.exit(main())", "evaluate", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(line, input=json.dumps(GOOD).encode(), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Réponse non écrite")

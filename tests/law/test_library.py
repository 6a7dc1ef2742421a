"""The library as others meet it: its public face, its tutorial, and what ``make law`` tells a jurist."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from mespoints import law
from scripts.law_cases import main
from tests.law.case_files import CASES, days_as_text, faults

CHECKOUT = Path(__file__).resolve().parents[2]
TUTORIAL = CHECKOUT / "docs" / "library.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOOSE = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


class PlainSpaces(doctest.OutputChecker):
    """The no-break spaces of the sentences are plain ones on the page."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want, got.replace("\u00a0", " "), optionflags)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(TUTORIAL.read_text("utf-8")) if name == language]


# The tutorial


def test_every_python_block_of_the_tutorial_runs() -> None:
    """As one session, in the order of the page."""
    session = "\n".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(session, {}, TUTORIAL.name, str(TUTORIAL), 0)
    told: list[str] = []
    results = doctest.DocTestRunner(PlainSpaces(), verbose=False, optionflags=LOOSE).run(test, out=told.append)
    assert results.failed == 0, "".join(told)
    assert results.attempted > 30
    assert all(">>>" in block for block in blocks("python"))


def test_the_case_of_the_tutorial_is_right() -> None:
    ((case,),) = (days_as_text(yaml.safe_load(block)) for block in blocks("yaml"))
    assert list(faults(case)) == []


# The public face


def test_the_public_face_is_what_it_says() -> None:
    assert sorted(law.__all__) == law.__all__
    assert [name for name in law.__all__ if not hasattr(law, name)] == []
    assert callable(law.replay)


def test_importing_the_law_loads_little() -> None:
    """Nothing but the standard library, and of that nothing heavy: `mespoints evaluate` starts with it each time."""
    program = "import sys; before = set(sys.modules); import mespoints.law; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded - {"mespoints"} <= sys.stdlib_module_names
    assert (
        loaded & {"asyncio", "decimal", "email", "http", "logging", "multiprocessing", "socket", "ssl", "unittest", "xml"}
        == set()
    )


# make law


def test_all_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "tout est conforme" in capsys.readouterr().out


def test_some_cases_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["burattini-alcohol-belt"]) == 0
    assert capsys.readouterr().out.startswith("1 cas, 2 jours,")
    assert main(["no such case"]) == 1
    assert capsys.readouterr().out == "Aucun cas dont le nom ou le fichier contienne no such case.\n"


def written(tmp_path: Path, old: str, new: str) -> list[str]:
    """The case of the tutorial in a folder of its own, with one change."""
    (text,) = blocks("yaml")
    assert old in text
    (tmp_path / "new.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return [str(tmp_path)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "2025-10-02, balance: 9",
            "2025-10-02, balance: 8",
            "✗ new.yaml, cas phone-then-a-single-point, le 2025-10-02 (moteur) : balance : attendu 8, trouvé 9. L223-6 al. 3",
        ),
        ("rule: three_years", "rule: two_years", "le 2025-10-02 (témoin) : next_recovery : attendu {'on': '2028-04-02'"),
        ("  licence:", "  license:", "cas phone-then-a-single-point, il manque licence ; attendu id, source, licence"),
        ('{"on": 2025-10-01,', "{on: 2025-10-01,", "une ligne de « expect » n'a pas on"),
        ("category: C3", "category: C9", "le 2025-04-02 : refusé (unknown_value, events[1].category) : "),
        ("  events:", "\tevents:", "✗ new.yaml n'est pas lisible : "),
    ],
)
def test_a_wrong_case_is_told(old: str, new: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its name, the day, what was expected and what was found; or by what keeps it from being asked."""
    (folder,) = written(tmp_path, old, new)
    assert main([], Path(folder)) == 1
    out = capsys.readouterr().out
    assert told in out
    assert "Traceback" not in out


def test_the_cases_stand_where_the_tutorial_says() -> None:
    assert CASES.relative_to(CHECKOUT).as_posix() in TUTORIAL.read_text("utf-8")

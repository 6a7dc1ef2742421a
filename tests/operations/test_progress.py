"""A bar for who watches, lines of log for who does not."""

import io
import logging

import pytest

from mespoints.operations.progress import Bar, Log, progress_on


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def last_line(out: io.StringIO) -> str:
    return out.getvalue().rstrip("\n").rpartition("\x1b[K")[2]


def test_a_bar_is_as_full_as_the_work_is_done() -> None:
    out, clock = io.StringIO(), Clock()
    bar = Bar(out, clock)
    bar.begin("Situations", 58_000)
    assert "█" not in last_line(out)
    clock.now = 1.5
    bar.advance(29_000)
    shown = last_line(out)
    assert shown.count("█") == shown.count("·")
    assert "29\N{NARROW NO-BREAK SPACE}000 sur 58\N{NARROW NO-BREAK SPACE}000  1,5 s" in shown
    bar.advance(29_000)
    bar.end()
    assert "·" not in last_line(out)
    assert out.getvalue().endswith("\n")


def test_a_bar_does_not_flicker() -> None:
    out, clock = io.StringIO(), Clock()
    bar = Bar(out, clock)
    bar.begin("Situations", 1_000)
    before = out.getvalue()
    for _ in range(999):
        bar.advance()
    assert out.getvalue() == before


@pytest.mark.parametrize("columns", ["1", "20", "40", "300"])
def test_a_bar_never_runs_over_its_line(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = io.StringIO()
    bar = Bar(out, Clock())
    bar.begin("Un travail au nom très long, plus long que sa place", 1_000_000)
    bar.advance(2_000_000)
    bar.end()
    assert len(last_line(out)) < max(int(columns), 2)


def test_work_of_unknown_length_shows_what_is_done() -> None:
    out = io.StringIO()
    bar = Bar(out, Clock())
    bar.begin("Messages")
    bar.advance(3)
    bar.end()
    assert " 3  0,0 s" in last_line(out)
    assert "·" not in last_line(out)


def test_the_log_tells_each_tenth_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log = Log(Clock())
        log.begin("Situations", 1_000)
        for _ in range(1_000):
            log.advance()
        log.end()
    assert [record.getMessage().partition(" done=")[2].partition(" ")[0] for record in caplog.records] == [
        *(str(done) for done in range(100, 1_000, 100)),
        "1000",
    ]


def test_who_watches_gets_a_bar() -> None:
    assert isinstance(progress_on(Terminal()), Bar)
    assert isinstance(progress_on(io.StringIO()), Log)

"""The anchors in a file: each once, in order, whole; what stands there is never written over."""

from pathlib import Path

import pytest

from mespoints.operations import anchor_file
from mespoints.operations.anchor_file import AnchorFileUnreadable, complete, read
from mespoints.operations.audit import audit
from mespoints.operations.progress import Silent
from mespoints.register.anchors import anchor, anchors
from tests.register.entering import NOW, arrival, enter, holder, licence, offence, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two nights, each completed at once."""
    path = tmp_path / "data" / anchor_file.NAME
    enter(1, [holder(), licence()])
    anchor(NOW)
    complete(path)
    enter(2, [arrival(1, offence())])
    anchor(NOW)
    complete(path)
    return path


def test_each_night_adds_its_line(path: Path) -> None:
    assert path.read_text().splitlines() == [anchor_file.line_of(each) for each in anchors()]
    assert read(path) == {each.entry_number: each.digest for each in anchors()}
    before = path.stat().st_mtime_ns
    complete(path)
    assert path.stat().st_mtime_ns == before


def test_a_night_killed_before_its_line_is_made_up_for(path: Path) -> None:
    first, second = path.read_text().splitlines(keepends=True)
    path.write_text(first)
    complete(path)
    assert path.read_text() == first + second


def test_what_the_file_says_is_not_written_over(path: Path) -> None:
    tamper("update register_anchor set digest = sha256(digest)")
    before = path.read_text()
    complete(path)
    assert path.read_text() == before


def test_the_audit_takes_a_copy(path: Path) -> None:
    copy = read(path)
    assert [finding for each in audit(1, Silent(), copy) for finding in each.findings if "ancre" in finding] == []
    other = copy | {max(copy): b"another"}
    [sentence] = [finding for each in audit(1, Silent(), other) for finding in each.findings if "ancre" in finding]
    assert "réécrites avec leur ancre" in sentence


@pytest.mark.parametrize("content", [b"1", b"1 zz", b"x 00", b"\xff\n", b"1 00 00"])
def test_a_file_that_does_not_read_is_told_and_left(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(AnchorFileUnreadable, match="ne se lit pas"):
        complete(path)
    assert path.read_bytes() == content


def test_no_file_is_no_anchor(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == {}

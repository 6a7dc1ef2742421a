"""What the seal says before the service starts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mespoints.cli.serve import check_seal
from mespoints.documents.seal import generate_demo_seal
from mespoints.documents.seal.demo import DEMO_LIFE
from mespoints.documents.seal_source import SealSource

MADE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def environment(tmp_path: Path) -> Any:
    files = generate_demo_seal(tmp_path, MADE)
    return SimpleNamespace(seal=SealSource(key=files.key, certificate=files.certificate))


def test_a_seal_in_force_says_nothing(environment: Any, capsys: pytest.CaptureFixture[str]) -> None:
    check_seal(environment, MADE)
    check_seal(SimpleNamespace(seal=None), MADE)  # type: ignore[arg-type]
    assert capsys.readouterr().err == ""


def test_the_end_is_announced(environment: Any, capsys: pytest.CaptureFixture[str]) -> None:
    check_seal(environment, MADE + DEMO_LIFE - timedelta(days=30))
    assert "dans 30 jours" in capsys.readouterr().err


@pytest.mark.parametrize("away", [DEMO_LIFE + timedelta(days=1), timedelta(days=-10)])
def test_a_seal_that_is_not_in_force_does_not_start(
    away: timedelta, environment: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        check_seal(environment, MADE + away)
    assert left.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1

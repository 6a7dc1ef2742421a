"""What reaches the terminal."""

import subprocess
import sys
from pathlib import Path

from mespoints.cli.statement import statement
from mespoints.law.case_format import evaluate

CHECKOUT = Path(__file__).resolve().parents[2]
LICENCE = {"obtained": "2000-01-01", "probation": "none"}


def test_a_label_cannot_speak_to_the_terminal() -> None:
    offence = {
        "id": "a",
        "type": "offence",
        "committed": "2020-01-01",
        "established": "2020-02-01",
        "label": "Feu\x1b[2Jrouge\x07",
    }
    cost = {"established_by": "fine_paid", "category": "C4", "points": 4}
    said = statement(evaluate({"licence": LICENCE, "events": [offence | cost], "as_of": "2020-03-01"}))
    assert "Feu[2Jrouge" in said
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_closed_standard_input_is_one_sentence() -> None:
    command = f'exec "{sys.executable}" -c "from mespoints.cli import main; raise SystemExit(main())" evaluate - <&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command], env={"PYTHONPATH": str(CHECKOUT / "src")}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "entrée standard fermée" in done.stderr

"""The command as a person types it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mespoints.cli import WORDS, main
from mespoints.feed.signing import Signer, declaration
from mespoints.feed.writing import write_drop

CHECKOUT = Path(__file__).resolve().parents[2]


def mespoints(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", *words]
    surroundings = {"PYTHONPATH": str(CHECKOUT / "src"), "PATH": os.defpath, **variables}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert [word for word in WORDS if word not in told] == []


@pytest.mark.parametrize("word", sorted(set(WORDS) - {"manage"}))
def test_every_word_has_its_help(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([word, "--help"])
    assert left.value.code == 0
    assert f"mespoints {word}" in capsys.readouterr().out


def test_an_unknown_word_is_refused_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["evaluates"])
    assert left.value.code == 2
    assert "evaluate" in capsys.readouterr().err


def test_an_incomplete_environment_is_one_sentence() -> None:
    done = mespoints("migrate", DATABASE_URL="postgresql:///nowhere")
    assert done.returncode == 1
    assert done.stderr.startswith("La variable MESPOINTS_")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_daily_file_enters_by_the_command(tmp_path: Path) -> None:
    from django.db import connection

    url = connection.settings_dict
    variables = {
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        **{name: value for name, value in os.environ.items() if name.startswith("MESPOINTS_")},
    }
    signer = Signer.drawn("tests")
    keys = tmp_path / "keys.toml"
    keys.write_bytes(declaration(signer))
    drop = write_drop(tmp_path, sequence=1, data_day=date(2026, 3, 2), rows=[], signer=signer)
    unbelieved = mespoints("import-file", str(drop.data_path), str(drop.manifest_path), **variables)
    assert unbelieved.returncode == 2
    assert "« tests », qui n’est pas déclarée (déclarées : aucune)" in unbelieved.stderr
    variables["MESPOINTS_FEED_KEYS"] = str(keys)
    done = mespoints("import-file", str(drop.data_path), str(drop.manifest_path), **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 lignes lues" in done.stdout

    drop = write_drop(tmp_path, sequence=9, data_day=date(2026, 3, 2), rows=[], signer=signer)
    refused = mespoints("import-file", str(drop.data_path), str(drop.manifest_path), **variables)
    assert refused.returncode == 2
    assert "numéro 9" in refused.stderr
    assert "Traceback" not in refused.stderr

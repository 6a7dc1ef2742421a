"""The desk without a browser, as typed: quarantine and incidents."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from mespoints.feed.quarantine_rows import quarantined
from mespoints.register.incidents import incidents
from tests.feed.samples import enter, holder, licence, offence

pytestmark = pytest.mark.django_db(transaction=True)

CHECKOUT = Path(__file__).resolve().parents[2]


def mespoints(*words: str, typed: bytes = b"") -> tuple[int, str, str]:
    """Exit status, what is said, what is complained of."""
    url = connection.settings_dict
    variables = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.defpath,
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        "MESPOINTS_SECRET_KEY": "for tests only, it protects nothing at all",
        "MESPOINTS_BASE_URL": "http://testserver",
    }
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", *words]
    done = subprocess.run(command, env=variables, capture_output=True, input=typed, check=False)
    told, complained = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in complained
    return done.returncode, told, complained


def test_rows_are_read_corrected_put_away_and_replayed(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), offence(points="X"), b"\x1b[2J", b"?", b"?"])
    bad, escape, *_ = [row.id for row in quarantined(1)]
    status, told, _ = mespoints("quarantine", "list")
    assert (status, f"{bad}  fichier 1, ligne 3  wrong_type  points : X" in told) == (0, True)
    status, told, _ = mespoints("quarantine", "show", str(escape))
    assert (status, "\x1b" in told, r"\u001b[2J" in told) == (0, False, True)

    status, _, complained = mespoints("quarantine", "correct", str(bad), typed=msgspec.json.encode(offence(points=99)))
    assert (status, "points : trouvé « 99 »" in complained) == (1, True)
    row = tmp_path / "row.json"
    row.write_bytes(msgspec.json.format(msgspec.json.encode(offence())))
    status, told, _ = mespoints("quarantine", "correct", str(bad), str(row), "--operator", "42")
    assert (status, "Corrigée" in told) == (0, True)
    assert f"pas encore entrées : {bad}" in mespoints("quarantine", "list")[1]
    status, told, _ = mespoints("quarantine", "replay")
    assert (status, told) == (0, "1 ligne relue : 1 entrée.\n")
    assert "Elle est entrée depuis" in mespoints("quarantine", "show", str(bad))[1]

    assert mespoints("quarantine", "dismiss", str(escape), "--reason", "Essai.")[0] == 0
    assert "2 lignes attendent" in mespoints("quarantine", "dismiss-all", "1", "json", "--reason", "Abîmées.")[1]
    assert "2 lignes écartées" in mespoints("quarantine", "dismiss-all", "1", "json", "--reason", "Abîmées.", "--yes")[1]
    assert mespoints("quarantine", "list")[1] == "Aucune ligne n’attend.\n"
    with connection.cursor() as cursor:
        cursor.execute("select state, decided_by from feed_quarantine order by line")
        assert cursor.fetchall() == [("replayed", 42), ("dismissed", 0), ("dismissed", 0), ("dismissed", 0)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "999"), "Aucune ligne ne porte le numéro 999"),
        (("correct", "999", "/nowhere/row.json"), "Ligne illisible"),
        (("correct", "999"), "son sort est réglé"),
        (("dismiss", "999", "--reason", " "), "Dites en quelques mots pourquoi"),
        (("dismiss-all", "1", "no_such", "--reason", "x"), "Aucun motif ne s’appelle « no_such »"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words: tuple[str, ...], said: str) -> None:
    status, told, complained = mespoints("quarantine", *words)
    assert (status, told, len(complained.splitlines())) == (2, "", 1)
    assert said in complained


def test_incidents_are_declared_listed_and_closed() -> None:
    declare = ("incident", "declare", "Les jugements manquent.", "--first-day", "2026-11-20", "--source", "courts")
    assert mespoints("incident", "list")[1] == "Aucun incident n’a été déclaré.\n"
    status, _, complained = mespoints(*declare, "--last-day", "2026-11-19")
    assert (status, "avant son premier jour" in complained) == (2, True)
    status, _, complained = mespoints(*declare, "--last-day", "demain")
    assert (status, "attendu AAAA-MM-JJ" in complained) == (2, True)
    assert mespoints(*declare)[0] == 0
    [declared] = incidents()
    assert "Tribunaux, depuis le 20 novembre 2026" in mespoints("incident", "list")[1]
    close = ("incident", "close", str(declared.id), "--last-day", "2026-11-21")
    assert mespoints(*close)[0] == 0
    status, _, complained = mespoints(*close)
    assert (status, "rechargez la liste" in complained) == (2, True)

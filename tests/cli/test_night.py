"""The words of those who run the register, as typed: what they say, and the status a machine reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from mespoints.feed.signing import declaration
from tests.feed.samples import SIGNER, holder, licence, offence, write

pytestmark = pytest.mark.django_db(transaction=True)

CHECKOUT = Path(__file__).resolve().parents[2]


def mespoints(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    url = connection.settings_dict
    keys = folder / "keys.toml"
    keys.write_bytes(declaration(SIGNER))
    variables = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.defpath,
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        "MESPOINTS_SECRET_KEY": "for tests only, it protects nothing at all",
        "MESPOINTS_BASE_URL": "http://testserver",
        "MESPOINTS_DATA_DIR": str(folder / "data"),
        "MESPOINTS_FEED_KEYS": str(keys),
        "MESPOINTS_SMTP_URL": "smtp://127.0.0.1:9",
    }
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def test_a_night_by_the_command_then_an_audit_then_a_rebuild(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    write(drop, [holder(), licence(), offence()])
    night = mespoints(tmp_path, "night", str(drop))
    assert night.returncode == 0, night.stderr
    assert "3\N{NO-BREAK SPACE}lignes lues" in night.stdout
    assert 'step="Situations" event="done" done=1' in night.stderr
    assert "Lefèvre" not in night.stdout + night.stderr

    again = mespoints(tmp_path, "night", str(drop))
    assert (again.returncode, "Aucun nouveau fichier" in again.stdout) == (0, True)

    anchors = tmp_path / "data" / "register-anchors.txt"
    assert anchors.read_text().strip() in night.stdout
    assert f'anchor="{anchors.read_text().strip()}"' in night.stderr

    audit = mespoints(tmp_path, "audit", "--anchors", str(anchors))
    assert (audit.returncode, "tout concorde" in audit.stdout) == (0, True), audit.stderr
    broken = tmp_path / "broken.txt"
    broken.write_text("1\n")
    audit = mespoints(tmp_path, "audit", "--anchors", str(broken))
    assert (audit.returncode, "ne se lit pas" in audit.stderr, "Traceback" in audit.stderr) == (2, True, False)

    with connection.cursor() as cursor:
        cursor.execute("update register_projection set balance = 1 returning holder_id")
        whose = cursor.fetchone()[0]
    audit = mespoints(tmp_path, "audit", "--processes", "1")
    assert audit.returncode == 1
    assert f"Dossier interne {whose}, écriture" in audit.stdout

    rebuilt = mespoints(tmp_path, "rebuild-projection")
    assert (rebuilt.returncode, "1 différaient" in rebuilt.stdout) == (0, True), rebuilt.stderr
    assert mespoints(tmp_path, "audit").returncode == 0


def test_a_night_with_something_to_look_at_says_so_by_its_status(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    write(drop, [holder(), licence(), offence(points="X")])
    night = mespoints(tmp_path, "night", str(drop))
    assert (night.returncode, "1\N{NO-BREAK SPACE}ligne en quarantaine" in night.stdout) == (1, True), night.stderr


def test_a_night_without_a_folder_says_how_to_name_one(tmp_path: Path) -> None:
    night = mespoints(tmp_path, "night")
    assert night.returncode == 2
    assert "MESPOINTS_DROP_FOLDER" in night.stderr
    assert "Traceback" not in night.stderr

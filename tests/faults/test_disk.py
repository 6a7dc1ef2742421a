"""The disk is full: a file system of a few megabytes, where the database really runs out of room."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.stage import Stage, Undisturbed
from tests.faults.state import rows
from tests.faults.test_killed import take_up

ROOM = 1 << 20
"""Bytes left beside the empty database: less than the files need."""
LARGE = 512 << 20
MOUNT, UNMOUNT = (shutil.which(command) or "" for command in ("mount", "umount"))


@pytest.fixture
def small_disk(stage: Stage) -> Iterator[Path]:
    """A tablespace on a file system of its own, too small for what is to come."""
    if os.geteuid() != 0 or not MOUNT:
        pytest.skip("only root may mount a small file system")
    place = stage.cluster.home / "small-disk"
    place.mkdir(exist_ok=True)
    owner = stage.cluster.cluster.stat()
    options = f"size={LARGE},uid={owner.st_uid},gid={owner.st_gid},mode=0700"
    if subprocess.run([MOUNT, "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=False).returncode != 0:
        pytest.skip("this machine does not let us mount a small file system")
    try:
        stage.execute("drop tablespace if exists small_disk")
        stage.execute(f"create tablespace small_disk location '{place}'")
        yield place
        stage.execute("drop tablespace small_disk")
    finally:
        subprocess.run([UNMOUNT, "-l", str(place)], check=True)


def leave(place: Path, room: int) -> None:
    state = os.statvfs(place)
    used = (state.f_blocks - state.f_bfree) * state.f_frsize
    subprocess.run([MOUNT, "-o", f"remount,size={used + room}", str(place)], check=True)


def test_the_disk_is_full_then_has_room(stage: Stage, empty: str, usual: Undisturbed, small_disk: Path) -> None:
    name = stage.copy(empty, tablespace="small_disk")
    try:
        leave(small_disk, ROOM)
        night = stage.run(name, "night", str(usual.folder))
        assert night.status == 2, night.said
        assert "le disque de la base est plein" in night.said
        drop = usual.drops[0]
        importer = stage.run(name, "import-file", str(drop.data_path), str(drop.manifest_path))
        assert importer.status == 3, importer.said
        assert importer.said.startswith("Rien n’est entré : le disque de la base est plein.")
        assert {rows(stage.state(name), table) for table in ("batch", "entry", "holder", "quarantine")} == {0}
        leave(small_disk, LARGE)
        take_up(stage, name, usual)
    finally:
        stage.drop(name)

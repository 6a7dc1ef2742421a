"""One cluster for the faults: they stop it, fill it and start it again, which no other test would like."""

import hashlib
from collections.abc import Iterator

import pytest

from mespoints.operations.embedded_postgres import EmbeddedPostgres
from tests.faults.stage import CHECKOUT, Stage, Undisturbed, files, undisturbed


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    cluster = EmbeddedPostgres(CHECKOUT / "var" / "faults-postgres")
    with cluster:
        yield Stage(cluster=cluster, folder=tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def empty(stage: Stage) -> str:
    """A database with its tables and nothing in them, kept from one session to the next while migrations are the same."""
    source = CHECKOUT / "src" / "mespoints"
    migrations = sorted([*source.glob("*/migrations/*.py"), *source.glob("operations/*.sql")])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()[:12]
    name = f"faults_empty_{digest}"
    if not stage.exists(name):
        draft = f"{name}_draft"
        stage.drop(draft)
        stage.execute(f"create database {draft}")
        migrated = stage.run(draft, "migrate")
        assert migrated.status == 0, migrated.said
        stage.execute(f"alter database {draft} rename to {name}")
    return name


@pytest.fixture
def database(stage: Stage, empty: str) -> Iterator[str]:
    name = stage.copy(empty)
    yield name
    stage.drop(name)


@pytest.fixture(scope="session")
def usual(stage: Stage, empty: str) -> Undisturbed:
    """Two small files, a few bad rows among them."""
    folder = stage.folder / "usual"
    return undisturbed(stage, empty, folder, files(folder, drivers=1_500, days=1))


@pytest.fixture(scope="session")
def large(stage: Stage, empty: str) -> Undisturbed:
    """Five files of about the same length, long enough to be stopped anywhere."""
    folder = stage.folder / "large"
    return undisturbed(stage, empty, folder, files(folder, drivers=6_000, days=4, offences_a_day=5_000))

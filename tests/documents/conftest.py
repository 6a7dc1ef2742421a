from datetime import UTC, datetime
from pathlib import Path

import pytest

from mespoints.documents.seal import Seal, SealFiles, generate_demo_seal, load_seal
from tests.documents.statements import ISSUED_AT, REFERENCE, statement

SEAL_MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def seal_files(tmp_path_factory: pytest.TempPathFactory) -> SealFiles:
    return generate_demo_seal(tmp_path_factory.mktemp("seal"), SEAL_MADE_AT)


@pytest.fixture(scope="session")
def seal(seal_files: SealFiles) -> Seal:
    return load_seal(seal_files.key, seal_files.certificate, ISSUED_AT)


@pytest.fixture(scope="session")
def sealed(seal: Seal) -> bytes:
    """The statement of twelve movements."""
    # Not at the top: pytest may read this file before the settings of Django are chosen.
    from mespoints.documents.issuance import sealed_pdf

    return sealed_pdf(statement(), REFERENCE, seal, invented=True)


@pytest.fixture(scope="session")
def sealed_file(sealed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "sealed.pdf"
    path.write_bytes(sealed)
    return path

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mespoints.documents.seal import Seal, SealFiles, generate_demo_seal, load_seal
from mespoints.documents.visible_code.signature import KeySigner, generate_test_key, load_signer
from tests.documents.statements import ISSUED_AT, REFERENCE, statement

if TYPE_CHECKING:
    from mespoints.documents.issuance import Workshop

SEAL_MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def seal_files(tmp_path_factory: pytest.TempPathFactory) -> SealFiles:
    return generate_demo_seal(tmp_path_factory.mktemp("seal"), SEAL_MADE_AT)


@pytest.fixture(scope="session")
def seal(seal_files: SealFiles) -> Seal:
    return load_seal(seal_files.key, seal_files.certificate, ISSUED_AT)


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> KeySigner:
    key = generate_test_key(tmp_path_factory.mktemp("code") / "key.pem")
    return load_signer(key, authority="FR00", certificate="TEST")


@pytest.fixture(scope="session")
def workshop(seal: Seal, signer: KeySigner) -> "Workshop":
    # Not at the top: pytest may read this file before the settings of Django are chosen.
    from mespoints.documents.issuance import Workshop

    return Workshop(seal=seal, signer=signer, base_url="https://points.example.fr", invented=True)


@pytest.fixture(scope="session")
def sealed(workshop: "Workshop") -> bytes:
    """The statement of twelve movements."""
    from mespoints.documents.issuance import sealed_pdf

    return sealed_pdf(statement(), REFERENCE, workshop)


@pytest.fixture(scope="session")
def sealed_file(sealed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "sealed.pdf"
    path.write_bytes(sealed)
    return path

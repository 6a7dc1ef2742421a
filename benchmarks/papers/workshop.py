"""What it takes to make a paper, and the order that the makers receive."""

from pathlib import Path

import msgspec

from benchmarks.papers.content import ISSUED_AT, statement
from mespoints.documents.issuance import Workshop, sheet
from mespoints.documents.layout.length import expected_pages
from mespoints.documents.layout.sheet import Proofs, SealedBy
from mespoints.documents.seal import Seal
from mespoints.documents.symbols import symbols
from mespoints.documents.typeface import FOLDER
from mespoints.documents.visible_code.signature import TEST_AUTHORITY, TEST_CERTIFICATE, load_signer

REFERENCE = "K7Q2-M4XD-9TPA"


def workshop(seal: Seal, code_key: Path) -> Workshop:
    signer = load_signer(code_key, authority=TEST_AUTHORITY, certificate=TEST_CERTIFICATE)
    return Workshop(seal=seal, signer=signer, base_url="http://localhost", invented=True)


def order(made: Workshop, seal_key: Path, seal_certificate: Path, code_key: Path) -> bytes:
    """One line of JSON: every word of the statement and its symbols, as our own press receives them."""
    content = statement()
    pages = expected_pages(content)
    proofs = Proofs(
        reference=REFERENCE,
        sealed_by=SealedBy(name=made.seal.owner, is_self_signed=made.seal.is_self_signed),
        symbols=symbols(content, REFERENCE, signer=made.signer, base_url=made.base_url, pages=pages),
        pages=pages,
        invented=made.invented,
    )
    received = {
        "sheet": msgspec.to_builtins(sheet(content, proofs)),
        "seal_key": str(seal_key),
        "seal_certificate": str(seal_certificate),
        "code_key": str(code_key),
        "at": ISSUED_AT.isoformat(),
        "fonts": str(FOLDER),
    }
    return msgspec.json.encode(received)

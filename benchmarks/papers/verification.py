"""A paper checked: its file, whole and without the process that shields us from it; then its visible code.

The first file of a process also waits for the warm one to read the libraries: that is not measured here.
"""

from datetime import timedelta
from pathlib import Path

from benchmarks.papers.content import ISSUED_AT, TODAY, statement
from benchmarks.papers.workshop import REFERENCE
from benchmarks.timing import measure
from mespoints.documents.issuance import Workshop, sealed_pdf
from mespoints.documents.symbols import visible_code
from mespoints.documents.verification.own_trust import CodeKey, TrustSources, own_trust
from mespoints.documents.verification.papers import verify_code, verify_pdf
from mespoints.documents.verification.seal_inspection import inspection
from mespoints.documents.verification.verdict import Outcome
from mespoints.documents.visible_code.signature import TEST_AUTHORITY, TEST_CERTIFICATE


def report(made: Workshop, seal_certificate: Path, code_key: Path) -> None:
    pdf = sealed_pdf(statement(), REFERENCE, made)
    assert made.signer is not None
    code = visible_code(statement(), REFERENCE, made.signer, 2)
    assert code is not None
    key = CodeKey(key=code_key, authority=TEST_AUTHORITY, certificate=TEST_CERTIFICATE)
    trust = own_trust(TrustSources(seal_certificate=seal_certificate, code=key, file=None, is_test=True))
    now = ISSUED_AT + timedelta(days=1)
    text = code.decode("ascii")
    assert verify_pdf(pdf, trust, None, now).outcome is Outcome.AUTHENTIC_TEST
    assert verify_code(text, trust, None, now).outcome is Outcome.AUTHENTIC_TEST, TODAY
    print("\nPapers: checked offline")
    found = measure({"file, in a process of its own": lambda: verify_pdf(pdf, trust, None, now)}, repeat=1, rounds=20)
    found |= measure({"file, without that process": lambda: inspection(pdf)}, repeat=1, rounds=60)
    found |= measure({"visible code": lambda: verify_code(text, trust, None, now)}, repeat=5, rounds=60)
    for each in found.values():
        print(" ", each)

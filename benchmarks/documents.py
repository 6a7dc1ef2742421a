"""The papers, with their visible code and sealed: warm, each issue a document of its own."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.portal import CAMILLE
from benchmarks.timing import measure, ratio
from mespoints.documents.issuance import Workshop, issue_attestation, issue_full_statement
from mespoints.documents.seal import generate_demo_seal, load_seal
from mespoints.documents.visible_code.signature import TEST_AUTHORITY, TEST_CERTIFICATE, generate_test_key, load_signer
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, record
from mespoints.register.identities import PivotIdentity
from mespoints.register.search import candidates

ARMAND = PivotIdentity(
    birth_name="LONGUEHISTOIRE",
    given_names=("Armand", "Paul", "Émile"),
    sex="M",
    birth_date="1968-05-24",
    birth_commune="75113",
    birth_country="99100",
)


def report() -> None:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        files = generate_demo_seal(Path(folder), now - timedelta(days=1))
        key = generate_test_key(Path(folder) / "code.pem")
        workshop = Workshop(
            seal=load_seal(files.key, files.certificate, now),
            signer=load_signer(key, authority=TEST_AUTHORITY, certificate=TEST_CERTIFICATE),
            base_url="http://localhost",
            invented=True,
        )
    reader = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="measure")
    few, many = (record(candidates(who).found[0].file_number, reader) for who in (CAMILLE, ARMAND))

    def issue(holder_record: HolderRecord) -> object:
        return issue_full_statement(holder_record, now.date(), now, workshop)

    print("\nDocuments: full statement and attestation, PDF/A-2a + PDF/UA-1, PAdES B-B, verified before delivery")
    found = measure({"8 movements": lambda: issue(few)}, repeat=1, rounds=60)
    found |= measure({"attestation": lambda: issue_attestation(few, now.date(), now, workshop)}, repeat=1, rounds=60)
    found |= measure({"300 movements": lambda: issue(many)}, repeat=1, rounds=10)
    for each in found.values():
        print(" ", each)
    print(" ", ratio(found["300 movements"], found["8 movements"]))

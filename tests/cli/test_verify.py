"""``mespoints verify`` and ``mespoints trust``, as a person without a network types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mespoints.cli import main
from mespoints.documents.seal import SealFiles, generate_demo_seal
from mespoints.documents.symbols import visible_code
from mespoints.documents.verification.trust import load_paper_trust, paper_trust_from_json, paper_trust_to_json
from mespoints.documents.visible_code.signature import KeySigner
from mespoints.documents.visible_code.trust import Trust, TrustUnreadable, trust_to_json
from tests.documents.conftest import SEAL_MADE_AT, seal, seal_files, sealed, signer, workshop  # noqa: F401 – fixtures
from tests.documents.statements import REFERENCE, attestation
from tests.documents.verification.registers import authority

Told = "pytest.CaptureFixture[str]"


@pytest.fixture
def paper(sealed: bytes, tmp_path: Path) -> Path:  # noqa: F811
    path = tmp_path / "recu.pdf"
    path.write_bytes(sealed)
    return path


@pytest.fixture
def trust(seal_files: SealFiles, signer: KeySigner, tmp_path: Path, capsys: Told) -> Path:  # type: ignore[valid-type]  # noqa: F811
    codes = tmp_path / "codes.json"
    codes.write_bytes(trust_to_json(Trust(authorities=(authority(signer, is_test=True),))))
    assert main(["trust", "--seal", str(seal_files.certificate), "--codes", str(codes)]) == 0
    path = tmp_path / "trust.json"
    path.write_text(capsys.readouterr().out)  # type: ignore[attr-defined]
    return path


def test_a_paper_is_verified_without_django_nor_network(paper: Path, trust: Path) -> None:
    script = (
        "import sys; from mespoints.cli import main; status = main(sys.argv[1:]); "
        "assert 'django' not in sys.modules and 'requests' not in sys.modules; sys.exit(status)"
    )
    command = [sys.executable, "-c", script, "verify", str(paper), "--trust", str(trust)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.defpath})
    assert done.stderr == ""
    # The seal of a demonstration proves nothing.
    assert done.returncode == 1
    assert done.stdout.startswith("Document d’essai, sans valeur\n")
    assert f"Référence : {REFERENCE}" in done.stdout
    assert "Hors ligne" in done.stdout


def test_a_true_seal_gives_zero(paper: Path, trust: Path, capsys: "pytest.CaptureFixture[str]") -> None:
    real = trust.with_name("real.json")
    real.write_text(trust.read_text().replace('"test": true', '"test": false'))
    assert main(["verify", str(paper), "--trust", str(real), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["status"], told["paper"]["reference"]) == ("authentic", "unknown", REFERENCE)
    assert told["is_authentic"] is True


def test_an_altered_paper_gives_one(paper: Path, trust: Path, capsys: "pytest.CaptureFixture[str]") -> None:
    paper.write_bytes(paper.read_bytes() + b"\n")
    assert main(["verify", str(paper), "--trust", str(trust)]) == 1
    assert capsys.readouterr().out.startswith("Modifié\n")


def test_a_code_is_verified(signer: KeySigner, trust: Path, capsys: "pytest.CaptureFixture[str]") -> None:  # noqa: F811
    code = visible_code(attestation(), REFERENCE, signer, 1)
    assert code is not None
    path = trust.with_name("code.txt")
    path.write_bytes(code + b"\n")
    assert main(["verify", "--code", str(path), "--trust", str(trust)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Document d’essai, sans valeur\n")
    assert "Initiales : M. L." in told


def test_what_cannot_be_read_is_said(paper: Path, trust: Path, capsys: "pytest.CaptureFixture[str]") -> None:
    assert main(["verify", str(paper.with_name("absent.pdf")), "--trust", str(trust)]) == 2
    assert "ne peut pas être lu" in capsys.readouterr().err
    assert main(["verify", str(paper), "--trust", str(paper)]) == 2
    assert "n’a pas la forme mespoints-trust/1" in capsys.readouterr().err
    assert main(["verify", str(paper), "--trust", str(paper.with_name("absent"))]) == 2
    assert "Le fichier de confiance" in capsys.readouterr().err
    assert main(["trust", "--seal", str(paper)]) == 2
    assert "ne contient pas de certificat PEM" in capsys.readouterr().err


def test_a_trust_file_says_again_what_it_was_made_of(trust: Path, tmp_path: Path, capsys: "pytest.CaptureFixture[str]") -> None:
    read = load_paper_trust(trust)
    assert paper_trust_from_json(paper_trust_to_json(read)) == read
    files = generate_demo_seal(tmp_path / "former", SEAL_MADE_AT)
    certificate = str(files.certificate)
    assert main(["trust", "--revoked", certificate, "--timestamps", certificate]) == 0
    other = paper_trust_from_json(capsys.readouterr().out.encode())
    assert [each.is_revoked for each in other.seals] == [True]
    assert other.timestamp_authorities == (other.seals[0].certificate,)
    with pytest.raises(TrustUnreadable, match="n’est pas en PEM"):
        paper_trust_from_json(
            b'{"format":"mespoints-trust/1","seals":[{"certificate":"x"}],"timestamp_authorities":[],"visible_codes":{"format":"2d-doc-trust/1","authorities":[]}}'
        )

"""The key in a security module: SoftHSM stands for it, by its real interface (PKCS#11)."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mespoints.documents.seal import SealFiles, SealUnusable, generate_demo_seal, open_seal
from mespoints.documents.seal.sealing import forget
from mespoints.documents.seal_source import ModuleKey, SealSource
from mespoints.documents.self_check import seal_holds
from tests.documents.conftest import SEAL_MADE_AT
from tests.documents.statements import ISSUED_AT, statement
from tests.documents.test_paper import pdf_of

PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
TOKEN, LABEL, PIN = "cachet", "cle", "271828"


@pytest.fixture(scope="module")
def module_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModuleKey, SealFiles]]:
    """A demonstration seal whose key was put in a token, then taken off the disk."""
    module = next((Path(place) for place in PLACES if Path(place).exists()), None)
    program = shutil.which("softhsm2-util")
    if module is None or program is None:
        pytest.fail("SoftHSM not found: `make test` installs it (Debian: softhsm2)")
    folder = tmp_path_factory.mktemp("module")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    files = generate_demo_seal(folder / "seal", SEAL_MADE_AT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        for words in (
            ["--init-token", "--free", "--label", TOKEN, "--so-pin", "314159", "--pin", PIN],
            ["--import", str(files.key), "--token", TOKEN, "--label", LABEL, "--id", "01", "--pin", PIN],
        ):
            subprocess.run([program, *words], check=True, capture_output=True)
        files.key.unlink()
        yield ModuleKey(module=module, token=TOKEN, key_label=LABEL, pin=PIN), files
        forget()


@pytest.fixture(autouse=True)
def opened_anew() -> Iterator[None]:
    forget()
    yield
    forget()


def test_a_module_seals_as_a_file_does(module_files: tuple[ModuleKey, SealFiles]) -> None:
    key, files = module_files
    seal = open_seal(SealSource(key=key, certificate=files.certificate), ISSUED_AT)
    pdf = seal.apply(pdf_of(statement(1)), ISSUED_AT)
    assert seal_holds(pdf, seal.certificate)


def test_several_papers_at_once_take_their_turn(module_files: tuple[ModuleKey, SealFiles]) -> None:
    key, files = module_files
    seal = open_seal(SealSource(key=key, certificate=files.certificate), ISSUED_AT)
    paper = pdf_of(statement(1))
    with ThreadPoolExecutor(4) as pool:
        sealed = list(pool.map(lambda _: seal.apply(paper, ISSUED_AT), range(12)))
    assert all(seal_holds(pdf, seal.certificate) for pdf in sealed)


@pytest.mark.parametrize(
    "wrong",
    [{"token": "autre"}, {"key_label": "autre"}, {"pin": "000000"}, {"module": Path("/nowhere/module.so")}],
)
def test_what_a_module_refuses_is_said_without_its_code(
    wrong: dict[str, object], module_files: tuple[ModuleKey, SealFiles]
) -> None:
    key, files = module_files
    with pytest.raises(SealUnusable, match="Vérifiez le module, le nom du jeton") as refusal:
        open_seal(SealSource(key=replace(key, **wrong), certificate=files.certificate), ISSUED_AT)  # type: ignore[arg-type]
    assert PIN not in str(refusal.value)


def test_the_certificate_of_another_key_is_refused(module_files: tuple[ModuleKey, SealFiles], tmp_path: Path) -> None:
    key, _ = module_files
    other = generate_demo_seal(tmp_path, datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(SealUnusable, match="n’est pas celui de la clé"):
        open_seal(SealSource(key=key, certificate=other.certificate), ISSUED_AT)


def test_the_secret_code_is_not_shown_with_the_key(module_files: tuple[ModuleKey, SealFiles]) -> None:
    key, _ = module_files
    assert PIN not in repr(SealSource(key=key, certificate=Path("x")))

"""The seal as the environment names it: a file or a module, never both; a level that has what it needs."""

from pathlib import Path

import pytest

from mespoints.config.seal import seal_source
from mespoints.config.variables import IncompleteEnvironment
from mespoints.documents.seal_source import Level, ModuleKey


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    for name in ("key.pem", "certificate.pem", "module.so", "authorities.pem"):
        (tmp_path / name).write_text("x")
    (tmp_path / "pin").write_text("271828\n")
    (tmp_path / "empty").write_text("\n")
    names = {
        "MESPOINTS_SEAL_KEY": "key.pem",
        "MESPOINTS_SEAL_CERTIFICATE": "certificate.pem",
        "MESPOINTS_SEAL_PKCS11_MODULE": "module.so",
        "MESPOINTS_SEAL_PKCS11_PIN_FILE": "pin",
        "MESPOINTS_TSA_CERTIFICATES": "authorities.pem",
    }
    return {name: str(tmp_path / file) for name, file in names.items()} | {
        "MESPOINTS_SEAL_PKCS11_TOKEN": "cachet",
        "MESPOINTS_SEAL_PKCS11_KEY_LABEL": "cle",
        "MESPOINTS_SEAL_PKCS11_PIN": "314159",
        "MESPOINTS_TSA_URL": "http://127.0.0.1:8003/",
        "empty": str(tmp_path / "empty"),
    }


def named(files: dict[str, str], *endings: str, **more: str) -> dict[str, str]:
    return {f"MESPOINTS_{ending}": files[f"MESPOINTS_{ending}"] for ending in endings} | more


MODULE = ("SEAL_CERTIFICATE", "SEAL_PKCS11_MODULE", "SEAL_PKCS11_TOKEN", "SEAL_PKCS11_KEY_LABEL")


def test_nothing_said_is_no_seal() -> None:
    assert seal_source({}) is None


def test_a_file(files: dict[str, str]) -> None:
    source = seal_source(named(files, "SEAL_KEY", "SEAL_CERTIFICATE"))
    assert source is not None
    assert (source.key, source.stamping) == (Path(files["MESPOINTS_SEAL_KEY"]), None)


@pytest.mark.parametrize(("pin", "code"), [("SEAL_PKCS11_PIN", "314159"), ("SEAL_PKCS11_PIN_FILE", "271828")])
def test_a_module(files: dict[str, str], pin: str, code: str) -> None:
    source = seal_source(named(files, *MODULE, pin))
    assert source is not None
    assert isinstance(source.key, ModuleKey)
    assert (source.key.token, source.key.key_label, source.key.pin) == ("cachet", "cle", code)


@pytest.mark.parametrize(
    ("endings", "said"),
    [
        (("SEAL_KEY",), "sans MESPOINTS_SEAL_CERTIFICATE"),
        (("SEAL_CERTIFICATE",), "sans MESPOINTS_SEAL_KEY"),
        ((*MODULE, "SEAL_PKCS11_PIN", "SEAL_KEY"), "disent deux clés"),
        ((*MODULE, "SEAL_PKCS11_PIN", "SEAL_PKCS11_PIN_FILE"), "disent deux codes secrets"),
        (MODULE, "sans MESPOINTS_SEAL_PKCS11_PIN"),
        (("SEAL_CERTIFICATE", "SEAL_PKCS11_MODULE", "SEAL_PKCS11_PIN"), "sans MESPOINTS_SEAL_PKCS11_TOKEN"),
        ((*MODULE[1:], "SEAL_PKCS11_PIN"), "sans MESPOINTS_SEAL_CERTIFICATE"),
    ],
)
def test_half_a_seal_is_refused(files: dict[str, str], endings: tuple[str, ...], said: str) -> None:
    with pytest.raises(IncompleteEnvironment, match=said):
        seal_source(named(files, *endings))


def test_an_empty_code_is_refused(files: dict[str, str]) -> None:
    with pytest.raises(IncompleteEnvironment, match="est vide"):
        seal_source(named(files, *MODULE, MESPOINTS_SEAL_PKCS11_PIN_FILE=files["empty"]))


def test_levels(files: dict[str, str]) -> None:
    def level(*endings: str, **more: str) -> Level | None:
        source = seal_source(named(files, "SEAL_KEY", "SEAL_CERTIFICATE", *endings, **more))
        assert source is not None
        return source.stamping.level if source.stamping is not None else None

    assert level("TSA_URL") is Level.B_T
    assert level("TSA_URL", MESPOINTS_SEAL_LEVEL="B-B") is None
    assert level("TSA_URL", "TSA_CERTIFICATES", MESPOINTS_SEAL_LEVEL="B-LTA") is Level.B_LTA
    for endings, more, said in (
        ((), {"MESPOINTS_SEAL_LEVEL": "B-T"}, "sans MESPOINTS_TSA_URL"),
        (("TSA_URL",), {"MESPOINTS_SEAL_LEVEL": "B-LT"}, "sans MESPOINTS_TSA_CERTIFICATES"),
        (("TSA_URL",), {"MESPOINTS_SEAL_LEVEL": "LTV"}, "écrivez un de ceux-ci : B-B, B-T, B-LT, B-LTA"),
        ((), {"MESPOINTS_TSA_URL": "tsa.example.fr"}, "n’est pas une adresse"),
    ):
        with pytest.raises(IncompleteEnvironment, match=said):
            level(*endings, **more)

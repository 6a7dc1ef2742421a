"""A service half set up does not start, and says in one sentence what is missing."""

from pathlib import Path

import pytest

from mespoints.config.environment import Environment, IncompleteEnvironment, VisibleCodeKey

COMPLETE = {
    "DATABASE_URL": "postgresql://points@db.example.fr/points",
    "MESPOINTS_SECRET_KEY": "k" * 32,
    "MESPOINTS_BASE_URL": "https://points.example.fr/",
}


def test_the_least_that_is_needed() -> None:
    read = Environment.read(COMPLETE)
    assert read.base_url == "https://points.example.fr"
    assert read.hosts == ("points.example.fr",)
    assert read.is_https
    assert not read.has_invented_data
    assert (read.franceconnect, read.seal, read.visible_code, read.smtp_url) == (None, None, None, None)
    assert (read.api_limits.requests, read.api_limits.cases, read.trusted_proxies) == (60, 600, 0)


def test_all_that_may_be_said(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    key.touch()
    certificate.touch()
    read = Environment.read(
        COMPLETE
        | {
            "MESPOINTS_HOSTS": "points.example.fr, www.points.example.fr",
            "MESPOINTS_DATA_DIR": str(tmp_path),
            "MESPOINTS_INVENTED_DATA": "1",
            "MESPOINTS_FRANCECONNECT_ISSUER": "https://fc.example.fr:444/api/v2/",
            "MESPOINTS_FRANCECONNECT_CLIENT_ID": "id",
            "MESPOINTS_FRANCECONNECT_CLIENT_SECRET": "secret",
            "MESPOINTS_SEAL_KEY": str(key),
            "MESPOINTS_SEAL_CERTIFICATE": str(certificate),
            "MESPOINTS_2DDOC_KEY": str(key),
            "MESPOINTS_2DDOC_AUTHORITY": "FR05",
            "MESPOINTS_2DDOC_CERTIFICATE": "MPP1",
            "MESPOINTS_SMTP_URL": "smtp://localhost:25",
            "MESPOINTS_API_REQUESTS_PER_MINUTE": "120",
            "MESPOINTS_API_CASES_PER_MINUTE": "999999999",
            "MESPOINTS_TRUSTED_PROXIES": "2",
        }
    )
    assert read.hosts == ("points.example.fr", "www.points.example.fr")
    assert read.data_dir == tmp_path
    assert read.has_invented_data
    assert read.franceconnect is not None
    assert read.franceconnect.issuer == "https://fc.example.fr:444/api/v2"
    assert read.franceconnect.origin == "https://fc.example.fr:444"
    assert read.seal is not None
    assert (read.seal.key, read.seal.certificate) == (key, certificate)
    assert read.visible_code == VisibleCodeKey(key=key, authority="FR05", certificate="MPP1")
    assert read.smtp_url == "smtp://localhost:25"
    assert (read.api_limits.requests, read.api_limits.cases, read.trusted_proxies) == (120, 999999999, 2)


@pytest.mark.parametrize("name", sorted(COMPLETE))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_missing_is_named(name: str, value: str | None) -> None:
    variables = {known: given for known, given in COMPLETE.items() if known != name}
    if value is not None:
        variables[name] = value
    with pytest.raises(IncompleteEnvironment, match=f"La variable {name} manque"):
        Environment.read(variables)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "sqlite:///points.db", "seul PostgreSQL"),
        ("MESPOINTS_SECRET_KEY", "short", "compte 5 caractères"),
        ("MESPOINTS_BASE_URL", "points.example.fr", "https://"),
        ("MESPOINTS_BASE_URL", "https://points.example.fr/points", "rien après"),
        ("MESPOINTS_HOSTS", "points.example.fr,*", "n’importe quel nom"),
        ("MESPOINTS_INVENTED_DATA", "yes", "écrivez 1"),
        ("MESPOINTS_API_REQUESTS_PER_MINUTE", "0", "un nombre entier, 1 ou plus"),
        ("MESPOINTS_API_CASES_PER_MINUTE", "1000000000", "un nombre entier"),
        ("MESPOINTS_TRUSTED_PROXIES", "-1", "0 ou plus ; par défaut 0"),
        ("MESPOINTS_TRUSTED_PROXIES", "²", "un nombre entier"),
        ("MESPOINTS_FRANCECONNECT_CLIENT_ID", "id", "ensemble"),
        ("MESPOINTS_SEAL_KEY", "/nowhere/key.pem", "ensemble"),
        ("MESPOINTS_2DDOC_KEY", "/nowhere/key.pem", "MESPOINTS_2DDOC_AUTHORITY, MESPOINTS_2DDOC_CERTIFICATE"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_is_expected(name: str, value: str, said: str) -> None:
    with pytest.raises(IncompleteEnvironment, match=name) as refusal:
        Environment.read(COMPLETE | {name: value})
    assert said in str(refusal.value)


def test_a_seal_that_is_not_there_is_said_before_the_first_paper(tmp_path: Path) -> None:
    missing = str(tmp_path / "key.pem")
    with pytest.raises(IncompleteEnvironment, match="introuvable"):
        Environment.read(COMPLETE | {"MESPOINTS_SEAL_KEY": missing, "MESPOINTS_SEAL_CERTIFICATE": missing})


def test_keys_that_are_not_there_are_said_before_the_first_file(tmp_path: Path) -> None:
    missing = tmp_path / "feed-keys.toml"
    with pytest.raises(IncompleteEnvironment, match=r"MESPOINTS_FEED_KEYS nomme .* introuvable"):
        Environment.read(COMPLETE | {"MESPOINTS_FEED_KEYS": str(missing)})
    missing.touch()
    assert Environment.read(COMPLETE | {"MESPOINTS_FEED_KEYS": str(missing)}).feed_keys == missing
    assert Environment.read(COMPLETE).feed_keys is None


def test_the_secret_is_never_repeated_in_a_refusal() -> None:
    with pytest.raises(IncompleteEnvironment) as refusal:
        Environment.read(COMPLETE | {"MESPOINTS_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("authority", "certificate", "said"),
    [("FR5", "MPP1", "un pays et deux caractères"), ("FR05", "mpp1", "quatre majuscules ou chiffres")],
)
def test_the_names_of_the_visible_code_are_checked(tmp_path: Path, authority: str, certificate: str, said: str) -> None:
    key = tmp_path / "key.pem"
    key.touch()
    names = {"MESPOINTS_2DDOC_AUTHORITY": authority, "MESPOINTS_2DDOC_CERTIFICATE": certificate}
    with pytest.raises(IncompleteEnvironment, match=said):
        Environment.read(COMPLETE | names | {"MESPOINTS_2DDOC_KEY": str(key)})


def test_a_key_of_the_visible_code_that_is_not_there_is_named() -> None:
    names = {"MESPOINTS_2DDOC_AUTHORITY": "FR05", "MESPOINTS_2DDOC_CERTIFICATE": "MPP1"}
    with pytest.raises(IncompleteEnvironment, match="MESPOINTS_2DDOC_KEY nomme /nowhere"):
        Environment.read(COMPLETE | names | {"MESPOINTS_2DDOC_KEY": "/nowhere/key.pem"})

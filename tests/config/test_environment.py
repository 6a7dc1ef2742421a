"""A service half set up does not start, and says in one sentence what is missing."""

from pathlib import Path

import pytest

from mespoints.config.environment import Environment, VisibleCodeKey
from mespoints.config.providers import encryption_keys
from mespoints.config.variables import IncompleteEnvironment

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
    stolen = tmp_path / "stolen.txt"
    stolen.touch()
    read = Environment.read(
        COMPLETE
        | {
            "MESPOINTS_HOSTS": "points.example.fr, www.points.example.fr",
            "MESPOINTS_DATA_DIR": str(tmp_path),
            "MESPOINTS_INVENTED_DATA": "1",
            "MESPOINTS_FRANCECONNECT": "https://fc.example.fr:444/api/v2/",
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
            "MESPOINTS_BREACHED_PASSWORDS": str(stolen),
            "MESPOINTS_PAPER_KEYS": str(key),
            "MESPOINTS_STATUS_KEY": str(key),
        }
    )
    assert read.breached_passwords == stolen
    assert read.paper_keys == read.status_key == key
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


PROVIDERS = ["MESPOINTS_FRANCECONNECT", "MESPOINTS_PROCONNECT"]


def provider(name: str, platform: str, **more: str) -> dict[str, str]:
    return COMPLETE | {name: platform, f"{name}_CLIENT_ID": "id", f"{name}_CLIENT_SECRET": "secret"} | more


@pytest.mark.parametrize(
    ("name", "platform", "issuer"),
    [
        ("MESPOINTS_FRANCECONNECT", "integration", "https://fcp-low.integ01.dev-franceconnect.fr/api/v2"),
        ("MESPOINTS_FRANCECONNECT", "production", "https://oidc.franceconnect.gouv.fr/api/v2"),
        ("MESPOINTS_FRANCECONNECT", "http://127.0.0.1:8001/api/v2/", "http://127.0.0.1:8001/api/v2"),
        ("MESPOINTS_FRANCECONNECT", "http://[::1]:8001/api/v2", "http://[::1]:8001/api/v2"),
        ("MESPOINTS_PROCONNECT", "integration", "https://fca.integ01.dev-agentconnect.fr/api/v2"),
        ("MESPOINTS_PROCONNECT", "production", "https://auth.agentconnect.gouv.fr/api/v2"),
        ("MESPOINTS_PROCONNECT", "production-rie", "https://auth.agentconnect.rie.gouv.fr/api/v2"),
    ],
)
def test_a_platform_is_named_in_one_word_or_in_full(name: str, platform: str, issuer: str) -> None:
    read = Environment.read(provider(name, platform))
    found = {"MESPOINTS_FRANCECONNECT": read.franceconnect, "MESPOINTS_PROCONNECT": read.proconnect}[name]
    assert found is not None
    assert (found.issuer, found.client_id, found.client_secret) == (issuer, "id", "secret")


@pytest.mark.parametrize(
    "platform",
    [
        "prod",
        "fc.example.fr/api/v2",
        "http://fc.example.fr/api/v2",
        "http://127.0.0.1.example.fr/api/v2",
        "https://fc.example.fr/api/v2?next=1",
        "https://user@fc.example.fr/api/v2",
        "https://",
        "ftp://localhost/",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_platform_that_is_neither_is_refused(name: str, platform: str) -> None:
    with pytest.raises(IncompleteEnvironment, match=f"{name} vaut .* integration, production"):
        Environment.read(provider(name, platform))


@pytest.mark.parametrize("missing", ["", "_CLIENT_ID", "_CLIENT_SECRET"])
@pytest.mark.parametrize("name", [*PROVIDERS, "MESPOINTS_FRANCECONNECT_PLUS"])
def test_half_a_provider_does_not_start(name: str, missing: str) -> None:
    variables = provider(name, "integration")
    del variables[name + missing]
    with pytest.raises(IncompleteEnvironment, match=f"sans {name}{missing} : donnez-les ensemble") as refusal:
        Environment.read(variables)
    assert "secret" not in str(refusal.value)


def test_real_identities_want_https() -> None:
    with pytest.raises(IncompleteEnvironment, match="de vraies identités demandent https://"):
        Environment.read(provider("MESPOINTS_FRANCECONNECT", "production", MESPOINTS_BASE_URL="http://points.example.fr"))


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    name = "MESPOINTS_FRANCECONNECT_CLIENT_SECRET"
    file = tmp_path / "secret"
    file.write_text("held apart\n")
    variables = provider("MESPOINTS_FRANCECONNECT", "integration", **{f"{name}_FILE": str(file)})
    with pytest.raises(IncompleteEnvironment, match=f"{name} et {name}_FILE sont donnés tous les deux"):
        Environment.read(variables)
    del variables[name]
    read = Environment.read(variables)
    assert read.franceconnect is not None
    assert read.franceconnect.client_secret == "held apart"
    file.write_text(" \n")
    with pytest.raises(IncompleteEnvironment, match="qui est vide"):
        Environment.read(variables)
    file.unlink()
    with pytest.raises(IncompleteEnvironment, match="qui ne se lit pas"):
        Environment.read(variables)


def test_franceconnect_plus_comes_with_its_keys_or_not_at_all(tmp_path: Path) -> None:
    keys = tmp_path / "keys.pem"
    variables = provider("MESPOINTS_FRANCECONNECT_PLUS", "integration")
    with pytest.raises(IncompleteEnvironment, match="MESPOINTS_FRANCECONNECT_PLUS_KEYS vont ensemble"):
        Environment.read(variables)
    with pytest.raises(IncompleteEnvironment, match="vont ensemble"):
        Environment.read(COMPLETE | {"MESPOINTS_FRANCECONNECT_PLUS_KEYS": str(keys)})
    variables["MESPOINTS_FRANCECONNECT_PLUS_KEYS"] = str(keys)
    with pytest.raises(IncompleteEnvironment, match="introuvable"):
        Environment.read(variables)
    keys.write_text("not a key")
    read = Environment.read(variables)
    assert (read.franceconnect_plus is not None, read.franceconnect_plus_keys) == (True, keys)
    with pytest.raises(IncompleteEnvironment, match=r"MESPOINTS_FRANCECONNECT_PLUS_KEYS : .*0 blocs PEM"):
        encryption_keys(keys)
    assert encryption_keys(None) is None


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

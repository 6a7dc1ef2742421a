"""What the machine tells the service, read once and checked: nothing else in the code reads ``os.environ``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from mespoints.config.providers import FRANCECONNECT, PROCONNECT, ProviderAccess, franceconnect_plus, provider_access
from mespoints.config.seal import seal_source
from mespoints.config.variables import IncompleteEnvironment, text
from mespoints.documents.seal_source import SealSource
from mespoints.documents.visible_code.encoding import AUTHORITY, CERTIFICATE

SHORTEST_SECRET_KEY = 32
"""Characters. It signs sessions and forms; a shorter one could be guessed."""

LONGEST_COUNT = 9
"""Digits: what fits in an integer of PostgreSQL."""

CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleCodeKey:
    """Who signs the visible codes (2D-Doc): a PEM key, and the names under which readers know it."""

    key: Path
    authority: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """What one address may ask of the open API in a minute."""

    requests: int
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    database_url: str
    secret_key: str
    hosts: tuple[str, ...]
    base_url: str
    """Scheme, host and port people type; no slash at the end."""
    data_dir: Path
    has_invented_data: bool
    franceconnect: ProviderAccess | None
    """``None``: the button is not shown."""
    franceconnect_plus: ProviderAccess | None
    franceconnect_plus_keys: Path | None
    """Private keys, PEM: there exactly when ``franceconnect_plus`` is."""
    proconnect: ProviderAccess | None
    smtp_url: str | None
    seal: SealSource | None
    visible_code: VisibleCodeKey | None
    """``None``: papers have their QR code alone."""
    trust_file: Path | None
    """Former seals and other signers that the verification knows; ``None``: the seal and the key of today alone."""
    paper_keys: Path | None
    """What encrypts the copies of papers (``documents.copies``); ``None``: no copy is kept."""
    status_key: Path | None
    """Private key, PEM, that signs the lists of statuses; ``None``: none is published."""
    feed_keys: Path | None
    """The public keys of those who send daily files; ``None``: no file is accepted."""
    drop_folder: Path | None
    """Where those files are left; ``None``: the scheduled night finds none and says so."""
    api_limits: ApiLimits
    trusted_proxies: int
    """How many proxies of ours stand before the service; 0: what X-Forwarded-For says is not believed."""
    contact: str | None
    """How people reach a human: an address or a telephone number, shown as it is. ``None``: the pages name public counters."""
    breached_passwords: Path | None
    """Fingerprints of passwords known to be stolen, refused at sign-up; ``None``: only the most common ones are."""

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """Raises ``IncompleteEnvironment`` at the first thing missing: a service half set up must not start."""
        base_url = _web_address(variables, "MESPOINTS_BASE_URL")
        plus, plus_keys = franceconnect_plus(variables, base_url=base_url)
        return cls(
            database_url=_database_url(variables),
            secret_key=_secret_key(variables),
            hosts=_hosts(variables, base_url),
            base_url=base_url,
            data_dir=data_dir(variables),
            has_invented_data=_yes_or_no(variables, "MESPOINTS_INVENTED_DATA"),
            franceconnect=provider_access(variables, FRANCECONNECT, base_url=base_url),
            franceconnect_plus=plus,
            franceconnect_plus_keys=plus_keys,
            proconnect=provider_access(variables, PROCONNECT, base_url=base_url),
            smtp_url=text(variables, "MESPOINTS_SMTP_URL"),
            seal=seal_source(variables),
            visible_code=_visible_code(variables),
            trust_file=_file(variables, "MESPOINTS_TRUST_FILE"),
            paper_keys=_file(variables, "MESPOINTS_PAPER_KEYS"),
            status_key=_file(variables, "MESPOINTS_STATUS_KEY"),
            feed_keys=_file(variables, "MESPOINTS_FEED_KEYS"),
            drop_folder=_folder(variables, "MESPOINTS_DROP_FOLDER"),
            api_limits=ApiLimits(
                requests=_count(variables, "MESPOINTS_API_REQUESTS_PER_MINUTE", default=60, least=1),
                cases=_count(variables, "MESPOINTS_API_CASES_PER_MINUTE", default=600, least=1),
            ),
            trusted_proxies=_count(variables, "MESPOINTS_TRUSTED_PROXIES", default=0, least=0),
            contact=text(variables, "MESPOINTS_CONTACT"),
            breached_passwords=_file(variables, "MESPOINTS_BREACHED_PASSWORDS"),
        )


def data_dir(variables: Mapping[str, str]) -> Path:
    """``MESPOINTS_DATA_DIR``, else ``var`` beside the sources, else (installed without them) in the current folder."""
    given = text(variables, "MESPOINTS_DATA_DIR")
    if given is not None:
        return Path(given).expanduser().resolve()
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()) / "var"


def _required(variables: Mapping[str, str], name: str, purpose: str) -> str:
    value = text(variables, name)
    if value is None:
        raise IncompleteEnvironment(f"La variable {name} manque : {purpose}.")
    return value


def _database_url(variables: Mapping[str, str]) -> str:
    url = _required(
        variables,
        "DATABASE_URL",
        "adresse de la base PostgreSQL (16 ou plus), de la forme postgresql://compte:secret@machine/base ; "
        "les commandes mespoints démarrent une base embarquée quand elle est absente",
    )
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise IncompleteEnvironment("DATABASE_URL ne commence pas par postgresql:// : seul PostgreSQL convient.")
    return url


def _secret_key(variables: Mapping[str, str]) -> str:
    key = _required(variables, "MESPOINTS_SECRET_KEY", "secret propre à cette installation, qui signe les sessions")
    if len(key) < SHORTEST_SECRET_KEY:
        raise IncompleteEnvironment(
            f"MESPOINTS_SECRET_KEY compte {len(key)} caractères, il en faut {SHORTEST_SECRET_KEY} ou plus, tirés au hasard."
        )
    return key


def _web_address(variables: Mapping[str, str], name: str) -> str:
    address = _required(variables, name, "adresse que les gens tapent, par exemple https://points.example.fr").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise IncompleteEnvironment(
            f"{name} vaut « {address} » : il faut http:// ou https://, un nom de machine, au besoin un port, et rien après."
        )
    return address


def _hosts(variables: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    """Names under which the service answers, separated by commas; by default the one of the base URL alone."""
    given = tuple(host.strip() for host in variables.get("MESPOINTS_HOSTS", "").split(",") if host.strip())
    if "*" in given:
        raise IncompleteEnvironment("MESPOINTS_HOSTS contient « * » : nommez les machines, sinon n’importe quel nom serait cru.")
    return given or (urlsplit(base_url).hostname or "",)


def _yes_or_no(variables: Mapping[str, str], name: str) -> bool:
    match text(variables, name):
        case None | "0":
            return False
        case "1":
            return True
        case other:
            raise IncompleteEnvironment(f"{name} vaut « {other} » : écrivez 1 (oui) ou 0 (non).")


def _count(variables: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    given = text(variables, name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_COUNT and int(given) >= least):
        raise IncompleteEnvironment(
            f"{name} vaut « {given} » : il faut un nombre entier, {least} ou plus ; par défaut {default}."
        )
    return int(given)


def _together(variables: Mapping[str, str], *names: str) -> tuple[str, ...] | None:
    """All of them or none: half an agreement would fail in front of a driver."""
    values = {name: text(variables, name) for name in names}
    missing = [name for name, value in values.items() if value is None]
    if len(missing) == len(names):
        return None
    if missing:
        given = [name for name in names if name not in missing]
        raise IncompleteEnvironment(f"{', '.join(given)} sans {', '.join(missing)} : donnez-les ensemble, ou aucune.")
    return tuple(value for value in values.values() if value is not None)


def _visible_code(variables: Mapping[str, str]) -> VisibleCodeKey | None:
    values = _together(variables, "MESPOINTS_2DDOC_KEY", "MESPOINTS_2DDOC_AUTHORITY", "MESPOINTS_2DDOC_CERTIFICATE")
    if values is None:
        return None
    key, authority, certificate = values
    path = Path(key).expanduser()
    if not path.is_file():
        raise IncompleteEnvironment(
            f"MESPOINTS_2DDOC_KEY nomme {path}, qui est introuvable : vérifiez le chemin et les droits de lecture."
        )
    if AUTHORITY.fullmatch(authority) is None:
        raise IncompleteEnvironment(
            f"MESPOINTS_2DDOC_AUTHORITY vaut « {authority} » : il faut un pays et deux caractères, comme FR05 (FR00 : essais)."
        )
    if CERTIFICATE.fullmatch(certificate) is None:
        raise IncompleteEnvironment(
            f"MESPOINTS_2DDOC_CERTIFICATE vaut « {certificate} » : il faut quatre majuscules ou chiffres, ceux du certificat."
        )
    return VisibleCodeKey(key=path, authority=authority, certificate=certificate)


def _folder(variables: Mapping[str, str], name: str) -> Path | None:
    """Not required to exist: a folder on the network may come back, and the night says when it is not there."""
    given = text(variables, name)
    return Path(given).expanduser() if given is not None else None


def _file(variables: Mapping[str, str], name: str) -> Path | None:
    given = text(variables, name)
    if given is None:
        return None
    path = Path(given).expanduser()
    if not path.is_file():
        raise IncompleteEnvironment(f"{name} nomme {path}, qui est introuvable : vérifiez le chemin et les droits de lecture.")
    return path

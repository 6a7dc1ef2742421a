"""The identity providers as the machine names them: a known platform in one word, or an address in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mespoints.config.variables import IncompleteEnvironment, text
from mespoints.identity.oidc.encryption_keys import EncryptionKeys, UnusableKeys

FRANCECONNECT = "MESPOINTS_FRANCECONNECT"
FRANCECONNECT_PLUS = "MESPOINTS_FRANCECONNECT_PLUS"
PROCONNECT = "MESPOINTS_PROCONNECT"

KNOWN_ISSUERS: Mapping[str, Mapping[str, str]] = {
    FRANCECONNECT: {
        "integration": "https://fcp-low.integ01.dev-franceconnect.fr/api/v2",
        "production": "https://oidc.franceconnect.gouv.fr/api/v2",
    },
    FRANCECONNECT_PLUS: {
        "integration": "https://auth.integ01.dev-franceconnect.fr/api/v2",
        "production": "https://auth.franceconnect.gouv.fr/api/v2",
    },
    PROCONNECT: {
        "integration": "https://fca.integ01.dev-agentconnect.fr/api/v2",
        "production": "https://auth.agentconnect.gouv.fr/api/v2",
        # The network of the State.
        "integration-rie": "https://fca.integ02.agentconnect.rie.gouv.fr/api/v2",
        "production-rie": "https://auth.agentconnect.rie.gouv.fr/api/v2",
    },
}
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAccess:
    """What an identity provider gave when the service was declared there."""

    issuer: str
    client_id: str
    client_secret: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def provider_access(variables: Mapping[str, str], name: str, *, base_url: str) -> ProviderAccess | None:
    """All that a provider needs, or ``None`` when nothing of it is given; half of it is refused."""
    platform, client_id = text(variables, name), text(variables, f"{name}_CLIENT_ID")
    secret = _secret(variables, f"{name}_CLIENT_SECRET")
    given = {name: platform, f"{name}_CLIENT_ID": client_id, f"{name}_CLIENT_SECRET": secret}
    missing = [known for known, value in given.items() if value is None]
    if len(missing) == len(given):
        return None
    if platform is None or client_id is None or secret is None:
        there = [known for known in given if known not in missing]
        raise IncompleteEnvironment(f"{', '.join(there)} sans {', '.join(missing)} : donnez-les ensemble, ou aucune.")
    if platform.startswith("production") and not base_url.startswith("https://"):
        raise IncompleteEnvironment(
            f"{name} vaut « {platform} » mais MESPOINTS_BASE_URL vaut « {base_url} » : de vraies identités demandent https://."
        )
    return ProviderAccess(issuer=_issuer(name, platform), client_id=client_id, client_secret=secret)


def franceconnect_plus(variables: Mapping[str, str], *, base_url: str) -> tuple[ProviderAccess | None, Path | None]:
    """It encrypts to us, so it comes with our private keys or not at all."""
    access = provider_access(variables, FRANCECONNECT_PLUS, base_url=base_url)
    keys = text(variables, f"{FRANCECONNECT_PLUS}_KEYS")
    if (access is None) != (keys is None):
        raise IncompleteEnvironment(
            f"{FRANCECONNECT_PLUS} et {FRANCECONNECT_PLUS}_KEYS vont ensemble : FranceConnect+ chiffre ses réponses,"
            " et le second nomme le fichier de nos clés privées (PEM)."
        )
    path = Path(keys).expanduser() if keys is not None else None
    if path is not None and not path.is_file():
        raise IncompleteEnvironment(
            f"{FRANCECONNECT_PLUS}_KEYS nomme {path}, qui est introuvable : vérifiez le chemin et les droits de lecture."
        )
    return access, path


def encryption_keys(path: Path | None) -> EncryptionKeys | None:
    """Read at start: a key that cannot be used must not wait for the first driver to be noticed."""
    try:
        return EncryptionKeys.read(path) if path is not None else None
    except UnusableKeys as trouble:
        raise IncompleteEnvironment(f"{FRANCECONNECT_PLUS}_KEYS : {trouble}") from None


def _issuer(name: str, platform: str) -> str:
    known = KNOWN_ISSUERS[name]
    if platform in known:
        return known[platform]
    parts = urlsplit(platform)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise IncompleteEnvironment(
            f"{name} vaut « {platform} » : écrivez {', '.join(known)}, ou l’adresse complète d’un fournisseur, en https://"
            " (http:// n’est admis que sur cette machine)."
        )
    return platform.rstrip("/")


def _secret(variables: Mapping[str, str], name: str) -> str | None:
    """As it is, or in a file named by ``…_FILE``, where no list of processes shows it."""
    given, file = text(variables, name), text(variables, f"{name}_FILE")
    if file is None:
        return given
    if given is not None:
        raise IncompleteEnvironment(f"{name} et {name}_FILE sont donnés tous les deux : gardez-en un seul.")
    try:
        held = Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise IncompleteEnvironment(
            f"{name}_FILE nomme {file}, qui ne se lit pas : vérifiez le chemin et les droits de lecture."
        ) from None
    if not held:
        raise IncompleteEnvironment(f"{name}_FILE nomme {file}, qui est vide : il y faut le secret, et rien d’autre.")
    return held

"""The variables of the seal: its key (a file, or in a security module), its certificate, its time-stamps."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from mespoints.config.variables import IncompleteEnvironment, text
from mespoints.documents.seal_source import Level, ModuleKey, SealSource, Stamping

KEY, CERTIFICATE = "MESPOINTS_SEAL_KEY", "MESPOINTS_SEAL_CERTIFICATE"
MODULE = "MESPOINTS_SEAL_PKCS11_MODULE"
TOKEN, KEY_LABEL = "MESPOINTS_SEAL_PKCS11_TOKEN", "MESPOINTS_SEAL_PKCS11_KEY_LABEL"
PIN, PIN_FILE = "MESPOINTS_SEAL_PKCS11_PIN", "MESPOINTS_SEAL_PKCS11_PIN_FILE"
LEVEL, AUTHORITY, AUTHORITIES = "MESPOINTS_SEAL_LEVEL", "MESPOINTS_TSA_URL", "MESPOINTS_TSA_CERTIFICATES"
OF_A_MODULE = (MODULE, TOKEN, KEY_LABEL, PIN, PIN_FILE)
WITH_PROOFS = frozenset({Level.B_LT, Level.B_LTA})


def seal_source(variables: Mapping[str, str]) -> SealSource | None:
    """None when nothing is said of a seal: no paper is then issued. Raises ``IncompleteEnvironment``."""
    given = [name for name in (KEY, CERTIFICATE, *OF_A_MODULE) if text(variables, name) is not None]
    stamping = _stamping(variables)
    if not given:
        return None
    _said(variables, CERTIFICATE, given)
    of_a_module = [name for name in given if name in OF_A_MODULE]
    if of_a_module and KEY in given:
        raise IncompleteEnvironment(
            f"{KEY} et {of_a_module[0]} disent deux clés : gardez le fichier, ou le module de sécurité, pas les deux."
        )
    return SealSource(
        key=_module(variables) if of_a_module else _file(variables, KEY, given),
        certificate=_file(variables, CERTIFICATE, given),
        stamping=stamping,
    )


def _module(variables: Mapping[str, str]) -> ModuleKey:
    given = [name for name in OF_A_MODULE if text(variables, name) is not None]
    if PIN in given and PIN_FILE in given:
        raise IncompleteEnvironment(f"{PIN} et {PIN_FILE} disent deux codes secrets : gardez-en un, de préférence le fichier.")
    return ModuleKey(
        module=_file(variables, MODULE, given),
        token=_said(variables, TOKEN, given),
        key_label=_said(variables, KEY_LABEL, given),
        pin=_pin(variables, given),
    )


def _pin(variables: Mapping[str, str], given: list[str]) -> str:
    if PIN_FILE not in given:
        return _said(variables, PIN, given)
    try:
        pin = _file(variables, PIN_FILE, given).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IncompleteEnvironment(f"Le fichier que nomme {PIN_FILE} ne se lit pas ({type(error).__name__}).") from error
    if not pin:
        raise IncompleteEnvironment(f"Le fichier que nomme {PIN_FILE} est vide : écrivez-y le code secret du jeton.")
    return pin


def _stamping(variables: Mapping[str, str]) -> Stamping | None:
    url, named = text(variables, AUTHORITY), text(variables, LEVEL)
    level = _level(named) if named is not None else Level.B_B if url is None else Level.B_T
    if level is Level.B_B:
        return None
    if url is None:
        raise IncompleteEnvironment(
            f"{LEVEL} vaut {level.value} sans {AUTHORITY} : donnez l’adresse d’une autorité d’horodatage."
        )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise IncompleteEnvironment(f"{AUTHORITY} n’est pas une adresse http:// ou https:// complète.")
    if level in WITH_PROOFS and text(variables, AUTHORITIES) is None:
        raise IncompleteEnvironment(
            f"{LEVEL} vaut {level.value} sans {AUTHORITIES} : donnez les certificats (PEM) de leurs autorités."
        )
    authorities = _file(variables, AUTHORITIES, [AUTHORITIES]) if text(variables, AUTHORITIES) is not None else None
    return Stamping(authority_url=url, level=level, authorities=authorities)


def _level(named: str) -> Level:
    try:
        return Level(named)
    except ValueError:
        known = ", ".join(Level)
        raise IncompleteEnvironment(f"{LEVEL} vaut « {named} » : écrivez un de ceux-ci : {known}.") from None


def _said(variables: Mapping[str, str], name: str, given: list[str]) -> str:
    value = text(variables, name)
    if value is None:
        raise IncompleteEnvironment(f"{', '.join(given)} sans {name} : donnez-les ensemble, ou aucune.")
    return value


def _file(variables: Mapping[str, str], name: str, given: list[str]) -> Path:
    path = Path(_said(variables, name, given)).expanduser()
    if not path.is_file():
        raise IncompleteEnvironment(f"Le fichier {path} du cachet est introuvable : vérifiez le chemin et les droits de lecture.")
    return path

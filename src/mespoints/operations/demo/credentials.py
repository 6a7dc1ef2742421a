"""What a demonstration needs to be secret: drawn on its first start, kept in its folder, never in the sources."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mespoints.documents.copies import generate_copy_keys
from mespoints.documents.seal import generate_demo_seal
from mespoints.documents.visible_code.signature import generate_test_key
from mespoints.feed.signing import Signer, kept_signer, public_keys

CLIENT_ID = "mespoints-demonstration"
FEED_KEY_ID = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    secret_key: str
    client_secret: str
    agents_client_secret: str
    seal_key: Path
    seal_certificate: Path
    visible_code_key: Path
    """Of tests: its authority says so."""
    paper_keys: Path
    """They encrypt the copies of the papers."""
    status_key: Path
    """It signs the list of statuses."""
    feed_keys: Path
    """The public half of the pair that signs the daily files."""


def credentials(folder: Path, now: datetime) -> Credentials:
    """Those already there are kept: sessions and sealed papers outlive a restart."""
    folder.mkdir(parents=True, exist_ok=True)
    seal = generate_demo_seal(folder, now)
    feed_signer(folder)
    return Credentials(
        secret_key=kept_secret(folder / "secret-key"),
        client_secret=kept_secret(folder / "franceconnect-client-secret"),
        agents_client_secret=kept_secret(folder / "proconnect-client-secret"),
        seal_key=seal.key,
        seal_certificate=seal.certificate,
        visible_code_key=generate_test_key(folder / "visible-code-test-key.pem"),
        paper_keys=generate_copy_keys(folder / "paper-keys.txt"),
        status_key=generate_test_key(folder / "status-list-test-key.pem"),
        feed_keys=public_keys(folder),
    )


def feed_signer(folder: Path) -> Signer:
    """Stands for the source of the daily files."""
    return kept_signer(folder, FEED_KEY_ID)


def kept_secret(path: Path) -> str:
    """Written aside then renamed, so that an interrupted start leaves no half secret; readable by its owner alone."""
    if path.exists():
        return path.read_text().strip()
    drawn = secrets.token_urlsafe(48)
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(drawn + "\n")
    draft.rename(path)
    return drawn

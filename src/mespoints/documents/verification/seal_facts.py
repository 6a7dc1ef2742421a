"""What the inspection of a sealed file found, as the process that reads it hands it over."""

from datetime import datetime

import msgspec


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    encrypted: bool = False
    seals: int = 0
    """Signatures, time-stamps of the document left out."""
    signer: bytes = b""
    """Certificate of the only seal, DER."""
    holds: bool = False
    """The seal is sound, whole, forbids any change, and nothing was added to it."""
    sealed_at: datetime | None = None
    """As the seal says: only the key of the seal vouches for it."""
    timestamped_at: datetime | None = None
    """As a time-stamping authority that we trust says."""
    reference: str | None = None
    """Of the paper, written in what is sealed."""

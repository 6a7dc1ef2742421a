"""The manifest of a daily file: what its writer announces, signed. Nothing of it is believed before its signature."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from mespoints.feed.rows import RowKind
from mespoints.feed.signing import Signer
from mespoints.register.sources import Source

FORMAT: Final = "mespoints-feed-1"

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""

Count = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of docs/feed.md. ``sha256`` and ``size`` (bytes) are those of the data file, ``rows`` counts its lines."""

    format: Literal["mespoints-feed-1"]
    sequence: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
    previous_sequence: Count
    data_day: date
    sources: Annotated[dict[Source, date], Meta(extra_json_schema={"propertyNames": {"enum": list(Source)}})]
    """Day up to which (included) a source is described, for those that are not up to ``data_day``."""
    file: Annotated[str, Meta(min_length=1, max_length=255)]
    size: Count
    rows: Count
    totals: Annotated[dict[RowKind, Count], Meta(extra_json_schema={"propertyNames": {"enum": list(RowKind)}})]
    """Lines of each kind; a kind without a line may be left out."""
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    key_id: Annotated[str, Meta(pattern="^[A-Za-z0-9._-]{1,64}$")]
    signature: Annotated[str, Meta(pattern="^[A-Za-z0-9+/]{84,96}={0,2}$")]
    """64 bytes for Ed25519; for ECDSA about 71 of DER: both in base64."""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return canonical_bytes(msgspec.to_builtins(self))


def canonical_bytes(fields: Mapping[str, Any]) -> bytes:
    """The manifest without its signature, as RFC 8785 writes it: keys in order, no space, UTF-8."""
    kept = {name: value for name, value in fields.items() if name != "signature"}
    return msgspec.json.encode(kept, order="sorted")


def signed(fields: Mapping[str, Any], signer: Signer) -> Manifest:
    """``fields`` are those of ``Manifest`` but the last two. Raises ``msgspec.ValidationError``."""
    complete = {**fields, "key_id": signer.key_id}
    return msgspec.convert({**complete, "signature": signer.signature(canonical_bytes(complete))}, Manifest)

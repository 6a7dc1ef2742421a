"""Everything the API refuses, in the form of the contract: code, path, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from mespoints.law.case_fields import CaseError

STATUS_BY_CODE = MappingProxyType(
    {
        "json": 400,
        "not_found": 404,
        "method_not_allowed": 405,
        "length_required": 411,
        "too_large": 413,
        "media_type": 415,
        "too_many_requests": 429,
        "internal": 500,
        "busy": 503,
    }
)
"""A code always has the same status. The first and ``too_large`` are the contract's; the others speak of HTTP."""
STATUS_OF_A_REFUSED_CASE = 422


class Refusal(CaseError):
    """A request refused for itself, before or beside what its case says."""

    def __init__(self, code: str, message: str, *, path: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code, path, message)
        self.headers = dict(headers or {})


def status_of(error: CaseError) -> int:
    return STATUS_BY_CODE.get(error.code, STATUS_OF_A_REFUSED_CASE)

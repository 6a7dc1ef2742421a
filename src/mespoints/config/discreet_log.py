"""Log lines that say where a failure happened and never on whose data."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes an exception as its type and the places it went through, without its message.

    The message of a database error quotes the row it refused: a name, a birth date, a file number.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 – the name is the standard library's
        kind, _, trace = ei
        places = [f"  {place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_tb(trace)]
        return "\n".join([kind.__name__ if kind else "no exception", *places])

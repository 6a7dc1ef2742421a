"""A log says where it failed, never on whose data."""

import logging
import sys

from mespoints.config.discreet_log import DiscreetFormatter


def test_an_exception_is_told_by_its_type_and_its_places() -> None:
    try:
        int("150399200011 already exists")
    except ValueError:
        record = logging.LogRecord("mespoints", logging.ERROR, __file__, 1, "feed_failed", None, sys.exc_info())
    written = DiscreetFormatter().format(record)
    assert "feed_failed" in written
    assert "ValueError" in written
    assert "test_log.py" in written
    assert "150399200011" not in written

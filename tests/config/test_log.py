"""A log says where it failed, never on whose data."""

import logging

import pytest

from mespoints.config.discreet_log import DiscreetFormatter


def test_an_exception_is_told_by_its_type_and_its_places() -> None:
    with pytest.raises(ValueError, match="150399200011") as failure:
        int("150399200011 already exists")
    told = (failure.type, failure.value, failure.tb)
    record = logging.LogRecord("mespoints", logging.ERROR, __file__, 1, "feed_failed", None, told)
    written = DiscreetFormatter().format(record)
    assert "feed_failed" in written
    assert "ValueError" in written
    assert "test_log.py" in written
    assert "150399200011" not in written

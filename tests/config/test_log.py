"""A log says where it failed, never on whose data."""

import logging
from io import StringIO

import pytest
from django.test import Client

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


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/rien/zoe@example.org", "Not Found: an address that is none of ours"),
        ("/rien/z\u00e9@example.org/", "Not Found: an address that is none of ours"),
        ("/verifier/150399200011/", "Not Found: verifier/<str:reference>/"),
        ("/deconnexion/", "Method Not Allowed (GET): deconnexion/"),
    ],
)
@pytest.mark.django_db
def test_what_was_typed_in_an_address_is_not_written(path: str, told: str) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter("{message}", style="{"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get(path)
    finally:
        logger.removeHandler(handler)
    assert written.getvalue().splitlines() == [told]

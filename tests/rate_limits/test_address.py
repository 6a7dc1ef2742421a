"""Where a request comes from: the last proxy of ours that saw it, a home as one address, a provider as one range."""

import pytest

from mespoints.rate_limits.address import address_of, range_of

DIRECT = "198.51.100.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, DIRECT),
        (0, "203.0.113.7", DIRECT),
        (1, None, DIRECT),
        (1, "", DIRECT),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "10.9.9.9, 203.0.113.7, 192.0.2.1", "203.0.113.7"),
        (2, "203.0.113.7", DIRECT),
        (1, "203.0.113.7:4711", "203.0.113.7"),
        (1, "[2001:db8:1:2:3::7]:4711", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:3::7", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "unknown", DIRECT),
        (1, "<script>", DIRECT),
    ],
)
def test_the_address_that_the_last_proxy_of_ours_saw(proxies: int, forwarded: str | None, expected: str) -> None:
    meta = {"REMOTE_ADDR": DIRECT} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {})
    assert address_of(meta, proxies) == expected


def test_a_home_is_one_caller() -> None:
    first, second = ({"REMOTE_ADDR": f"2001:db8:1:2::{last}"} for last in ("1", "2"))
    assert address_of(first, 0) == address_of(second, 0) != address_of({"REMOTE_ADDR": "2001:db8:1:3::1"}, 0)


def test_a_connection_without_an_address_is_one_caller() -> None:
    assert address_of({}, 0) == address_of({"REMOTE_ADDR": ""}, 1) == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.114.7", "203.0.114.0/24"),
        ("2001:db8:1:2::", "2001:db8:1::/48"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_the_range_around_an_address(address: str, expected: str) -> None:
    assert range_of(address) == expected

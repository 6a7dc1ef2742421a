"""Where a request comes from, for counting: never stored, never logged."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

NETWORK_OF_ONE_HOME = 64
"""Bits. A home or a machine is given a whole IPv6 network of that length, and could take a new address at each request."""
IPV4_RANGE, IPV6_RANGE = 24, 48
"""Bits. What one provider or one hirer of machines hands out together."""


def address_of(meta: Mapping[str, str], trusted_proxies: int) -> str:
    """The address that the last proxy we trust saw; that of the connection when there is none.

    Each proxy adds at the end of X-Forwarded-For the address that spoke to it; what stands before was written by the caller,
    who may write anything. A list too short did not go through all our proxies: it is not believed.
    """
    connected = meta.get("REMOTE_ADDR", "")
    seen = [each.strip() for each in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    if trusted_proxies and len(seen) >= trusted_proxies:
        return network(seen[-trusted_proxies]) or network(connected) or connected
    return network(connected) or connected


def network(address: str) -> str | None:
    """None when it is no address."""
    try:
        read = ip_address(without_port(address))
    except ValueError:
        return None
    match read:
        case IPv6Address(ipv4_mapped=IPv4Address() as mapped):
            return str(mapped)
        case IPv6Address():
            return str(IPv6Address(int(read) >> (128 - NETWORK_OF_ONE_HOME) << (128 - NETWORK_OF_ONE_HOME)))
        case _:
            return str(read)


def range_of(address: str) -> str:
    """The wider network around what ``address_of`` answered; what is no address is its own range."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    length = IPV4_RANGE if isinstance(read, IPv4Address) else IPV6_RANGE
    return str(ip_network((read, length), strict=False))


def without_port(address: str) -> str:
    """Some proxies write ``203.0.113.7:4711`` or ``[2001:db8::7]:4711``."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address

"""Who calls, known by a digest only."""

from collections.abc import Mapping
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.utils.crypto import salted_hmac

NETWORK_OF_ONE_HOME = 64
"""Bits. A home or a machine is given a whole IPv6 network of that length, and could take a new address at each request."""


def caller(address: str, minute: datetime) -> str:
    """The same for one address during one minute, and for nobody else. Keyed by the secret of the installation."""
    return salted_hmac("mespoints.api.caller", f"{minute.isoformat()} {address}", algorithm="sha256").hexdigest()


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


def without_port(address: str) -> str:
    """Some proxies write ``203.0.113.7:4711`` or ``[2001:db8::7]:4711``."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address

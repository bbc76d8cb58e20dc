"""Which addresses of the network a webhook may go to.

Wafa stands inside the shop's own network: whoever names an address must not reach through it what only those inside
should reach.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Gateways from IPv6 to IPv4: the last four bytes say where it really goes.
_NAT64 = IPv6Network("64:ff9b::/96")


def may_be_reached(address: Address, private_too: bool) -> bool:
    """Whether a webhook may go there; `private_too` lets it go to private networks and to this machine.

    Never to link-local addresses (there the passwords of cloud machines are handed out), multicast or reserved ones.
    """
    return all(_may_be_reached(each, private_too) for each in _meant(address))


def read_address(host: str) -> Address | None:
    """The address that a host's name is, if it is one rather than a name."""
    try:
        return ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _meant(address: Address) -> list[Address]:
    """The address, and what it hides: IPv4 ones that are mapped, tunnelled or translated."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    hidden = [address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        hidden.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [address, *(each for each in hidden if each)]


def _may_be_reached(address: Address, private_too: bool) -> bool:
    if address.is_loopback:
        return private_too
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        # The translating gateways stand in a range that is reserved otherwise.
        return isinstance(address, IPv6Address) and address in _NAT64
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return address.is_global or private_too

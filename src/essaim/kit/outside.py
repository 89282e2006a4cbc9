"""The way to other people's machines: which addresses the house may connect to. Knows no Django.

A name given by somebody else may lead anywhere, the house's own network included. So a name is resolved once, every
address it has is checked, and the connection goes to the address that was checked: see `found`.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
WEB = frozenset({"http", "https"})
SOCKETS = frozenset({"ws", "wss"})
SECURE = frozenset({"https", "wss"})
# RFC 6052, and the prefix RFC 8215 keeps for translators inside a network.
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
# Not global, although the standard library of some Python versions says so.
INSIDE: tuple[IPv4Network | IPv6Network, ...] = (
    IPv6Network("fec0::/10"),  # site-local, RFC 3879
    IPv6Network("::/96"),  # IPv4-compatible, RFC 4291
    IPv6Network("5f00::/16"),  # segment routing, RFC 9602
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, RFC 7526
)
NAME_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: `addresses` were all checked, connect to one of them and to nothing else."""

    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def name(self) -> str:
        """The host, with its port when it is not the scheme's own."""
        return self.host if PORTS[self.scheme] == self.port else f"{self.host}:{self.port}"


def is_public_address(text: str) -> bool:
    """Whether an IP address belongs to the open Internet; addresses hidden in IPv6 are looked at as such."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and (inner := _inner(address)):
        return is_public_address(str(inner))
    if any(address in network for network in INSIDE if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address a translator or tunnel would reach: mapped, 6to4, Teredo or NAT64 (RFC 6052)."""
    if any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def check_url(
    url: str, allowed_hosts: Collection[str] = (), *, plain: bool = False, schemes: Collection[str] = WEB
) -> SplitResult:
    """The parts of a usable URL. Raises AddressNotUsable; without TLS (`plain`) only hosts the operator allowed."""
    try:
        parts = urlsplit(url.strip())
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise AddressNotUsable() from error
    if parts.scheme not in schemes or not host or parts.username is not None or parts.password is not None:
        raise AddressNotUsable()
    if not (plain or parts.scheme in SECURE or host in allowed_hosts):
        raise AddressNotSecret()
    return parts


def found(
    url: str, allowed_hosts: Collection[str] = (), *, plain: bool = False, schemes: Collection[str] = WEB
) -> Place:
    """Resolve the name of a URL, once. Raises AddressUnknown, and AddressInside when any of its addresses is private:
    a name that leads both outside and inside is a trap."""
    parts = check_url(url, allowed_hosts, plain=plain, schemes=schemes)
    host = (parts.hostname or "").lower()
    port = parts.port or PORTS[parts.scheme]
    addresses = _addresses(host, port)
    if host not in allowed_hosts and not all(map(is_public_address, addresses)):
        raise AddressInside(host=host)
    return Place(parts.scheme, host, port, addresses)


def _addresses(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a name. The system's resolver knows no deadline, so it is given one here."""
    answers: list[tuple[str, ...]] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answers.append(tuple(dict.fromkeys(str(row[4][0]) for row in rows)))

    if _is_address(host):
        ask()
    else:
        asking = Thread(target=ask, daemon=True)
        asking.start()
        asking.join(NAME_SECONDS)
    if not answers or not answers[0]:
        raise AddressUnknown(host=host)
    return answers[0]


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def connected(place: Place, timeout: float) -> socket.socket:
    """A TCP connection to the first of the checked addresses that answers; raises OSError when none does."""
    failure: OSError = OSError("no address")
    for address in place.addresses:
        try:
            return socket.create_connection((address, place.port), timeout)
        except OSError as error:
            failure = error
    raise failure


class AddressNotUsable(Refusal):
    cause = _("This address cannot be reached.")
    remedy = _("Give a full address that begins with https:// and holds no password.")


class AddressNotSecret(Refusal):
    cause = _("Anyone on the way could read what is sent to this address.")
    remedy = _("Use an address that begins with https://.")


class AddressInside(Refusal):
    cause = _("The address “%(host)s” leads into a private network.")
    remedy = _("Use a public address, or ask the operator to allow this host.")


class AddressUnknown(Refusal):
    cause = _("The host “%(host)s” was not found.")
    remedy = _("Check its spelling.")

"""When to try again, when to stop, and which addresses are refused. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _

# The schedule Standard Webhooks proposes: the last try comes more than a day after the first.
RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
PATIENCE = timedelta(days=5)
GONE = 410
NAT64 = IPv6Network("64:ff9b::/96")


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after the n-th failure (n ≥ 1), None when it is time to give up."""
    return at + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def is_hopeless(failing_since: datetime | None, status: int | None, at: datetime) -> bool:
    """The endpoint said it is gone, or nothing has arrived there for five days."""
    return status == GONE or (failing_since is not None and at - failing_since >= PATIENCE)


def is_public_address(text: str) -> bool:
    """Whether an IP address belongs to the open Internet; addresses hidden in IPv6 are looked at as such."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and (inner := _inner(address)):
        return is_public_address(str(inner))
    return address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address a translator or tunnel would reach: mapped, 6to4, Teredo or NAT64 (RFC 6052)."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def check_url(url: str, allowed_hosts: frozenset[str]) -> tuple[str, str, int]:
    """(scheme, host, port). Raises AddressNotUsable; plain HTTP is for hosts the operator allowed only."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise AddressNotUsable() from error
    secure = parts.scheme == "https"
    if not host or parts.username or parts.password or not (secure or parts.scheme == "http"):
        raise AddressNotUsable()
    if not secure and host not in allowed_hosts:
        raise AddressNotSecret()
    return parts.scheme, host, port or (443 if secure else 80)


class AddressNotUsable(Refusal):
    cause = _("This address cannot be told anything.")
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


class UnknownEvent(Refusal):
    cause = _("There is no activity “%(event)s”.")
    remedy = _("Choose from the list.")


class NotTheHousesDesk(Forbidden):
    cause = _("Only the house's managers decide who is told what happens.")
    remedy = _("Ask a manager of the house.")


class NotDisabled(Conflict):
    cause = _("This endpoint is already being told.")

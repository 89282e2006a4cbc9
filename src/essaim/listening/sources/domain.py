"""What an address and a calendar may be. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from essaim.listening.sources.refusals import (
    AddressMissing,
    HostNotNamed,
    KeptTooLong,
    VisitedTooOften,
)

LEAST_MINUTES, MOST_MINUTES = 5, 60 * 24 * 30
MOST_DAYS = 3650
MOST_CHARACTERS = 1000


def tidy_address(text: str) -> str:
    """Without spaces around it; host and scheme in lower case, no fragment. Raises AddressMissing."""
    address = text.strip()
    if not address or len(address) > MOST_CHARACTERS or re.search(r"[\x00-\x1f]", address):
        raise AddressMissing()
    if not re.match(r"https?://", address, re.IGNORECASE):
        return address
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash or '/'}{path.partition('#')[0]}"


def check_calendar(every_minutes: int, retention_days: int) -> None:
    """Raises VisitedTooOften and KeptTooLong."""
    if not LEAST_MINUTES <= every_minutes <= MOST_MINUTES:
        raise VisitedTooOften(least=LEAST_MINUTES, most=MOST_MINUTES)
    if not 1 <= retention_days <= MOST_DAYS:
        raise KeptTooLong(most=MOST_DAYS)


def host_named(text: str) -> str:
    """The host of an address, or a bare host, in lower case. Raises HostNotNamed."""
    text = text.strip().lower()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
        host = host.rstrip(".").encode("idna").decode() if host else ""
    except (ValueError, UnicodeError) as error:
        raise HostNotNamed() from error
    if not re.fullmatch(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", host) and not re.fullmatch(r"[0-9a-f:.]+", host):
        raise HostNotNamed()
    return host

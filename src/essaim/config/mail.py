"""How the house sends its letters, read from one address.

    smtp://user:password@host:587?from=house@example.org     STARTTLS unless `?starttls=0`
    smtps://user:password@host:465                           TLS from the first byte
    file:///var/spool/essaim                                  one file per letter
    console:                                                  written to the terminal

Nothing given: letters are files in the folder `mail` of the house.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True)
class Mail:
    backend: str
    folder: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False
    sender: str = ""


def mail_settings(url: str, home: Path) -> Mail:
    """Raises ValueError when the address is of no kind we know."""
    parts = urlsplit(url or "file:")
    query = parse_qs(parts.query)
    sender = query.get("from", [""])[0]
    if parts.scheme == "console":
        return Mail(f"{BACKENDS}.console.EmailBackend", sender=sender)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path)) if parts.path else home / "mail"
        return Mail(f"{BACKENDS}.filebased.EmailBackend", folder=folder, sender=sender)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(f"ESSAIM_EMAIL_URL: {url!r} is neither smtp://, smtps://, file:// nor console:")
    tls = parts.scheme == "smtps"
    return Mail(
        f"{BACKENDS}.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=not tls and query.get("starttls", ["1"])[0] != "0",
        sender=sender,
    )

"""What the environment says, read once and typed.

Every value has a default that suits one small house on one small machine; the operator's guide lists them all.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """The operator's choices. `home` holds everything the house writes: database, media, secret key."""

    home: Path
    database_url: str
    database_pool: int
    secret_key: str
    debug: bool
    hashed_static: bool
    demo: bool
    keep_pages: float
    hosts: tuple[str, ...]
    webhook_hosts: tuple[str, ...]
    listen_tokens: dict[str, str]
    listen_mail: tuple[Path, ...]
    listen_hosts: tuple[str, ...]
    base_url: str
    email_url: str
    picture_megabytes: int
    stripe_key: str
    stripe_webhook_secrets: tuple[str, ...]
    stripe_api: str
    bank_iban: str
    bank_bic: str
    bank_holder: str
    oidc_issuer: str
    oidc_client: str
    oidc_secret: str
    trust_proxy: bool
    allow_single_factor_staff: bool


def read_environment() -> Environment:
    home = Path(os.environ.get("ESSAIM_HOME", ".essaim")).resolve()
    base_url = os.environ.get("ESSAIM_URL", "").rstrip("/")
    return Environment(
        home=home,
        database_url=os.environ.get("DATABASE_URL", ""),
        database_pool=int(os.environ.get("ESSAIM_DB_POOL", "16")),
        secret_key=os.environ.get("ESSAIM_SECRET_KEY") or _kept_secret(home),
        debug=_flag("ESSAIM_DEBUG"),
        hashed_static=_flag("ESSAIM_HASHED_STATIC", default="1") and not _flag("ESSAIM_DEBUG"),
        demo=_flag("ESSAIM_DEMO"),
        keep_pages=float(os.environ.get("ESSAIM_KEEP_PAGES", "1")),
        hosts=tuple(os.environ.get("ESSAIM_HOSTS", "localhost 127.0.0.1 [::1]").split()),
        webhook_hosts=tuple(os.environ.get("ESSAIM_WEBHOOK_HOSTS", "").lower().split()),
        listen_tokens=dict(pair.split("=", 1) for pair in os.environ.get("ESSAIM_LISTEN_TOKENS", "").split()),
        listen_mail=tuple(Path(path) for path in os.environ.get("ESSAIM_LISTEN_MAIL", "").split(os.pathsep) if path),
        listen_hosts=tuple(os.environ.get("ESSAIM_LISTEN_HOSTS", "").lower().split()),
        base_url=base_url,
        picture_megabytes=int(os.environ.get("ESSAIM_PICTURE_MB", "5")),
        email_url=os.environ.get("ESSAIM_EMAIL_URL", ""),
        stripe_key=os.environ.get("ESSAIM_STRIPE_KEY", ""),
        stripe_webhook_secrets=tuple(os.environ.get("ESSAIM_STRIPE_WEBHOOK_SECRETS", "").split()),
        stripe_api=os.environ.get("ESSAIM_STRIPE_API", ""),
        bank_iban=os.environ.get("ESSAIM_BANK_IBAN", "").replace(" ", ""),
        bank_bic=os.environ.get("ESSAIM_BANK_BIC", ""),
        bank_holder=os.environ.get("ESSAIM_BANK_HOLDER", ""),
        oidc_issuer=os.environ.get("ESSAIM_OIDC_ISSUER", ""),
        oidc_client=os.environ.get("ESSAIM_OIDC_CLIENT", ""),
        oidc_secret=os.environ.get("ESSAIM_OIDC_SECRET", ""),
        trust_proxy=_flag("ESSAIM_TRUST_PROXY"),
        allow_single_factor_staff=_flag("ESSAIM_ALLOW_SINGLE_FACTOR_STAFF") or _flag("ESSAIM_DEMO"),
    )


def _flag(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _kept_secret(home: Path) -> str:
    """A secret made once per house and kept beside its data, readable by its owner only."""
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()

"""Who signs a text on the open web, where nobody hands out handles. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from essaim.listening.post import Author

WEB = "web"
"""The platform of whatever has an address of its own: feeds, pages, webmentions meet under the same name."""


def byline(name: str, url: str, site: str) -> Author | None:
    """The author known by his own page, else by his name on this site; None when nobody signs."""
    name = " ".join(name.split())[:200]
    if re.match(r"https?://[^/\s]+", url):
        parts = urlsplit(url)
        handle = f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
        return Author(handle[:500], name, url[:1000])
    # RSS 2.0 signs "ada@example.org (Ada)": the address is nobody's business.
    bare = re.sub(r"\S+@\S+\.\S+", "", name).strip(" ()<>,;") or name.partition("@")[0]
    return Author(f"{bare.lower()}@{site_of(site)}"[:500], bare) if bare else None


def site_of(url: str) -> str:
    """The host, without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

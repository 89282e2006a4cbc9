"""Why a page is not read, and what a page says of itself to programs. Pure."""

from __future__ import annotations

import re

from essaim.kit.errors import gettext_noop as _
from essaim.listening.robots import PRODUCT
from essaim.listening.sources.refusals import NotRead

REFUSING = frozenset({"noindex", "none"})


class NoIndex(NotRead):
    cause = _("This page asks not to be indexed (noindex).")
    remedy = _("Ask its people, or listen elsewhere.")
    forever = True


class NotAPage(NotRead):
    cause = _("What stands at this address is no page.")
    remedy = _("Give the address of an article or of a page with comments.")


class NoText(NotRead):
    cause = _("No text of any length was found on this page.")
    remedy = _("Pages made by scripts alone cannot be read; look for a feed of the site.")


def header_refuses(header: str) -> bool:
    """X-Robots-Tag: rules for everyone, or under our own name: `noindex, essaim: none`."""
    named = ""
    for part in header.lower().split(","):
        agent = re.match(r"\s*([a-z_-]+)\s*:(?!\s*\d)(.*)", part)
        if agent and agent[1] not in {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}:
            named, part = agent[1], agent[2]
        if part.strip() in REFUSING and named in {"", PRODUCT, "*"}:
            return True
    return False


def meta_refuses(metas: list[tuple[str, str]]) -> bool:
    """`<meta name="robots" content="noindex">`, for everyone or for us."""
    return any(
        name.strip().lower() in {"robots", PRODUCT}
        and REFUSING & {part.strip() for part in content.lower().split(",")}
        for name, content in metas
    )

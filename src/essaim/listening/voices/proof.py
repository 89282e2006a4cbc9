"""How an author shows that an account elsewhere is his: a code he posted there, or a link back (rel=me)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from essaim.listening.models import Mention, Voice
from essaim.listening.voices.keys import normal_handle
from essaim.listening.web import Client
from essaim.people.models import Member

MOST_BYTES = 2_000_000
FOLDERS = frozenset(
    {"", "users", "user", "u", "profile", "profiles", "people", "author", "authors", "members", "c", "web"}
)
"""Where platforms keep their members' pages; anybody may write below other folders."""


def has_posted(voice: Voice, code: str, since: datetime) -> Mention | None:
    """What the voice has said since that holds the code."""
    said = Mention.objects.filter(voice=voice, received_at__gte=since, text__icontains=code)
    return said.order_by("received_at").first()


def is_page_of(address: str, handle: str, hosts: Iterable[str]) -> bool:
    """Whether this is the author's own page: on a host he is heard at, and named after him alone."""
    parts = urlsplit(address)
    host = (parts.hostname or "").casefold()
    name, _, home = normal_handle(handle).partition("@")
    path = [normal_handle(unquote(piece)) for piece in parts.path.split("/") if piece]
    if parts.scheme not in {"http", "https"} or parts.query:
        return False
    if host == name and "." in name:
        return not path  # a handle that is a domain
    if host not in ({home} if home else {each.casefold() for each in hosts}):
        return False
    return path[-1:] in ([name], [f"{name}@{home}"]) and len(path) <= 2 and "".join(path[:-1]) in FOLDERS


def hosts_of(voice: Voice) -> set[str]:
    """The hosts this voice is heard at."""
    addresses = Mention.objects.filter(voice=voice).exclude(url="").values_list("url", flat=True)[:200]
    return {host for host in (urlsplit(address).hostname for address in addresses) if host}


def links_back(address: str, member: Member, client: Client, handle: str, hosts: Iterable[str]) -> bool:
    """Whether the page there, and nowhere it leads to, links to the member's page here with rel=me."""
    answer = client.get(address, most_bytes=MOST_BYTES)
    return is_page_of(answer.url, handle, hosts) and page_of(member) in links_of(answer.body, answer.url)


def links_of(body: bytes, url: str) -> set[str]:
    """The rel=me links of a page, with microformats' own reader."""
    import mf2py

    found = mf2py.parse(doc=body.decode("utf-8", "replace"), url=url)
    return {urljoin(url, link).rstrip("/") for link in found["rels"].get("me", [])}


def page_holds(address: str, code: str, client: Client, handle: str, hosts: Iterable[str]) -> bool:
    """Whether the author's own page shows the code."""
    answer = client.get(address, most_bytes=MOST_BYTES)
    shown = re.sub(r"<[^>]*>", "", answer.body.decode("utf-8", "replace"))
    return is_page_of(answer.url, handle, hosts) and code.casefold() in shown.casefold()


def page_of(member: Member) -> str:
    return f"{settings.BASE_URL}{member.get_absolute_url()}".rstrip("/")

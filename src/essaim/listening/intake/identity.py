"""By which keys a post is known again: its platform's id, its address, or what it says when it has neither."""

from __future__ import annotations

from collections.abc import Callable

from essaim.listening.post import Post
from essaim.listening.voices.keys import keyed

WEB = ("http://", "https://")
Hash = Callable[[str], bytes]


def hashing() -> Hash:
    """The hash by which posts are known in this house."""
    return keyed("posts")


def post_keys(post: Post, key_of: Hash) -> list[bytes]:
    """One or two keys. An id that is an address counts as one: ActivityStreams names things so."""
    if post.external_id and post.url:
        first, second = name_key(post.platform, post.external_id, key_of), name_key("", post.url, key_of)
        return [first] if first == second else [first, second]
    return [name_key(post.platform, post.external_id or post.url or _what_it_says(post), key_of)]


def _what_it_says(post: Post) -> str:
    author = post.author.handle if post.author else ""
    return "\n".join((author, post.tie, post.parent, post.published.isoformat(), post.title, post.text))


def name_key(platform: str, name: str, key_of: Hash) -> bytes:
    """Sixteen bytes that stand for the post of this id on this platform, or at this address on any."""
    return key_of(f"url\n{plain_address(name)}" if name.startswith(WEB) else f"{platform}\n{name}")


def plain_address(url: str) -> str:
    """The address without what does not change the page: scheme, case of the host, fragment, last slash."""
    host, _, path = url.partition("://")[2].partition("#")[0].partition("/")
    return f"{host.lower()}/{path.rstrip('/')}"

"""By which keys a post is known again: its platform's id, its address, or what it says when it has neither."""

from __future__ import annotations

import hashlib

from essaim.listening.post import Post
from essaim.listening.voices.keys import KEY_BYTES, secret

WEB = ("http://", "https://")


def post_keys(post: Post) -> list[bytes]:
    """One or two keys. An id that is an address counts as one: ActivityStreams names things so."""
    return list(dict.fromkeys(name_key(post.platform, name) for name in _names(post)))


def _names(post: Post) -> list[str]:
    names = [name for name in (post.external_id, post.url) if name]
    if names:
        return names
    author = post.author.handle if post.author else ""
    return ["\n".join((author, post.tie, post.parent, post.published.isoformat(), post.title, post.text))]


def name_key(platform: str, name: str) -> bytes:
    """Sixteen bytes that stand for the post of this id on this platform, or at this address on any."""
    plain = f"url\n{plain_address(name)}" if name.startswith(WEB) else f"{platform}\n{name}"
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=KEY_BYTES, key=secret("posts")).digest()


def plain_address(url: str) -> str:
    """The address without what does not change the page: scheme, case of the host, fragment, last slash."""
    host, _, path = url.partition("://")[2].partition("#")[0].partition("/")
    return f"{host.lower()}/{path.rstrip('/')}"

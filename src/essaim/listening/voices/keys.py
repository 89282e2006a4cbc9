"""How an outside author is known: a keyed hash finds him again and says nothing, a pseudonym is shown, the handle
is encrypted. The secret is the house's own, derived from SECRET_KEY: a copy of the database alone names nobody."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 16
NONCE_BYTES = 12
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


Bytes = bytes | memoryview


class Sealed(Protocol):
    """What `open_handle` reads: a Voice, a Plea."""

    @property
    def key(self) -> Bytes: ...

    @property
    def handle(self) -> Bytes | None: ...


def voice_key(platform: str, handle: str) -> bytes:
    """Sixteen bytes that stand for this author in this house. `@Ada`, `ada` and `ADA` are one author."""
    return keyed("voices")(f"{platform}\n{normal_handle(handle)}")


def author_keys() -> Callable[[str, str], bytes]:
    """`voice_key` for many, each author hashed once; it remembers handles, so let it go with its batch."""
    key_of = keyed("voices")
    known: dict[tuple[str, str], bytes] = {}

    def key(platform: str, handle: str) -> bytes:
        found = known.get((platform, handle))
        if found is None:
            found = known[platform, handle] = key_of(f"{platform}\n{normal_handle(handle)}")
        return found

    return key


def keyed(purpose: str) -> Callable[[str], bytes]:
    """The house's own hash for one purpose (keyed BLAKE2b, RFC 7693): take it once, hash many."""
    begun = _begun(settings.SECRET_KEY, purpose)

    def key_of(text: str) -> bytes:
        hashing = begun.copy()
        hashing.update(text.encode("utf-8", "replace"))
        return hashing.digest()

    return key_of


@cache
def _begun(secret_key: str, purpose: str) -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=KEY_BYTES, key=_derived(secret_key, purpose))


def normal_handle(handle: str) -> str:
    return unicodedata.normalize("NFKC", handle).strip().removeprefix("@").casefold()


def pseudonym(key: bytes, platform: str = "") -> str:
    """A name that can be said in any language, from the first 32 bits of the key, such as “Lusab-babad”.

    Source: D. S. Wilkerson, “A Proposal for Proquints”, arXiv:0901.4016.
    """
    first, second = (int.from_bytes(key[place : place + 2], "big") for place in (0, 2))
    return f"{_quint(first)}-{_quint(second)}".capitalize()


def _quint(bits: int) -> str:
    """Sixteen bits as five letters: consonant, vowel, consonant, vowel, consonant."""
    letters = ((CONSONANTS, 12, 15), (VOWELS, 10, 3), (CONSONANTS, 6, 15), (VOWELS, 4, 3), (CONSONANTS, 0, 15))
    return "".join(alphabet[bits >> shift & mask] for alphabet, shift, mask in letters)


def seal(handle: str, key: bytes) -> bytes:
    """The handle, encrypted for the voice with this key (AES-256-GCM); it cannot be moved to another."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(secret("handles")).encrypt(nonce, handle.encode(), key)


def open_handle(voice: Sealed) -> str | None:
    """The handle, as long as it is kept."""
    return None if voice.handle is None else unseal(voice.handle, voice.key)


def unseal(sealed: Bytes, key: Bytes) -> str:
    """What was sealed for this key. Raises cryptography's InvalidTag for any other."""
    whole = bytes(sealed)
    return _cipher(secret("handles")).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], bytes(key)).decode()


def secret(purpose: str) -> bytes:
    """32 bytes for one purpose, derived from the house's own secret (HKDF, RFC 5869)."""
    return _derived(settings.SECRET_KEY, purpose)


@cache
def _derived(secret_key: str, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, None, f"essaim listening {purpose}".encode()).derive(secret_key.encode())


@cache
def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)

"""Addresses by name. Django looks each up anew, and a page holds a hundred; a process remembers those it has met."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def address(view: str, *args: str | int) -> str:
    """`reverse(view, args=args)`, remembered. Raises NoReverseMatch."""
    return _address(settings.ROOT_URLCONF, view, args)


@lru_cache(maxsize=10_000)
def _address(urlconf: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, urlconf, args=args)

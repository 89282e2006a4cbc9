"""What the catalogue shows: the components, with words of a bakery that never was."""

from __future__ import annotations

from django.http import HttpRequest

SHEETS = ()


def context(request: HttpRequest) -> dict[str, object]:
    return {}

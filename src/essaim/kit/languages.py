"""Languages by their names."""

from __future__ import annotations

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """`français`, `French`: in the reader's language; the code itself where it is none we know."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code

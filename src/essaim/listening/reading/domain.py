"""What can be said of a mention. Pure."""

from __future__ import annotations

import re

from essaim.kit.errors import Refusal, gettext_noop

_ = gettext_noop
KINDS = ("opinion", "experience", "suggestion", "claim", "question", "other")


class NotAValue(Refusal):
    cause = _("“%(value)s” is not a value of %(field)s.")
    remedy = _("Choose one of the list.")


class NoName(Refusal):
    cause = _("There is no name.")
    remedy = _("Write one.")


def short_name(name: str, *, most: int = 120) -> str:
    """One line of at most `most` letters. Raises NoName."""
    line = " ".join(name.split())[:most]
    if not line:
        raise NoName
    return line


def words_of(written: str) -> list[str]:
    """Words and pairs of words between commas, each once."""
    found = (" ".join(word.lower().split())[:60] for word in written.split(","))
    return list(dict.fromkeys(word for word in found if word))


def checked(field: str, value: str | int | bool) -> str | int | bool:
    """The value as the reading holds it. Raises NotAValue."""
    text = str(value).strip().lower()
    if field == "polarity" and text in {"-1", "0", "1"}:
        return int(text)
    if field == "kind" and text in KINDS:
        return text
    if field == "hostile" and text in {"true", "false", "1", "0"}:
        return text in {"true", "1"}
    if field == "language" and re.fullmatch(r"[a-z]{2,3}", text):
        return text
    raise NotAValue(value=value, field=field)


def written(value: str | int | bool) -> str:
    """The value as a correction keeps it: short text."""
    return str(int(value)) if isinstance(value, bool | int) else value

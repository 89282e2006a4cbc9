"""robots.txt as RFC 9309 (2022) says: groups, the longest rule wins, `*` and `$`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

PRODUCT = "essaim"
MOST_CHARACTERS = 512 * 1024
LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site says to one program. `delay` is the pause it wishes between requests, in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether the address may be asked for. The most specific rule decides; of two alike, the one that allows."""
        parts = urlsplit(url)
        path = _canonical(parts.path or "/") + (f"?{_canonical(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        matching = [(len(rule), allowed) for rule, allowed in self.rules if _matches(rule, path)]
        return max(matching)[1] if matching else True


@lru_cache(maxsize=512)
def read(text: str, product: str = PRODUCT) -> Rules:
    """The rules for `product`, else those for everyone. Lines that make no sense are passed over."""
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    agents: list[str] = []
    naming = False
    for key, value in _lines(text):
        if key == "user-agent":
            agents = [*(agents if naming else []), _product(value)]
            groups.setdefault(agents[-1], ([], []))
            naming = True
        elif key in {"allow", "disallow", "crawl-delay"}:
            naming = False
            for agent in agents:
                _note(*groups[agent], key, value)
    rules, delays = groups.get(product) or groups.get("*") or ([], [])
    return Rules(tuple(rules), min(max(delays, default=0.0), LONGEST_DELAY))


def _note(rules: list[tuple[str, bool]], delays: list[float], key: str, value: str) -> None:
    if key == "crawl-delay":
        delays.extend([float(value)] if re.fullmatch(r"\d{1,6}(\.\d+)?", value) else [])
    elif value:
        rules.append((_canonical(value), key == "allow"))


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text[:MOST_CHARACTERS].lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            found.append((key.strip().lower(), value.strip()))
    return found


def _product(value: str) -> str:
    """`Essaim/1.0` names the product `essaim`."""
    return "*" if value.startswith("*") else (re.match(r"[A-Za-z_-]*", value) or [""])[0].lower()


def _canonical(path: str) -> str:
    """Percent-encoded in one way, so that `/caf%C3%A9` and `/café` are the same."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$&=?+:@!~'(),;-._", errors="surrogateescape")


def _matches(rule: str, path: str) -> bool:
    """`*` stands for any run of characters, `$` at the end for the end. Linear: each part is looked for once."""
    ended = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if ended and rest else None
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return at == len(path) if ended else True

"""robots.txt after RFC 9309, with the examples of its text."""

from __future__ import annotations

import time

import pytest

from essaim.listening.robots import read

EXAMPLE = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: essaim
Disallow: /example/page.html
Crawl-delay: 2.5

User-Agent: quxbot
"""


@pytest.mark.parametrize(
    ("product", "path", "allowed"),
    [
        ("anyone", "/a.gif", False),
        ("anyone", "/a.gif?x", True),
        ("anyone", "/example/", False),
        ("anyone", "/publications/a.html", True),
        ("foobot", "/", False),
        ("foobot", "/example/page.html", True),
        ("essaim", "/example/page.html", False),
        ("essaim", "/a.gif", True),
        ("quxbot", "/a.gif", True),
        ("foobot", "/robots.txt", True),
    ],
)
def test_groups_and_rules(product: str, path: str, allowed: bool) -> None:
    assert read(EXAMPLE, product).allow(f"https://example.org{path}") is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("Disallow: /*/b*/c$", "/x/by/c", False),
        ("Disallow: /*/b*/c$", "/x/by/cd", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /café", "/caf%c3%a9/x", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a # why", "/a", False),
        ("disallow : /a", "/a", False),
        ("Disallow: /?q=", "/?q=1", False),
        ("Disallow /a", "/a", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Sitemap: https://x/\nDisallow: /a", "/a", False),
    ],
)
def test_one_rule(rules: str, path: str, allowed: bool) -> None:
    assert read(f"\ufeffUser-agent: ESSAIM/2.0\r\n{rules}").allow(f"https://example.org{path}") is allowed


def test_the_pause_a_site_wishes() -> None:
    assert read(EXAMPLE).delay == 2.5
    assert read("User-agent: *\nCrawl-delay: 99999").delay == 60.0
    assert read("User-agent: *\nCrawl-delay: soon").delay == 0.0


def test_a_spiteful_rule_costs_no_time() -> None:
    rules = read("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$")
    begun = time.process_time()
    assert rules.allow("https://example.org/" + "a" * 4_000 + "b") is True
    assert time.process_time() - begun < 1

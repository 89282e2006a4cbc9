"""A real browser on a real server. Every journey also proves that no request left the house, that no script failed
and that the content security policy refused nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.journeys.walker import Walker

# Playwright's loop runs in the test's thread; the database is used from there all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SCREENSHOTS = Path("build/screenshots")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    found = os.environ.get("ESSAIM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium, or set ESSAIM_CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield program
        program.close()


@pytest.fixture
def walk(browser: Browser, live_server: object) -> Iterator[Callable[..., Walker]]:
    """Open a person's own browser window: `walk("fr")`, `walk("en", width=360, dark=True, scripts=False)`."""
    house = str(live_server)
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_window(language: str = "en", *, width: int = 1440, dark: bool = False, scripts: bool = True) -> Walker:
        context = browser.new_context(
            base_url=house,
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        faults: list[str] = []
        opened.append((context, faults))
        page = context.new_page()
        listen(page, house, faults)
        return Walker(page, SCREENSHOTS / f"{language}-{width}{'-dark' if dark else ''}")

    yield open_window
    for context, _ in opened:
        context.close()
    assert [fault for _, faults in opened for fault in faults] == []


def listen(page: Page, house: str, faults: list[str]) -> None:
    """Note each request that leaves the house, each script error and each refusal by the security policy."""
    home = urlsplit(house).netloc

    def request(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != home:
            faults.append(f"left the house: {sent.url}")

    def complain(message: object) -> None:
        text = getattr(message, "text", "")
        if getattr(message, "type", "") == "error" and "Failed to load resource" not in text:
            faults.append(f"console: {text}")

    page.on("request", request)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", complain)

"""A real browser on a real server. Every journey also proves that no request left the house, that no script failed
and that the content security policy refused nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext

from essaim.kit import clock
from tests.journeys.walker import WAIT, Walker
from tests.journeys.watch import listen

SCREENSHOTS = Path("build/screenshots")


@pytest.fixture(autouse=True)
def no_memory() -> None:
    """What the house remembers of a visitor's haste (letters sent, doors tried) ends with each journey."""
    cache.clear()


@pytest.fixture
def address(live_server: object) -> str:
    """Where the house stands."""
    return str(live_server)


@pytest.fixture
def windows(browser: Browser) -> Iterator[list[tuple[BrowserContext, list[str]]]]:
    """The windows opened so far, each with the faults heard in it."""
    opened: list[tuple[BrowserContext, list[str]]] = []
    yield opened
    for context, _ in opened:
        context.close()


@pytest.fixture
def walk(
    browser: Browser, address: str, windows: list[tuple[BrowserContext, list[str]]]
) -> Iterator[Callable[..., Walker]]:
    """Open a person's own browser window: `walk("fr")`, `walk("en", width=360, dark=True, scripts=False)`."""

    def open_window(
        language: str = "en", *, width: int = 1440, dark: bool = False, scripts: bool = True, album: str = ""
    ) -> Walker:
        context = browser.new_context(
            base_url=address,
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT)
        faults: list[str] = []
        windows.append((context, faults))
        page = context.new_page()
        listen(page, address, faults)
        page.on("dialog", lambda dialog: dialog.accept())
        return Walker(page, SCREENSHOTS / (album or f"{language}-{width}{'-dark' if dark else ''}"), language)

    yield open_window
    assert [fault for _, faults in windows for fault in faults] == []


class Calendar:
    """The house's time, which passes when a journey says so, for the pages and for the worker alike."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def pass_(self, **span: float) -> None:
        self.ahead += timedelta(**span)

    def moment(self, zone: tzinfo | None = UTC) -> datetime:
        return datetime.now(zone) + self.ahead


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    kept = Calendar()

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return kept.moment(tz)

    monkeypatch.setattr(clock, "datetime", Moved)
    return kept

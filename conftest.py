"""What every test of the repository is given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["essaim.ledger.testing"]

# An example may take long on a busy machine: that is no finding. Where CI is set, Hypothesis repeats its examples.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Playwright's loop runs in the test's thread; the database is used from there all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. One per module: its loop must not outlive it, two of them in a thread refuse each other."""
    from playwright.sync_api import expect, sync_playwright

    program = os.environ.get("ESSAIM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium, or set ESSAIM_CHROMIUM)")
    expect.set_options(timeout=30_000)  # machines that run tests are busy
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield started
        started.close()

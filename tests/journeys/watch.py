"""What must never happen in a window: a request that leaves the house, a missing file, a script error, a refusal by
the security policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response

# The accessibility checker tries styles on, which the policy refuses as it should; it says when it begins and ends.
EXAMINING, EXAMINED = "examining", "examined"
PARTS = {"stylesheet", "script", "image", "font", "manifest"}


def listen(page: Page, house: str, faults: list[str]) -> None:
    """Note each of them in `faults`, as it happens."""
    home, busy = urlsplit(house).netloc, [False]

    def request(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != home:
            faults.append(f"left the house: {sent.url}")

    def complain(message: object) -> None:
        text = getattr(message, "text", "")
        if text in (EXAMINING, EXAMINED):
            busy[0] = text == EXAMINING
        # Chromium also writes one such line for each page with an error status; journeys look at the status.
        expected = text.startswith("Failed to load resource: the server responded with a status of")
        if getattr(message, "type", "") == "error" and not (expected or busy[0]):
            faults.append(f"console: {text} {getattr(message, 'location', '')}")

    def answer(got: Response) -> None:
        if got.status >= 400 and got.request.resource_type in PARTS:
            faults.append(f"{got.status}: {got.url}")

    page.on("request", request)
    page.on("response", answer)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", complain)

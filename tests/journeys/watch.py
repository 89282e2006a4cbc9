"""What must never happen in a window: a request that leaves the house, a missing file, a script error, a refusal by
the security policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

PARTS = {"stylesheet", "script", "image", "font", "manifest"}


def listen(page: Page, house: str, faults: list[str]) -> None:
    """Note each of them in `faults`, as it happens."""
    home = urlsplit(house).netloc

    def request(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != home:
            faults.append(f"left the house: {sent.url}")

    def complain(said: ConsoleMessage) -> None:
        if said.type == "error" and not (is_status(said) or is_checker(said)):
            faults.append(f"console: {said.text}")

    def answer(got: Response) -> None:
        if got.status >= 400 and got.request.resource_type in PARTS:
            faults.append(f"{got.status}: {got.url}")

    page.on("request", request)
    page.on("response", answer)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", complain)


def is_status(said: ConsoleMessage) -> bool:
    """Chromium writes one such line for each page with an error status; journeys look at the status themselves."""
    return said.text.startswith("Failed to load resource: the server responded with a status of")


def is_checker(said: ConsoleMessage) -> bool:
    """The accessibility checker tries styles on, which the policy refuses as it should. Its script is the only one
    here without an address; what a page does is told with the page's."""
    return said.text.startswith("Applying inline style violates") and not said.location["url"]

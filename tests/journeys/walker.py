"""One person at a browser: what he does, what he sees, and what an accessibility checker sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, Response, expect

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXAMINE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
WAIT = 30_000  # milliseconds; machines that run tests are busy


@dataclass
class Walker:
    page: Page
    album: Path
    language: str = "en"

    # Going and looking

    def go(self, address: str, status: int | None = None) -> Response:
        """Type an address. Without `status`, any page that is no refusal will do."""
        answer = self.page.goto(address)
        assert answer is not None
        right = answer.status == status if status else answer.status < 400
        assert right, f"{address} answered {answer.status}"
        return answer

    def say(self, text: str, /, **figures: object) -> str:
        """The text as it stands on this person's pages; `text` is its English source."""
        with override(self.language):
            told = gettext(text)
        return told % figures if figures else told

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sees(self, text: str, /, within: str = "body", **figures: object) -> None:
        """The translated text stands on the page."""
        self.reads(self.say(text, **figures), within)

    def reads(self, words: str, within: str = "body") -> None:
        """These very words stand on the page."""
        expect(self.page.locator(within).first).to_contain_text(words, timeout=WAIT)

    def does_not_read(self, words: str) -> None:
        expect(self.main).not_to_contain_text(words)

    def title(self, text: str, /, **figures: object) -> None:
        """The page's first heading."""
        expect(self.page.locator("h1").first).to_contain_text(self.say(text, **figures), timeout=WAIT)

    # Acting

    def link(self, text: str, *, exact: bool = False, within: str = "body", raw: bool = False) -> None:
        """Follow a link by its words."""
        name = text if raw else self.say(text)
        self.page.locator(within).get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def press(self, text: str, *, exact: bool = False, within: str = "main", raw: bool = False) -> None:
        """Press the one button with these words."""
        name = text if raw else self.say(text)
        self.page.locator(within).get_by_role("button", name=name, exact=exact).click()
        self.page.wait_for_load_state()

    def type(self, within: str = "main", **fields: object) -> None:
        """Fill in a form's fields by name: words, a choice, a tick, or a file."""
        for name, value in fields.items():
            self._fill(self.page.locator(f"{within} [name={name.replace('__', '-')}]:visible"), value)

    def _fill(self, field: Locator, value: object) -> None:
        kind = field.first.evaluate("field => field.type || field.tagName.toLowerCase()")
        if kind == "radio":
            field.page.locator(f"[name={field.first.get_attribute('name')}][value='{value}']").check()
        elif kind == "checkbox":
            field.first.set_checked(bool(value))
        elif kind == "select-one":
            field.first.select_option(str(value))
        else:
            field.first.fill(str(value))

    def unfold(self, text: str) -> None:
        """Open a folded part by its summary."""
        self.page.locator("main summary", has_text=self.say(text)).first.click()

    def sign_in(self, email: str, password: str) -> None:
        self.go("/accounts/login/")
        self.type(login=email, password=password)
        self.press("Sign in", exact=True)

    def speak(self, language: str) -> None:
        """Choose the language in the menu at the top of the page."""
        self.language = language
        self.page.locator("header details.menu", has=self.page.locator("[name=language]")).locator("summary").click()
        self.page.locator(f"header button[name=language][value={language}]").click()
        self.page.wait_for_load_state()
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    # Proof

    def shot(self, name: str) -> None:
        """Keep a picture of the whole page among the artefacts."""
        self.album.mkdir(parents=True, exist_ok=True)
        # The caret as it is: hiding it would take a style sheet the security policy rightly refuses.
        self.page.screenshot(path=self.album / f"{name}.png", full_page=True, caret="initial")

    def overflow(self) -> list[str]:
        """What sticks out sideways, if anything."""
        wide, seen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        return [f"{self.page.url} is {wide} px wide in a window of {seen} px"] if wide > seen else []

    def fits(self) -> None:
        """Nothing sticks out sideways."""
        assert self.overflow() == []

    def barriers(self) -> list[str]:
        """Violations of WCAG 2.2 A and AA that axe-core can see."""
        self.page.evaluate(f"window.axe || (() => {{ {AXE.read_text()} }})()")
        found = self.page.evaluate(EXAMINE, STANDARD)
        path = re.sub("^https?://[^/]+", "", self.page.url)
        return [
            f"{path} {rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]
        ]

    def accessible(self) -> None:
        assert self.barriers() == []

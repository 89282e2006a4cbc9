"""The catalogue in a real browser: accessible, within its width, nothing asked of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from essaim.kit.catalogue import SHEETS
from essaim.kit.tests import pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

AXE = Path(__file__).resolve().parents[4] / "tests" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(settings, live_server):
    settings.DEMO = True
    return live_server.url


def visit(browser, address, sheet, width, scheme, language):
    """Open one sheet; gives the page and what went wrong on the way."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    page = context.new_page()
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    page.goto(f"{address}/kit/{sheet + '/' if sheet else ''}", wait_until="load")
    return page, wrong


def violations(page):
    cdp = page.context.new_cdp_session(page)
    cdp.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "fr"), (320, "dark", "en")])
@pytest.mark.parametrize("sheet", ["", *SHEETS])
def test_every_sheet_is_accessible_fits_and_stays_home(address, browser, sheet, width, scheme, language):
    page, wrong = visit(browser, address, sheet, width, scheme, language)
    page.wait_for_timeout(300)
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []
    page.context.close()


def test_a_dialog_opens_closes_and_returns_the_focus(address, browser):
    page, wrong = visit(browser, address, "states", 768, "light", "en")
    page.get_by_role("button", name="Withdraw").click()
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.dataset.opens") == "sure"
    assert wrong == []


def test_a_draft_is_kept_and_characters_are_counted(address, browser):
    page, wrong = visit(browser, address, "forms", 768, "light", "en")
    page.locator("#id_title").first.fill("Rye and honey")
    assert page.locator("#title-count").inner_text() == "13 / 80"
    page.reload()
    assert page.locator("#id_title").first.input_value() == "Rye and honey"
    assert wrong == []


def test_without_scripts_the_language_and_the_light_still_change(address, browser):
    context = browser.new_context(java_script_enabled=False, locale="en", color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/kit/")
    page.locator(".menu > summary").first.click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html[data-scheme=dark]").count() == 1
    page.locator(".menu > summary").first.click()
    page.get_by_role("button", name="Français").click()
    assert page.locator("html[lang=fr]").count() == 1
    assert page.url == f"{address}/kit/"


def test_a_toast_can_be_dismissed(address, browser):
    page, _wrong = visit(browser, address, "states", 768, "light", "en")
    assert page.locator(".needs-script").first.is_visible()
    page.get_by_role("button", name="Dismiss").click()
    assert page.locator("[data-toast]").count() == 0


@pytest.fixture
def page(address, browser, settings):
    """A page with a vote and two forms, and the list of what went wrong on it."""
    settings.ROOT_URLCONF = "essaim.kit.tests.pages"
    pages.supporters.clear()
    context = browser.new_context(locale="en")
    opened = context.new_page()
    opened.goto(f"{address}/page/")
    return opened


def test_a_vote_lands_without_reload_and_can_be_undone(page):
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Support this idea").click()
    page.get_by_role("button", name="take it back").wait_for()
    assert page.locator(".tally").inner_text().split() == ["1", "vote"]
    page.get_by_role("button", name="take it back").click()
    page.get_by_role("button", name="Support this idea").wait_for()
    assert page.locator(".tally").inner_text().split() == ["0", "votes"]
    assert page.evaluate("window.same")


def test_a_button_outside_any_form_is_trusted_too(page):
    """htmx sends the token of the page in a header: Django accepts the request."""
    page.get_by_role("button", name="Bare").click()
    page.get_by_role("button", name="take it back").wait_for()
    assert page.locator(".tally").inner_text().split() == ["1", "vote"]


def test_a_refusal_arrives_as_a_toast_and_what_was_typed_stays(page):
    page.locator("#t").fill("precious")
    page.get_by_role("button", name="Send").click()
    page.locator("#toasts [role=alert]").wait_for()
    assert "Your last vote was used in another tab." in page.locator("#toasts").inner_text()
    assert page.locator("#t").input_value() == "precious"


def test_a_question_is_asked_first_and_no_sends_nothing(page):
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Publish").click()
    assert page.url.endswith("/page/")


def test_a_draft_outlives_everything_but_success(page):
    page.locator("#d").fill("a story")
    page.reload()
    assert page.locator("#d").input_value() == "a story"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("heading", name="Done").wait_for()
    page.goto(page.url.split("/done/")[0] + "/page/")
    assert page.locator("#d").input_value() == ""

"""The watch kept over every journey must be able to fail."""

from __future__ import annotations

import pytest

from tests.journeys.house import open_house
from tests.journeys.watch import listen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLANT = "address => new Promise(done => { const image = new Image(); image.onload = image.onerror = done; \
image.src = address; document.body.append(image) })"
FAR = "http://192.0.2.7/pixel.png"


@pytest.fixture
def home(walk):
    open_house("en")
    walker = walk("en")
    walker.go("/")
    return walker


def faults_of(windows) -> list[str]:
    """What was heard, taken out so that the journey itself may end well."""
    heard = windows[0][1][:]
    windows[0][1].clear()
    return heard


def test_an_image_from_elsewhere_is_refused_and_reported(home, windows) -> None:
    home.page.evaluate(PLANT, FAR)
    assert any("Content Security Policy" in fault and FAR in fault for fault in faults_of(windows))


def test_a_request_that_leaves_the_house_is_reported(browser, address) -> None:
    open_house("en")
    faults: list[str] = []
    context = browser.new_context(base_url=address, bypass_csp=True)
    page = context.new_page()
    page.route(FAR, lambda route: route.abort())
    listen(page, address, faults)
    page.goto("/")
    assert faults == []
    page.evaluate(PLANT, FAR)
    context.close()
    assert faults[0] == f"left the house: {FAR}"


def test_a_script_that_fails_is_reported(home, windows) -> None:
    home.page.evaluate("setTimeout(() => { throw new Error('lost') })")
    home.page.wait_for_timeout(100)
    assert faults_of(windows) == ["script: lost"]


def test_a_missing_file_is_reported(home, windows) -> None:
    home.page.evaluate(PLANT, "/no-such-picture.png")
    [fault] = faults_of(windows)
    assert fault.startswith("404: ")


def test_the_checker_finds_a_barrier_and_does_not_deafen_the_watch(home, windows) -> None:
    home.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    [barrier] = home.barriers()
    assert barrier.startswith("/ button-name: <button>")
    home.page.evaluate("console.error('after')")
    assert any("after" in fault for fault in faults_of(windows))


def test_what_sticks_out_is_reported(home) -> None:
    assert home.overflow() == []
    home.page.evaluate("document.querySelector('main').style.width = '5000px'")
    [fault] = home.overflow()
    assert "is 50" in fault

"""Pages kept for those who pass by: who gets one, what it depends on, and whose token it carries."""

from __future__ import annotations

import itertools
import re
from threading import Thread

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory

from essaim.kit import passing

TOKEN = re.compile(r"[0-9A-Za-z]{64}")


@pytest.fixture(autouse=True)
def kept(settings):
    settings.KEEP_PAGES = 10.0
    passing.SHELF.clear()
    yield
    passing.SHELF.clear()


class House:
    """Counts its answers; each shows its number and a form's token twice."""

    def __init__(self, mark=True, **headers):
        self.count, self.mark, self.headers = 0, mark, headers
        self.door = passing.PassersByMiddleware(CsrfViewMiddleware(self.view))

    def view(self, request):
        self.count += 1
        answer = HttpResponse(f"<p>{self.count}</p><i>{get_token(request)}</i><b>{get_token(request)}</b>")
        for name, value in self.headers.items():
            answer[name] = value
        return passing.same_for_passers_by(lambda _: answer)(request) if self.mark else answer

    def ask(self, path="/", method="get", cookies=None, **headers):
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.COOKIES.update(cookies or {})
        return self.door(request)

    def number(self, *args, **kwargs):
        return int(re.search(r"<p>(\d+)</p>", self.ask(*args, **kwargs).content.decode())[1])


def test_the_page_is_computed_once_for_all_who_pass_by():
    house = House()
    assert [house.number() for _ in range(3)] == [1, 1, 1]
    assert house.ask().content.decode().startswith("<p>1</p><i>")
    assert int(house.ask()["Content-Length"]) == len(house.ask().content)


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/?page=2"},
        {"path": "/elsewhere/"},
        {"Accept-Language": "en"},
        {"cookies": {"scheme": "dark"}},
        {"cookies": {settings.LANGUAGE_COOKIE_NAME: "en"}},
        {"Host": "127.0.0.1"},
    ],
)
def test_another_address_language_or_colour_is_another_page(other):
    house = House()
    assert (house.number(**{"Accept-Language": "fr"}), house.number(**other)) == (1, 2)
    assert house.number(**{"Accept-Language": "fr"}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"cookies": {"sessionid": "x"}},
        {"cookies": {"messages": "x"}},
        {"HX-Request": "true"},
        {"Authorization": "Bearer x"},
        {"path": "/?" + "q" * 400},
        {"method": "post"},
    ],
)
def test_who_may_get_something_of_his_own_always_does(other):
    house = House()
    house.ask()
    assert [house.number(**other), house.number(**other)] == [2, 3]
    assert house.number() == 1


@pytest.mark.parametrize(
    "house",
    [
        House(mark=False),
        House(**{"Cache-Control": "no-store"}),
        House(**{"Content-Security-Policy": "script-src 'nonce-abc'"}),
    ],
    ids=["not marked", "not to be kept", "one-time"],
)
def test_what_is_not_the_same_for_all_is_not_kept(house):
    assert [house.number(), house.number()] == [1, 2]


def test_what_gives_a_cookie_of_its_own_is_not_kept():
    house = House()
    inner = house.view

    def greeting(request):
        answer = inner(request)
        answer.set_cookie("guest", "1")
        return answer

    house.door = passing.PassersByMiddleware(CsrfViewMiddleware(greeting))
    assert [house.number(), house.number()] == [1, 2]


def test_each_reader_gets_a_token_of_his_own_cookie():
    house = House()
    first = house.ask()
    second, third = house.ask(), house.ask(cookies={settings.CSRF_COOKIE_NAME: "s" * 32})
    secrets = [answer.cookies[settings.CSRF_COOKIE_NAME].value for answer in (first, second, third)]
    assert secrets[2] == "s" * 32
    assert len(set(secrets)) == 3
    for answer, secret in zip((first, second, third), secrets, strict=True):
        tokens = TOKEN.findall(answer.content.decode())
        assert len(tokens) == 2
        assert all(passing._does_token_match(token, secret) for token in tokens)


def test_a_page_grows_old(settings, monkeypatch):
    settings.KEEP_PAGES = 1.0
    house, moments = House(), iter([100.0, 100.0, 100.9, 101.0, 101.0, 101.5, 109.0, 109.0])
    monkeypatch.setattr(passing.time, "monotonic", lambda: next(moments))  # asked twice where a page is computed
    assert [house.number() for _ in range(5)] == [1, 1, 2, 2, 3]


def test_while_one_renews_an_old_page_others_read_it_but_not_much_longer(monkeypatch):
    moment = 100.0
    monkeypatch.setattr(passing.time, "monotonic", lambda: moment)
    passing.SHELF.put(("a",), passing.Page((b"old",), {}, 100.0))
    assert passing.SHELF.take(("a",), 1.0) is None
    assert passing.SHELF.take(("a",), 1.0).parts == (b"old",)
    moment = 101.0
    assert passing.SHELF.take(("a",), 1.0) is None
    moment = 103.0
    assert passing.SHELF.take(("a",), 1.0) is None


def test_the_shelf_holds_so_many_pages_and_no_more():
    for number in range(passing.MOST_PAGES + 20):
        passing.SHELF.put((str(number),), passing.Page((b"",), {}, 1e12))
    kept = [n for n in range(passing.MOST_PAGES + 20) if passing.SHELF.take((str(n),), 1.0)]
    assert kept == list(range(20, passing.MOST_PAGES + 20))


def test_nothing_is_kept_when_the_operator_says_so(settings):
    settings.KEEP_PAGES = 0.0
    house = House()
    assert [house.number(), house.number()] == [1, 2]


def test_threads_share_the_shelf():
    keys = itertools.cycle([(str(n),) for n in range(400)])
    failed = []

    def turn():
        try:
            for key in itertools.islice(keys, 2_000):
                passing.SHELF.put(key, passing.Page((b"",), {}, 1e12))
                passing.SHELF.take(key, 1.0)
        except Exception as error:  # noqa: BLE001 - what a thread meets is told outside it
            failed.append(error)

    threads = [Thread(target=turn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []

"""The theme, the switches, the pages that say no, the catalogue."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from essaim.kit import catalogue, house, theme, views
from essaim.kit.errors import Conflict, Forbidden, gettext_noop
from essaim.kit.middleware import RefusalMiddleware

pytestmark = pytest.mark.django_db  # the folders above fill the page's menus, and ask the house which modules are on


class TooLate(Conflict):
    cause = gettext_noop("Too late for this vote")
    remedy = gettext_noop("See the ideas")


def request(path="/x/", **headers):
    made = RequestFactory().get(path, headers=headers)
    made.user = AnonymousUser()
    return made


def test_a_refusal_becomes_a_page_with_the_next_step():
    with translation.override("fr"):
        answer = views.refused(request(), Forbidden())
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>Vous ne pouvez pas faire cela.</h1>" in text
    assert reverse("account_login") + "?next=/x/" in text
    assert 'class="site-head"' in text


def test_a_refusal_becomes_a_toast_for_htmx_and_leaves_the_page():
    with translation.override("en"):
        answer = views.refused(request(**{"HX-Request": "true", "HX-Request-Type": "partial"}), TooLate())
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#toasts"
    assert "Too late for this vote See the ideas" in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("path", "accept"), [("/api/v1/x", "*/*"), ("/x/", "application/json")])
def test_a_refusal_becomes_json_for_programs(path, accept):
    with translation.override("en"):
        answer = views.refused(request(path, Accept=accept), TooLate())
    assert answer.status_code == 409
    assert json.loads(answer.content) == {
        "code": "TooLate", "cause": "Too late for this vote", "remedy": "See the ideas",
    }  # fmt: skip


def test_the_middleware_answers_refusals_only():
    middleware = RefusalMiddleware(lambda request: None)
    assert middleware.process_exception(request(), TooLate()).status_code == 409
    assert middleware.process_exception(request(), ValueError()) is None


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404), (views.too_many, 429),
        (views.csrf_failure, 403), (views.server_error, 500), (views.offline, 200),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_page_that_says_no_has_a_title_and_a_way_on(view, status, language):
    with translation.override(language):
        answer = view(request())
    text = answer.content.decode()
    assert answer.status_code == status
    assert text.count("<h1>") == 1
    assert 'class="button main" href="/"' in text
    assert f'<html lang="{language}"' in text


def test_an_unknown_address_is_answered_by_the_house(client):
    answer = client.get("/no-such-page/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.content.decode()


def test_the_theme_may_be_kept_when_its_version_is_named(client):
    version = theme.version(house.house().colours)
    kept = client.get(reverse("kit:theme"), {"v": version})
    assert kept["Content-Type"] == "text/css; charset=utf-8"
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--on-honey" in kept.content.decode()
    assert client.get(reverse("kit:theme"), {"v": "old"})["Cache-Control"] == "public, max-age=60"


def test_the_scheme_is_kept_in_a_cookie_and_forgotten_on_demand(client):
    answer = client.post(reverse("kit:scheme"), {"scheme": "dark", "next": "/offline/"})
    assert (answer.status_code, answer["Location"]) == (302, "/offline/")
    assert answer.cookies["scheme"].value == "dark"
    assert 'data-scheme="dark"' in client.get(reverse("kit:offline")).content.decode()
    client.post(reverse("kit:scheme"), {"scheme": ""})
    assert "data-scheme" not in client.get(reverse("kit:offline")).content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_scheme_never_sends_elsewhere(client, target):
    assert client.post(reverse("kit:scheme"), {"scheme": "dark", "next": target})["Location"] == "/"


def test_a_cookie_of_another_hand_changes_nothing(client):
    client.cookies["scheme"] = '"><script>'
    assert "data-scheme" not in client.get(reverse("kit:offline")).content.decode()


@pytest.mark.parametrize("sheet", ["", *catalogue.SHEETS])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sheet_of_the_catalogue_renders(client, settings, sheet, language):
    settings.DEMO = True
    address = reverse("kit:catalogue-sheet", args=[sheet]) if sheet else reverse("kit:catalogue")
    answer = client.get(address, headers={"accept-language": language})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert " style=" not in text
    assert "<script>" not in text
    assert f'<html lang="{language}"' in text


def test_the_catalogue_is_not_for_visitors(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get(reverse("kit:catalogue")).status_code == 404


def test_an_unknown_sheet_is_not_found(settings):
    settings.DEMO = True
    with pytest.raises(Http404):
        views.catalogue(request(), sheet="nothing")


def test_the_house_comes_from_the_function_named(client, settings):
    settings.KIT_HOUSE = "essaim.kit.tests.test_views.canal"
    text = client.get(reverse("kit:offline")).content.decode()
    assert "Fournil du Canal" in text
    assert f"?v={theme.version(canal().colours)}" in text


def canal() -> house.HouseFace:
    return house.HouseFace(name="Fournil du Canal", colours=house.Colours("#113355", "#aa2200", "#336633"))

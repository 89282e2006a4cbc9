"""The desk: who enters which page, what waits, the house's settings and roles."""

from __future__ import annotations

import io
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from essaim.activity.models import Activity, Delivery
from essaim.communities.models import Membership
from essaim.kit import clock
from essaim.ledger.models import Payout, PayoutApproval
from essaim.mechanisms.contest.tests.conftest import house, noon  # noqa: F401
from essaim.people.models import House as HouseRow
from essaim.people.models import HouseRole
from essaim.studio import duties

ROLES = ("owner", "manager", "moderator", "designer", "treasurer", "analyst")
PAGES = {
    "desk": set(ROLES),
    "deliveries": {"owner", "manager"},
    "requests": {"owner", "manager", "moderator"},
    "house": {"owner"},
    "contrast": {"owner"},
    "roles": {"owner"},
}


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def text(response):
    return unescape(response.content.decode())


def carrying(house, role):  # noqa: F811
    person = house.member(f"the-{role}")
    if role in ROLES:
        HouseRole.objects.create(member=person, role=role)
    return person


@pytest.mark.parametrize("role", [*ROLES, "none"])
@pytest.mark.parametrize("page", PAGES)
def test_who_enters_which_page(house, client, page, role):  # noqa: F811
    client.force_login(carrying(house, role))
    assert client.get(reverse(f"studio:{page}")).status_code == (200 if role in PAGES[page] else 403)


def test_visitor_signs_in_first(db, client):
    assert client.get(reverse("studio:desk"))["Location"].startswith(reverse("account_login"))


def test_queue_shows_what_waits_for_the_role_with_its_rows(house, english):  # noqa: F811
    contest = house.contest()
    idea = house.idea(contest)
    english.force_login(carrying(house, "designer"))
    waiting = english.get(reverse("studio:desk")).context["waiting"]
    assert [(one.duty.slug, one.count, one.title) for one in waiting] == [
        ("contest-unanswered", 1, "1 idea waits for an answer")
    ]
    assert idea.title in text(english.get(waiting[0].url))
    english.force_login(carrying(house, "treasurer"))
    assert english.get(reverse("studio:desk")).context["waiting"] == []


def test_unfunded_contest_waits_for_the_treasurer(house, client):  # noqa: F811
    contest = house.contest(opened=False)
    rungs = [*contest.rules["rungs"]]
    rungs[0]["winners"] = 9
    type(contest).objects.filter(pk=contest.pk).update(rules=contest.rules | {"rungs": rungs})
    client.force_login(carrying(house, "treasurer"))
    assert [one.duty.slug for one in client.get(reverse("studio:desk")).context["waiting"]] == ["contest-unfunded"]


def test_failed_deliveries_are_urgent_and_tried_again(house, english, django_capture_on_commit_callbacks):  # noqa: F811
    delivery = Delivery.objects.order_by("pk").first() or Delivery(
        activity=Activity.objects.first(), projector="feed"
    )
    delivery.attempts, delivery.error = 3, "ValueError: no"
    delivery.save()
    english.force_login(carrying(house, "manager"))
    first = english.get(reverse("studio:desk")).context["waiting"][0]
    assert (first.duty.slug, first.duty.urgent) == ("deliveries", True)
    page = english.get(first.url)
    assert "ValueError: no" in text(page)
    assert english.post(first.url).status_code == 302
    delivery.refresh_from_db()
    assert delivery.attempts == 3


@pytest.mark.parametrize(("answer", "state"), [("accept", "active"), ("refuse", "refused")])
def test_membership_request_answered(house, client, answer, state):  # noqa: F811
    waiting = Membership.objects.get(member=house.member("knocker"))
    Membership.objects.filter(pk=waiting.pk).update(state="requested")
    client.force_login(carrying(house, "owner"))
    client.post(reverse("studio:requests"), {"membership": waiting.pk, "answer": answer})
    waiting.refresh_from_db()
    assert waiting.state == state


def settings_typed(client):
    form = client.get(reverse("studio:house")).context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}


def test_house_settings_saved(house, client):  # noqa: F811
    client.force_login(carrying(house, "owner"))
    typed = settings_typed(client) | {
        "name": "Miel",
        "taglines_fr": "Du miel",
        "colour_main": "#123abc",
        "minimum_age": "16",
        "currency": "CHF",
        "modules": [],
    }
    assert client.post(reverse("studio:house"), typed).status_code == 302
    row = HouseRow.objects.get()
    assert (row.name, row.taglines["fr"], row.colour_main, row.minimum_age, row.currency, row.modules_off) == (
        "Miel",
        "Du miel",
        "#123abc",
        16,
        "CHF",
        ["contest", "crowdfunding", "cheer"],
    )
    assert "Miel" in text(client.get(reverse("people:legal")))


@pytest.mark.parametrize("unit", ["PT", "XXX", ""])
def test_the_books_open_with_real_money_only(house, client, unit):  # noqa: F811
    client.force_login(carrying(house, "owner"))
    answer = client.post(reverse("studio:house"), settings_typed(client) | {"currency": unit})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["currency"])
    assert HouseRow.objects.get().currency == "EUR"


def test_unreadable_colour_is_refused_and_kept_in_the_form(house, english):  # noqa: F811
    english.force_login(carrying(house, "owner"))
    answer = english.post(reverse("studio:house"), settings_typed(english) | {"colour_main": "honey"})
    assert answer.status_code == 422
    assert "“honey” is not a colour." in text(answer)
    assert HouseRow.objects.get().colour_main == "#f0a500"


def test_logo_is_made_safe_shown_and_removed(house, english, django_capture_on_commit_callbacks):  # noqa: F811
    english.force_login(carrying(house, "owner"))
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "Secret camera"
    Image.new("RGB", (1200, 600), "#123abc").save(data, "JPEG", exif=exif)
    logo = SimpleUploadedFile("logo.html", data.getvalue(), "text/html")
    english.post(reverse("studio:house"), {**settings_typed(english), "logo": logo})
    kept = HouseRow.objects.get().logo
    assert b"Secret camera" not in kept.read()
    assert (Image.open(kept).format, Image.open(kept).size) == ("WEBP", (400, 200))
    assert f'src="{kept.url}"' in text(english.get(reverse("people:legal")))
    assert english.get(kept.url)["Content-Type"] == "image/webp"

    refused = english.post(
        reverse("studio:house"), {**settings_typed(english), "logo": SimpleUploadedFile("logo.png", b"<svg/>")}
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["logo"])
    with django_capture_on_commit_callbacks(execute=True):
        english.post(reverse("studio:house"), {**settings_typed(english), "remove_logo": "on"})
    assert (bool(HouseRow.objects.get().logo), kept.storage.exists(kept.name)) == (False, False)


def test_contrast_is_told_while_choosing(house, english):  # noqa: F811
    english.force_login(carrying(house, "owner"))
    colours = {"colour_main": "#f0a500", "colour_accent": "#ffee99", "colour_calm": "#2f6b4f"}
    page = text(english.get(reverse("studio:contrast"), colours))
    assert "Too pale to be read as it is" in page
    assert "<html" not in page


def test_role_given_and_taken_back(house, english):  # noqa: F811
    owner, person = carrying(house, "owner"), house.member("newcomer")
    english.force_login(owner)
    english.post(reverse("studio:roles"), {"grant": "1", "who": "@newcomer", "role": "designer"})
    held = HouseRole.objects.get(member=person)
    assert (held.role, held.granted_by) == ("designer", owner)
    english.post(reverse("studio:roles"), {"revoke": held.pk})
    assert not HouseRole.objects.filter(member=person).exists()
    ghost = english.post(reverse("studio:roles"), {"grant": "1", "who": "ghost", "role": "designer"})
    assert ghost.status_code == 422
    assert "Nobody here answers to" in text(ghost)


def test_nobody_gives_himself_a_role(house, english):  # noqa: F811
    owner = carrying(house, "owner")
    english.force_login(owner)
    answer = english.post(reverse("studio:roles"), {"grant": "1", "who": "the-owner", "role": "analyst"})
    assert answer.status_code == 422
    assert "Nobody gives a role to himself." in text(answer)
    english.force_login(house.member("climber"))
    assert english.post(reverse("studio:roles"), {"grant": "1", "who": "climber", "role": "owner"}).status_code == 403
    assert not HouseRole.objects.filter(member__handle="climber").exists()


def test_payout_waits_for_each_treasurer_but_the_one_who_asked_or_approved(house, english):  # noqa: F811
    asker, first, second = (carrying(house, "treasurer"), house.member("first"), house.member("second"))
    for person in (first, second):
        HouseRole.objects.create(member=person, role="treasurer")
    payout = Payout.objects.create(
        member=asker,
        amount=5_000,
        unit="EUR",
        destination="FR7630006000011234567890189",
        approvals_needed=2,
        leaves_at=clock.now(),
    )
    PayoutApproval.objects.create(payout=payout, approver=first)
    assert [duties.payouts_to_approve(person) for person in (asker, first, second)] == [0, 0, 1]
    english.force_login(second)
    assert "1 payout waits for your approval" in text(english.get(reverse("studio:desk")))


@pytest.mark.django_db(transaction=True)
def test_trying_again_makes_what_failed_due_and_rings_once() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from essaim.studio.actions import retry_deliveries

    happened = Activity.objects.create(type="a", verb="b")
    for projector in ("feed", "notices"):
        tomorrow = clock.now() + timedelta(days=1)
        Delivery.objects.create(activity=happened, projector=projector, attempts=1, due_at=tomorrow)
    assert retry_deliveries() == 2
    assert not Delivery.objects.filter(due_at__gt=clock.now()).exists()
    assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["activity.deliver"]

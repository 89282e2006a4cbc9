"""An idea's picture from the form to the card: nothing sent is lost, and nothing is shown undescribed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.initiatives.actions import Illustration, keep_picture, picture_of
from essaim.initiatives.domain import PictureNotDescribed
from essaim.initiatives.models import Picture, Revision
from essaim.initiatives.tests.pictures import photograph
from essaim.mechanisms.contest import actions
from essaim.mechanisms.contest.models import Idea

RYE = {"title": "A rye loaf that keeps", "body": "My grandmother kept it a week in linen."}
ALT = "A dark loaf in a linen cloth"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def at(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def text(response):
    return unescape(response.content.decode())


def key_in(response) -> str:
    """What the form will name its picture by."""
    return re.search(r'name="picture_key" value="([\w-]*)"', text(response))[1]


def illustrated(house, contest, author=None, alt=ALT):
    author = author or house.member()
    picture = keep_picture(sender=author, upload=photograph())
    return house.idea(contest, author, illustration=Illustration(picture, alt))


def test_picture_goes_with_the_draft_to_the_page_and_the_card(house, english):
    contest = house.contest()
    english.force_login(house.member("author"))

    step = english.post(at("new", contest), {**RYE, "picture": photograph(), "picture_alt": ALT, "next": "1"})
    assert f'alt="{ALT}"' in text(english.get(step["Location"]))
    english.post(step["Location"], {"agreed": "on"})

    idea = Idea.objects.get()
    picture = picture_of(idea)
    assert (idea.state, picture.alt) == ("published", ALT)
    english.logout()
    card = text(english.get(contest.get_absolute_url()))
    assert re.search(
        rf'<img class="picture" src="{picture.small.url}" width="640" height="320" alt="{ALT}" loading="lazy"',
        card,
    )
    page = text(english.get(idea.get_absolute_url()))
    assert f'src="{picture.large.url}"' in page
    assert 'width="1600" height="800"' in page
    assert english.get(picture.small.url).status_code == 200


def test_picture_without_words_is_asked_for_them_and_not_sent_again(house, english):
    contest = house.contest()
    english.force_login(house.member("author"))

    refused = english.post(at("new", contest), {**RYE, "picture": photograph(), "picture_alt": "", "next": "1"})
    page, key = text(refused), key_in(refused)
    assert refused.status_code == 422
    assert "Say in one sentence what it shows." in page
    assert RYE["body"] in page
    assert Picture.objects.get().small.url in page
    english.post(at("new", contest), {**RYE, "picture_key": key, "picture_alt": ALT, "next": "1"})

    assert picture_of(Idea.objects.get()).key == key


def test_picture_stays_when_another_field_is_refused(house, english):
    contest = house.contest()
    english.force_login(house.member("author"))

    refused = english.post(
        at("new", contest), {**RYE, "title": "", "picture": photograph(), "picture_alt": ALT, "next": "1"}
    )

    assert list(refused.context["form"].errors) == ["title"]
    page = text(refused)
    assert (ALT in page, RYE["body"] in page, key_in(refused)) == (True, True, Picture.objects.get().key)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"not a picture", "This file is not a picture we can read. Send a JPEG, PNG or WebP file."),
        (b"\0" * (5 * 1024**2 + 1), "This picture weighs more than 5 MB. Choose a smaller one, or reduce it first."),
    ],
)
def test_refused_file_says_why_and_keeps_the_rest(house, english, file, said):
    contest = house.contest()
    english.force_login(house.member("author"))
    upload = SimpleUploadedFile("holiday.jpg", file, "image/jpeg")

    refused = english.post(at("new", contest), {**RYE, "picture": upload, "picture_alt": ALT, "next": "1"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["picture"])
    page = text(refused)
    for kept in (said, RYE["title"], RYE["body"], ALT):
        assert kept in page
    assert not Picture.objects.exists()


def test_draft_keeps_a_picture_that_has_no_words_yet_but_is_not_published_so(house, english):
    contest, author = house.contest(), house.member("author")
    english.force_login(author)
    english.post(at("new", contest), {**RYE, "picture": photograph(), "later": "1"})
    draft = Idea.objects.get()
    assert picture_of(draft).alt == ""

    refused = english.post(at("check", contest, draft.number), {"agreed": "on"})

    assert "Say in one sentence what it shows." in text(refused)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_edit_replaces_describes_anew_and_removes(house, english):
    contest, author = house.contest(), house.member("author")
    idea = illustrated(house, contest, author)
    first = picture_of(idea)
    english.force_login(author)
    form = text(english.get(at("edit", contest, idea.number)))
    assert (first.small.url in form, f'value="{ALT}"' in form) == (True, True)

    english.post(at("edit", contest, idea.number), {**RYE, "picture_alt": "A dark loaf"})
    assert (picture_of(idea), picture_of(idea).alt) == (first, "A dark loaf")
    english.post(at("edit", contest, idea.number), {**RYE, "picture": photograph("green"), "picture_alt": "A bun"})
    assert (picture_of(idea) == first, picture_of(idea).alt) == (False, "A bun")
    english.post(at("edit", contest, idea.number), {**RYE, "remove_picture": "on", "picture_alt": "A bun"})
    assert picture_of(idea) is None
    told = Revision.objects.filter(contribution=idea).order_by("id").values_list("extra__picture", flat=True)
    assert list(told) == [ALT, "A dark loaf", "A bun"]
    assert "With a picture: A bun" in text(english.get(at("history", contest, idea.number)))


def test_key_of_another_members_picture_opens_nothing(house, english):
    contest = house.contest()
    foreign = keep_picture(sender=house.member("other"), upload=photograph())
    english.force_login(house.member("author"))

    refused = english.post(at("new", contest), {**RYE, "picture_key": foreign.key, "picture_alt": ALT, "next": "1"})

    assert "The picture you had chosen is no longer kept. Choose it again." in text(refused)
    assert foreign.small.url not in text(refused)


def test_signed_out_meanwhile_is_told_to_choose_again(house, english):
    contest = house.contest()
    english.post(at("new", contest), {**RYE, "picture": photograph(), "picture_alt": ALT, "next": "1"})
    english.force_login(house.member("author"))
    page = text(english.get(at("new", contest)))
    assert "Choose your picture again once you are signed in; the rest is kept." in page
    assert (RYE["body"] in page, ALT in page) == (True, True)


def test_act_refuses_a_picture_without_words(house):
    contest, author = house.contest(), house.member("author")
    picture = keep_picture(sender=author, upload=photograph())

    with pytest.raises(PictureNotDescribed):
        actions.submit_idea(contest=contest, author=author, illustration=Illustration(picture), **RYE)

    assert not Idea.objects.exists()


def test_withdrawn_idea_shows_its_picture_to_nobody_else(house, client):
    contest, author = house.contest(), house.member("author")
    idea = illustrated(house, contest, author)
    address = picture_of(idea).large.url
    assert client.get(address).status_code == 200
    actions.withdraw_idea(idea=idea, actor=author)
    assert client.get(address).status_code == 404


def test_program_reads_where_the_picture_is(house, client):
    contest = house.contest()
    idea, plain = illustrated(house, contest), house.idea(contest, title="Without")
    picture = picture_of(idea)

    told = client.get(f"/api/v1/contest/{contest.slug}/ideas/{idea.number}/").json()["picture"]

    assert told == {
        "url": picture.large.url,
        "small_url": picture.small.url,
        "width": 1600,
        "height": 800,
        "alt": ALT,
    }
    assert client.get(f"/api/v1/contest/{contest.slug}/ideas/{plain.number}/").json()["picture"] is None


def test_cards_ask_as_much_for_three_pictures_as_for_one(house, client, django_assert_num_queries):
    contest = house.contest()
    illustrated(house, contest)
    client.get(contest.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(contest.get_absolute_url())
    for _ in range(2):
        illustrated(house, contest)
    with django_assert_num_queries(len(one)):
        client.get(contest.get_absolute_url())

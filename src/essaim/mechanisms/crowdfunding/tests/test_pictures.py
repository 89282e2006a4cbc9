"""Pictures in a campaign's texts: made safe, described, served by the house to those who may read the text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from essaim.activity.models import Activity
from essaim.communities.models import Community
from essaim.initiatives.domain import PictureNotDescribed
from essaim.kit.errors import Forbidden
from essaim.kit.images import PictureUnreadable
from essaim.mechanisms.crowdfunding import actions, queries
from essaim.mechanisms.crowdfunding.domain import errors
from essaim.mechanisms.crowdfunding.models import StoryPicture, Update
from essaim.mechanisms.crowdfunding.tests.conftest import House


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(name: str = "hive.jpg") -> SimpleUploadedFile:
    """A small picture that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "in the garden of Marion"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#c88f4a").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def add(house: House, campaign: Any, alt: str = "Four hives") -> StoryPicture:
    return actions.add_picture(campaign=campaign, actor=house.manager, upload=photo(), alt=alt)


def test_a_picture_is_kept_without_what_it_carried(house: House, media: Path) -> None:
    campaign = house.campaign(opened=False)
    picture = add(house, campaign, "  Four hives ")
    kept = (media / picture.file.name).read_bytes()
    assert (picture.alt, picture.width, picture.height) == ("Four hives", 60, 40)
    assert (kept[8:12], b"Marion" in kept) == (b"WEBP", False)
    assert picture.file.name == f"stories/{picture.key}.webp"
    assert Activity.objects.filter(type="campaign.prepare", payload__what="picture").count() == 1


def test_what_is_in_the_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = house.campaign(opened=False)
    with pytest.raises(PictureNotDescribed):
        add(house, campaign, " ")
    with pytest.raises(PictureUnreadable):
        actions.add_picture(campaign=campaign, actor=house.manager, upload=io.BytesIO(b"<svg/>"), alt="A drawing")
    with pytest.raises(Forbidden):
        actions.add_picture(campaign=campaign, actor=house.member(), upload=photo(), alt="Mine")
    monkeypatch.setattr("essaim.mechanisms.crowdfunding.actions.pictures.MOST_PICTURES", 1)
    add(house, campaign)
    with pytest.raises(errors.TooManyPictures):
        add(house, campaign)


def test_a_picture_that_a_text_shows_stays(
    house: House, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    campaign = house.campaign()
    shown, spare = add(house, campaign), add(house, campaign)
    actions.publish_update(campaign=campaign, author=house.manager, title="News", body=f"See:\n\n{shown.mark}")
    with pytest.raises(errors.PictureInUse):
        actions.remove_picture(picture=shown, actor=house.manager)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(picture=spare, actor=house.manager)
    assert list(StoryPicture.objects.all()) == [shown]
    assert [path.name for path in (media / "stories").iterdir()] == [f"{shown.key}.webp"]


def test_the_database_refuses_a_picture_without_words(house: House) -> None:
    picture = add(house, house.campaign(opened=False))
    with pytest.raises(DatabaseError), transaction.atomic():
        StoryPicture.objects.filter(pk=picture.pk).update(alt="")


def test_it_is_served_to_those_who_may_read_the_story(house: House, client: Client) -> None:
    draft, campaign = house.campaign(opened=False, slug="draft"), house.campaign()
    hidden, shown = add(house, draft), add(house, campaign)
    assert client.get(shown.file.url)["Content-Type"] == "image/webp"
    assert client.get(hidden.file.url).status_code == 404
    Community.objects.update(visibility="invitation")
    assert queries.may_see_picture(shown.file.name, None) is False
    assert queries.may_see_picture(shown.file.name, house.member()) is True
    client.force_login(house.manager)
    assert client.get(hidden.file.url).status_code == 200


@pytest.fixture
def at_the_desk(client: Client, house: House) -> Client:
    client.force_login(house.manager)
    client.cookies["django_language"] = "en"
    return client


STORY = {"title": "A second oven", "summary": "Bread.", "brief": "We need it.", "risks": "Rain.", "cover_text": ""}


def test_the_story_shows_what_was_sent_with_it(house: House, at_the_desk: Client) -> None:
    campaign = house.campaign(opened=False)
    address = reverse("crowdfunding-studio:text", args=[campaign.slug])
    answer = at_the_desk.post(address, {**STORY, "picture": photo(), "picture_alt": "The old oven"})
    assert answer.status_code == 302
    picture = StoryPicture.objects.get()
    campaign.refresh_from_db()
    assert campaign.brief.strip() == f"We need it.\n\n{picture.mark}"
    page = at_the_desk.get(campaign.get_absolute_url()).content.decode()
    assert (
        f'<figure><img src="{picture.file.url}" alt="The old oven" width="60" height="40" loading="lazy"></figure>'
        in page
    )
    assert picture.mark in at_the_desk.get(address).content.decode()


def test_a_picture_sent_with_a_form_that_is_refused_is_not_lost(house: House, at_the_desk: Client) -> None:
    campaign = house.campaign(opened=False)
    address = reverse("crowdfunding-studio:text", args=[campaign.slug])
    answer = at_the_desk.post(address, {**STORY, "title": "", "picture": photo(), "picture_alt": "The old oven"})
    assert answer.status_code == 422
    assert StoryPicture.objects.get().mark in answer.content.decode()
    undescribed = at_the_desk.post(address, {**STORY, "picture": photo(), "picture_alt": ""})
    assert "Say in one sentence what it shows." in undescribed.content.decode()
    unreadable = SimpleUploadedFile("x.jpg", b"nothing", "image/jpeg")
    refused = at_the_desk.post(address, {**STORY, "picture": unreadable, "picture_alt": "Nothing"})
    assert "This file is not a picture we can read." in refused.content.decode()
    assert StoryPicture.objects.count() == 1


def test_news_shows_a_picture_and_the_desk_puts_one_away(house: House, at_the_desk: Client) -> None:
    campaign = house.campaign()
    address = reverse("crowdfunding-studio:news", args=[campaign.slug])
    told = {"title": "The mason came", "body": "Look.", "picture": photo(), "picture_alt": "The mason"}
    assert at_the_desk.post(address, told).status_code == 302
    update, spare = Update.objects.get(), add(house, campaign)
    assert (
        f'src="{StoryPicture.objects.earliest("pk").file.url}"'
        in at_the_desk.get(update.get_absolute_url()).content.decode()
    )
    at_the_desk.post(address, {"remove-picture": spare.key})
    assert StoryPicture.objects.count() == 1

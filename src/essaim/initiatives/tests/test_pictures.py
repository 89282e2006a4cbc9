"""Pictures beside contributions: kept, shown, replaced, seen by the right people, gone with their owner."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from essaim.communities.models import Community
from essaim.initiatives import actions, domain
from essaim.initiatives.actions import Illustration
from essaim.initiatives.models import Picture
from essaim.initiatives.queries import may_see_picture
from essaim.initiatives.tests.pictures import CAMERA, photograph
from essaim.kit import clock, images
from essaim.people.erasure import erase_member
from essaim.people.export import archive


@pytest.fixture
def kept(people, noon):
    return actions.keep_picture(sender=people.ada, upload=photograph())


@pytest.fixture
def shown(saying, kept, people):
    actions.illustrate(contribution=saying, by=people.ada, wanted=Illustration(kept, " A loaf "))
    kept.refresh_from_db()
    return kept


def test_what_is_kept_is_two_small_files_without_the_place(kept):
    assert (kept.contribution, kept.alt) == (None, "")
    assert (kept.width, kept.height, kept.small_width, kept.small_height) == (1600, 800, 640, 320)
    for file, size in ((kept.large, (1600, 800)), (kept.small, (640, 320))):
        data = file.read()
        assert CAMERA not in data
        assert (Image.open(io.BytesIO(data)).format, Image.open(io.BytesIO(data)).size) == ("WEBP", size)


def test_size_limit_is_the_operators(people, settings):
    settings.PICTURE_MOST_BYTES = 1024**2
    heavy = SimpleUploadedFile("big.png", b"\0" * (1024**2 + 1))

    with pytest.raises(images.PictureTooHeavy) as refusal:
        actions.keep_picture(sender=people.ada, upload=heavy)

    assert refusal.value.facts == {"limit": 1}
    assert not Picture.objects.exists()


def test_illustrate_shows_the_picture(shown, saying):
    assert (shown.contribution_id, shown.alt) == (saying.pk, "A loaf")
    assert actions.picture_of(saying) == shown


def test_illustrate_replaces_and_puts_the_first_away(shown, saying, people, django_capture_on_commit_callbacks):
    files = [shown.large.name, shown.small.name]
    other = actions.keep_picture(sender=people.ada, upload=photograph("green"))

    with django_capture_on_commit_callbacks(execute=True):
        actions.illustrate(contribution=saying, by=people.ada, wanted=Illustration(other, "Another loaf"))

    assert list(Picture.objects.all()) == [other]
    assert [default_storage.exists(name) for name in files] == [False, False]


def test_illustrate_with_nothing_leaves_it_or_takes_it_away(shown, saying, people):
    actions.illustrate(contribution=saying, by=people.ada, wanted=None)
    assert actions.picture_of(saying) == shown
    actions.illustrate(contribution=saying, by=people.ada, wanted=Illustration())
    assert actions.picture_of(saying) is None


def test_illustrate_asks_what_the_picture_shows(kept, saying, people):
    with pytest.raises(domain.PictureNotDescribed):
        actions.illustrate(contribution=saying, by=people.ada, wanted=Illustration(kept, "  "))
    actions.illustrate(contribution=saying, by=people.ada, wanted=Illustration(kept), described=False)
    assert actions.picture_of(saying).alt == ""
    with pytest.raises(domain.PictureNotDescribed):
        actions.illustrate(contribution=saying, by=people.ada, wanted=None)


def test_illustrate_refuses_another_members_picture_and_one_shown_elsewhere(shown, saying, people, opened):
    from essaim.initiatives.tests.parley import say

    elsewhere = say(initiative=opened, author=people.bob, title="Less rye")
    for member in (people.ada, people.bob):
        with pytest.raises(domain.PictureGone):
            actions.illustrate(contribution=elsewhere, by=member, wanted=Illustration(shown, "Mine"))
    assert actions.picture_of(saying) == shown


def test_only_the_last_few_wait(people, noon):
    for hour in range(7):
        with clock.at(noon + timedelta(hours=hour)):
            last = actions.keep_picture(sender=people.ada, upload=photograph(size=(4, 4)))
    assert Picture.objects.count() == 5
    assert Picture.objects.order_by("-sent_at").first() == last


def test_sweep_puts_away_what_waited_a_day(kept, shown, people, noon, django_capture_on_commit_callbacks):
    forgotten = actions.keep_picture(sender=people.ada, upload=photograph(size=(4, 4)))
    with clock.at(noon + timedelta(hours=23)):
        actions.sweep_pictures()
        assert Picture.objects.count() == 2
    with clock.at(noon + timedelta(hours=25)), django_capture_on_commit_callbacks(execute=True):
        actions.sweep_pictures()
    assert list(Picture.objects.all()) == [shown]
    assert not default_storage.exists(forgotten.small.name)


@pytest.mark.parametrize(
    ("state", "seers"),
    [
        ("waiting", {"ada"}),
        ("draft", {"ada"}),
        ("published", {"ada", "bob", "passer", "host", "manager", "designer", "nobody"}),
        ("hidden", {"ada", "manager"}),
        ("withdrawn", {"ada", "manager"}),
    ],
)
def test_who_sees_a_picture(shown, saying, people, state, seers):
    if state == "waiting":
        Picture.objects.update(contribution=None)
    else:
        type(saying).objects.filter(pk=saying.pk).update(state=state)
    readers = {name: getattr(people, name) for name in people.__dataclass_fields__} | {"nobody": AnonymousUser()}

    assert {name for name, reader in readers.items() if may_see_picture(shown.small.name, reader)} == seers
    assert may_see_picture(shown.large.name, None) == ("nobody" in seers)


def test_picture_of_a_closed_community_is_its_members(shown, people, village):
    Community.objects.filter(pk=village.pk).update(visibility="invitation")

    assert [may_see_picture(shown.small.name, reader) for reader in (None, people.passer, people.bob)] == [
        False,
        False,
        True,
    ]


def test_shown_picture_is_kept_for_good_and_a_hidden_one_is_gone(shown, saying, client):
    address = shown.small.url
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert "public" in response["Cache-Control"]
    assert "immutable" in response["Cache-Control"]
    type(saying).objects.filter(pk=saying.pk).update(state="hidden")
    assert client.get(address).status_code == 404


def test_member_takes_his_pictures_with_him(shown, people):
    with zipfile.ZipFile(io.BytesIO(archive(people.ada))) as file:
        assert file.read(f"media/{shown.large.name}") == shown.large.read()
        assert f"media/{shown.large.name}" in file.read("pictures.csv").decode()


def test_pictures_go_with_their_owner(shown, people, django_capture_on_commit_callbacks):
    waiting = actions.keep_picture(sender=people.ada, upload=photograph(size=(4, 4)))
    names = [row.large.name for row in (shown, waiting)] + [row.small.name for row in (shown, waiting)]

    with django_capture_on_commit_callbacks(execute=True):
        erase_member(actor=people.ada, member=people.ada)

    assert not Picture.objects.exists()
    assert [default_storage.exists(name) for name in names] == [False] * 4

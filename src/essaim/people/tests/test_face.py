"""A member's picture, on the pages and off them again."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from essaim.people.models import Member

GIVEN = {"display_name": "Marie", "handle": "marie", "interests": ""}


def portrait(colour: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (600, 600), colour).save(out, "JPEG")
    return SimpleUploadedFile("me.jpg", out.getvalue())


@pytest.fixture
def shown(client, marie, django_capture_on_commit_callbacks):
    """Send the settings form; the member as he then is."""
    client.force_login(marie)

    def send(**fields) -> Member:
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/settings/", {**GIVEN, **fields}).status_code == 302
        return Member.objects.get(pk=marie.pk)

    return send


def test_picture_is_shown_and_served(client, shown):
    member = shown(picture=portrait("orange"))

    assert f'src="{member.avatar_url}"' in client.get("/@marie/").content.decode()
    client.logout()
    response = client.get(member.avatar_url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")


def test_picture_goes_when_another_takes_its_place_or_it_is_removed(client, shown):
    first = shown(picture=portrait("orange")).avatar.name
    second = shown(picture=portrait("green")).avatar.name
    assert (first != second, default_storage.exists(first), default_storage.exists(second)) == (True, False, True)

    assert shown().avatar.name == second
    assert shown(remove_picture="on").avatar_url == ""
    assert not default_storage.exists(second)

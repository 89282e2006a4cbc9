from __future__ import annotations

import pytest
from django.urls import reverse

from essaim.listening.reading import read
from essaim.listening.reading.lists import aspect_lists
from essaim.listening.reading.proposals import Proposal, proposed
from essaim.listening.reading.tests.posts import said
from essaim.people.models import HouseRole, Member

LISTS = {"delivery": ("delivery", "courier"), "taste": ("taste",)}
TEXTS = [
    *(f"The courier left the delivery in the stairwell of house {n}" for n in range(6)),
    *(f"The taste of loaf {n} stays" for n in range(20)),
    *(f"We walked along the river in Lyon on day {n}" for n in range(20)),
]


def test_words_beside_an_aspect_more_often_than_elsewhere_are_proposed():
    found = proposed(TEXTS, "en", LISTS)
    assert Proposal("stairwell", 6, 6) in found["delivery"]
    assert {one.word for one in found["taste"]} <= {"loaf", "stays"}
    assert "river" not in {one.word for proposals in found.values() for one in proposals}


def test_words_that_stand_in_a_list_already_are_not_proposed():
    words = {one.word for proposals in proposed(TEXTS, "en", LISTS).values() for one in proposals}
    assert not words & {"courier", "delivery", "taste"}


def test_few_texts_propose_nothing():
    assert proposed(TEXTS[:4], "en", LISTS) == {"delivery": [], "taste": []}
    assert proposed([], "en", LISTS) == {"delivery": [], "taste": []}
    assert proposed(TEXTS, "en", {}) == {}


@pytest.mark.django_db
def test_a_proposed_word_is_added_by_a_person_only(client):
    member = Member.objects.create_user("nadia@example.org", "nadia", "correct horse battery", display_name="Nadia")
    HouseRole.objects.create(member=member, role=HouseRole.Role.MODERATOR)
    read.read_new(said(*TEXTS))
    client.force_login(member)
    address = reverse("reading:aspects", args=["en"])
    assert "stairwell" not in client.get(address).content.decode()
    page = client.get(address, {"suggest": "1"})
    assert page.context["looked"] == len(TEXTS)
    assert "stairwell" in page.content.decode()
    assert "stairwell" not in aspect_lists()["en"]["delivery"]
    words = ", ".join(aspect_lists()["en"]["delivery"])
    given = {"name": "delivery", "words": f"{words}, stairwell", "suggest": "1"}
    assert client.post(address, given)["Location"] == f"{address}?suggest=1"
    assert "stairwell" in aspect_lists()["en"]["delivery"]
    (offered,) = [
        one for name, _words, one in client.get(address, {"suggest": "1"}).context["lists"] if name == "delivery"
    ]
    assert "stairwell" not in {each.word for each in offered}

from __future__ import annotations

import numpy as np
import pytest
from django.urls import reverse

from essaim.listening.reading import actions, read
from essaim.listening.reading.domain import NoName
from essaim.listening.reading.lists import aspect_lists
from essaim.listening.reading.measures import quality
from essaim.listening.reading.models import Aspect, Correction, Reader, Reading
from essaim.listening.reading.tests.posts import said
from essaim.people.models import HouseRole, Member

pytestmark = pytest.mark.django_db

Role = HouseRole.Role


def member(handle: str, *roles: str) -> Member:
    made = Member.objects.create_user(f"{handle}@example.org", handle, "correct horse battery", display_name=handle)
    HouseRole.objects.bulk_create(HouseRole(member=made, role=role) for role in roles)
    return made


@pytest.fixture
def moderator() -> Member:
    return member("nadia", Role.MODERATOR)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OWNER, 200), (Role.MANAGER, 200), (Role.MODERATOR, 200), (Role.ANALYST, 200), (Role.TREASURER, 403)],
)
def test_the_page_is_for_those_who_listen(client, role, status):
    client.force_login(member("ada", role))
    assert client.get(reverse("reading:reading")).status_code == status


def test_untrained_the_page_says_so_and_shows_no_figure(client, moderator):
    client.force_login(moderator)
    page = client.get(reverse("reading:reading")).content.decode()
    assert "sans apprentissage" in page
    assert "Macro-F1" not in page


def test_a_figure_stands_with_its_n_and_interval(client, moderator):
    true, said_so = np.repeat([0, 1, 2], [60, 40, 23]), np.repeat([0, 1, 2, 1], [60, 30, 23, 10])
    found = quality(true, said_so, np.full(123, 0.7), ("negative", "neutral", "positive"))
    card = {"quality": found, "word_lists": found, "before": None, "trained_on": 500, "data": []}
    reader = Reader.objects.create(task="polarity", language="fr", state=Reader.State.ACTIVE, card=card)
    client.force_login(moderator)
    page = client.get(reverse("reading:reading")).content.decode()
    for figure in (found["macro_f1"], found["low"], found["high"]):
        assert f"{figure:.2f}".replace(".", ",") in page
    assert "123" in page
    shown = client.get(reverse("reading:reader", args=[reader.pk])).context["rows"]
    assert [name for name, _class, _row in shown] == ["Négatif", "Neutre", "Positif"]
    assert [one["n"] for _name, one, _row in shown] == [sum(row) for _name, _class, row in shown] == [60, 40, 23]
    assert client.get(reverse("reading:reader", args=[reader.pk])).status_code == 200
    assert client.get(reverse("reading:card_json", args=[reader.pk])).json()["trained_on"] == 500


def test_a_label_is_corrected_from_a_page(client, moderator):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    client.force_login(moderator)
    back = reverse("reading:reading")
    answer = client.post(reverse("reading:correct", args=[pk]), {"field": "kind", "value": "claim", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert Reading.objects.get(pk=pk).kind == "claim"
    page = client.get(back).content.decode()
    assert "Réclamation" in page
    assert Correction.objects.get().actor == moderator


def test_correcting_leads_nowhere_else(client, moderator):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    client.force_login(moderator)
    given = {"field": "kind", "value": "claim", "next": "https://elsewhere.example/"}
    assert client.post(reverse("reading:correct", args=[pk]), given)["Location"] == reverse("reading:reading")


def test_an_analyst_may_correct_but_not_change_the_lists(client):
    analyst = member("ada", Role.ANALYST)
    client.force_login(analyst)
    assert client.post(reverse("reading:aspects", args=["fr"]), {"name": "mie", "words": "mie"}).status_code == 403
    assert client.post(reverse("reading:learn")).status_code == 403
    assert not Aspect.objects.exists()


def test_the_first_change_makes_the_aspects_the_houses_own(client, moderator):
    begun = set(aspect_lists()["fr"])
    client.force_login(moderator)
    address = reverse("reading:aspects", args=["fr"])
    assert client.get(address).status_code == 200
    client.post(address, {"name": "mie", "words": "mie, alvéolage, mie dense"})
    assert set(aspect_lists()["fr"]) == begun | {"mie"}
    (pk,) = said("La mie dense de ce matin m'a étonné, vraiment.")
    read.read_new([pk])
    assert "mie" in Reading.objects.get(pk=pk).aspects
    actions.set_aspect(language="fr", name="mie", words=" ", actor=moderator)
    assert set(aspect_lists()["fr"]) == begun


def test_an_aspect_has_a_name(moderator):
    with pytest.raises(NoName):
        actions.set_aspect(language="fr", name=" ", words="mie", actor=moderator)

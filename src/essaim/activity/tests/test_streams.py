"""The stream told, published and erased: what is shown, in which form, to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from essaim.activity import queries
from essaim.activity.erasure import erase_member, portrait
from essaim.activity.models import Activity
from essaim.activity.record import prepared, record, record_all
from essaim.activity.telling import tell, tell_all
from essaim.activity.tests.fixtures import Hummed, Said
from essaim.communities.models import Community
from essaim.people import erasure as people_erasure
from essaim.people.models import Member

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def said(ada: Member, bob: Member, village: Community) -> Activity:
    return record(Said("good <b>bread</b>"), actor=ada, object=village, community=village, target=bob)


def test_told_to_its_actor_and_to_others_with_links_and_nothing_unescaped(said: Activity, ada: Member) -> None:
    link = f'<a href="{reverse("people:profile", args=["bob"])}">Bob</a>'
    assert tell(said, ada).html == f"You said “good &lt;b&gt;bread&lt;/b&gt;” to {link}"
    told = tell(said)
    assert told.html.startswith(f'<a href="{reverse("people:profile", args=["ada"])}">Ada</a> said')
    assert told.text == "Ada said “good <b>bread</b>” to Bob"
    assert (told.yours, tell(said, ada).yours) == (False, True)


def test_the_tag_tells_to_the_reader_of_the_page(said: Activity, ada: Member) -> None:
    request = RequestFactory().get("/")
    request.user = ada
    page = Template("{% load activity %}{% tell activity %}")
    assert page.render(Context({"activity": said, "request": request})).startswith("You said")


def test_a_page_of_sentences_asks_the_database_no_more_than_one(
    ada: Member, village: Community, django_assert_num_queries: Callable[..., Any]
) -> None:
    record_all([prepared(Hummed(str(n)), actor=ada, object=village, community=village) for n in range(3)])
    for size in (1, 3):
        with django_assert_num_queries(2):
            assert len(tell_all(queries.public_stream()[:size])) == size


def test_an_undeclared_type_is_still_told(ada: Member) -> None:
    gone = Activity.objects.create(type="gone.thing", verb="Create", actor=ada, public=True)
    with translation.override("en"):
        assert tell(gone).text == "Ada did something in a part of the house that is no longer there"


def test_erasure_empties_what_is_named_and_keeps_the_rest(said: Activity, ada: Member, bob: Member) -> None:
    hummed = record(Hummed("la"), actor=bob)
    assert erase_member(ada) == 1
    said.refresh_from_db()
    hummed.refresh_from_db()
    assert said.payload == {"words": None, "loud": False}
    assert (said.erased_at is not None, said.actor, said.target, said.weight) == (True, ada, bob, 2.0)
    assert hummed.erased_at is None
    assert erase_member(ada) == 0


def test_a_former_member_is_named_nowhere(said: Activity, ada: Member, client: Client) -> None:
    people_erasure.erase_member(actor=ada, member=ada)
    said.refresh_from_db()
    with translation.override("en"):
        assert tell(said).text == "a former member said “…” to Bob"
    item = client.get(reverse("activity:activity", args=[said.pk]), headers={"accept": "application/activity+json"})
    assert (item.json()["type"], item.json()["formerType"]) == ("Tombstone", "Create")
    assert "deleted" in item.json()
    for form in ("stream", "stream-atom", "stream-json"):
        text = client.get(reverse(f"activity:{form}"), {"page": 1}).content.decode()
        assert re.search(r"\b(ada|good)\b", text, re.IGNORECASE) is None  # as words: a random token may hold them


def test_the_portrait_shows_a_member_everything(said: Activity, ada: Member, bob: Member) -> None:
    assert [(row["type"], row["role"], row["words"]) for row in portrait(ada)] == [
        ("test_said", "actor", "good <b>bread</b>")
    ]
    assert [row["role"] for row in portrait(bob)] == ["target"]


@pytest.fixture
def everywhere(ada: Member, community: Callable[..., Community]) -> dict[str, Activity]:
    places = {kind: community(f"place-{kind}", kind) for kind in ("open", "request", "invitation", "hidden")}
    made = {kind: record(Hummed(kind), actor=ada, community=place) for kind, place in places.items()}
    made["private"] = record(Hummed("private"), actor=ada, public=False)
    return {**made, "house": record(Hummed("house"), actor=ada)}


ADDRESSES = [
    ("activity:stream", []),
    ("activity:stream-atom", []),
    ("activity:stream-json", []),
    ("activity:member", ["ada"]),
    ("activity:member-atom", ["ada"]),
    ("activity:member-json", ["ada"]),
]


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_closed_communities_never_leak(
    client: Client, everywhere: dict[str, Activity], name: str, args: list[str]
) -> None:
    text = client.get(reverse(name, args=args), {"page": 1}).content.decode()
    plain = re.sub("<[^>]+>", "", text)
    assert {kind for kind in everywhere if f"hummed {kind}" in plain} == {"open", "request", "house"}


@pytest.mark.parametrize("kind", ["invitation", "hidden"])
def test_a_closed_community_has_no_public_feed(client: Client, everywhere: dict[str, Activity], kind: str) -> None:
    for name in ("community", "community-atom", "community-json"):
        assert client.get(reverse(f"activity:{name}", args=[f"place-{kind}"])).status_code == 404
    assert client.get(reverse("activity:activity", args=[everywhere[kind].pk])).status_code == 404
    assert client.get(reverse("activity:community", args=["place-open"])).status_code == 200


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("application/activity+json", "application/activity+json"),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', "application/activity+json"),
        ("application/pdf", "text/html; charset=utf-8"),
    ],
)
def test_the_form_follows_what_is_accepted(client: Client, said: Activity, accept: str, content_type: str) -> None:
    answer = client.get(reverse("activity:stream"), headers={"accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert "Accept" in answer["Vary"]


def test_the_atom_feed(client: Client, said: Activity, settings: Any) -> None:
    settings.BASE_URL = "https://house.example"
    feed = ElementTree.fromstring(client.get(reverse("activity:stream-atom")).content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"https://house.example/activity/{said.pk}/"
    assert entry.findtext(f"{ATOM}updated") == said.at.isoformat()
    assert 'href="https://house.example/' in (entry.findtext(f"{ATOM}content") or "")


def test_the_collection_is_walked_page_by_page_without_loss(
    client: Client, ada: Member, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from essaim.activity import jsonld

    settings.BASE_URL = ""
    monkeypatch.setattr(jsonld, "PAGE", 4)
    made = record_all([prepared(Hummed(str(n)), actor=ada) for n in range(10)])
    collection = client.get(reverse("activity:stream-json")).json()
    assert (collection["type"], collection["totalItems"]) == ("OrderedCollection", 10)
    found, address = [], collection["first"]
    while address:
        page = client.get(address).json()
        assert page["type"] == "OrderedCollectionPage"
        found += [int(item["id"].split("/")[-2]) for item in page["orderedItems"]]
        record(Hummed("meanwhile"), actor=ada)
        address = page.get("next")
    assert found == [activity.pk for activity in reversed(made)]
    last = client.get(collection["last"]).json()
    assert [int(item["id"].split("/")[-2]) for item in last["orderedItems"]] == [row.pk for row in made[3::-1]]
    assert "next" not in last


def test_an_item_speaks_activitystreams(client: Client, said: Activity, village: Community, settings: Any) -> None:
    settings.BASE_URL = "https://house.example"
    item = client.get(
        reverse("activity:activity", args=[said.pk]),
        headers={"accept": "application/activity+json", "accept-language": "en"},
    ).json()
    profile = f"https://house.example{reverse('people:profile', args=['ada'])}"
    assert item["@context"][0] == "https://www.w3.org/ns/activitystreams"
    assert (item["type"], item["published"]) == ("Create", said.at.isoformat())
    assert item["actor"] == {
        "type": "Person",
        "id": profile,
        "name": "Ada",
        "url": profile,
        "preferredUsername": "ada",
    }
    assert (item["target"]["name"], item["object"]["name"], item["context"]["type"]) == ("Bob", "Village", "Group")
    assert item["summaryMap"] == {"en": "Ada said “good <b>bread</b>” to Bob"}


@pytest.mark.parametrize("position", ["x", "-1", "9" * 30, "²", "1e3"])
def test_a_position_that_is_none_is_ignored(client: Client, said: Activity, position: str) -> None:
    assert client.get(reverse("activity:stream"), {"before": position}).status_code == 200


def test_the_page_goes_back_and_forth(client: Client, ada: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    from essaim.activity import streams

    monkeypatch.setattr(streams, "PAGE", 2)
    made = record_all([prepared(Hummed(f"tune{n}"), actor=ada) for n in range(5)])
    first = client.get(reverse("activity:stream"))
    assert (first.context["newer"], first.context["older"]) == (None, made[3].pk)
    second = client.get(reverse("activity:stream"), {"before": made[3].pk})
    assert [each.activity.pk for each in second.context["told"]] == [made[2].pk, made[1].pk]
    assert second.context["newer"] == made[2].pk
    back = client.get(reverse("activity:stream"), {"after": made[2].pk})
    assert [each.activity.pk for each in back.context["told"]] == [made[4].pk, made[3].pk]
    assert back.context["newer"] is None

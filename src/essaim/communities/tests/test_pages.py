import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essaim.communities import actions, policy, queries, sections
from essaim.communities.models import Community, Membership

DESK = ["manage", "manage/charter", "manage/invite", "manage/appoint"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_answer(client, owner, community, language):
    client.cookies["django_language"] = language
    for address in ("/communities/", "/c/pain-au-levain/", "/c/pain-au-levain/people/", "/c/pain-au-levain/charter/"):
        response = client.get(address)

        assert response.status_code == 200
        assert "style=" not in response.content.decode()
    client.force_login(owner)
    for address in ("/communities/new/", "/c/pain-au-levain/manage/", "/@olga/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"), [("levain", 1), ("LEVÂIN pain", 1), ("partage", 1), ("miel", 0), ("  ", 1)]
)
def test_search_folds_accents(client, community, words, found):
    assert len(client.get("/communities/", {"q": words}).context["cards"]) == found


def test_list_filters_by_interest(client, owner, community):
    actions.found(actor=owner, name="Miel", summary="…", charter="…", interests=["miel", "abeilles"])

    page = client.get("/communities/", {"interest": "miel"})

    assert [each.name for each, _ in page.context["cards"]] == ["Miel"]
    assert page.context["interests"] == ["abeilles", "miel"]


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(address).status_code == 200
    return len(queries_made)


def test_list_asks_as_much_for_three_as_for_one(client, owner, community, marie):
    client.force_login(marie)
    one = count(client, "/communities/")
    for name in ("Miel", "Vélo"):
        actions.found(actor=owner, name=name, summary="…", charter="…")

    assert count(client, "/communities/") == one


def test_people_ask_as_much_for_three_as_for_one(client, community, make_member):
    one = count(client, "/c/pain-au-levain/people/")
    page = count(client, "/c/pain-au-levain/")
    for name in ("Paul", "Anne"):
        actions.join(actor=make_member(name), community=community)

    assert count(client, "/c/pain-au-levain/people/") == one
    assert count(client, "/c/pain-au-levain/") == page


def test_hidden_community_is_no_page_for_others(client, owner, community, marie):
    Community.objects.update(visibility="hidden")
    for member, status in ((marie, 404), (owner, 200)):
        client.force_login(member)
        assert client.get("/c/pain-au-levain/").status_code == status
    client.logout()
    assert client.get("/communities/").context["cards"] == []


@pytest.mark.parametrize(
    ("visibility", "sentence", "readable"),
    [
        ("open", "Anyone may read what happens here, and join.", True),
        ("request", "Anyone may read what happens here; to take part, you ask and a host answers.", True),
        ("invitation", "what happens here is read by its members, who come in by invitation.", False),
    ],
)
def test_page_says_who_reads_and_how_one_comes_in(client, community, visibility, sentence, readable):
    client.cookies["django_language"] = "en"
    Community.objects.update(visibility=visibility)

    response = client.get("/c/pain-au-levain/")

    assert sentence in response.content.decode()
    assert response.context["readable"] is readable


def test_page_of_a_hidden_community_says_so_to_its_members(client, owner, community):
    client.cookies["django_language"] = "en"
    Community.objects.update(visibility="hidden")
    client.force_login(owner)

    assert "Only its members, and those they invite, know of it" in client.get("/c/pain-au-levain/").content.decode()


def test_join_accept_and_leave_by_the_door(client, owner, community, marie):
    client.force_login(marie)
    client.post("/c/pain-au-levain/door/join/", {"charter": "1"})
    assert queries.is_member(marie, community)

    actions.publish_charter(actor=owner, community=community, text="Be kinder.")
    assert client.get("/c/pain-au-levain/").context["charter_changed"]
    assert client.post("/c/pain-au-levain/door/accept-charter/", {"charter": "1"}).status_code == 409
    client.post("/c/pain-au-levain/door/accept-charter/", {"charter": "2"})
    assert policy.has_accepted_current_charter.test(marie, community)

    client.post("/c/pain-au-levain/door/leave/")
    assert not queries.is_member(marie, community)
    assert client.post("/c/pain-au-levain/door/burn/").status_code == 404


def test_desk_runs_the_community(client, owner, community, marie):
    client.force_login(owner)
    about = {"name": "Pain", "summary": "Bref", "visibility": "request", "interests": "pain", "place": "Lyon"}
    assert client.post("/c/pain-au-levain/manage/", about).status_code == 302
    community.refresh_from_db()
    assert (community.name, community.search_key) == ("Pain", "pain bref lyon pain")
    assert client.post("/c/pain-au-levain/manage/", {**about, "name": ""}).status_code == 422

    assert client.post("/c/pain-au-levain/manage/invite/", {"invite-handle": "@marie"}).status_code == 302
    assert client.post("/c/pain-au-levain/manage/invite/", {"invite-handle": "nobody"}).status_code == 422
    actions.leave(actor=marie, community=community)
    actions.request(actor=marie, community=community)
    row = Membership.objects.get(member=marie)
    assert client.post(f"/c/pain-au-levain/manage/{row.pk}/accept/").status_code == 302
    given = {"appoint-handle": "marie", "appoint-role": "moderator"}
    assert client.post("/c/pain-au-levain/manage/appoint/", given).status_code == 302
    assert client.post("/c/pain-au-levain/manage/charter/", {"text": "New."}).status_code == 302
    assert queries.current_charter(community).number == 2
    assert client.post(f"/c/pain-au-levain/manage/{row.pk}/dismiss/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.role) == ("active", "member")


@pytest.mark.parametrize("address", DESK)
def test_desk_is_for_hosts(client, community, marie, address):
    client.force_login(marie)

    assert client.post(f"/c/pain-au-levain/{address}/", {}).status_code == 403


def test_folders_above_show_their_sections(client, community, monkeypatch):
    monkeypatch.setattr(sections, "_sections", {})
    sections.register(lambda community, request: f"<p>two of {community.name}</p>", order=20)
    sections.register(lambda community, request: "<p>one</p>", order=10)
    sections.register(lambda community, request: "", order=5)

    assert client.get("/c/pain-au-levain/").context["sections"] == ["<p>one</p>", "<p>two of Pain au levain</p>"]


@pytest.mark.parametrize(
    ("standing", "held"),
    [
        ("outside", set()),
        ("member", {"is_active_member", "has_accepted_current_charter"}),
        ("moderator", {"is_active_member", "has_accepted_current_charter", "is_moderator"}),
        ("host", {"is_active_member", "has_accepted_current_charter", "is_moderator", "is_host", "may_host"}),
    ],
)
def test_predicates_by_standing(owner, community, marie, standing, held):
    if standing != "outside":
        actions.join(actor=marie, community=community)
    if standing in {"moderator", "host"}:
        actions.appoint(actor=owner, community=community, member=marie, role=standing)

    names = ("is_active_member", "has_accepted_current_charter", "is_moderator", "is_host", "may_host")
    assert {name for name in names if getattr(policy, name).test(marie, community)} == held

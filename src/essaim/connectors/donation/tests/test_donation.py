"""A member gives what he said elsewhere: looked through, struck out, agreed to, taken back."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.connectors.donation import actions, portraits
from essaim.connectors.donation.errors import NotADraft, NotAgreed, NotGiven, NothingLeft
from essaim.connectors.donation.models import Donation
from essaim.connectors.donation.sources import CLOSED
from essaim.kit.errors import Forbidden
from essaim.listening.kinds import closed_networks
from essaim.listening.models import Mention, Source, Voice
from essaim.people.models import Acceptance, Member

HEAD = "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Post ID,Video ID,Comment text\n"


def archive(count: int = 3) -> bytes:
    rows = [f"Ug{n},UC1,2026-03-01 1{n % 10}:00:00 UTC,0,,,vid,Good bread number {n}\n" for n in range(count)]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("Takeout/YouTube/comments/comments.csv", HEAD + "".join(rows))
        made.writestr("Takeout/YouTube/film.mp4", b"\0" * 10)
    return held.getvalue()


def make_member(handle: str) -> Member:
    return Member.objects.create_user(email=f"{handle}@example.org", handle=handle, display_name=handle.title())


@pytest.fixture
def ada(db: None) -> Member:
    return make_member("ada")


@pytest.fixture
def draft(ada: Member) -> Donation:
    return actions.look_through(name="takeout.zip", content=archive(), actor=ada)


def given(draft: Donation, ada: Member) -> Donation:
    return actions.give(donation=draft, actor=ada, wording="I agree.", language="en", agreed=True)


def test_nothing_comes_in_before_it_was_given_and_agreed_to(draft: Donation, ada: Member) -> None:
    assert (draft.platforms, len(draft.lines), Mention.objects.count()) == (["youtube"], 3, 0)
    with pytest.raises(NotAgreed):
        actions.give(donation=draft, actor=ada, wording="I agree.", language="en", agreed=False)
    assert Mention.objects.count() == 0


def test_what_was_struck_out_never_comes_in_and_the_consent_is_kept_in_its_words(
    draft: Donation, ada: Member
) -> None:
    actions.strike_out(donation=draft, actor=ada, shown=range(3), struck=[0, 7])
    assert actions.strike_word(donation=draft, actor=ada, word="NUMBER 1") == 1
    done = given(draft, ada)
    assert list(Mention.objects.values_list("text", flat=True)) == ["Good bread number 0"]
    assert (done.lines, done.struck, done.posts, done.state) == ([], [], 1, "given")
    assert Acceptance.objects.get().evidence.text == "I agree."
    assert done.acceptance == Acceptance.objects.get()
    assert Source.objects.get().state == "done"
    assert Voice.objects.get().platform == "youtube"
    assert Activity.objects.get(type="donation.give").payload == {"posts": 1}


def test_a_page_that_is_saved_again_takes_strikes_back(draft: Donation, ada: Member) -> None:
    actions.strike_out(donation=draft, actor=ada, shown=range(3), struck=[0, 1])
    assert actions.strike_out(donation=draft, actor=ada, shown=range(1, 3), struck=[2]).struck == [0, 2]


def test_it_is_given_once_taken_back_once_and_something_must_be_left(draft: Donation, ada: Member) -> None:
    with pytest.raises(NotGiven):
        actions.take_back(donation=draft, actor=ada)
    actions.strike_out(donation=draft, actor=ada, shown=range(3), struck=range(3))
    with pytest.raises(NothingLeft):
        given(draft, ada)
    actions.strike_out(donation=draft, actor=ada, shown=range(3), struck=[])
    given(draft, ada)
    with pytest.raises(NotADraft):
        given(draft, ada)
    actions.take_back(donation=draft, actor=ada)
    assert Mention.objects.filter(gone_at=None).count() == 0
    assert set(Mention.objects.values_list("text", flat=True)) == {""}
    with pytest.raises(NotGiven):
        actions.take_back(donation=draft, actor=ada)


def test_the_database_keeps_no_lines_of_what_was_given(draft: Donation, ada: Member) -> None:
    given(draft, ada)
    for wrong in ({"lines": [{"text": "x"}]}, {"acceptance": None}, {"state": "withdrawn"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Donation.objects.update(**wrong)


def test_nobody_else_may(draft: Donation) -> None:
    eve = make_member("eve")
    for act in (
        lambda: actions.strike_out(donation=draft, actor=eve, shown=range(1), struck=[]),
        lambda: actions.strike_word(donation=draft, actor=eve, word="bread"),
        lambda: given(draft, eve),
        lambda: actions.take_back(donation=draft, actor=eve),
        lambda: actions.throw_away(donation=draft, actor=eve),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_member_sees_what_he_gave_and_all_of_it_goes_with_him(draft: Donation, ada: Member) -> None:
    given(draft, ada)
    assert {row.get("text") for row in portraits.donations_of(ada)} == {f"Good bread number {n}" for n in range(3)}
    portraits.forget(ada)
    assert (Donation.objects.count(), Mention.objects.filter(gone_at=None).count()) == (0, 0)


def test_the_pages(client: Client, ada: Member) -> None:
    assert client.get(reverse("donation:index")).status_code == 302
    client.force_login(ada)
    page = client.get(reverse("donation:index")).content.decode()
    assert all(network.name in page for network in CLOSED)
    file = SimpleUploadedFile("takeout.zip", archive(130))
    answer = client.post(reverse("donation:index"), {"file": file})
    donation = Donation.objects.get()
    url = reverse("donation:draft", args=[donation.pk])
    assert answer["Location"] == url
    assert client.get(url, {"page": 2}).content.decode().count('name="struck"') == 30
    client.post(url, {"struck": ["3", "4"], "act": "strike", "word": "number 77"})
    refused = client.post(f"{url}?page=2", {"struck": ["101"], "act": "give"})
    assert refused.status_code == 422
    donation.refresh_from_db()
    assert len(donation.struck) == 4
    assert 'value="101" checked' in refused.content.decode()
    client.post(f"{url}?page=2", {"struck": ["101"], "act": "give", "agreed": "1"})
    assert Mention.objects.count() == 126
    assert client.get(url, {"page": 2}).content.decode().count("Good bread number") == 2 * 26
    client.post(reverse("donation:withdrawal", args=[donation.pk]))
    assert Mention.objects.filter(gone_at=None).count() == 0
    assert "Good bread" not in client.get(url).content.decode()


def test_a_file_that_is_no_export_is_told_and_anothers_draft_is_not_shown(client: Client, draft: Donation) -> None:
    client.force_login(make_member("eve"))
    answer = client.post(reverse("donation:index"), {"file": SimpleUploadedFile("a.zip", b"no zip")})
    assert answer.status_code == 422
    assert client.get(reverse("donation:draft", args=[draft.pk])).status_code == 404
    assert client.post(reverse("donation:removal", args=[draft.pk])).status_code == 404


def test_closed_networks_are_told_to_the_page_of_sources() -> None:
    assert {network.name for network in CLOSED} <= {network.name for network in closed_networks()}

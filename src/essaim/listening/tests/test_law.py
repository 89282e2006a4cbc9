from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.listening import policy
from essaim.listening.intake import on_gone, take_in
from essaim.listening.law import actions, retention
from essaim.listening.law.errors import AlreadyDecided, CodeTooOld, NotShown
from essaim.listening.models import Claim, Look, Mention, Month, Objection, Plea, Source, Voice
from essaim.listening.post import Tie
from essaim.listening.tests.conftest import MARCH, Page, Shelf, post
from essaim.listening.voices.keys import open_handle, voice_key

ADA = voice_key("forum", "ada")


@pytest.fixture
def vetoes(monkeypatch):
    monkeypatch.setattr(retention, "_vetoes", [])


def test_each_source_keeps_for_its_own_time(source, vetoes):
    other = Source.objects.create(kind="posts", name="Long", address="long", retention_days=400)
    with clock.at(MARCH):
        take_in([post("1"), post("2", by="bob"), post("3", parent="1", tie=Tie.REPLY, by="cy")], source=source)
        take_in([post("4", parent="1", tie=Tie.REPLY, by="dan")], source=other)
    kept = Mention.objects.get(external_id="2").pk
    retention.keep(lambda numbers: {kept} & set(numbers))
    gone: list[int] = []
    on_gone(gone.extend)
    with clock.at(MARCH + timedelta(days=90, seconds=-1)):
        assert retention.end_what_is_over() == retention.Ended()
    with clock.at(MARCH + timedelta(days=92)):
        assert retention.end_what_is_over() == retention.Ended(mentions=2, handles=3, voices=2)
    assert list(Mention.objects.order_by("external_id").values_list("external_id", "parent_id")) == [
        ("2", None),
        ("4", None),
    ]
    assert len(gone) == 2
    handles = {bytes(row.key): row.handle is not None for row in Voice.objects.all()}
    assert handles == {voice_key("forum", "bob"): False, voice_key("forum", "dan"): True}
    source.refresh_from_db()
    assert source.mentions == 1
    assert take_in([post("1")], source=source).again == 1  # what was let go stays away


def test_who_speaks_again_has_a_handle_again(source, vetoes):
    with clock.at(MARCH):
        take_in([post("1")], source=source)
    with clock.at(MARCH + timedelta(days=89)):
        Voice.objects.update(handle=None)
        take_in([post("2")], source=source)
    voice = Voice.objects.get()
    assert open_handle(voice) == "ada"
    assert voice.handle_until == MARCH.replace(hour=0) + timedelta(days=180)


def test_an_objection_removes_everything_and_holds(source):
    take_in([post("1"), post("2", parent="1", by="bob", names=("ada",)), post("3")], source=source)
    actions.leave_alone(ADA)
    assert [bytes(row.key) for row in Objection.objects.all()] == [ADA]
    assert not Voice.objects.filter(key=ADA).exists()
    rows = Mention.objects.order_by("id").values_list("text", "voice_id", "names")
    bob = Voice.objects.get().pk
    assert list(rows) == [("", None, []), ("Good honey", bob, []), ("", None, [])]
    assert take_in([post("4"), post("1")], source=source).objected == 1
    actions.leave_alone(ADA)
    assert Objection.objects.count() == 1


def test_a_posted_code_silences_its_author_alone(source):
    take_in([post("1"), post("2", by="bob")], source=source)
    who = {"platform": "forum", "handle": "Ada"}
    code, ticket = actions.code_for(**who), actions.ticket(**who)
    take_in([post("3", f"said by another {code}", by="eve")], source=source)
    with pytest.raises(NotShown):
        actions.object_with_proof(**who, ticket=ticket, page="", client=Shelf({}))
    with pytest.raises(CodeTooOld):
        actions.object_with_proof(platform="forum", handle="bob", ticket=ticket, page="", client=Shelf({}))
    with pytest.raises(CodeTooOld):
        actions.object_with_proof(**who, ticket="made up", page="", client=Shelf({}))
    take_in([post("4", f"Leave me alone {code}")], source=source)
    actions.object_with_proof(**who, ticket=ticket, page="", client=Shelf({}))
    assert sorted(Mention.objects.filter(gone_at=None).values_list("external_id", flat=True)) == ["2", "3"]


def test_a_code_in_the_profile_is_proof_even_when_nothing_was_heard(db):
    who = {"platform": "mastodon", "handle": "@ada@social.example"}
    address = "https://social.example/@ada"
    shown = Page(address, f"<p>Baker. <b>{actions.code_for(**who).upper()}</b></p>".encode())
    ticket = actions.ticket(**who)
    elsewhere = Shelf({address: Page("https://social.example/@eve", shown.body)})
    with pytest.raises(NotShown):
        actions.object_with_proof(**who, ticket=ticket, page=address, client=elsewhere)
    actions.object_with_proof(**who, ticket=ticket, page=address, client=Shelf({address: shown}))
    assert bytes(Objection.objects.get().key) == voice_key("mastodon", "ada@social.example")


def test_a_plea_is_decided_once_and_forgets_who_asked(source, owner, member):
    take_in([post("1")], source=source)
    given = {"platform": "forum", "handle": "ada", "words": "Lost my password", "reply_to": "ada@mail.example"}
    plea = actions.plead(**given)
    assert actions.plead(**given) == plea
    assert b"mail.example" not in bytes(Plea.objects.get().reply_to)
    with pytest.raises(Forbidden):
        actions.decide_plea(actor=member("marc", "moderator"), plea=plea, grant=True)
    actions.decide_plea(actor=owner, plea=plea, grant=True, reason="Of course.")
    plea.refresh_from_db()
    assert (plea.outcome, plea.handle, plea.reply_to, plea.reason) == ("granted", None, None, "Of course.")
    assert Mention.objects.get().text == ""
    with pytest.raises(AlreadyDecided):
        actions.decide_plea(actor=owner, plea=plea, grant=False, reason="No.")


def test_the_one_who_asked_is_told(source, owner, django_capture_on_commit_callbacks):
    plea = actions.plead(platform="forum", handle="ada", words="", reply_to="ada@mail.example")
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide_plea(actor=owner, plea=plea, grant=False, reason="This account is another's.")
    assert [letter.to for letter in mail.outbox] == [["ada@mail.example"]]
    assert "This account is another's." in mail.outbox[0].body


def test_a_look_is_written_down_and_only_owners_read_it(source, owner, member, client):
    take_in([post("1", "Said in public")], source=source)
    voice = Voice.objects.get()
    analyst = member("ann", "analyst")
    client.force_login(analyst)
    assert "Said in public" in client.get(reverse("listening:voice", args=[voice.pk])).content.decode()
    assert list(Look.objects.values_list("actor_id", "voice_id", "what")) == [(analyst.pk, voice.pk, "page")]
    assert client.get(reverse("listening:looks")).status_code == 403
    assert client.get(reverse("listening:archive", args=[voice.pk])).status_code == 403
    client.force_login(owner)
    archive = json.loads(client.get(reverse("listening:archive", args=[voice.pk])).content)
    assert (archive["handle"], [row["text"] for row in archive["mentions"]]) == ("ada", ["Said in public"])
    assert voice.pseudonym in client.get(reverse("listening:looks")).content.decode()
    client.force_login(member("mia"))
    assert client.get(reverse("listening:voice", args=[voice.pk])).status_code == 403


def test_the_page_of_looks_asks_as_much_for_three_as_for_one(source, owner, client):
    take_in([post(name, by=name) for name in ("a", "b", "c")], source=source)
    client.force_login(owner)
    counts = []
    for voices in (Voice.objects.all()[:1], Voice.objects.all()[1:]):
        for voice in voices:
            actions.look(actor=owner, voice=voice)
        client.get(reverse("listening:looks"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("listening:looks"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_erased_voice_may_speak_again(source, owner, member, client):
    take_in([post("1")], source=source)
    voice = Voice.objects.get()
    Claim.objects.create(voice=voice, member=owner, proof="code", code="c", proved_at=MARCH)
    client.force_login(owner)
    assert client.post(reverse("listening:erasure", args=[voice.pk])).status_code == 302
    assert Mention.objects.get().text == ""
    assert (Voice.objects.count(), Claim.objects.count()) == (0, 0)
    assert list(Look.objects.values_list("what", flat=True)) == ["erased"]
    assert take_in([post("1"), post("2")], source=source).added == 1
    with pytest.raises(Forbidden):
        actions.erase_voice(actor=member("eve"), voice=Voice.objects.get())


def test_the_public_notice_is_made_from_the_sources(source, client):
    Source.objects.create(kind="posts", name="Longer", address="b", retention_days=365)
    page = client.get("/listening/", headers={"accept-language": "en"}).content.decode()
    assert "90 to 365 days" in page
    assert "2 sources" in page
    assert reverse("listening:objection") in page
    assert reverse("listening:notice") in client.get("/legal/").content.decode()


def test_anybody_may_object_without_an_account(source, client):
    take_in([post("1")], source=source)
    url, who = reverse("listening:objection"), {"platform": "forum", "handle": "ada"}
    assert client.get(url).status_code == 200
    assert client.post(url, {"platform": "forum"}).status_code == 422
    page = client.post(url, who).content.decode()
    code = actions.code_for(**who)
    assert code in page
    ticket = actions.ticket(**who)
    assert client.post(url, {**who, "step": "proof", "ticket": ticket}).status_code == 422
    assert client.post(url, {**who, "step": "plea", "words": "Please", "reply_to": "no address"}).status_code == 422
    assert client.post(url, {**who, "step": "plea", "words": "Please"}).status_code == 200
    assert Plea.objects.get().words == "Please"
    take_in([post("2", code)], source=source)
    assert client.post(url, {**who, "step": "proof", "ticket": ticket}).status_code == 200
    assert Objection.objects.count() == 1
    assert Plea.objects.get().outcome == Plea.Outcome.GRANTED


def test_the_team_decides_on_its_page(source, owner, member, client):
    take_in([post("1")], source=source)
    plea = actions.plead(platform="forum", handle="ada", words="", reply_to="")
    client.force_login(member("ann", "analyst"))
    assert client.get(reverse("listening:pleas")).status_code == 403
    client.force_login(owner)
    assert "ada" in client.get(reverse("listening:pleas")).content.decode()
    given = {"plea": plea.pk, "decision": "grant"}
    assert client.post(reverse("listening:pleas"), given).status_code == 422
    assert client.post(reverse("listening:pleas"), {**given, "reason": "Yes"}).status_code == 302
    assert Mention.objects.get().text == ""


def test_what_is_emptied_stirs_its_month(source):
    take_in([post("1")], source=source)
    Month.objects.update(looked=1, stirs=1)
    take_in([post("1", "", gone=True)], source=source)
    assert Month.objects.order_by("first_day").values_list("stirs", flat=True)[0] == 2


def test_the_database_keeps_who_looked_at_whom(source, owner):
    take_in([post("1")], source=source)
    look = actions.look(actor=owner, voice=Voice.objects.get())
    for statement in ("UPDATE listening_look SET what = 'nothing'", "DELETE FROM listening_look"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Look.objects.get() == look
    Look.objects.create(actor=owner, voice_id=1, what="page", at=look.at - timedelta(days=400))
    retention.end_what_is_over()
    assert Look.objects.get() == look


@pytest.mark.parametrize("table", ["listening_voice", "listening_source"])
def test_the_database_deletes_nothing_that_mentions_name(source, table):
    take_in([post("1")], source=source)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("roles", "hears", "answers", "runs"),
    [
        (["owner"], True, True, True),
        (["manager"], True, True, True),
        (["moderator"], True, True, False),
        (["analyst"], True, False, False),
        (["treasurer", "designer"], False, False, False),
        ([], False, False, False),
    ],
)
def test_who_may_listen(member, roles, hears, answers, runs):
    one = member("one", *roles)
    assert [may.test(one) for may in (policy.may_listen, policy.may_answer, policy.runs_sources)] == [
        hears,
        answers,
        runs,
    ]

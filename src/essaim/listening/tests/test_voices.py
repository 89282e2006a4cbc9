from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from essaim.kit import clock
from essaim.listening.intake import take_in
from essaim.listening.models import Claim, Source, Voice
from essaim.listening.tests.conftest import MARCH, Page, Shelf, post
from essaim.listening.voices import actions, queries
from essaim.listening.voices.errors import (
    CodeNotFound,
    NoLinkBack,
    NotMatchedHere,
    NotYourPage,
    NotYours,
    VoiceNotHeard,
    VoiceTaken,
)
from essaim.listening.voices.keys import open_handle, pseudonym, seal, voice_key
from essaim.listening.voices.proof import is_page_of, page_of
from essaim.people import rights

NOBODY = Shelf({})


def test_a_voice_is_known_by_a_keyed_hash(settings):
    key = voice_key("forum", "@Ada ")
    assert key == voice_key("forum", "ada") != voice_key("blog", "ada")
    assert len(key) == 16
    settings.SECRET_KEY = "another house"
    assert voice_key("forum", "ada") != key


def test_a_pseudonym_is_a_pair_of_proquints():
    assert pseudonym(bytes([127, 0, 0, 1])) == "Lusab-babad"  # the paper's own example


def test_a_sealed_handle_opens_for_its_own_voice_only():
    from cryptography.exceptions import InvalidTag

    key = voice_key("forum", "ada")
    sealed = seal("Ada", key)
    assert b"Ada" not in sealed
    assert open_handle(Voice(key=key, handle=sealed)) == "Ada"
    assert open_handle(Voice(key=key, handle=None)) is None
    with pytest.raises(InvalidTag):
        open_handle(Voice(key=voice_key("forum", "bob"), handle=sealed))


def rows(*tables: str) -> list[object]:
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t ORDER BY 1")
            found.append(cursor.fetchall())
    return found


def test_a_claim_and_its_end_leave_every_row_as_it_was(source, member):
    take_in([post("1"), post("2", by="bob", names=("ada",)), post("3", parent="1")], source=source)
    ada = member("ada")
    tables = ("listening_mention", "listening_voice", "listening_key", "listening_waiting", "listening_source")
    before, owned = rows(*tables), queries.owners(Voice.objects.values_list("pk", flat=True))
    claim = actions.ask_claim(actor=ada, platform="forum", handle="@ADA")
    take_in([post("4", f"I am {claim.code}.")], source=source)
    joined = rows(*tables)
    actions.prove_claim(actor=ada, claim=claim, client=NOBODY)
    assert [voice.mentions for voice in queries.voices_of(ada)] == [3]
    assert rows(*tables) == joined
    assert actions.end_claims(actor=ada, claims=[claim]) == 1
    assert rows(*tables) == joined
    assert queries.owners(Voice.objects.values_list("pk", flat=True)) == owned == {}
    assert list(queries.voices_of(ada)) == []
    assert before != joined  # the proof itself was heard, nothing else


def test_only_some_of_several_voices_are_cut(source, member):
    take_in([post("1"), post("2", by="bob")], source=source)
    ada = member("ada")
    claims = [actions.ask_claim(actor=ada, platform="forum", handle=name) for name in ("ada", "bob")]
    Claim.objects.update(proved_at=clock.now())
    actions.end_claims(actor=ada, claims=claims[:1])
    assert list(queries.voices_of(ada)) == [claims[1].voice]
    with pytest.raises(NotYours):
        actions.end_claims(actor=member("eve"), claims=claims[1:])


def test_a_code_said_before_it_was_asked_for_or_by_another_proves_nothing(source, member):
    take_in([post("1"), post("2", by="eve")], source=source)
    ada = member("ada")
    claim = actions.ask_claim(actor=ada, platform="forum", handle="ada")
    with clock.at(clock.now() - timedelta(days=1)):
        take_in([post("3", claim.code)], source=source)
    take_in([post("4", claim.code, by="eve")], source=source)
    with pytest.raises(CodeNotFound):
        actions.prove_claim(actor=ada, claim=claim, client=NOBODY)
    with pytest.raises(NotYours):
        actions.prove_claim(actor=member("bob"), claim=claim, client=NOBODY)
    take_in([post("5", f"Hello {claim.code.upper()}")], source=source)
    assert actions.prove_claim(actor=ada, claim=claim, client=NOBODY).proved_at


def test_a_link_back_from_ones_own_page_is_proof(source, member):
    take_in([post("1", by="ada@social.example", url="https://social.example/@ada/1")], source=source)
    ada = member("ada")
    address = "https://social.example/@ada"
    claim = actions.ask_claim(actor=ada, platform="forum", handle="ada@social.example", evidence=address)
    assert claim.proof == Claim.Proof.LINK
    elsewhere = Shelf({address: Page(address, b'<a rel="me" href="https://other.example/@ada/">me</a>')})
    with pytest.raises(NoLinkBack):
        actions.prove_claim(actor=ada, claim=claim, client=elsewhere)
    link = f'<a rel="me nofollow" href="{page_of(ada)}/">me</a>'.encode()
    away = Page("https://social.example/@eve", link)  # the page leads away, to somebody else's
    with pytest.raises(NoLinkBack):
        actions.prove_claim(actor=ada, claim=claim, client=Shelf({address: away}))
    client = Shelf({address: Page(address, link)})
    assert actions.prove_claim(actor=ada, claim=claim, client=client).proved_at
    assert client.asked == [address]


@pytest.mark.parametrize(
    ("address", "handle", "its_own"),
    [
        ("https://social.example/@ada", "ada@social.example", True),
        ("https://social.example/users/Ada/", "@ada@social.example", True),
        ("https://forum.example/u/ada", "ada", True),
        ("https://ada.example/", "ada.example", True),
        ("https://social.example/profile/ada.example", "ada.example", False),
        ("https://evil.example/@ada", "ada@social.example", False),
        ("https://social.example/@eve/ada", "ada@social.example", False),
        ("https://social.example/@ada/17", "ada@social.example", False),
        ("https://ada.example/guests", "ada.example", False),
        ("https://forum.example/u/ada?as=eve", "ada", False),
        ("ftp://forum.example/ada", "ada", False),
        ("https://social.example@evil.example/@ada", "ada@social.example", False),
    ],
)
def test_only_an_authors_own_page_speaks_for_him(address, handle, its_own):
    assert is_page_of(address, handle, {"forum.example"}) is its_own


def test_what_cannot_be_claimed(source, member):
    take_in([post("1", url="https://forum.example/1")], source=source)
    ada, eve = member("ada"), member("eve")
    with pytest.raises(VoiceNotHeard):
        actions.ask_claim(actor=ada, platform="forum", handle="nobody")
    with pytest.raises(NotYourPage):
        actions.ask_claim(actor=eve, platform="forum", handle="ada", evidence="https://evil.example/ada")
    theirs = actions.ask_claim(actor=eve, platform="forum", handle="ada")
    mine = actions.ask_claim(actor=ada, platform="forum", handle="ada")
    take_in([post("2", f"{theirs.code} {mine.code}")], source=source)
    actions.prove_claim(actor=ada, claim=mine, client=NOBODY)
    with pytest.raises(VoiceTaken):
        actions.prove_claim(actor=eve, claim=theirs, client=NOBODY)
    Source.objects.update(options={queries.NO_MATCHING: True})
    with pytest.raises(NotMatchedHere):
        actions.ask_claim(actor=ada, platform="forum", handle="ada")


def test_a_suggestion_is_shown_to_the_member_alone_until_he_declines(source, member, client):
    take_in([post("1", by="Ada"), post("2", by="bob")], source=source)
    ada, eve = member("ada"), member("eve")
    voice = Voice.objects.get(key=voice_key("forum", "ada"))
    assert queries.suggestions_for(ada) == [voice]
    assert queries.suggestions_for(eve) == []
    client.force_login(ada)
    assert f"suggestions/{voice.pk}/" in client.get("/my/voices/").content.decode()
    assert client.post(f"/my/voices/suggestions/{voice.pk}/", {"answer": "no"}).status_code == 302
    assert queries.suggestions_for(ada) == []
    client.force_login(eve)
    assert client.post(f"/my/voices/suggestions/{voice.pk}/", {"answer": "yes"}).status_code == 404


def test_sources_that_forbid_it_suggest_nothing(source, member):
    take_in([post("1")], source=source)
    Source.objects.update(options={queries.NO_MATCHING: True})
    ada = member("ada")
    assert queries.suggestions_for(ada) == []
    open_one = Source.objects.create(kind="posts", name="Open", address="open")
    take_in([post("2")], source=open_one)
    assert len(queries.suggestions_for(ada)) == 1


def test_the_members_page_claims_proves_and_cuts(source, member, client):
    take_in([post("1")], source=source)
    ada = member("ada")
    client.force_login(ada)
    assert client.post("/my/voices/", {"platform": "forum", "handle": "ada"}).status_code == 302
    claim = Claim.objects.get()
    page = client.get("/my/voices/").content.decode()
    assert claim.code in page
    client.post(f"/my/voices/{claim.pk}/proof/")
    assert list(queries.voices_of(ada)) == []
    take_in([post("2", claim.code)], source=source)
    client.post(f"/my/voices/{claim.pk}/proof/")
    assert list(queries.voices_of(ada)) == [claim.voice]
    client.post(f"/my/voices/{claim.pk}/end/")
    assert list(queries.voices_of(ada)) == []
    assert client.post("/my/voices/", {"platform": "forum", "handle": "who"}).status_code == 422


def test_a_member_takes_his_claims_with_him(source, member):
    take_in([post("1", "Mine", url="https://forum.example/1")], source=source)
    ada = member("ada")
    claim = actions.ask_claim(actor=ada, platform="forum", handle="ada")
    Claim.objects.update(proved_at=MARCH)
    held = {holding.name: holding for holding in rights.holdings()}
    assert [row["platform"] for row in held["voices"].portrait(ada)] == ["forum"]
    assert [row["text"] for row in held["mentions_elsewhere"].portrait(ada)] == ["Mine"]
    held["voices"].erase(ada)
    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert Voice.objects.get().mentions == 1


def test_who_does_not_want_to_be_asked_is_not(source, member, client):
    take_in([post("1")], source=source)
    ada = member("ada")
    claim = actions.ask_claim(actor=ada, platform="forum", handle="ada")
    take_in([post("2", "Eve was here", by="eve")], source=source)
    client.force_login(ada)
    assert 'name="asked" value="no"' in client.get("/settings/consents/").content.decode()
    answer = client.post("/my/voices/matching/", {"asked": "no", "from": "consents"})
    assert answer["Location"] == "/settings/consents/"
    eve = member("eve")
    assert len(queries.suggestions_for(eve)) == 1
    actions.set_matching(actor=eve, asked=False)
    actions.set_matching(actor=eve, asked=False)
    assert queries.suggestions_for(eve) == []
    assert Claim.objects.get(pk=claim.pk).ended_at is None  # what he said himself stays
    held = {holding.name: holding for holding in rights.holdings()}
    assert len(held["not_matched"].portrait(eve)) == 1
    actions.set_matching(actor=eve, asked=True)
    assert len(queries.suggestions_for(eve)) == 1
    assert 'name="asked" value="yes"' in client.get("/my/voices/").content.decode()
    client.post("/my/voices/matching/", {"asked": "yes", "from": "voices"})
    assert not queries.is_unmatched(ada)

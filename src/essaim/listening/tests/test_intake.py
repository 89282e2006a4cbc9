from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essaim.listening.intake import Taken, on_changed, on_new, take_in
from essaim.listening.intake.alike import Looking, find_all_alike
from essaim.listening.intake.search import said
from essaim.listening.models import Key, Mention, Month, Objection, Run, Source, Voice, Waiting
from essaim.listening.post import Post, Refused, Tie
from essaim.listening.tests.conftest import MARCH, post
from essaim.listening.tests.rows import LONG, everything
from essaim.listening.voices.keys import voice_key


def test_a_post_comes_in_once(source):
    posts = [post("1", url="https://forum.example/1", reactions=2), post("2", "Und\\o\n\tit", by="bob")]
    assert take_in(posts, source=source) == Taken(read=2, added=2)
    assert take_in(posts, source=source) == Taken(read=2, again=2)
    rows = list(
        Mention.objects.order_by("published_at", "external_id").values_list("external_id", "text", "reactions")
    )
    assert rows == [("1", "Good honey", 2), ("2", "Und\\o\n\tit", 0)]
    source.refresh_from_db()
    assert source.mentions == 2
    assert list(Voice.objects.order_by("id").values_list("mentions", flat=True)) == [1, 1]


def test_the_same_address_under_another_id_is_the_same_post(source):
    take_in([post("1", url="https://forum.example/1/")], source=source)
    taken = take_in([post("other", url="http://forum.example/1#top", reactions=5)], source=source)
    assert taken == Taken(read=1, again=1)
    assert Mention.objects.get().reactions == 5
    assert Key.objects.count() == 3
    assert take_in([post("other")], source=source) == Taken(read=1, again=1)


def test_a_child_finds_its_parent_whichever_comes_first(source):
    take_in([post("child", tie=Tie.REPLY, parent="parent")], source=source)
    assert Waiting.objects.count() == 1
    take_in([post("parent"), post("late", tie=Tie.QUOTE, parent="child")], source=source)
    parents = dict(Mention.objects.values_list("external_id", "parent_id"))
    numbers = dict(Mention.objects.values_list("external_id", "id"))
    assert parents == {"parent": None, "child": numbers["parent"], "late": numbers["child"]}
    assert Waiting.objects.count() == 0


def test_words_their_author_changed_replace_the_old_ones_once(source):
    told, changed = [], []
    on_new(told.append)
    on_changed(changed.append)
    take_in([post("1", tags=("bee",)), post("2", by="bob")], source=source)
    mention, other = Mention.objects.order_by("pk")
    later = [post(str(n), f"Bad\\ \0{n}", edited=MARCH + timedelta(hours=n), tags=('a "b" \\',)) for n in (1, 1, 9)]
    assert take_in(later[:2], source=source) == Taken(read=2, again=2, edited=1)
    mention.refresh_from_db()
    assert (mention.text, mention.tags, mention.edited_at) == ("Bad\\  1", ['a "b" \\'], MARCH + timedelta(hours=1))
    assert take_in([post("1", "Older", edited=MARCH + timedelta(minutes=9))], source=source).edited == 0
    assert take_in([post("1", "Undated")], source=source).edited == 0
    assert take_in(later[:1], source=source).edited == 0
    assert (told, changed) == ([[mention.pk, other.pk], [mention.pk]], [[mention.pk]])
    assert Mention.objects.get(pk=mention.pk).text == "Bad\\  1"
    take_in([post("1", "", gone=True), post("1", "Back", edited=MARCH + timedelta(days=1))], source=source)
    assert Mention.objects.get(pk=mention.pk).text == ""


def test_of_two_versions_in_one_batch_the_latest_stands(source):
    versions = [post("1", text, edited=edited) for text, edited in (("b", MARCH + timedelta(hours=2)), ("a", None))]
    take_in([*versions, post("1", "c", edited=MARCH + timedelta(hours=3))], source=source)
    assert Mention.objects.values_list("text", "edited_at").get() == ("c", MARCH + timedelta(hours=3))


def test_a_page_of_the_web_is_reworded_by_the_source_that_brought_it(source):
    url = "https://bob.example/1"
    page = Post("web", url, None, "The whole text", MARCH, url=url)
    take_in([page], source=source)
    feed = Source.objects.create(kind="posts", name="Feed", address="feed")
    teaser = Post("web", url, None, "The whole …", MARCH, url=url, edited=MARCH + timedelta(hours=1))
    assert take_in([teaser], source=feed).edited == 0
    assert take_in([teaser], source=source).edited == 1


def test_what_its_author_deleted_is_emptied_and_does_not_come_back(source):
    take_in([post("1"), post("2")], source=source)
    assert take_in([post("1", "", gone=True)], source=source) == Taken(read=1, again=1, gone=1)
    assert take_in([post("1")], source=source) == Taken(read=1, again=1)
    assert list(Mention.objects.filter(gone_at__isnull=False).values_list("text", "voice_id")) == [("", None)]
    assert Voice.objects.get().mentions == 1


def test_listeners_hear_of_what_is_new(source):
    heard: list[int] = []
    on_new(heard.extend)
    take_in([post("1"), Refused("line 2", "no date"), post("2")], source=source, batch=1)
    assert heard == list(Mention.objects.order_by("id").values_list("id", flat=True))


def test_a_run_counts_and_keeps_what_was_refused_and_the_cursor_with_its_batch(source):
    run = Run.objects.create(source=source)
    seen = []
    posts = [post("1"), Refused("line 2", "no date"), post("1")]
    take_in(posts, source=source, run=run, on_batch=lambda: seen.append(Mention.objects.count()))
    run.refresh_from_db()
    assert (run.read, run.added, run.again, run.refusals, run.refused) == (2, 1, 1, 1, [["line 2", "no date"]])
    assert seen == [1]

    def fails():
        raise OSError

    with pytest.raises(OSError):
        take_in([post("2")], source=source, on_batch=fails)
    assert Mention.objects.count() == 1


def test_who_objected_is_neither_heard_nor_named(source):
    Objection.objects.create(key=voice_key("forum", "ada"))
    taken = take_in([post("1"), post("2", by="bob", names=("ada", "eve"))], source=source)
    assert taken == Taken(read=2, added=1, objected=1)
    eve = Voice.objects.get(key=voice_key("forum", "eve"))
    assert Mention.objects.get().names == [eve.pk]
    assert sorted(Voice.objects.values_list("mentions", flat=True)) == [0, 1]


def test_a_post_without_id_and_address_is_known_by_what_it_says(source):
    likes = [post("", "", tie=Tie.LIKE, parent="1", by=name) for name in ("ada", "bob", "ada")]
    assert take_in(likes, source=source) == Taken(read=3, added=2, again=1)


def test_any_date_finds_its_place(source):
    moments = [datetime(year, 2, 28, tzinfo=UTC) for year in (1, 1989, 2024, 9999)]
    odd = [Post("forum", str(moment.year), None, "", moment) for moment in moments]
    assert take_in(odd, source=source).added == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM listening_mention ORDER BY published_at")
        places = [name for (name,) in cursor.fetchall()]
    assert places == [f"listening_mention_{name}" for name in ("other", "other", "2024_02", "other")]


def test_a_month_takes_over_what_lay_with_the_rest(source, monkeypatch):
    from essaim.kit import clock

    later = Post("forum", "1", None, "early", datetime(2026, 9, 3, tzinfo=UTC))
    with clock.at(MARCH):
        take_in([later], source=source)
    with clock.at(datetime(2026, 9, 4, tzinfo=UTC)):
        take_in([Post("forum", "2", None, "in time", datetime(2026, 9, 4, tzinfo=UTC))], source=source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM listening_mention_2026_09")
        assert cursor.fetchone() == (2,)


def test_words_are_found_by_their_beginning_without_accents(source):
    take_in([post("1", "Des abeilles étonnantes", title="Le rucher"), post("2", "Rien d’autre")], source=source)

    def found(words: str) -> list[str]:
        return sorted(said(Mention.objects.all(), words).values_list("external_id", flat=True))

    assert found("etonnant") == found("ABEILLE rucher") == ["1"]
    assert found("abeille absente") == []
    assert found("autre") == ["2"]
    assert found("!") == ["1", "2"]


def test_words_are_found_in_another_form_of_the_language_they_stand_in(source):
    texts = {
        "fr": "L’abeille était épuisée", "en": "It delays the whole order", "?": "Happiness is a wild horse",
        "aux": "Les journaux en parlent", "sel": "Une salade, bonjour", "hop": "We were hoping for rain",
        "bon": "La miche est bonne",
    }  # fmt: skip
    languages = {"fr": "fr", "en": "en", "aux": "fr", "sel": "fr", "hop": "en", "bon": "fr"}
    take_in([post(key, text, language=languages.get(key, "")) for key, text in texts.items()], source=source)

    def found(words: str) -> list[str]:
        return sorted(said(Mention.objects.all(), words).values_list("external_id", flat=True))

    assert found("abeilles") == found("des abeilles épuisées") == ["fr"]
    assert found("delayed") == found("the delaying orders") == ["en"]
    assert found("happy horses") == ["?"]
    assert found("journal") == ["aux"]
    assert found("hoped") == ["hop"]
    assert found("sala") == ["sel"]  # a beginning, as it is typed
    assert found("bons") == found("bonnes") == ["bon"]  # not bonjour
    assert found("sales") == []  # nor salade
    assert found("the") == ["en"]


def test_a_child_that_waited_for_an_address_finds_the_post_once_it_is_told_under_it(source):
    take_in([post("1"), post("child", tie=Tie.REPLY, parent="https://forum.example/1")], source=source)
    assert Waiting.objects.count() == 1
    assert take_in([post("1", url="https://forum.example/1")], source=source).again == 1
    first = Mention.objects.get(external_id="1").pk
    assert Mention.objects.get(external_id="child").parent_id == first
    assert Waiting.objects.count() == 0


def test_what_says_nearly_the_same_within_a_week_names_the_first(source):
    day = 24 * 60
    take_in(
        [post("copy", "RT " + LONG, minutes=2), post("other", "Something else altogether, dear all")], source=source
    )
    take_in(
        [post("late", LONG, minutes=9 * day), post("short", "Thank you"), post("short2", "Thank you")], source=source
    )
    assert find_all_alike() == 0
    take_in([post("first", LONG.upper(), minutes=1)], source=source)
    assert find_all_alike() == 1
    take_in([post("bridge", LONG + "!", minutes=4 * day)], source=source)
    assert find_all_alike() == 2
    numbers = dict(Mention.objects.values_list("id", "external_id"))
    alike = {name: numbers.get(first) for name, first in Mention.objects.values_list("external_id", "alike_id")}
    assert alike == dict.fromkeys(("first", "other", "short", "short2")) | dict.fromkeys(
        ("copy", "bridge", "late"), "first"
    )
    assert find_all_alike() == 0


def test_the_week_before_a_month_is_kept_only_as_long_as_it_stands(source):
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    month = round((datetime(2026, 4, 1, tzinfo=UTC) - MARCH).total_seconds() / 60)
    copies = [post("copy", LONG + "!", minutes=month - 60), post("later", LONG.upper(), minutes=month + 60)]
    take_in(copies, source=source)
    looking = Looking()
    assert [looking.at(each) for each in (march, april)] == [0, 1]
    named = dict(Mention.objects.values_list("external_id", "alike_id"))
    assert named == {"copy": None, "later": Mention.objects.get(external_id="copy").pk}
    looking.at(march)
    take_in([post("first", LONG, minutes=month - 120)], source=source)  # into a month that was just looked at
    looking.at(april)
    first = Mention.objects.get(external_id="first").pk
    assert Mention.objects.get(external_id="later").alike_id == first
    assert find_all_alike() == 1
    assert dict(Mention.objects.values_list("external_id", "alike_id")) == {
        "first": None,
        "copy": first,
        "later": first,
    }


@st.composite
def crowds(draw):
    """Posts that answer one another, some told several times, and two orders to tell them in."""
    many = draw(st.integers(1, 8))
    said_by = draw(st.lists(st.sampled_from(["ada", "bob", ""]), min_size=many, max_size=many))
    texts = draw(st.lists(st.sampled_from([LONG, LONG + " !", "short"]), min_size=many, max_size=many))
    parents = draw(st.lists(st.integers(0, 9), min_size=many, max_size=many))
    posts = [
        post(
            str(number),
            texts[number],
            by=said_by[number],
            minutes=number,
            url=f"https://forum.example/{number}" if number % 2 else "",
            parent=str(parents[number]) if parents[number] != number else "",
            tie=Tie.REPLY,
            names=("cy", "ada") if number % 3 == 0 else (),
            reactions=draw(st.integers(0, 3)),
        )
        for number in range(many)
    ]
    told = posts + draw(st.lists(st.sampled_from(posts), max_size=5))
    return told, draw(st.permutations(told)), draw(st.integers(1, 6)), draw(st.integers(1, 6))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowds())
def test_the_order_of_arrival_leaves_no_trace(source, crowd):
    first, second, few, many = crowd
    seen = []
    for order, size in ((first, few), (second, many)):
        for table in (Mention, Voice, Key, Waiting, Month):
            table.objects.all().delete()
        take_in(order, source=source, batch=size)
        find_all_alike()
        seen.append(everything())
        assert take_in(reversed(order), source=source, batch=size).added == 0
    assert seen[0] == seen[1]


@pytest.mark.django_db(transaction=True)
def test_two_intakes_at_once_do_not_double():
    source = Source.objects.create(kind="posts", name="Here", address="here")
    posts = [
        post(str(number), by=f"author{number % 7}", minutes=number, parent=str(number + 40)) for number in range(120)
    ]
    barrier, added, faults = Barrier(3), [], []

    def take(order):
        try:
            barrier.wait()
            added.append(take_in(order, source=source, batch=25).added)
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=(order,)) for order in (posts, posts[::-1], posts[60:] + posts[:60])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, sum(added)) == ([], 120)
    assert Mention.objects.count() == Key.objects.filter(mention_id__isnull=False).count() == 120
    assert Mention.objects.filter(parent_id__isnull=False).count() == 80
    assert Waiting.objects.count() == 40
    assert sum(Voice.objects.values_list("mentions", flat=True)) == 120
    source.refresh_from_db()
    assert source.mentions == 120

"""Brands found, days counted, shares of people, bursts: always what a recount from the mentions says."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from essaim.activity.models import Activity
from essaim.kit import clock
from essaim.listening.desk import acts, brands, bursts, errors, rollup
from essaim.listening.desk.models import Brand, BrandMention, Burst, Panel, Stale, Sum
from essaim.listening.desk.queries import inbox, pictures
from essaim.listening.desk.queries.pictures import Period
from essaim.listening.desk.queries.shares import people, stretches
from essaim.listening.desk.tests.conftest import DAY, NOON, heard, make_person, make_source, read_as
from essaim.listening.intake import take_in
from essaim.listening.models import Claim, Mention, Source
from essaim.listening.post import Author, Post
from essaim.people.models import Member


def posts(days: int, *, seed: int = 4, each: int = 6) -> list[Post]:
    """Some weeks of a village talking of two bakeries."""
    chance = random.Random(seed)
    found = []
    for number in range(days * each):
        at = NOON - timedelta(minutes=chance.randrange(days * 1440))
        text = chance.choice(["Levain bakes well", "Croustille again", "Levain or Croustille?", "Nice weather"])
        found.append(Post("board", f"p{number}", Author(f"who{chance.randrange(20)}"), f"{text} {number}", at))
    return found


@pytest.fixture
def levain(owner: Member) -> Brand:
    return acts.name_brand(actor=owner, name="Levain", words=["levain"], own=True)


@pytest.fixture
def croustille(owner: Member) -> Brand:
    return acts.name_brand(actor=owner, name="Croustille", words=["croustille", "@croustille"])


def naming(brand: Brand) -> set[int]:
    return set(BrandMention.objects.filter(brand=brand).values_list("mention_id", flat=True))


def saying(word: str) -> set[int]:
    return set(Mention.objects.filter(text__icontains=word).values_list("pk", flat=True))


def test_brands_are_found_as_posts_come_in(source: Source, levain: Brand, croustille: Brand) -> None:
    brands.match_again()
    take_in(posts(10), source=source)
    assert naming(levain) == saying("levain") != set()
    assert naming(croustille) == saying("croustille") != set()
    row = BrandMention.objects.select_related("brand").first()
    assert row is not None
    mention = Mention.objects.get(pk=row.mention_id)
    assert (row.published_at, row.source_id, row.voice_id) == (mention.published_at, source.pk, mention.voice_id)


@pytest.mark.parametrize("followed", [False, True])
@pytest.mark.parametrize("some", [slice(None), slice(None, None, 2)], ids=["a run", "here and there"])
def test_only_the_mentions_told_of_are_searched_and_their_days_marked(
    source: Source, owner: Member, followed: bool, some: slice
) -> None:
    take_in(posts(10), source=source)
    BrandMention.objects.all().delete()
    Stale.objects.all().delete()
    brand = Brand.objects.create(name="Levain", words=["levain"]) if followed else None
    numbers = sorted(Mention.objects.values_list("pk", flat=True))[some]
    brands.match_new(numbers)
    told = Mention.objects.filter(pk__in=numbers)
    assert {each.day for each in Stale.objects.all()} == {rollup.day_of(each.published_at) for each in told}
    if brand:
        assert naming(brand) == saying("levain") & set(numbers) != set()


def test_other_words_are_looked_for_from_the_start_and_the_job_goes_on(
    source: Source, levain: Brand, owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(posts(10), source=source)
    brands.match_again()
    rollup.recount_stale()
    acts.change_brand(brand=levain, actor=owner, words=["croustille"])
    monkeypatch.setattr(brands, "AT_ONCE", 10)
    for _batch in range(2):
        assert brands._match_batch(levain.pk)  # and here the worker is killed
    levain.refresh_from_db()
    assert levain.matched_to == sorted(Mention.objects.values_list("pk", flat=True))[19]
    brands.match_again()
    levain.refresh_from_db()
    assert (levain.matched_to, naming(levain)) == (None, saying("croustille"))
    rollup.recount_stale()
    counted = pictures.total(levain, Period(NOON.date() - 20 * DAY, NOON.date()))
    assert counted.mentions == len(saying("croustille"))


def test_the_same_name_or_no_word_is_refused(levain: Brand, owner: Member) -> None:
    with pytest.raises(errors.SameName):
        acts.name_brand(actor=owner, name="Levain", words=["pain"])
    with pytest.raises(errors.WordsMissing):
        acts.name_brand(actor=owner, name="Pain", words=["!", "a"])


def read_all(seed: int = 9) -> None:
    chance = random.Random(seed)
    for mention in Mention.objects.order_by("pk"):
        read_as(
            mention,
            chance.choice([-1, 0, 1]),
            chance.choice(["opinion", "claim", "suggestion"]),
            language=chance.choice(["en", "fr", ""]),
            aspects=chance.sample(["crust", "price", "queue"], chance.randrange(3)),
        )


def recounted(brand: Brand | None, dimension: str) -> Counter[tuple[date, str, int | None]]:
    """Every mention told one by one."""
    from essaim.listening.reading.models import Reading

    said: Counter[tuple[date, str, int | None]] = Counter()
    named = None if brand is None else naming(brand)
    for mention in Mention.objects.filter(gone_at=None, tie__in=rollup.SAID):
        if named is not None and mention.pk not in named:
            continue
        reading = Reading.objects.filter(pk=mention.pk).first()
        values: dict[str, list[str]] = {
            "all": [""],
            "source": [str(mention.source_id)],
            "platform": [mention.platform],
            "language": [(reading and reading.language) or mention.language],
            "kind": [reading.kind if reading else ""],
            "topic": [""],
            "aspect": reading.aspects if reading else [],
        }
        for value in values[dimension]:
            said[rollup.day_of(mention.published_at), value, reading and reading.polarity] += 1
    return said


def summed(brand: Brand | None, dimension: str) -> Counter[tuple[date, str, int | None]]:
    rows = Sum.objects.filter(brand=brand, dimension=dimension)
    return Counter({(row.day, row.value, row.polarity): row.mentions for row in rows})


def agree(*brands_: Brand | None) -> None:
    for brand in brands_:
        for dimension in Sum.Dimension.values:
            assert summed(brand, dimension) == recounted(brand, dimension), (brand, dimension)


def test_the_sums_are_what_a_recount_says_through_all_that_changes(
    source: Source, levain: Brand, owner: Member
) -> None:
    brands.match_again()
    take_in(posts(12), source=source)
    read_all()
    rollup.recount_stale()
    agree(None, levain)
    some = Mention.objects.order_by("pk")
    acts.correct(mention_id=some[3].pk, actor=owner, field="polarity", value="1")
    heard(source, "Levain late in the day", number="late")
    take_in([Post("board", "p1", None, "", NOON, gone=True)], source=source)  # its author took it back
    rollup.recount_stale()
    agree(None, levain)
    assert not Stale.objects.exists()
    before = list(
        Sum.objects.order_by("day", "brand", "dimension", "value", "polarity").values_list("mentions", "people")
    )
    rollup.mark_all()
    rollup.recount_stale()
    after = list(
        Sum.objects.order_by("day", "brand", "dimension", "value", "polarity").values_list("mentions", "people")
    )
    assert before == after


def every_sum() -> list[tuple[Any, ...]]:
    rows = Sum.objects.order_by("day", "brand", "dimension", "value", "polarity")
    return list(rows.values_list("day", "brand", "dimension", "value", "polarity", "mentions", "people"))


def test_what_is_read_later_is_counted_again(source: Source) -> None:
    take_in(posts(5), source=source)
    rollup.mark_read()
    rollup.recount_stale()
    with clock.at(NOON + timedelta(hours=1)):
        read_all()
        Stale.objects.all().delete()  # the reader knows nothing of the sums
        from essaim.listening.reading.models import Reading

        Reading.objects.update(read_at=clock.now())
        rollup.mark_read()
        rollup.recount_stale()
    agree(None)


@pytest.mark.parametrize("seed", range(4))
def test_five_people_are_known_without_counting_them(source: Source, seed: int) -> None:
    chance = random.Random(seed)
    crowd = chance.randrange(2, 9)
    take_in(
        [
            Post(
                "board",
                f"k{n}",
                Author(f"who{chance.randrange(crowd)}"),
                f"text {n}",
                NOON - chance.randrange(9) * DAY,
            )
            for n in range(30)
        ],
        source=source,
    )
    rollup.recount_stale()
    true = Mention.objects.order_by().values("voice").distinct().count()
    cell = pictures.total(None, Period(NOON.date() - 10 * DAY, NOON.date()))
    assert cell.is_told is (true >= 5)


def test_every_figure_opens_exactly_its_mentions(source: Source, levain: Brand) -> None:
    brands.match_again()
    take_in(posts(12), source=source)
    read_all()
    rollup.recount_stale()
    period = Period(NOON.date() - 6 * DAY, NOON.date() - DAY)
    for brand in (None, levain):
        for dimension in ("source", "platform", "language", "kind", "aspect"):
            for cell in pictures.cells(brand, dimension, period):
                if not cell.value:
                    continue
                value: Any = int(cell.value) if dimension == "source" else cell.value
                wanted = inbox.Wanted(
                    state="all",
                    brand=brand and brand.pk,
                    since=period.since,
                    until=period.until,
                    **{dimension: value},
                )
                assert inbox.count(wanted) == cell.mentions


def village(source: Source, names: dict[str, list[str]], *, at: Any = NOON - DAY) -> None:
    take_in(
        [
            Post("board", str(uuid4()), Author(who), f"I like {brand}", at)
            for brand, people_ in names.items()
            for who in people_
        ],
        source=source,
    )


def test_share_of_voice_counts_people_once(source: Source, levain: Brand, croustille: Brand, owner: Member) -> None:
    brands.match_again()
    village(source, {"levain": [*"abcdef", "a", "a"], "croustille": [*"efghi"]})
    other = make_source("Not in the panel")
    village(other, {"levain": [*"uvwxyz"]})
    panel = acts.lock_panel(actor=owner, sources=[source.pk], brands=[levain.pk, croustille.pk])
    period = Period(NOON.date() - 7 * DAY, NOON.date())
    (found,) = stretches(period)
    assert (found.panel, found.people) == (panel, 9)
    assert [(one.brand.name, one.share and (one.share.count, one.share.n)) for one in found.shares] == [
        ("Levain", (6, 9)),
        ("Croustille", (5, 9)),
    ]
    # A member shows that two of the voices are his: one person fewer.
    marie = make_person("marie")
    voices = {row.voice_id: row for row in Mention.objects.filter(source=source).select_related("voice")}
    for mention in list(voices.values())[:2]:
        Claim.objects.create(voice=mention.voice, member=marie, proof="code", code="x", proved_at=NOON)
    assert people(panel, period)[period.since, None] == 8


def test_few_people_are_not_told(source: Source, levain: Brand, croustille: Brand, owner: Member) -> None:
    brands.match_again()
    village(source, {"levain": [*"abcdef"], "croustille": [*"ab"]})
    acts.lock_panel(actor=owner, sources=[source.pk], brands=[levain.pk, croustille.pk])
    (found,) = stretches(Period(NOON.date() - 7 * DAY, NOON.date()))
    assert [one.share is not None for one in found.shares] == [True, False]
    assert found.people == 6


def test_another_panel_breaks_the_series(source: Source, levain: Brand, croustille: Brand, owner: Member) -> None:
    brands.match_again()
    village(source, {"levain": [*"abcdef"]}, at=NOON - 5 * DAY)
    first = acts.lock_panel(actor=owner, sources=[source.pk], brands=[levain.pk])
    assert first.starts_on == (NOON - 5 * DAY).date()  # of the first mention
    with pytest.raises(errors.PanelUnchanged):
        acts.lock_panel(actor=owner, sources=[source.pk], brands=[levain.pk])
    with pytest.raises(errors.PanelEmpty):
        acts.lock_panel(actor=owner, sources=[], brands=[levain.pk])
    with clock.at(NOON + 3 * DAY):
        acts.lock_panel(
            actor=owner, sources=[source.pk], brands=[levain.pk, croustille.pk], reason="Croustille opened"
        )
    found = stretches(Period(NOON.date() - 7 * DAY, NOON.date() + 7 * DAY))
    assert [(one.period.since, one.period.until) for one in found] == [
        ((NOON - 5 * DAY).date(), (NOON + 2 * DAY).date()),
        ((NOON + 3 * DAY).date(), (NOON + 7 * DAY).date()),
    ]
    assert Panel.objects.filter(ended_on=None).count() == 1


def quiet_weeks(source: Source, weeks: int = 5) -> None:
    take_in(
        [
            Post("board", f"q{day}-{n}", Author(f"who{n}"), f"Levain {day} {n}", NOON - day * DAY)
            for day in range(1, weeks * 7)
            for n in range(3 + day % 3)
        ],
        source=source,
    )


def test_a_burst_is_noted_once(source: Source, levain: Brand) -> None:
    brands.match_again()
    quiet_weeks(source)
    rollup.recount_stale()
    assert bursts.look() == []
    take_in(
        [Post("board", f"b{n}", Author(f"many{n}"), f"Levain! {n}", NOON - timedelta(hours=1)) for n in range(50)],
        source=source,
    )
    rollup.recount_stale()
    found = bursts.look()
    assert [(one.brand, one.day, one.mentions) for one in found] == [
        (None, NOON.date(), 50),
        (levain, NOON.date(), 50),
    ]
    assert bursts.look() == []
    assert Burst.objects.count() == 2
    told = Activity.objects.get(type="mention.burst", object_id=found[1].pk)
    assert (told.public, told.payload["brand"], told.payload["mentions"]) == (False, "Levain", 50)


def test_days_far_apart_are_counted_together_or_one_by_one(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(posts(40), source=source)
    read_all()
    counted = Stale.objects.count()
    assert rollup.recount_stale() == counted
    agree(None)
    together = every_sum()
    monkeypatch.setattr(rollup, "MOMENT", 0.0)  # every count takes too long: one day at a time
    few = [NOON.date() - 33 * DAY, NOON.date() - 2 * DAY]
    rollup.mark_days(few)
    assert rollup.recount_stale() == 2
    assert every_sum() == together
    assert rollup.recount(few) == 0  # nobody marked them


@pytest.mark.django_db(transaction=True)
def test_the_sums_follow_what_was_read_without_waiting_for_the_clock(source: Source) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from essaim.listening.desk import jobs

    def waiting() -> list[Any]:
        found = ProcrastinateJob.objects.filter(task_name="desk.look", status="todo")
        return [job.scheduled_at is None for job in found]

    take_in(posts(2), source=source)  # a few: read where they come in
    assert waiting() == [False]  # a moment later, with what comes next
    take_in(posts(4), source=source)
    assert waiting() == [False]
    ProcrastinateJob.objects.filter(task_name="desk.look").update(status="succeeded")
    jobs.look_soon(True)
    assert waiting() == [True]

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from essaim.kit.errors import Forbidden
from essaim.listening.models import Mention
from essaim.listening.policy import may_listen
from essaim.listening.reading import actions, jobs, read
from essaim.listening.reading.domain import NotAValue
from essaim.listening.reading.models import Correction, Edition, Reading
from essaim.listening.reading.tests.posts import said
from essaim.people.models import HouseRole, Member

pytestmark = pytest.mark.django_db


def test_a_new_mention_is_read_in_its_language_by_word_lists_until_somebody_trains():
    french, english, short = said("Le pain est délicieux, merci beaucoup !", "The crust was burnt and awful.", "ok")
    assert read.read_new([french, english, short]) == 3
    found = Reading.objects.in_bulk()
    assert [found[pk].language for pk in (french, english, short)] == ["fr", "en", ""]
    assert [found[pk].polarity for pk in (french, english, short)] == [1, -1, 0]
    assert found[french].model == Edition.objects.get(readers=[])
    assert found[french].aspects == ["goût"]


def test_what_has_no_words_is_not_read():
    (empty,) = said("")
    (liked,) = said("Great bread, thank you!", tie="like")
    assert read.read_new([empty, liked]) == 0
    assert read.read_waiting() == 0


def test_waiting_mentions_are_read_once():
    ids = said("Great bread, thank you so much!", "What time do you open on Sundays?")
    assert read.read_waiting() == 2
    assert read.read_waiting() == 0
    assert Reading.objects.get(pk=ids[1]).kind == "question"


def test_who_comes_behind_many_is_read_with_them_by_the_worker(monkeypatch):
    monkeypatch.setattr(read, "AT_ONCE", 1)
    many = said("Great bread, thank you so much!", "Horrible service again today.")
    (last,) = said("The crust was burnt and awful.")
    for ids in (many, [last]):
        jobs.hear(ids)
    assert Reading.objects.count() == 0
    assert read.read_waiting() == 3
    ProcrastinateJob.objects.all().update(status="succeeded")
    (alone,) = said("What time do you open on Sundays?")
    jobs.hear([alone])
    assert Reading.objects.get(pk=alone).kind == "question"


def test_readings_go_with_their_mentions():
    first, second = said("Great bread, thank you so much!", "Horrible service again today.")
    read.read_new([first, second])
    Mention.objects.filter(pk=first).delete()
    assert read.forget_gone() == 1
    assert list(Reading.objects.values_list("pk", flat=True)) == [second]


@pytest.fixture
def moderator() -> Member:
    member = Member.objects.create_user("nadia@example.org", "nadia", "correct horse battery", display_name="Nadia")
    HouseRole.objects.create(member=member, role=HouseRole.Role.MODERATOR)
    return member


def test_correct_counts_at_once_is_kept_and_survives_the_next_reading(moderator):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    correction = actions.correct(mention_id=pk, field="kind", value="claim", actor=moderator)
    assert (correction.value, correction.language) == ("claim", "en")
    read.read_new([pk])
    reading = Reading.objects.get(pk=pk)
    assert (reading.kind, reading.kind_confidence, reading.by_hand) == ("claim", 1.0, ["kind"])
    assert reading.polarity_confidence < 1


def test_a_correction_keeps_no_words(moderator):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    actions.correct(mention_id=pk, field="polarity", value=0, actor=moderator)
    assert b"crust" not in bytes(Correction.objects.get().grams)


def test_correct_refuses_a_value_that_is_none(moderator):
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    with pytest.raises(NotAValue):
        actions.correct(mention_id=pk, field="kind", value="gossip", actor=moderator)
    with pytest.raises(NotAValue):
        actions.correct(mention_id=pk, field="topic", value="1", actor=moderator)
    assert not Correction.objects.exists()


def test_correct_refuses_a_mention_that_is_gone(moderator):
    with pytest.raises(actions.NotRead):
        actions.correct(mention_id=1, field="kind", value="claim", actor=moderator)


def test_correct_is_for_those_who_listen():
    (pk,) = said("The crust was burnt and awful.")
    read.read_new([pk])
    stranger = Member.objects.create_user("ada@example.org", "ada", "correct horse battery", display_name="Ada")
    assert not may_listen.test(stranger)
    with pytest.raises(Forbidden):
        actions.correct(mention_id=pk, field="kind", value="claim", actor=stranger)

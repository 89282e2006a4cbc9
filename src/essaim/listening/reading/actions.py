"""The team corrects what was read."""

from __future__ import annotations

from django.db import transaction

from essaim.kit import clock
from essaim.kit.errors import Missing, gettext_noop
from essaim.listening.models import Mention
from essaim.listening.policy import may_answer, may_listen
from essaim.listening.reading import domain
from essaim.listening.reading.lists import aspect_lists
from essaim.listening.reading.models import Aspect, Correction, Reading, Topic
from essaim.people.models import Member
from essaim.people.policy import allow

_ = gettext_noop


class NotRead(Missing):
    cause = _("This mention has not been read, or is gone.")
    remedy = _("Look for it in the inbox again.")


@transaction.atomic
def correct(*, mention_id: int, field: str, value: str | int | bool, actor: Member) -> Correction:
    """Say what a mention says: from now on it counts so, and the next training learns from it."""
    from essaim.listening.reading.edition import valences_of
    from essaim.listening.reading.examples import packed
    from essaim.listening.reading.grams import SPACE  # numpy: not before somebody corrects
    from essaim.listening.reading.read import text_of

    reading = Reading.objects.select_for_update().filter(pk=mention_id).first()
    mention = Mention.objects.filter(pk=mention_id).first()
    allow(may_listen, actor)
    if reading is None or mention is None:
        raise NotRead
    said = domain.checked(field, value)
    was = domain.written(getattr(reading, field))
    reading_as(reading, field, said)
    reading.read_at = clock.now()
    reading.save()
    return Correction.objects.create(
        mention_id=mention_id,
        field=field,
        value=domain.written(said),
        was=was,
        was_by=reading.model,
        language=reading.language,
        grams=packed(text_of(mention), reading.language, valences_of(field, reading.language)),
        space=SPACE,
        actor=actor,
    )


def reading_as(reading: Reading, field: str, value: str | int | bool) -> None:
    """Write a value a person said into the reading."""
    setattr(reading, field, value)
    if field != "language":
        setattr(reading, f"{field}_confidence", 1.0)
    reading.by_hand = sorted({*reading.by_hand, field})


@transaction.atomic
def name_topic(*, topic: Topic, name: str, actor: Member) -> Topic:
    """Give a topic a name of one's own; it keeps it as long as the topic lasts."""
    topic = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    allow(may_answer, actor)
    topic.name, topic.named_by_hand = domain.short_name(name), True
    topic.save(update_fields=["name", "named_by_hand"])
    return topic


@transaction.atomic
def set_aspect(*, language: str, name: str, words: str, actor: Member) -> None:
    """Write which words stand for an aspect, separated by commas; without words it goes. The first change of a
    language makes the starters the house's own."""
    Aspect.objects.select_for_update().filter(language=language).exists()
    allow(may_answer, actor)
    name, listed = domain.short_name(name, most=60), domain.words_of(words)
    if not Aspect.objects.filter(language=language).exists():
        begun = aspect_lists().get(language, {})
        Aspect.objects.bulk_create(
            Aspect(language=language, name=own, words=list(all_)) for own, all_ in begun.items()
        )
    if listed:
        Aspect.objects.update_or_create(language=language, name=name, defaults={"words": listed})
    else:
        Aspect.objects.filter(language=language, name=name).delete()

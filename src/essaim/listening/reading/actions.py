"""The team corrects what was read."""

from __future__ import annotations

from django.db import transaction

from essaim.kit import clock
from essaim.kit.errors import Missing, gettext_noop
from essaim.listening.models import Mention
from essaim.listening.policy import may_listen
from essaim.listening.reading import domain
from essaim.listening.reading.models import Correction, Reading
from essaim.people.models import Member
from essaim.people.policy import allow

_ = gettext_noop


class NotRead(Missing):
    cause = _("This mention has not been read, or is gone.")
    remedy = _("Look for it in the inbox again.")


@transaction.atomic
def correct(*, mention_id: int, field: str, value: str | int | bool, actor: Member) -> Correction:
    """Say what a mention says: from now on it counts so, and the next training learns from it."""
    from essaim.listening.reading.grams import SPACE  # numpy: not before somebody corrects
    from essaim.listening.reading.read import text_of
    from essaim.listening.reading.training import packed

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
        grams=packed(text_of(mention), reading.language),
        space=SPACE,
        actor=actor,
    )


def reading_as(reading: Reading, field: str, value: str | int | bool) -> None:
    """Write a value a person said into the reading."""
    setattr(reading, field, value)
    if field != "language":
        setattr(reading, f"{field}_confidence", 1.0)
    reading.by_hand = sorted({*reading.by_hand, field})

"""What outlives its time because the house still owes something, or has answered in public."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from essaim.kit import clock
from essaim.listening.desk.models import Item
from essaim.listening.intake import take_in
from essaim.listening.law.retention import end_what_is_over
from essaim.listening.models import Mention, Source
from essaim.listening.post import Author, Post

MARCH = datetime(2026, 3, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_what_was_answered_or_put_off_stays():
    source = Source.objects.create(kind="posts", name="Here", address="here", retention_days=30)
    with clock.at(MARCH):
        take_in(
            [Post("forum", name, Author(name), "Honey", MARCH) for name in ("answered", "later", "read")],
            source=source,
        )
    for mention in Mention.objects.exclude(external_id="read"):
        answered = mention.external_id == "answered"
        Item.objects.create(
            mention_id=mention.pk,
            published_at=MARCH,
            received_at=MARCH,
            voice_id=mention.voice_id,
            state=Item.State.ANSWERED if answered else Item.State.SNOOZED,
            first_answer_at=MARCH if answered else None,
            snoozed_until=None if answered else MARCH,
        )
    with clock.at(MARCH + timedelta(days=40)):
        assert end_what_is_over().mentions == 1
    assert sorted(Mention.objects.values_list("external_id", flat=True)) == ["answered", "later"]

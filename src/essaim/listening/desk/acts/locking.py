"""The first beat: a mention's row on the desk, locked."""

from __future__ import annotations

from essaim.kit import clock
from essaim.listening.desk.errors import MentionGone
from essaim.listening.desk.models import Item
from essaim.listening.models import Mention
from essaim.people.models import Member


def lock(mention_id: int) -> Item:
    """The mention's item, made if nobody touched it yet. Raises MentionGone."""
    item = Item.objects.select_for_update(of=("self",)).select_related("assignee").filter(pk=mention_id).first()
    if item is None:
        Item.objects.bulk_create([_fresh(mention_id)], ignore_conflicts=True)
        item = Item.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=mention_id)
    return item


def _fresh(mention_id: int) -> Item:
    mention = Mention.objects.filter(pk=mention_id, gone_at=None).first()
    if mention is None:
        raise MentionGone
    return Item(
        mention_id=mention.pk,
        published_at=mention.published_at,
        received_at=mention.received_at,
        voice_id=mention.voice_id,
    )


def write(item: Item, actor: Member | None, **changes: object) -> Item:
    """Set the fields, and who changed them when."""
    for name, value in (changes | {"changed_at": clock.now(), "changed_by": actor}).items():
        setattr(item, name, value)
    item.save()
    return item

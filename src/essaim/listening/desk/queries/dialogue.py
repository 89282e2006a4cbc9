"""One mention with all that surrounds it: its thread, its author's whole dialogue with the house, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from essaim.listening.desk.errors import MentionGone
from essaim.listening.desk.models import Answer, Brand, Item, Promise
from essaim.listening.desk.queries.inbox import brands_of
from essaim.listening.desk.routes import Way, claim_of, way_back
from essaim.listening.models import Claim, Mention, Voice
from essaim.listening.reading.models import Reading

LONGEST_THREAD = 12
REPLIES = 50
TURNS = 40
TEAM_WINDOW = 90  # days over which the first-answer clock looks back


@dataclass(frozen=True)
class Turn:
    """One line of a dialogue: what the person wrote, or what the house answered."""

    at: datetime
    mention: Mention
    answer: Answer | None = None


@dataclass(frozen=True)
class Seen:
    """What the page of a mention shows."""

    mention: Mention
    item: Item
    reading: Reading | None
    brands: Sequence[Brand]
    above: Sequence[Mention]
    replies: Sequence[Mention]
    answers: Sequence[Answer]
    promises: Sequence[Promise]
    claim: Claim | None
    handle: str
    turns: Sequence[Turn]
    way: Way | None


def seen(mention_id: int) -> Seen:
    """Raises MentionGone. A mention nobody touched is shown with an item that is not stored."""
    mention = Mention.objects.select_related("source", "voice").filter(pk=mention_id, gone_at=None).first()
    if mention is None:
        raise MentionGone
    item = Item.objects.select_related("assignee", "changed_by").filter(pk=mention_id).first()
    answers = list(Answer.objects.filter(item_id=mention_id).select_related("author"))
    claim = claim_of(mention.voice_id)
    return Seen(
        mention=mention,
        item=item or untouched(mention),
        reading=Reading.objects.select_related("topic", "model").filter(pk=mention_id).first(),
        brands=brands_of([mention_id]).get(mention_id, ()),
        above=_above(mention),
        replies=_replies(mention),
        answers=answers,
        promises=list(Promise.objects.filter(mention_id=mention_id).select_related("made_by")),
        claim=claim,
        handle=handle_of(mention.voice),
        turns=dialogue(mention.voice, claim),
        way=way_back(mention),
    )


def untouched(mention: Mention) -> Item:
    return Item(
        mention_id=mention.pk,
        published_at=mention.published_at,
        received_at=mention.received_at,
        voice_id=mention.voice_id,
        changed_at=mention.received_at,
    )


def _above(mention: Mention) -> list[Mention]:
    """What it answers, up to the first post of the thread, oldest first."""
    found: list[Mention] = []
    parent = mention.parent_id
    while parent is not None and len(found) < LONGEST_THREAD and parent not in {one.pk for one in found}:
        above = Mention.objects.select_related("voice").filter(pk=parent, gone_at=None).first()
        if above is None:
            break
        found.append(above)
        parent = above.parent_id
    return found[::-1]


def _replies(mention: Mention) -> list[Mention]:
    answering = Mention.objects.filter(parent_id=mention.pk, gone_at=None).exclude(tie="like")
    return list(answering.select_related("voice").order_by("published_at", "pk")[:REPLIES])


def voices_of(voice: Voice, claim: Claim | None) -> list[int]:
    """All the voices of the same person: his own word only, never a guess."""
    if claim is None:
        return [voice.pk]
    standing = Claim.objects.filter(member=claim.member_id, proved_at__isnull=False, ended_at=None)
    return sorted({voice.pk, *standing.values_list("voice_id", flat=True)})


def dialogue(voice: Voice | None, claim: Claim | None, *, limit: int = TURNS) -> list[Turn]:
    """What the person wrote on every platform and what the house answered, newest first."""
    if voice is None:
        return []
    voices = voices_of(voice, claim)
    written = Mention.objects.filter(voice_id__in=voices, gone_at=None).exclude(tie="like").select_related("voice")
    mentions = {one.pk: one for one in written.order_by("-published_at", "-pk")[:limit]}
    answers = Answer.objects.filter(item__voice_id__in=voices).select_related("author").order_by("-id")[:limit]
    missing = {one.item_id for one in answers} - mentions.keys()
    if missing:
        mentions_answered = {one.pk: one for one in written.filter(pk__in=missing)}
    else:
        mentions_answered = {}
    turns = [Turn(one.published_at, one) for one in mentions.values()]
    turns += [
        Turn(one.written_at, about, one)
        for one in answers
        if (about := mentions.get(one.item_id) or mentions_answered.get(one.item_id)) is not None
    ]
    return sorted(turns, key=lambda turn: turn.at, reverse=True)[:limit]


def handle_of(voice: Voice | None) -> str:
    """The author's own name, once the house has answered him in public and as long as it is kept; else empty."""
    from essaim.listening.voices.keys import open_handle

    if voice is None or voice.handle is None:
        return ""
    public = Answer.objects.filter(item__voice_id=voice.pk, state=Answer.State.SENT)
    return (open_handle(voice) or "") if public.exists() else ""

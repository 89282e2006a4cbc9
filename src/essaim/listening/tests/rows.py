"""What intake has written, to be compared."""

from __future__ import annotations

from essaim.listening.models import Key, Mention, Voice, Waiting

LONG = "the queen bee of this hive lays two thousand eggs on a warm day in spring"


def everything() -> dict[str, object]:
    """All rows, by names that do not depend on the order of arrival."""
    mentions = {row.pk: row for row in Mention.objects.all()}
    voices = {row.pk: bytes(row.key) for row in Voice.objects.all()}

    def name(pk):
        row = mentions.get(pk)
        return row and (row.published_at, row.text)

    return {
        "mentions": sorted(
            (row.published_at, row.text, row.reactions, row.tie, voices.get(row.voice_id), name(row.parent_id) or (),
             sorted(voices[each] for each in row.names), name(row.alike_id) or ())
            for row in mentions.values()
        ),
        "voices": sorted((bytes(row.key), row.first_at, row.last_at, row.mentions) for row in Voice.objects.all()),
        "keys": sorted((bytes(row.key), name(row.mention_id)) for row in Key.objects.all()),
        "waiting": sorted((name(row.mention_id), bytes(row.parent_key)) for row in Waiting.objects.all()),
    }  # fmt: skip

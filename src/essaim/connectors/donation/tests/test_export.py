"""Exports as the networks make them, read down to the member's own public words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from essaim.connectors.donation import export
from essaim.connectors.donation.export import Line, NotAnExport, TooManyLines

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ADA = "https://m.example/users/ada"
AT = "2026-03-01T10:00:00Z"
REDDIT = (
    "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
    'k1,https://www.reddit.com/r/bread/k1/,2026-03-01 10:00:00 UTC,192.0.2.7,bread,0,x,p1,"Rye, always",\n'
    "k2,https://www.reddit.com/r/bread/k2/,2026-03-02 10:00:00 UTC,192.0.2.7,bread,0,x,,[deleted],\n"
    "k3,https://www.reddit.com/r/bread/k3/,sometime,192.0.2.7,bread,0,x,,broken,\n"
)
YOUTUBE_FR = (
    "ID du commentaire,ID de la chaîne,Horodatage de création du commentaire,Prix,ID du commentaire parent,"
    "ID du post,ID de la vidéo,Texte du commentaire\n"
    'Ug1,UC1,2026-03-01T10:00:00+00:00,0,,,vid,"{""text"":""Belle ""},{""text"":""mie""}"\n'
)
YOUTUBE_EN = (
    "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Post ID,Video ID,Comment text\n"
    "Ug2,UC1,2026-03-01 11:00:00 UTC,0,Ug1,,vid,Nice crumb\n"
)


def texts(*files: tuple[str, str]) -> list[str]:
    return [line.text for line in export.read([(name, text.encode()) for name, text in files], "x.zip")]


def test_reddit_without_addresses_and_without_what_was_deleted() -> None:
    (line,) = export.read([("comments.csv", REDDIT.encode())], "x")
    assert line == Line(
        "reddit", "k1", datetime(2026, 3, 1, 10, tzinfo=UTC), "Rye, always",
        "https://www.reddit.com/r/bread/k1/", "", "p1",
    )  # fmt: skip
    assert "192.0.2.7" not in repr(line)
    assert Line.of(line.as_written()) == line


def test_youtube_in_french_and_english() -> None:
    files = ("Takeout/a/commentaires.csv", YOUTUBE_FR), ("Takeout/b/comments.csv", YOUTUBE_EN)
    assert texts(*files) == ["Nice crumb", "Belle mie"]


def test_discord_rooms_and_never_conversations_between_people() -> None:
    said = [{"ID": 1, "Timestamp": "2026-03-01 10:00:00", "Contents": "hello room", "Attachments": ""}]
    private = [{"ID": 2, "Timestamp": "2026-03-01 10:00:00", "Contents": "hello you"}]
    room = {"id": "1", "type": "GUILD_TEXT", "name": "general", "guild": {"id": "9", "name": "Bread"}}
    assert texts(
        ("messages/c1/messages.json", json.dumps(said)),  # before its channel is known
        ("messages/c1/channel.json", json.dumps(room)),
        ("messages/c2/channel.json", json.dumps({"id": "2", "type": "DM", "recipients": ["1", "2"]})),
        ("messages/c2/messages.json", json.dumps(private)),
        ("messages/c3/messages.json", json.dumps(private)),
        ("messages/c4/channel.json", json.dumps({"id": "4", "type": 0})),
        ("messages/c4/messages.csv", "ID,Timestamp,Contents,Attachments\n4,2026-03-01 10:00:00+00:00,left room,\n"),
    ) == ["hello room"]


def test_mastodon_takes_what_was_said_to_the_public_only() -> None:
    def created(number: int, to: str) -> dict[str, object]:
        made = {"id": f"{ADA}/statuses/{number}", "type": "Note", "to": [to], "published": AT}
        return {"type": "Create", "actor": ADA, "object": {**made, "content": f"<p>N{number}</p>"}}

    boost = {"type": "Announce", "id": "b", "to": [PUBLIC], "object": "https://x.example/1", "published": AT}
    said = [created(1, PUBLIC), created(2, "https://m.example/users/bob"), boost]
    outbox = json.dumps({"type": "OrderedCollection", "orderedItems": said})
    assert texts(("outbox.json", outbox), ("likes.json", outbox)) == ["N1"]


@pytest.mark.parametrize(
    "file", [("a.csv", "x,y\n1,2\n"), ("outbox.json", "{"), ("messages.json", "[]"), ("b.txt", "hello")]
)
def test_what_is_no_export_is_refused(file: tuple[str, str]) -> None:
    with pytest.raises(NotAnExport):
        texts(file)


def test_an_export_without_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_LINES", 1)
    with pytest.raises(TooManyLines):
        texts(("a.csv", YOUTUBE_EN), ("b.csv", YOUTUBE_FR))

"""Pages: what listens, on which ground, at which pace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from essaim.connectors.pages.domain import NoIndex, header_refuses
from essaim.listening.kinds import Asked, Batch, SourceKind
from essaim.listening.web import conditions, seen


def read(asked: Asked) -> Iterator[Batch]:
    """The article and its comments; those known already are known again by intake, with their new words if any."""
    from essaim.connectors.pages.edits import dated, remembered
    from essaim.connectors.pages.reading import read_page

    cursor = {} if asked.backfill else asked.cursor
    answer = asked.client.get(asked.address, headers=conditions(cursor))
    if answer.status == 304:
        yield Batch([], cursor)
        return
    if header_refuses(answer.headers.get("x-robots-tag", "")):
        raise NoIndex()
    digest = hashlib.sha256(answer.body).hexdigest()
    said = asked.cursor.get("said", {})
    left = {**seen(answer), "digest": digest, "said": said}
    if digest == cursor.get("digest"):
        yield Batch([], left)
        return
    posts, refused = read_page(answer.body, answer.url, asked.now)
    left["said"] = remembered(posts)
    yield Batch(dated(posts, said, asked.now), left, refused, total=len(posts))


SOURCES = [
    SourceKind(
        slug="page",
        name=_("Page"),
        summary=_("An article and the comments below it, looked at again and again."),
        icon="bookmark",
        address_label=_("Address of the page"),
        example="https://blog.example.org/2026/honey/",
        legal_basis=_(
            "Legitimate interest (GDPR art. 6(1)(f)) in what is said in public about us; robots.txt and noindex are "
            "obeyed, authors may object at any time."
        ),
        deletion=_(
            "Comments go when their time is over, or at once when their author objects; a page that is gone ends the "
            "source. An article or a comment whose words change is read again."
        ),
        per_hour=360,
        read=read,
    )
]

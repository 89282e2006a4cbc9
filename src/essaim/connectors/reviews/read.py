"""The customer review format (Hu and Liu, KDD 2004): `[t]` opens a review, a line is `aspect[+2],other[-1]##words`.

Pure. The aspects become the review's labels, their strengths added up; what marks the kind of mention (`[u]`, `[p]`,
`[s]`, `[cc]`, `[cs]`) is left out. The format has no dates: all reviews bear the one given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from essaim.kit.errors import gettext_noop as _
from essaim.listening.post import Post, Refused

NO_REVIEW = _("No line of the file opens a review with [t].")
NO_TAG = _("An aspect before ## cannot be read; the words were kept.")
_TAG = re.compile(r"\s*([^\[\]{}]+?)\s*\[([+-]?\d)\]((?:\s*\[(?:u|p|s|cc|cs)\])*)\s*$")


@dataclass
class _Review:
    place: int
    title: str
    sentences: list[str] = field(default_factory=list)
    aspects: dict[str, int] = field(default_factory=dict)


def read(text: str, *, name: str, platform: str, published: datetime) -> Iterator[Post | Refused]:
    """`name` tells files apart: with the line a review begins at it is the post's id."""
    if not re.search(r"^\[t\]", text, re.MULTILINE):
        yield Refused(name, NO_REVIEW)
        return
    product, review = name, None
    for place, line in enumerate(text.splitlines(), start=1):
        if line.startswith("*"):
            product = line.split(":", 1)[1].strip() if "product name" in line.lower() else product
        elif line.startswith("[t]"):
            if review and review.sentences:
                yield _post(review, name, product, platform, published)
            review = _Review(place, line[3:].strip())
        elif "##" in line:
            review = review or _Review(place, "")
            yield from _add(review, line, f"{name}:{place}")
    if review and review.sentences:
        yield _post(review, name, product, platform, published)


def _add(review: _Review, line: str, place: str) -> Iterator[Refused]:
    tags, words = line.split("##", 1)
    if words.strip():
        review.sentences.append(words.strip())
    for tag in filter(str.strip, tags.split(",")):
        found = _TAG.match(tag)
        if found is None:
            yield Refused(place, NO_TAG)
            continue
        review.aspects[found[1].lower()] = review.aspects.get(found[1].lower(), 0) + int(found[2])


def _post(review: _Review, name: str, product: str, platform: str, published: datetime) -> Post:
    return Post(
        platform=platform,
        external_id=f"{name}:{review.place}",
        author=None,
        title=review.title,
        text="\n".join(review.sentences),
        published=published,
        tags=(product.lower(),),
        labels=review.aspects,
    )

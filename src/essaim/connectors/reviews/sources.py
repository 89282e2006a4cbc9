"""Product reviews as a kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from essaim.connectors.reviews.read import read
from essaim.listening.files import contents
from essaim.listening.kinds import FileKind
from essaim.listening.post import Post, Refused


def read_file(path: Path, platform: str = "reviews", published: str = "") -> Iterator[Post | Refused]:
    """Every file of reviews under the path. The format has no dates: `published`, else when the file was changed."""
    if published:
        at = datetime.fromisoformat(published)
    else:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    for name, content in contents(path, ".txt"):
        text = content.decode("utf-8", "replace").replace("\0", "")
        yield from read(text, name=Path(name).stem, platform=platform, published=at)


FILES = (
    FileKind(
        slug="reviews",
        name=_("Product reviews with aspects (customer review format)"),
        read=read_file,
        suffixes=(".txt", ".zip"),
        options={"platform": "where the reviews were written", "published": "when (2004-08-01)"},
    ),
)

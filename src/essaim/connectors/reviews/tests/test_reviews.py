"""Reviews with aspects, as Hu and Liu wrote them down."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime

from essaim.connectors.reviews.read import NO_REVIEW, NO_TAG, read
from essaim.connectors.reviews.sources import read_file
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Source
from essaim.listening.post import Post, Refused
from essaim.listening.tests.samples import needs, sample

AT = datetime(2004, 8, 1, tzinfo=UTC)
REVIEWS = "open/nltk_reviews/product_reviews_1.zip"
TEXT = """* Product name: Nokia 6610
[t]excellent phone
##i use it daily .
phone[+3], battery life[-1][u]##great , but short lived .
battery life[-2]##very short .
[t]bad
screen[+2##i like it .
"""


def test_aspects_add_up_and_what_cannot_be_read_is_told() -> None:
    one, told, two = read(TEXT, name="nokia", platform="shop", published=AT)
    assert one == Post(
        "shop", "nokia:2", None, "i use it daily .\ngreat , but short lived .\nvery short .", AT,
        title="excellent phone", tags=("nokia 6610",), labels={"phone": 3, "battery life": -3},
    )  # fmt: skip
    assert told == Refused("nokia:7", NO_TAG)
    assert isinstance(two, Post)
    assert (two.external_id, two.text, two.labels) == ("nokia:6", "i like it .", {})


def test_a_file_without_reviews_says_so() -> None:
    assert list(read("a##b", name="x", platform="shop", published=AT)) == [Refused("x", NO_REVIEW)]


@needs(REVIEWS)
def test_the_sample_comes_in_whole_and_once(db: None) -> None:
    with zipfile.ZipFile(sample(REVIEWS)) as archive:
        texts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith("txt")]
    reviews = sum(len(re.findall(r"^\[t\]", text, re.MULTILINE)) for text in texts)
    source = Source.objects.create(kind="reviews", name="Sample", address="sample")
    taken = take_in(read_file(sample(REVIEWS)), source=source)
    assert taken.added == reviews
    assert [one.reason for one in taken.refusals] == [*[NO_TAG] * (taken.refused - 1), NO_REVIEW]
    assert take_in(read_file(sample(REVIEWS)), source=source).added == 0
    assert Mention.objects.filter(labels__has_key="battery").exists()

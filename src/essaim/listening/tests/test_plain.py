"""HTML of platforms read as text."""

from __future__ import annotations

import pytest

from essaim.listening.plain import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One&nbsp;<b>bold</b> &amp; two</p><p>Three<br>four</p>", "One bold & two\n\nThree\nfour"),
        ("<script>alert('x')</script>a <!-- b --> c", "a c"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("", ""),
    ],
)
def test_markup_goes_and_words_stay(html: str, text: str) -> None:
    assert plain(html) == text


def test_what_is_quoted_is_left_out_on_demand() -> None:
    html = "<aside class='quote'><blockquote>theirs <blockquote>older</blockquote></blockquote></aside><p>mine</p>"

    assert plain(html, quotes=False) == "mine"
    assert plain(html) == "theirs\n\nolder\n\nmine"

"""What members write can be formatted, and can do no harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://elsewhere.example/pixel.gif)",
    "<svg/onload=alert(1)>",
    "<iframe src=//elsewhere.example></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<form action=//elsewhere.example><input name=p></form>",
    "`<script>`</code><script>alert(1)</script>",
    '[x](https://a.example "\\"onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
]
DANGER = re.compile(
    r"<(?!/?(?:"
    + "|".join(sorted(markdown.TAGS))
    + r")\b)|<[^>]*\s(?:on\w+|style|src)=|href=\"(?!https?:|mailto:|[/#\"])",
    re.IGNORECASE,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_dangerous_comes_out(attack):
    assert not DANGER.search(markdown.render(attack))


@given(st.text(alphabet=st.sampled_from("<>\"'`[]()!*_#:/&;\\ \najscriptonelx="), max_size=200))
def test_nothing_dangerous_comes_out_of_noise(text):
    assert not DANGER.search(markdown.render(text))


def test_the_usual_marks_work():
    html = markdown.render("# Bread\n\n**warm**\n\n- rye\n- wheat\n\n> said")
    assert html == (
        "<h3>Bread</h3>\n<p><strong>warm</strong></p>\n<ul>\n<li>rye</li>\n<li>wheat</li>\n</ul>\n"
        "<blockquote>\n<p>said</p>\n</blockquote>\n"
    )


def test_links_are_marked_as_written_by_members():
    assert markdown.render("[a](https://a.example)") == (
        '<p><a href="https://a.example" rel="nofollow ugc noopener">a</a></p>\n'
    )


def test_line_breaks_are_kept():
    assert markdown.render("one\ntwo") == "<p>one<br>\ntwo</p>\n"


def test_plain_gives_the_words():
    assert markdown.plain("# Bread\n\n**warm** [loaf](https://a.example)\nnow") == "Bread warm loaf now"


HIVES = markdown.Shown("abc-1_X", "/media/stories/abc.webp", 'Four "hives"', 800, 600)
SIZE = 'width="800" height="600" loading="lazy"'


def test_a_picture_handed_over_is_shown_with_its_words_and_its_caption():
    assert markdown.render('![](picture:abc-1_X "On <b>the</b> roof")', (HIVES,)) == (
        f'<figure><img src="/media/stories/abc.webp" alt="Four &quot;hives&quot;" {SIZE}>'
        "<figcaption>On &lt;b&gt;the&lt;/b&gt; roof</figcaption></figure>\n"
    )
    assert markdown.render("see ![a hive](picture:abc-1_X)", (HIVES,)) == (
        f'<p>see <img src="/media/stories/abc.webp" alt="a hive" {SIZE}></p>\n'
    )


@pytest.mark.parametrize("source", ["https://elsewhere.example/p.gif", "picture:other", "/media/stories/abc.webp"])
def test_of_any_other_picture_only_the_words_stay(source):
    assert markdown.render(f"![a hive]({source})", (HIVES,)) == "<p>a hive</p>\n"
    assert markdown.render(f"![a hive]({source})") == "<p>a hive</p>\n"


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_dangerous_comes_out_where_pictures_are_shown(attack):
    allowed = markdown.render(attack, (HIVES,)).replace('src="/media/stories/abc.webp"', "")
    assert not re.search(DANGER.pattern.replace("(?:a|", "(?:a|img|figure|figcaption|"), allowed, re.IGNORECASE)


def test_a_pictures_words_stay_words():
    html = markdown.render('![" onerror="alert(1)](picture:abc-1_X \'" onload="alert(1)\')', (HIVES,))
    assert html == (
        f'<figure><img src="/media/stories/abc.webp" alt="&quot; onerror=&quot;alert(1)" {SIZE}>'
        '<figcaption>" onload="alert(1)</figcaption></figure>\n'
    )


def test_plain_gives_a_pictures_words():
    assert markdown.plain("Look ![a hive](picture:abc-1_X) there") == "Look a hive there"

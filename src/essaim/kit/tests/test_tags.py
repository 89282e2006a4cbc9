"""Each tag, to the character where a character matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from essaim.kit import clock, slots
from essaim.kit.parts import Rung

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def show(source: str, language: str = "en", **context: object) -> str:
    with translation.override(language), clock.at(NOW):
        return Template("{% load kit %}" + source).render(Context(context)).strip()


def test_money_and_numbers_follow_the_language():
    assert show("{% money 150000 %}", "fr") == '<data class="money" value="150000">1\u202f500,00\u00a0€</data>'
    assert show("{% money 150000 'EUR' whole=True %}") == '<data class="money" value="150000">€1,500</data>'
    assert show("{% number 1234567.891 2 %}", "fr") == '<span class="number">1\u202f234\u202f567,89</span>'
    assert show("{% number -1234 %}") == '<span class="number">\u22121,234</span>'
    assert show("{% percent 0.125 1 %}", "fr") == "12,5\u202f%"
    assert show("{% percent 0.125 1 %}") == "12.5%"


@pytest.mark.parametrize(
    ("delta", "english", "french"),
    [
        (timedelta(seconds=5), "just now", "à l’instant"),
        (timedelta(minutes=1), "1 minute ago", "il y a 1 minute"),
        (timedelta(hours=5), "5 hours ago", "il y a 5 heures"),
        (timedelta(days=-3), "in 3 days", "dans 3 jours"),
        (timedelta(days=40), "24 March 2026", "24 mars 2026"),
    ],
)
def test_ago(delta, english, french):
    assert f">{english}</time>" in show("{% ago moment %}", moment=NOW - delta)
    assert f">{french}</time>" in show("{% ago moment %}", "fr", moment=NOW - delta)


def test_when_is_local_and_names_the_first_of_a_month():
    moment = datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert ">1 May 2026, 12:00</time>" in show("{% when moment %}", moment=moment)
    assert ">1er mai 2026 à 12:00</time>" in show("{% when moment %}", "fr", moment=moment)
    assert ">1er mai 2026</time>" in show("{% when moment hour=False %}", "fr", moment=moment)
    assert show("{% when moment %}", moment=None) == ""


def test_remaining():
    assert ">2 days left</time>" in show("{% remaining end %}", end=NOW + timedelta(days=2, hours=1))
    assert ">closed</time>" in show("{% remaining end %}", end=NOW)


def test_names_are_escaped_everywhere():
    person = {"display_name": "<script>", "avatar_url": '"><script>', "get_absolute_url": "/u"}
    page = show("{% person person role=bad %}{% comb bad %}{% icon bad bad %}", person=person, bad='"<i>')
    assert "<script>" not in page
    assert "<i>" not in page


def test_person_links_to_the_profile_and_shows_initials_without_picture():
    page = show("{% person person %}", person={"handle": "maud", "get_absolute_url": "/maud"})
    assert '<a class="name" href="/maud">maud</a>' in page
    assert ">M</span>" in page


@pytest.mark.parametrize(
    ("fraction", "height"), [(0.5, 'height="22.0"'), (1.7, 'height="44.0"'), (-1, "shell"), (0, "shell")]
)
def test_a_cell_fills_in_proportion(fraction, height):
    page = show("{% cell fraction %}", fraction=fraction)
    assert height in page
    assert ('class="honey"' in page) == (fraction > 0)


def test_no_tag_writes_an_inline_style():
    page = show(
        "{% ladder rungs %}{% rungs rungs %}{% jar 5 10 floor=2 %}{% progress 1 2 'x' %}"
        "{% comb 'a' %}{% swarm 'a' %}",
        rungs=[Rung("a", state="reached", pays=500), Rung("b", state="next", fraction=0.3), Rung("c")],
    )
    assert "style=" not in page
    assert "onclick" not in page


def test_the_ladder_says_what_is_reached_and_what_comes_next():
    rungs = [Rung("Jury", state="reached", pays=50000), Rung("Votes", state="next", fraction=0.3)]
    page = show("{% ladder rungs %}{% rungs rungs %}", rungs=rungs)
    assert page.count("filled") == 2
    assert "€500" in page
    assert 'aria-current="step"' in page
    assert 'aria-label="1 of 2 rungs reached: Jury"' in page


def test_the_jar_is_full_at_most_and_empty_at_least():
    assert 'height="84.0"' in show("{% jar 200 100 %}", "fr")
    assert 'class="honey"' not in show("{% jar 0 100 %}")
    assert "200%" in show("{% jar 200 100 %}")


def test_vote_says_what_it_does_and_what_is_left():
    open_vote = show("{% vote '/v' count=3 left=1 %}")
    assert '<button class="button main" name="vote" value="yes" aria-pressed="false">' in open_vote
    assert "You have 1 vote left." in open_vote
    mine = show("{% vote '/v' count=3 mine=True %}")
    assert 'value="no" aria-pressed="true"' in mine
    hidden = show("{% vote '/v' hidden=True %}")
    assert "Counts stay hidden" in hidden
    assert "tally" not in hidden
    closed = show("{% vote '/v' count=3 mine=True closed='Over.' %}")
    assert "<form" not in closed
    assert "Your vote was counted." in closed
    stances = show("{% vote '/v' stances=True mine='pass' %}")
    assert stances.count('aria-pressed="true"') == 1
    assert 'value="pass" aria-pressed="true"' in stances


def test_stat_says_its_uncertainty_in_words():
    assert "entre 180 et 1\u202f240" in show("{% stat 211 'x' low=180 high=1240 %}", "fr")


def test_breadcrumb_ends_where_one_is():
    page = show("{% breadcrumb 'Home' '/' 'Here' %}")
    assert '<a href="/">Home</a>' in page
    assert '<span aria-current="page">Here</span>' in page


def test_pagination_keeps_the_question(rf):
    request = rf.get("/x", {"q": "rye & honey", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    shown = show("{% pagination page %}", page=page, request=request)
    assert 'href="?q=rye+%26+honey&amp;page=1"' in shown
    assert 'href="?q=rye+%26+honey&amp;page=3"' in shown
    assert show("{% pagination page %}", page=Paginator([], 10).page(1), request=request) == ""


def test_links_added_from_above_appear_once_in_order_and_only_to_those_who_may(rf, monkeypatch):
    monkeypatch.setattr(slots, "_links", {})
    slots.add_link("nav", "B", "kit:offline", order=2)
    slots.add_link("nav", "A", "kit:catalogue", order=1)
    slots.add_link("nav", "A", "kit:catalogue", order=1)
    slots.add_link("nav", "Hidden", "kit:theme", shown=lambda request: False)
    slots.add_link("nav", "Nowhere", "no:such")
    assert [str(link.label) for link in slots.links("nav", rf.get("/"))] == ["A", "B"]


def test_slots_show_what_was_put_in(rf, monkeypatch):
    monkeypatch.setattr(slots, "_slots", {})
    slots.fill("bell", lambda request: f"<b>{request.path}</b>")
    assert show("{% slot 'bell' %}", request=rf.get("/x")) == "<b>/x</b>"
    assert show("{% slot 'bell' %}") == ""

"""Contrast as WCAG defines it, whatever three colours a house picks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.kit import colour, theme
from essaim.kit.house import Colours

hexes = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#f0a500", "#f0a500", 1.0)],
)
def test_contrast_matches_published_values(one, other, expected):
    assert round(colour.contrast(one, other), 2) == expected


def test_parse_reads_short_and_long():
    assert colour.parse(" #fa0 ") == (255, 170, 0)
    assert colour.write(colour.parse("#F0A500")) == "#f0a500"


@pytest.mark.parametrize("typed", ["", "red", "#12", "#12345g", "#1234567", "url(x)"])
def test_parse_refuses_what_is_no_colour(typed):
    with pytest.raises(colour.ColourUnreadable):
        colour.parse(typed)


@given(hexes, hexes)
def test_contrast_is_symmetric_and_bounded(one, other):
    assert colour.contrast(one, other) == colour.contrast(other, one)
    assert 1.0 <= colour.contrast(one, other) <= 21.01


@given(hexes)
def test_some_ink_is_always_readable(ground):
    assert colour.contrast(colour.readable_ink(ground, theme.DARK_INK, theme.LIGHT_INK), ground) >= 4.5


def test_readable_colour_is_left_alone():
    assert colour.adjust("#2f6b4f", ("#fffaf0",)) == "#2f6b4f"


@given(hexes, hexes, hexes)
def test_every_text_of_the_theme_reads_on_its_ground(main, accent, calm):
    for ground in (theme.DAY, theme.NIGHT):
        values = theme.tokens(Colours(main, accent, calm), ground)
        surfaces = (ground.paper, ground.raised, ground.sunk, values["honey-soft"])
        for name in ("honey", "amber", "leaf", "poppy"):
            assert colour.contrast(values[f"on-{name}"], values[name]) >= 4.5
        for name in ("amber", "leaf", "poppy"):
            for surface in (*surfaces, values[f"{name}-soft"]):
                assert colour.contrast(values[name], surface) >= 4.5


@given(hexes, hexes, hexes)
def test_ink_reads_on_every_soft_surface(main, accent, calm):
    for ground, inks in ((theme.DAY, ("#211a10", "#4b402f")), (theme.NIGHT, ("#f4ead8",))):
        values = theme.tokens(Colours(main, accent, calm), ground)
        for name in ("honey-soft", "amber-soft", "leaf-soft", "poppy-soft"):
            assert colour.contrast(inks[0], values[name]) >= 4.5


def test_theme_names_every_colour_in_both_schemes():
    text = theme.stylesheet(Colours())
    assert text.count("light-dark(") == 12
    assert "--honey: light-dark(#f0a500, #f0a500);" in text


def test_theme_tokens_agree_with_the_stylesheet():
    """The grounds the program computes with are the ones tokens.css declares."""
    from pathlib import Path

    css = (Path(theme.__file__).parent / "static/kit/tokens.css").read_text()
    for name in ("paper", "raised", "sunk"):
        assert f"--{name}: light-dark({getattr(theme.DAY, name)}, {getattr(theme.NIGHT, name)});" in css

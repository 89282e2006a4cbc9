"""Papers and cards: real files, in the reader's language, with letters the house's faces can draw."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image

from essaim.kit import lettering
from essaim.kit.lettering import drawn, legible
from essaim.mechanisms.crowdfunding import cards, papers

HEAD = papers.Letterhead("La Ruche", "12 rue des Lilas", "fr", "#f0a500", "#9a5b00", datetime(2026, 3, 2, tzinfo=UTC))


def test_letters_the_face_lacks_become_their_nearest() -> None:
    assert legible("Łukasz Żółć, Hélène & Œuvre") == "Lukasz Zólc, Hélène & Œuvre"
    assert legible("蜂") == "·"
    assert ord("é") in drawn("display")


def test_a_certificate_and_a_receipt_are_pdf_files() -> None:
    words = papers.Certificate("Merci", "Łucja", ["a rendu possible « La ruche »"], ["Łucja"], "Gravé", "La Ruche")
    paper = papers.certificate(HEAD, words)
    assert paper.startswith(b"%PDF-")
    assert b"/Lang (fr)" in paper
    lines = [(f"Un pot de miel {n}", "12,50 €") for n in range(80)]
    receipt = papers.Receipt(
        "Reçu", "n° 1", ["Léa"], [("Confirmée", "2 mars")], lines, ("Total", "1 000 €"), ["Note"]
    )
    assert papers.receipt(HEAD, receipt).count(b"/Type /Page\n") == 3


def test_the_card_has_the_size_networks_expect() -> None:
    for title in ("La ruche", "Une ruche gravée aux noms de celles et ceux " * 5, "x" * 300):
        card = cards.Card("La Ruche", title, "8 240 € sur 10 000 €", "212 soutiens", 0.82, "#f0a500", "#9a5b00")
        image = Image.open(io.BytesIO(cards.draw(card)))
        assert (image.size, image.format) == ((1200, 630), "PNG")


def test_long_titles_end_in_an_ellipsis() -> None:
    font = lettering.font("display", 68, 650)
    lines = lettering.wrapped("mot " * 60, font, 1040, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(font.getlength(line) <= 1040 for line in lines)

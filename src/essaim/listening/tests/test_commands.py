from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from essaim.listening.commands import import_mentions
from essaim.listening.intake.errors import KindNotKnown, NothingThere, OptionNotKnown
from essaim.listening.intake.posts import NOT_JSON, line_of
from essaim.listening.models import Source
from essaim.listening.tests.conftest import post


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "heard.jsonl"
    file.write_bytes(line_of(post("1")) + line_of(post("2")) + b"no JSON\n")
    return file


def test_a_file_is_summed_up_and_a_second_time_adds_nothing(db, path):
    told: list[tuple[int, int | None]] = []
    first = import_mentions("posts", path, source="Forum of March", on_progress=lambda *done: told.append(done))
    assert [first[name] for name in ("read", "new", "known", "refused")] == [2, 2, 0, 1]
    with override("fr"):
        refused = f"\nheard.jsonl:3:1: {gettext(NOT_JSON)}"
    assert (str(first["the first of those refused"]), refused.isascii()) == (refused, False)
    assert told == [(2, None)]
    second = import_mentions("posts", path, source="Forum of March")
    assert [second[name] for name in ("read", "new", "known")] == [2, 0, 2]
    assert list(Source.objects.values_list("kind", "name", "state", "mentions")) == [
        ("posts", "Forum of March", "done", 2)
    ]


def test_what_cannot_be_taken_in_is_said_before_anything_is_done(db, path):
    with pytest.raises(KindNotKnown, match="posts"):
        import_mentions("letters of marque", path)
    with pytest.raises(NothingThere):
        import_mentions("posts", path / "nowhere")
    with pytest.raises(OptionNotKnown):
        import_mentions("posts", path, options="colour=red")
    assert not Source.objects.exists()

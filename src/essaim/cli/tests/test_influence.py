"""`essaim influence run` in a house where nobody exchanged."""

from contextlib import nullcontext

import pytest

from essaim.cli import influence as command
from essaim.projectors.influence.models import Run


@pytest.mark.django_db
def test_it_says_when_nobody_is_in_the_map(monkeypatch, capsys):
    monkeypatch.setattr(command, "opened", nullcontext)
    command.run(seed=7)
    assert Run.objects.get().parameters["rng_seed"] == 7
    assert "Nobody is in the map yet" in " ".join(capsys.readouterr().err.split())

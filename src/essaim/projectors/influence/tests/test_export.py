"""Ties leave the database as arrays, each voice being who showed it to be his."""

from datetime import timedelta

import numpy as np
import pytest

from essaim.listening.models import Claim
from essaim.projectors.influence import columns, domain, export
from essaim.projectors.influence.models import Tie
from essaim.projectors.influence.tests.conftest import BEGIN

pytestmark = pytest.mark.django_db
MONTH = domain.month_of(BEGIN)


def tie(source, target, *, told=False, weight=1_500_000, month=MONTH, count=2):
    Tie.objects.create(source=source, target=target, told=told, weight=weight, month=month, count=count)


def rows(now=BEGIN):
    found = export.columns(now, 180)
    columns = (found.tellers, found.hearers, found.weights, found.counts, found.months)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_nothing_is_exported_from_an_empty_table(db):
    assert rows() == []


def test_the_word_goes_from_who_told_to_who_heard_and_fades():
    tie(-1, -2)
    tie(-3, 2**40, told=True, weight=1_000_000, month=MONTH - 1, count=1)
    now = BEGIN + timedelta(days=180)
    older = domain.faded(1_000_000, MONTH - 1, now)
    assert rows(now) == [
        (-3, 2**40, pytest.approx(older, rel=1e-12), 1, MONTH - 1),
        (-2, -1, pytest.approx(0.75), 2, MONTH),
    ]


def test_what_weighs_nothing_any_more_stays_behind():
    tie(-1, -2, month=MONTH - 200)
    assert rows() == []


def test_chunks_make_no_difference(monkeypatch):
    for n in range(2, 60):
        tie(-n, -1, count=n)
    whole = rows()
    monkeypatch.setattr(columns, "CHUNK", 100)
    assert rows() == whole
    assert len(whole) == 58


def test_a_claimed_voice_and_its_member_are_one_node(person, voice):
    ann, bob, cleo, dan = person("ann"), voice("bob"), voice("cleo"), person("dan", consents=False)
    tie(-cleo.pk, -bob.pk)
    tie(ann.pk, -bob.pk, count=5)
    Claim.objects.create(voice=bob, member=ann, proof="code", code="x", proved_at=BEGIN)
    assert [row[:2] for row in rows()] == [(ann.pk, -cleo.pk)]  # what he said to himself is no tie
    Claim.objects.create(voice=cleo, member=dan, proof="code", code="y", proved_at=BEGIN)
    tie(-cleo.pk, -bob.pk, month=MONTH - 1)  # as if it had been drawn before it was known whose voice it is
    assert rows() == []


def test_ids_far_apart_and_close_are_numbered_alike():
    from essaim.projectors.influence.engine import _numbered

    near = np.array([-5, 3, -5]), np.array([4, -5, 3])
    far = np.array([-5, 3, -5]) * 10**9, np.array([4, -5, 3]) * 10**9
    assert [one.tolist() for one in _numbered(*near)[1:]] == [[0, 1, 0], [2, 0, 1]]
    assert [one.tolist() for one in _numbered(*far)[1:]] == [[0, 1, 0], [2, 0, 1]]
    assert _numbered(*near)[0].tolist() == [-5, 3, 4]

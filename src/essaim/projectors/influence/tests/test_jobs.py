"""What wakes the worker, and what it does then."""

import pytest
from django.db import connection

from essaim.listening.models import Mention
from essaim.projectors.influence import drawing, jobs
from essaim.projectors.influence.models import Run, Stale, Tie

pytestmark = pytest.mark.django_db


def waiting(task):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [task])
        return cursor.fetchone()[0]


def test_new_mentions_ring_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.ring([1, 2])
        jobs.ring([3])
        jobs.ring([])
    assert waiting(jobs.READ) == 1


def test_the_sweep_reads_what_no_bell_announced(voice, say):
    ann, bob = voice("ann"), voice("bob")
    first = say(ann)
    say(bob, tie="reply", parent_id=first.pk)
    jobs.sweep(0)
    assert Tie.objects.get().source == -bob.pk
    Mention.objects.filter(pk=first.pk).delete()
    assert Stale.objects.exists()
    jobs.sweep(0)
    assert not Tie.objects.exists()
    assert not Stale.objects.exists()


def test_every_night_where_there_is_a_graph(voice, say):
    jobs.nightly(0)
    assert not Run.objects.exists()
    ann, bob = voice("ann"), voice("bob")
    say(ann, names=[bob.pk])
    drawing.read_mentions()
    jobs.nightly(0)
    assert waiting("influence.calculate") == Run.objects.filter(state="waiting").count() == 1

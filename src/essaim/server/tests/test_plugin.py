"""What the plugin promises every test of the house."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_a_migrated_clone_of_their_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*) FROM django_migrations GROUP BY 1")
        name, migrations = cursor.fetchone()
    assert name.startswith("essaim_test_")
    assert migrations > 0
    assert settings.DEBUG is False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_at_the_next_what_migrations_wrote_stays(turn):
    activities, permissions = apps.get_model("activity.Activity").objects, apps.get_model("auth.Permission").objects
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('any', 'any')")
    assert activities.count() == 0
    activities.create(type="said", verb="Create", payload={})  # a table that refuses to be emptied
    assert permissions.exists()

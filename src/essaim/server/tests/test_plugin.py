"""What the plugin promises every test of the house."""

import pytest
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

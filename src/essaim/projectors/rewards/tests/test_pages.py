"""How points are earned, for everyone; the rules' desk, for managers."""

import pytest
from django.urls import reverse

from essaim.projectors.rewards.domain import DEFAULTS
from essaim.projectors.rewards.models import RuleSet
from essaim.projectors.rewards.tests.test_rewards import comment, draw, new_member

pytestmark = pytest.mark.django_db
ADDRESS = "rewards:points"


@pytest.fixture
def english(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.cookies["django_language"] = "en"
    return client


def values(**changes):
    form = {"reason": "warmer"}
    for number, rule in enumerate(DEFAULTS.rules):
        form |= {f"points_{number}": rule.points, f"per_day_{number}": rule.per_day}
    for number, level in enumerate(DEFAULTS.levels[1:], start=1):
        form[f"level_{number}"] = level.points
    return form | changes


def test_anyone_reads_the_rules(english):
    page = english.get(reverse(ADDRESS))
    assert page.status_code == 200
    assert all(words in page.content.decode() for words in ("Submitting an idea", "Companion", "100\xa0points"))


def test_a_member_sees_what_he_earned_at_a_constant_price(english, django_assert_max_num_queries):
    ada = new_member("ada")
    english.force_login(ada)

    def page():
        with django_assert_max_num_queries(22) as counted:
            answer = english.get(reverse(ADDRESS))
        assert answer.status_code == 200
        return len(counted.captured_queries), answer.content.decode()

    comment(ada)
    draw()
    page()
    one, text = page()
    assert "You commented" in text
    comment(ada)
    comment(ada)
    draw()
    assert page()[0] == one


def test_managers_publish_rules_and_nothing_typed_is_lost(english):
    address = reverse("rewards:rules")
    english.force_login(new_member("ada"))
    assert english.get(address).status_code == 403
    english.force_login(new_member("manager", "manager"))
    assert english.get(address).status_code == 200
    wrong = english.post(address, values(level_2=10))
    assert (wrong.status_code, 'value="warmer"' in wrong.content.decode()) == (422, True)
    assert "The levels do not rise" in wrong.content.decode()
    assert english.post(address, values(points_0=7)).status_code == 302
    published = RuleSet.objects.get()
    assert (published.version, published.rules.rules[0].points, published.reason) == (1, 7, "warmer")

"""The pages of notices, and the door out that needs no key."""

from django.urls import reverse
from django.utils import translation

from essaim.initiatives.verbs import CommentAnswered
from essaim.projectors.notices import actions, queries
from essaim.projectors.notices.domain import Frequency, Topic
from essaim.projectors.notices.models import Notice, Seen
from essaim.projectors.notices.tests.conftest import do, draw


def test_the_door_out_needs_no_sign_in_and_looking_stops_nothing(client, ada):
    address = reverse("notices:stop", args=[actions.stop_token(ada.pk, "mine")])
    asked = client.get(address)
    assert (asked.status_code, queries.preferences(ada)[Topic.MINE]) == (200, Frequency.INSTANT)
    stopped = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, queries.preferences(ada)[Topic.MINE]) == (200, Frequency.NEVER)
    digest = reverse("notices:stop", args=[actions.stop_token(ada.pk, "daily")])
    client.post(digest)
    assert Frequency.DAILY not in queries.preferences(ada).values()
    assert client.get(digest).status_code == 200
    assert client.post(reverse("notices:stop", args=["forged:token"])).status_code == 404


def test_the_door_out_works_against_the_check_of_forged_forms(ada):
    from django.test import Client

    address = reverse("notices:stop", args=[actions.stop_token(ada.pk, "mine")])
    assert Client(enforce_csrf_checks=True).post(address).status_code == 200


def test_the_list_shows_what_is_new_at_a_constant_price(client, ada, bea, drawn, django_assert_max_num_queries):
    client.force_login(ada)

    def page():
        with django_assert_max_num_queries(14) as counted:
            answer = client.get(reverse("notices:list"), headers={"accept-language": "en"})
        assert answer.status_code == 200
        return len(counted.captured_queries), answer.content.decode()

    do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    page()  # caches warm
    one, text = page()
    assert "Bea answered you" in text or "Bea answered Ada" in text
    for _ in range(2):
        do(CommentAnswered(1, 1), bea, target=ada)
    draw()
    three, _text = page()
    assert one == three
    client.post(reverse("notices:seen"))
    assert Seen.objects.filter(member=ada).count() == 3
    assert queries.unseen(ada).count() == 0


def test_a_member_chooses_and_is_kept_to_his_own_notices(client, ada, bea, bakers, drawn):
    client.force_login(ada)
    chosen = {topic.value: "weekly" for topic in Topic}
    assert client.post(reverse("notices:preferences"), chosen).status_code == 302
    assert set(queries.preferences(ada).values()) == {Frequency.WEEKLY}
    wrong = client.post(reverse("notices:preferences"), chosen | {"mine": "hourly"})
    assert wrong.status_code == 422
    do(CommentAnswered(1, 1), ada, target=bea)
    draw()
    notice = Notice.objects.get(member=bea)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.force_login(bea)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 302
    assert queries.unseen(bea).count() == 0


def test_the_texts_of_topics_are_french_too(ada):
    from essaim.projectors.notices import models

    with translation.override("fr"):
        french = [str(label) for label in models.Topic.labels]
    with translation.override("en"):
        english = [str(label) for label in models.Topic.labels]
    assert not set(french) & set(english)

from __future__ import annotations

import pytest

from essaim.listening.reading import actions, read, topics
from essaim.listening.reading.models import Reading, Topic
from essaim.listening.reading.tests.posts import said
from essaim.people.models import HouseRole, Member

BREAD = "la croûte du levain de seigle était superbe ce matin, quel levain, quelle croûte numéro {}"
PARCEL = "le livreur a encore déposé le colis chez le voisin, livraison du colis ratée numéro {}"
CARD = "la carte de fidélité ne compte plus les points, carte de fidélité sans points numéro {}"


def test_matched_takes_the_best_overlaps_first_and_each_once():
    before = {7: {1, 2, 3, 4}, 8: {5, 6}}
    assert topics.matched(before, [{1, 2, 3}, {4, 5, 6}, {9}]) == {0: 7, 1: 8}
    assert topics.matched(before, [{1, 9, 10, 11, 12, 13}]) == {}


@pytest.mark.django_db
def test_topics_are_named_by_their_words_and_keep_number_and_name():
    ids = said(*(text.format(n) for n in range(15) for text in (BREAD, PARCEL, CARD)))
    read.read_new(ids)
    assert topics.find_topics() >= 3
    first = {topic.pk: topic.name for topic in Topic.objects.filter(gone_at=None)}
    assert any("colis" in name for name in first.values())
    assert Reading.objects.filter(topic=None).count() < 10
    member = Member.objects.create_user("nadia@example.org", "nadia", "correct horse battery", display_name="Nadia")
    HouseRole.objects.create(member=member, role=HouseRole.Role.MODERATOR)
    named = next(pk for pk, name in first.items() if "colis" in name)
    actions.name_topic(topic=Topic.objects.get(pk=named), name="  Colis perdus ", actor=member)
    read.read_new(said(*(PARCEL.format(n) for n in range(15, 20))))
    topics.find_topics()
    again = Topic.objects.get(pk=named)
    assert (again.name, again.gone_at) == ("Colis perdus", None)
    assert "colis" in again.words


@pytest.mark.django_db
def test_few_mentions_have_no_topic():
    read.read_new(said("Le pain était très bon ce matin.", "Le colis est arrivé en retard."))
    assert topics.find_topics() == 0

"""The wizard: look, correct, save, take in; for those who run the sources only."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essaim.activity.models import Activity
from essaim.connectors.tables import actions
from essaim.connectors.tables.domain import Layout
from essaim.connectors.tables.models import SavedLayout, Upload
from essaim.kit import clock
from essaim.kit.errors import Forbidden
from essaim.listening.models import Mention, Run, Source
from essaim.people.models import HouseRole, Member

TABLE = (
    "Avis;Publié le;Pseudo;Note\nLe pain est vraiment très bon;31/03/2026;ada;5\n"
    "Trop cuit à mon goût;01/04/2026;bob;2\nUne date impossible ici;99/99/2026;cleo;1\n"
)
FILLED = {
    "text": "Avis", "published": "Publié le", "author": "Pseudo", "labels": ["Note"], "platform": "shop",
    "dates": "day-first", "zone": "Europe/Paris",
}  # fmt: skip


def make_member(handle: str, role: str = "") -> Member:
    member = Member.objects.create_user(email=f"{handle}@example.org", handle=handle, display_name=handle.title())
    if role:
        HouseRole.objects.create(member=member, role=role)
    return member


@pytest.fixture
def manager(db: None) -> Member:
    return make_member("margot", "manager")


@pytest.fixture
def desk(client: Client, manager: Member) -> Client:
    client.force_login(manager)
    return client


def sent(desk: Client, text: str = TABLE, name: str = "avis.csv") -> Upload:
    file = SimpleUploadedFile(name, text.encode("cp1252"))
    answer = desk.post(reverse("tables:index"), {"file": file})
    upload = Upload.objects.get()
    assert answer["Location"] == reverse("tables:upload", args=[upload.pk])
    return upload


def test_columns_are_guessed_and_the_first_rows_shown_before_anything_comes_in(desk: Client) -> None:
    page = desk.get(reverse("tables:upload", args=[sent(desk).pk])).content.decode()
    assert '<option value="Avis" selected>' in page
    assert '<option value="day-first" selected>' in page
    assert "Le pain est vraiment très bon" in page
    assert "avis.csv:4 Publié le = 99/99/2026" in page
    assert Mention.objects.count() == 0


def test_a_table_is_taken_in_once_with_its_mapping_saved(desk: Client, manager: Member) -> None:
    upload = sent(desk)
    filled = {**FILLED, "name": "avis", "act": "take"}
    answer = desk.post(reverse("tables:upload", args=[upload.pk]), filled)
    run = Run.objects.get()
    assert answer["Location"] == reverse("tables:run", args=[run.pk])
    assert (run.read, run.added, run.refusals, run.total) == (2, 2, 1, 3)
    assert Mention.objects.filter(labels={"Note": 5}, platform="shop").count() == 1
    assert "99/99/2026" in desk.get(answer["Location"]).content.decode()
    assert Upload.objects.count() == 0
    assert SavedLayout.objects.get().layout.dates == "day-first"
    assert Activity.objects.get(type="tables.take-in").payload == {"name": "avis.csv", "added": 2}

    again = sent(desk)
    assert "avis" in desk.get(reverse("tables:upload", args=[again.pk]), {"mapping": "avis"}).content.decode()
    desk.post(reverse("tables:upload", args=[again.pk]), {**FILLED, "act": "take"})
    assert Run.objects.latest("pk").added == 0
    assert Source.objects.count() == 1
    assert "avis.csv" in desk.get(reverse("tables:index")).content.decode()


def test_what_is_chosen_is_shown_again_and_a_wrong_zone_is_told(desk: Client) -> None:
    upload = sent(desk)
    answer = desk.post(reverse("tables:upload", args=[upload.pk]), {**FILLED, "zone": "Mars/Base", "act": "take"})
    assert answer.status_code == 422
    assert "Mars/Base" in answer.content.decode()
    assert Mention.objects.count() == 0


def test_a_file_that_is_no_table_and_a_mapping_that_does_not_fit_are_refused_in_words(desk: Client) -> None:
    upload = sent(desk, "not a zip", "avis.xlsx")
    answer = desk.get(reverse("tables:upload", args=[upload.pk]))
    assert answer.status_code == 422
    Upload.objects.all().delete()
    upload = sent(desk)
    answer = desk.get(reverse("tables:upload", args=[upload.pk]), {"mapping": "hacker-news-posts"})
    assert "title" in answer.content.decode()
    assert answer.status_code == 422


def test_a_file_read_halfway_goes_after_a_day(manager: Member) -> None:
    old = actions.keep_upload(name="a/b.csv", content=b"x", actor=manager)
    assert old.name == "b.csv"
    with clock.at(clock.now() + actions.KEPT * 2):
        actions.keep_upload(name="c.csv", content=b"x", actor=manager)
    assert list(Upload.objects.values_list("name", flat=True)) == ["c.csv"]


@pytest.mark.parametrize(
    ("role", "may"), [("owner", True), ("manager", True), ("moderator", False), ("analyst", False), ("", False)]
)
def test_only_those_who_run_the_sources(client: Client, db: None, role: str, may: bool) -> None:
    member = make_member("someone", role)
    client.force_login(member)
    assert client.get(reverse("tables:index")).status_code == (200 if may else 403)
    acts = (
        lambda: actions.keep_upload(name="x", content=b"", actor=member),
        lambda: actions.save_layout(name="x", layout=Layout({}), actor=member),
    )
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(Forbidden):
                act()


def test_a_mapping_is_removed_and_anothers_file_is_not_shown(desk: Client, manager: Member) -> None:
    layout = actions.save_layout(name="x", layout=Layout({}), actor=manager)
    desk.post(reverse("tables:removal", args=[layout.pk]))
    assert SavedLayout.objects.count() == 0
    other = actions.keep_upload(name="x.csv", content=b"a\n1", actor=make_member("olga", "owner"))
    assert desk.get(reverse("tables:upload", args=[other.pk])).status_code == 404

"""Launching, granting, importing: rows, activities, refusals."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from essaim.activity.models import Activity
from essaim.initiatives.models import Contribution
from essaim.products import queries
from essaim.products.actions import (
    AlreadyLaunched,
    Holding,
    credit_member,
    edit_product,
    grant_share,
    import_laid_out,
    import_sales,
    launch_product,
    lay_out,
    record_sale,
)
from essaim.products.commands import import_sales as import_command
from essaim.products.domain import Figures, SharesExceedRate, TermIsEmpty
from essaim.products.models import Credit, Product, RoyaltyShare, Sale, SalesFile, SalesImport
from essaim.products.policy import NotAKeeperOfSales, NotOnTheBrandTeam
from essaim.products.spreadsheet import Unreadable
from essaim.products.tests.conftest import YEARS, new_member

pytestmark = pytest.mark.django_db
MARCH = b"ref;date;gross\na;2026-03-10;100,00\nb;2026-03-11;50,00\n"


def told():
    return list(Activity.objects.order_by("pk").values_list("type", "actor__handle", "target__handle", "public"))


def sales():
    return list(Sale.objects.order_by("pk").values_list("source", "version", "net", "reverses__source"))


def test_launching_writes_the_product_its_credits_and_shares(owner, ada, bread):
    assert (bread.slug, bread.royalty_rate, bread.launched_by) == ("rye-bread", 1_000, owner)
    assert list(Credit.objects.values_list("member", "what", "position")) == [(ada.pk, "the idea", 0)]
    shares = RoyaltyShare.objects.values_list("holder", "basis_points", "starts", "ends", "granted_by")
    assert list(shares) == [(ada.pk, 600, *YEARS, owner.pk)]
    assert told() == [
        ("products.launched", "owner", None, True),
        ("products.credited", "owner", "ada", True),
        ("products.share-granted", "owner", "ada", True),
    ]


def test_a_contribution_becomes_a_product_once(owner, ada):
    idea = Contribution.objects.create(author=ada, kind="idea", body="Rye")
    launch_product(actor=owner, name="Rye", origin=idea)
    with pytest.raises(AlreadyLaunched):
        launch_product(actor=owner, name="Rye again", origin=idea)
    assert Product.objects.count() == 1


def test_two_products_of_one_name_have_two_addresses(owner):
    slugs = [launch_product(actor=owner, name="Miel d’été").slug for _ in range(3)]
    assert slugs == ["miel-dete", "miel-dete-2", "miel-dete-3"]


def test_shares_above_the_rate_are_refused(owner, ada, bread):
    with pytest.raises(SharesExceedRate):
        grant_share(product=bread, holding=Holding(owner, 401, *YEARS), actor=owner)
    with pytest.raises(TermIsEmpty):
        grant_share(product=bread, holding=Holding(owner, 1, YEARS[1], YEARS[0]), actor=owner)
    grant_share(product=bread, holding=Holding(owner, 400, *YEARS), actor=owner)
    grant_share(product=bread, holding=Holding(owner, 1_000, YEARS[1], date(2030, 1, 1)), actor=owner)
    assert queries.share_now(bread, date(2026, 5, 1)) == 1_000


ROLES = ("owner", "manager", "designer", "treasurer", "moderator", "analyst", "")
MAKERS, SELLERS = {"owner", "manager", "designer"}, {"owner", "manager", "treasurer"}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(role, bread, ada):
    actor = new_member("someone", *([role] if role else []))
    page = {"name": "Rye", "summary": "", "story": ""}
    acts = {
        "launch": lambda: launch_product(actor=actor, name="x"),
        "credit": lambda: credit_member(product=bread, member=ada, what="flour", actor=actor),
        "grant": lambda: grant_share(product=bread, holding=Holding(ada, 1, *YEARS), actor=actor),
        "edit": lambda: edit_product(product=bread, actor=actor, **page),
        "import": lambda: import_sales(file=MARCH, name="m.csv", actor=actor, product=bread),
        "lay out": lambda: lay_out(file=MARCH, name="m.csv", actor=actor, product=bread),
    }
    allowed = set()
    for name, act in acts.items():
        try:
            act()
            allowed.add(name)
        except (NotOnTheBrandTeam, NotAKeeperOfSales):
            pass
    expected = {"launch", "credit", "grant", "edit"} if role in MAKERS else set()
    assert allowed == expected | ({"import", "lay out"} if role in SELLERS else set())


def test_a_file_imported_twice_adds_nothing(owner, bread):
    first = import_sales(file=MARCH, name="march.csv", actor=owner, product=bread)
    second = import_sales(file=MARCH, name="march.csv", actor=owner, product=bread)
    assert sales() == [("a", 1, 10_000, None), ("b", 1, 5_000, None)]
    assert [(arrival.rows, arrival.corrected, arrival.known) for arrival in (first, second)] == [(2, 0, 0), (0, 0, 2)]
    found = Activity.objects.filter(type="products.sales-imported")
    assert [row.payload for row in found] == [
        {"name": "Rye bread", "arrival": first.pk, "rows": 2, "first_day": "2026-03-10", "last_day": "2026-03-11",
         "net": 15_000, "unit": "EUR"}
    ]  # fmt: skip


def test_other_figures_reverse_the_old_row_and_stand_beside_it(owner, bread):
    import_sales(file=MARCH, name="march.csv", actor=owner, product=bread)
    for gross in (b"60,00", b"100,00"):
        import_sales(file=MARCH.replace(b"100,00", gross), name="march.csv", actor=owner, product=bread)
    assert sales() == [
        ("a", 1, 10_000, None),
        ("b", 1, 5_000, None),
        ("a", 1, -10_000, "a"),
        ("a", 2, 6_000, None),
        ("a", 2, -6_000, "a"),
        ("a", 3, 10_000, None),
    ]
    assert sum(sale.net for sale in Sale.objects.all()) == 15_000


def test_dirty_rows_are_kept_on_the_import_and_hold_up_nothing(owner, bread):
    file = MARCH + b"c;yesterday;1,00\n"
    arrival = import_sales(file=file, name="march.csv", actor=owner, product=bread)
    assert arrival.rows == 2
    stored = SalesImport.objects.get(pk=arrival.pk)
    assert stored.refused == [{"line": 4, "reason": "NoDate", "facts": {"text": "yesterday"}}]
    (fault,) = queries.told_faults(stored)
    assert (fault.line, "yesterday" in fault.cause) == (4, True)


def test_a_file_names_several_products(owner, bread):
    honey = launch_product(actor=owner, name="Honey")
    file = b"product;ref;date;gross\nRye bread;1;2026-03-10;1,00\nhoney;1;2026-03-10;2,00\n"
    import_sales(file=file, name="all.csv", actor=owner)
    assert list(Sale.objects.order_by("pk").values_list("product", "net")) == [(bread.pk, 100), (honey.pk, 200)]
    assert Activity.objects.filter(type="products.sales-imported").count() == 2


def test_one_sale_recorded_by_a_program(owner, bread):
    sale = {"product": bread, "source": "shop:17", "sold_on": date(2026, 3, 10), "actor": owner}
    figures = Figures(1, 1_200, vat=200)
    counts = [record_sale(figures=given, **sale) for given in (figures, figures, replace(figures, returns=1_000))]
    assert [(arrival.rows, arrival.corrected, arrival.known) for arrival in counts] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert sum(row.net for row in Sale.objects.all()) == 0


def test_a_preview_writes_nothing_and_is_imported_once(owner, bread):
    import_sales(file=MARCH, name="march.csv", actor=owner, product=bread)
    later = MARCH.replace(b"100,00", b"60,00") + b"c;2026-03-12;7,00\nd;never;7,00\n"
    file = lay_out(file=later, name="later.csv", actor=owner, product=bread)
    seen = queries.preview(file)
    assert (len(seen.new), len(seen.changed), seen.known, len(seen.faults)) == (1, 1, 1, 1)
    assert seen.nets == [(bread, 700 - 4_000)]
    assert Sale.objects.count() == 2
    import_laid_out(file=file, actor=owner)
    assert Sale.objects.count() == 5
    with pytest.raises(SalesFile.DoesNotExist):
        import_laid_out(file=file, actor=owner)


def test_an_unreadable_file_is_refused_whole(owner, bread):
    with pytest.raises(Unreadable):
        lay_out(file=b"hello", name="x", actor=owner)
    assert SalesFile.objects.count() == 0


def test_the_command_imports_and_counts(tmp_path, owner, bread):
    file = tmp_path / "march.csv"
    file.write_bytes(MARCH + b"c;never;1\n")
    counts = import_command(file, product="rye-bread")
    assert {name: counts[name] for name in ("new", "corrected", "known", "refused")} == {
        "new": 2, "corrected": 0, "known": 0, "refused": 1,
    }  # fmt: skip
    assert import_command(file, product="rye-bread")["known"] == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_counts_once():
    owner = new_member("owner", "owner")
    bread = launch_product(actor=owner, name="Rye bread")
    together = Barrier(3)

    def send():
        together.wait()
        import_sales(file=MARCH, name="march.csv", actor=owner, product=bread)
        connection.close()

    threads = [Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sales() == [("a", 1, 10_000, None), ("b", 1, 5_000, None)]
    assert SalesImport.objects.count() == 3

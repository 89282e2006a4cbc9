"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from essaim.people.models import Member
from essaim.products.models import Product, RoyaltyShare

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return Member.objects.create_user("maker@example.org", "maker", "correct horse", display_name="Maker")


@pytest.fixture
def product(maker):
    return Product.objects.create(slug="bread", name="Bread", royalty_rate=1_000, launched_by=maker)


def share(product, maker, points, starts, ends):
    return RoyaltyShare.objects.create(
        product=product, holder=maker, basis_points=points, starts=starts, ends=ends, granted_by=maker
    )


def test_shares_may_follow_each_other_up_to_the_rate(product, maker):
    share(product, maker, 1_000, date(2026, 1, 1), date(2027, 1, 1))
    share(product, maker, 1_000, date(2027, 1, 1), date(2028, 1, 1))
    assert product.shares.count() == 2


def test_database_refuses_shares_above_the_rate_on_one_day(product, maker):
    share(product, maker, 600, date(2026, 1, 1), date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="add up to 1001"), transaction.atomic():
        share(product, maker, 401, date(2026, 12, 31), date(2027, 6, 1))


def test_database_refuses_a_rate_below_the_shares(product, maker):
    share(product, maker, 600, date(2026, 1, 1), date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="its rate is 599"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(royalty_rate=599)


def test_database_refuses_to_change_or_drop_a_share(product, maker):
    granted = share(product, maker, 600, date(2026, 1, 1), date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoyaltyShare.objects.filter(pk=granted.pk).update(basis_points=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoyaltyShare.objects.filter(pk=granted.pk)._raw_delete("default")

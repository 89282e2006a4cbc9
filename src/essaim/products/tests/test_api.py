"""Products for programs: the same acts, the scope of sales, and each sale once."""

from __future__ import annotations

import json

import pytest

from essaim.people import tokens
from essaim.products.actions import launch_product
from essaim.products.models import Sale
from essaim.products.tests.conftest import new_member

pytestmark = pytest.mark.django_db
API = "/api/v1/products"
SALE = {"source": "till-1", "sold_on": "2026-03-10", "quantity": 2, "gross": 12_00, "vat": 63}


@pytest.fixture
def call(client, settings):
    """A request in a member's name, with a token of these scopes."""
    settings.STAFF_SECOND_FACTOR = False

    def send(member, scopes, method, path, body=None):
        headers = {"accept-language": "en"}
        if member is not None:
            headers["authorization"] = f"Bearer {tokens.issue(member, 'till', scopes)[1]}"
        content = json.dumps(body) if body is not None else ""
        answer = client.generic(method, f"{API}{path}", content, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return send


@pytest.fixture
def treasurer(db):
    return new_member("tresor", "treasurer")


def test_anyone_lists_products_and_reads_one(call, bread):
    status, listed = call(None, (), "GET", "/")
    assert (status, listed["count"], listed["items"][0]["slug"]) == (200, 1, bread.slug)
    status, told = call(None, (), "GET", f"/{bread.slug}/")
    assert (status, told["url"], told["royalty_rate"], told["picture"]) == (200, bread.get_absolute_url(), 1_000, "")


def test_a_product_of_a_closed_community_is_not_told(call, owner, ada):
    from essaim.communities.models import Community

    inner = Community.objects.create(
        slug="inner", name="Inner", sort_key="inner", visibility="invitation", created_by=ada
    )
    product = launch_product(actor=owner, name="Secret", community=inner)
    assert call(None, (), "GET", f"/{product.slug}/")[0] == 404
    assert call(None, (), "GET", "/")[1]["count"] == 0
    assert call(owner, ("read",), "GET", f"/{product.slug}/")[0] == 200


def test_a_sale_is_recorded_once_and_corrected_by_other_figures(call, bread, treasurer):
    path = f"/{bread.slug}/sales/"
    told = [call(treasurer, ("sales",), "POST", path, body) for body in (SALE, SALE, {**SALE, "gross": 11_00})]
    assert [(status, one["rows"], one["known"], one["corrected"]) for status, one in told] == [
        (201, 1, 0, 0),
        (201, 0, 1, 0),
        (201, 0, 0, 1),
    ]
    assert sum(sale.net for sale in Sale.objects.filter(product=bread)) == 11_00 - 63


@pytest.mark.parametrize(("scopes", "status"), [(("read",), 403), (("write",), 403), (("sales",), 201)])
def test_a_sale_asks_for_the_scope_of_sales(call, bread, treasurer, scopes, status):
    assert call(treasurer, scopes, "POST", f"/{bread.slug}/sales/", SALE)[0] == status
    assert Sale.objects.exists() is (status == 201)


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 201), ("manager", 201), ("treasurer", 201), ("designer", 403), ("analyst", 403)]
)
def test_a_sale_asks_for_a_role_that_keeps_sales(call, bread, role, status):
    assert call(new_member("somebody", role), ("sales",), "POST", f"/{bread.slug}/sales/", SALE)[0] == status


def test_a_file_of_sales_tells_what_it_refuses(call, bread, treasurer):
    csv = "ref;date;gross\na;2026-03-10;100,00\nb;never;1,00\n"
    status, told = call(
        treasurer, ("sales",), "POST", f"/{bread.slug}/sales/file/", {"name": "march.csv", "csv": csv}
    )
    assert (status, told["rows"], len(told["refused"])) == (201, 1, 1)


@pytest.mark.parametrize(
    "body", [{}, {**SALE, "gross": -1}, {**SALE, "sold_on": "yesterday"}, {**SALE, "source": ""}]
)
def test_a_sale_that_cannot_be_read_is_a_problem(call, bread, treasurer, body):
    status, problem = call(treasurer, ("sales",), "POST", f"/{bread.slug}/sales/", body)
    assert (status, problem["status"]) == (422, 422)
    assert not Sale.objects.exists()

"""The makers' page and the studio's."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from essaim.communities.models import Community
from essaim.products.actions import launch_product
from essaim.products.models import Product, RoyaltyShare, Sale, SalesFile
from essaim.products.tests.conftest import new_member

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def desk(client, owner, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(owner)
    client.cookies["django_language"] = "en"
    return client


def csv(content: bytes = b"ref;date;gross\na;2026-03-10;100,00\nb;never;1,00\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("march.csv", content)


def test_the_makers_page_says_who_brought_what_and_their_share(client, bread):
    page = client.get(bread.get_absolute_url(), headers=ENGLISH)
    text = page.content.decode()
    assert page.status_code == 200
    assert all(words in text for words in ("Rye bread", "Ada", "the idea", "6%", "Look it up in the books"))


def test_the_list_costs_the_same_for_one_and_three(client, owner, bread, django_assert_max_num_queries):
    def page():
        with django_assert_max_num_queries(12) as counted:
            assert client.get(reverse("products:list")).status_code == 200
        return len(counted.captured_queries)

    page()
    one = page()
    for name in ("Honey", "Jam"):
        launch_product(actor=owner, name=name)
    assert page() == one


def test_products_of_closed_communities_are_not_shown(client, owner, ada):
    from essaim.communities.models import Community

    inner = Community.objects.create(
        slug="inner", name="Inner", sort_key="inner", visibility="invitation", created_by=ada
    )
    product = launch_product(actor=owner, name="Secret", community=inner)
    assert client.get(product.get_absolute_url()).status_code == 404


def test_the_studio_is_closed_to_members(client, ada, bread):
    client.force_login(ada)
    pages = ["products", "launch", "sales"]
    assert [client.get(reverse(f"products_studio:{page}")).status_code for page in pages] == [403] * 3
    assert client.get(reverse("products_studio:edit", args=["rye-bread"])).status_code == 403
    assert client.post(reverse("products_studio:credit", args=["rye-bread"])).status_code == 403


def test_sales_are_looked_at_before_they_are_recorded(desk, bread):
    answer = desk.post(reverse("products_studio:sales"), {"file": csv(), "product": bread.pk})
    laid_out = SalesFile.objects.get()
    assert answer.url == reverse("products_studio:preview", args=[laid_out.pk])
    text = desk.get(answer.url).content.decode()
    assert "Nothing is written yet" in text
    assert "“never” is not a date." in text
    assert Sale.objects.count() == 0
    done = desk.post(answer.url)
    assert Sale.objects.count() == 1
    assert "“never” is not a date." in desk.get(done.url).content.decode()


def test_a_file_that_is_no_table_is_answered_in_the_form(desk, bread):
    answer = desk.post(reverse("products_studio:sales"), {"file": csv(b"hello")})
    assert answer.status_code == 422
    assert "No line of this file looks like the header" in answer.content.decode()


def test_a_product_is_launched_and_furnished_in_the_studio(desk):
    picture = io.BytesIO()
    Image.new("RGB", (20, 10), "brown").save(picture, "PNG")
    values = {"name": "Jam", "summary": "Plums", "royalty_rate": "12.5", "image_text": "A jar"}
    image = SimpleUploadedFile("jam.png", picture.getvalue())
    answer = desk.post(reverse("products_studio:launch"), {**values, "image": image})
    jam = Product.objects.get()
    assert answer.url == reverse("products_studio:edit", args=["jam"])
    assert (jam.royalty_rate, jam.image_text, jam.image.name.endswith(".webp")) == (1_250, "A jar", True)
    wrong = desk.post(reverse("products_studio:launch"), {"name": "", "summary": "kept", "royalty_rate": "101"})
    assert wrong.status_code == 422
    assert "kept" in wrong.content.decode()


def test_credits_and_shares_are_given_by_handle_and_refused_in_the_form(desk, bread):
    new_member("bea")
    credits, shares = (reverse(f"products_studio:{page}", args=["rye-bread"]) for page in ("credit", "share"))
    assert desk.post(credits, {"credit-member": "@bea", "credit-what": "the flour"}).status_code == 302
    share = {
        "share-holder": "bea",
        "share-basis_points": "4",
        "share-starts": "2026-01-01",
        "share-ends": "2027-01-01",
    }
    assert desk.post(shares, share).status_code == 302
    assert RoyaltyShare.objects.get(holder__handle="bea").basis_points == 400
    too_much = desk.post(shares, share)
    assert too_much.status_code == 422
    assert "above the product&#x27;s rate" in too_much.content.decode()
    assert desk.post(credits, {"credit-member": "nobody", "credit-what": "x"}).status_code == 422


def test_editing_keeps_the_picture_when_none_is_sent(desk, bread):
    Product.objects.update(image="products/old.webp")
    answer = desk.post(reverse("products_studio:edit", args=["rye-bread"]), {"name": "Rye loaf"})
    assert answer.status_code == 302
    assert Product.objects.values_list("name", "image").get() == ("Rye loaf", "products/old.webp")


def test_picture_is_served_to_those_who_see_the_product_and_gone_when_replaced(
    client, desk, bread, ada, django_capture_on_commit_callbacks
):
    def send(colour):
        data = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(data, "PNG")
        upload = SimpleUploadedFile("bread.png", data.getvalue())
        with django_capture_on_commit_callbacks(execute=True):
            address = reverse("products_studio:edit", args=[bread.slug])
            assert desk.post(address, {"name": "Rye", "image": upload, "image_text": "A loaf"}).status_code == 302
        return Product.objects.get().image

    first = send("orange")
    assert first.url in desk.get(bread.get_absolute_url()).content.decode()
    client.logout()
    assert client.get(first.url)["Content-Type"] == "image/webp"
    desk.force_login(bread.launched_by)
    second = send("green")
    assert (first.name != second.name, first.storage.exists(first.name)) == (True, False)

    inner = Community.objects.create(
        slug="inner", name="Inner", sort_key="inner", visibility="invitation", created_by=ada
    )
    Product.objects.update(community=inner)
    client.logout()
    assert client.get(second.url).status_code == 404

"""Signing up and in, from the first page to the letters, over the real pages."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core import mail

from essaim.people import actions, terms
from essaim.people.evidence import fingerprint
from essaim.people.models import Acceptance, Member
from essaim.people.tests.conftest import PASSWORD


def newcomer(**fields):
    return {
        "display_name": "Paul Martin",
        "handle": "",
        "email": "paul@example.org",
        "password1": PASSWORD,
        "birth_year": "1984",
        "languages": ["fr"],
        "accept_terms": "on",
        "terms_seen": fingerprint(terms.terms_text("fr")),
        **fields,
    }


def sign_in(client, email="marie@example.org", password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def code_of(letter) -> str:
    return re.search(r"^([A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8})*)$", letter.body, re.M).group(1)


def test_sign_up_confirms_the_address_with_a_code(client, owner):
    sent = client.post("/accounts/signup/", newcomer())

    assert (sent.status_code, sent.url) == (302, "/accounts/confirm-email/")
    member = Member.objects.get(email="paul@example.org")
    assert (member.handle, member.display_name, member.birth_year, member.languages) == (
        "paul.martin",
        "Paul Martin",
        1984,
        ["fr"],
    )
    assert member.email_confirmed_at is None
    accepted = Acceptance.objects.get(member=member).evidence
    assert (accepted.kind, accepted.language, accepted.text) == ("terms", "fr", terms.terms_text("fr"))

    (letter,) = mail.outbox
    assert letter.to == ["paul@example.org"]
    assert letter.subject == f"{code_of(letter)} est votre code pour Essaim"
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert code_of(letter) in html

    assert client.get("/accounts/confirm-email/").status_code == 200
    wrong = client.post("/accounts/confirm-email/", {"code": "XXX-XXX"})
    assert wrong.context["verify_form"].errors
    client.post("/accounts/confirm-email/", {"code": code_of(letter)})

    member.refresh_from_db()
    assert member.email_confirmed_at is not None
    assert EmailAddress.objects.get(user=member).verified
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"handle": "marie"}, ["handle"]),
        ({"handle": "0lga"}, ["handle"]),
        ({"handle": "é"}, ["handle"]),
        ({"birth_year": "2020"}, ["birth_year"]),
        ({"birth_year": "84"}, ["birth_year"]),
        ({"password1": "password123"}, ["password1"]),
        ({"password1": "court"}, ["password1"]),
        ({"accept_terms": ""}, ["accept_terms"]),
        ({"terms_seen": "old"}, ["terms_seen"]),
        ({"email": "nowhere"}, ["email"]),
        ({"languages": ["xx"]}, ["languages"]),
    ],
)
def test_sign_up_answers_in_the_form(client, marie, fields, faulty):
    response = client.post("/accounts/signup/", newcomer(**fields))

    assert list(response.context["form"].errors) == faulty
    assert 'value="Paul Martin"' in response.content.decode()
    assert Member.objects.count() == 2


def test_sign_up_with_a_known_address_tells_only_its_owner(client, marie):
    response = client.post("/accounts/signup/", newcomer(email="marie@example.org"))

    assert (response.status_code, response.url) == (302, "/accounts/confirm-email/")
    assert Member.objects.count() == 2
    assert mail.outbox[0].subject == "Vous avez déjà un compte chez Essaim"


def test_handle_is_suggested_from_the_name(client, marie):
    assert 'value="marie2"' in client.get("/handle/", {"display_name": "Marie"}).content.decode()
    assert 'value="mine"' in client.get("/handle/", {"display_name": "Marie", "handle": "mine"}).content.decode()


def test_sign_in_out_and_session_list(client, marie):
    assert sign_in(client).url == "/"
    assert UserSession.objects.filter(user=marie).count() == 1
    assert client.post("/accounts/logout/").url == "/"
    assert client.get("/settings/").status_code == 302


def test_end_other_sessions(client, marie):
    from django.test import Client

    other = Client()
    sign_in(client)
    sign_in(other)

    client.post("/accounts/sessions/")

    assert client.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


def test_lockout_after_too_many_failures(client, marie):
    answers = [sign_in(client, password="wrong-password").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    locked = sign_in(client)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "15 minutes" in locked.content.decode()
    assert sign_in(client, email="olga@example.org").status_code == 302


def test_unconfirmed_address_is_confirmed_at_sign_in(client, owner, make_member):
    make_member("Paul", confirmed=False)

    response = sign_in(client, email="paul@example.org")

    assert response.url == "/accounts/confirm-email/"
    assert len(mail.outbox) == 1


def test_asking_too_often_is_told_in_the_readers_language(client, marie, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    first, second = (sign_in(client, password="wrong-password") for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 429)
    assert "Attendez quelques minutes" in second.content.decode()


def test_password_reset(client, marie):
    client.post("/accounts/password/reset/", {"email": "marie@example.org"})
    (letter,) = mail.outbox
    link = re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)

    new = "un-autre-mot-2026"
    form = client.get(link, follow=True)
    changed = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert changed.url == "/accounts/password/reset/key/done/"
    assert sign_in(client).status_code == 200
    assert sign_in(client, password="un-autre-mot-2026").status_code == 302
    assert mail.outbox[-1].subject == "Votre mot de passe a été changé"
    assert "Ce lien ne sert plus" in client.get(link, follow=True).content.decode()


def test_password_reset_for_nobody_shows_the_same_page(client, marie):
    known = client.post("/accounts/password/reset/", {"email": "marie@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_change_of_address_waits_for_the_code(client, marie):
    sign_in(client)

    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert Member.objects.get(pk=marie.pk).email == "marie@example.org"
    letter = next(each for each in mail.outbox if each.to == ["new@example.org"])
    client.post("/accounts/confirm-email/", {"code": code_of(letter)})

    assert Member.objects.get(pk=marie.pk).email == "new@example.org"


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_authenticator_app_is_asked_for_at_sign_in(client, marie):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    kinds = set(Authenticator.objects.filter(user=marie).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200

    client.post("/accounts/logout/")
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    assert client.get("/settings/").status_code == 302
    codes = Authenticator.objects.get(user=marie, type="recovery_codes").wrap().get_unused_codes()
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/settings/").status_code == 200


def test_second_factor_is_forced_for_the_team(client, owner, marie, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(owner)

    assert client.get("/studio/house/").url == "/settings/security/"
    assert client.post("/studio/house/", {}).status_code == 403
    assert client.get("/settings/security/").context["factor_needed"]

    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/studio/house/").status_code == 200

    client.force_login(marie)
    assert client.get("/settings/").status_code == 200


def test_second_factor_can_be_lifted(client, owner, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(owner)

    assert client.get("/studio/house/").status_code == 200


def test_pages_speak_the_members_language_on_a_new_device(client, owner, make_member):
    client.force_login(make_member("Paul", language="en"))

    assert "My consents" in client.get("/settings/consents/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()


def test_consents_are_given_and_withdrawn_in_one_click(client, marie):
    client.force_login(marie)
    page = client.get("/settings/consents/")
    shown = {str(line["wording"].purpose): line["shown"] for line in page.context["lines"]}

    client.post("/settings/consents/influence/", {"decision": "give", "shown": shown["influence"]})
    assert list(marie.consents.values_list("purpose", "granted")) == [("influence", True)]
    client.post("/settings/consents/influence/", {"decision": "withdraw"})
    assert list(marie.consents.values_list("granted", flat=True)) == [True, False]
    stale = client.post("/settings/consents/influence/", {"decision": "give", "shown": "x"})
    assert stale.status_code == 409


def test_profile_form_keeps_what_was_typed(client, marie, make_member):
    make_member("Paul")
    client.force_login(marie)

    taken = client.post("/settings/", {"display_name": "Zoé", "handle": "paul", "bio": "Du pain", "interests": ""})

    assert taken.status_code == 422
    assert "Du pain" in taken.content.decode()
    saved = client.post("/settings/", {"display_name": "Zoé", "handle": "zoe", "interests": "Pain, miel, pain"})
    assert saved.status_code == 302
    assert Member.objects.get(pk=marie.pk).interests == ["pain", "miel"]


def test_profile_picture_is_cleaned(client, marie):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    client.force_login(marie)
    data = io.BytesIO()
    Image.new("RGB", (900, 900), "orange").save(data, "PNG")
    given = {"display_name": "Marie", "handle": "marie", "interests": ""}

    client.post("/settings/", {**given, "picture": SimpleUploadedFile("me.png", data.getvalue())})
    member = Member.objects.get(pk=marie.pk)
    assert Image.open(member.avatar).size == (480, 480)
    assert Image.open(member.avatar).format == "WEBP"

    refused = client.post("/settings/", {**given, "picture": SimpleUploadedFile("me.png", b"not a picture")})
    assert list(refused.context["form"].errors) == ["picture"]
    client.post("/settings/", {**given, "remove_picture": "on"})
    assert not Member.objects.get(pk=marie.pk).avatar


def test_house_has_its_own_terms(client, owner):
    actions.furnish_house(actor=owner, terms_of_use={"fr": "Soyez bons.", "en": ""})

    assert terms.terms_text("fr") == "Soyez bons."
    assert terms.terms_text("en").startswith("1. You take part under a name")
    assert "Soyez bons." in client.get("/accounts/signup/").content.decode()

"""Passkeys in a real browser: joining without a password, and signing in with the key, under the strict policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import expect

from essaim.people.models import Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def test_join_and_sign_in_with_a_passkey(page, owner):
    faults = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto("/accounts/signup/passkey/")
    page.fill("[name=display_name]", "Paul Martin")
    page.press("[name=display_name]", "Tab")
    expect(page.locator("[name=handle]")).to_have_value("paul.martin")
    page.fill("[name=email]", "paul@example.org")
    page.fill("[name=birth_year]", "1984")
    page.check("[name=accept_terms]")
    page.click("form.form button.main")
    page.wait_for_url("**/accounts/confirm-email/")
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.M).group(1)
    page.fill("[name=code]", code)
    page.click("form.form button.main")
    page.click("#mfa_webauthn_signup")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/settings/security/")
    assert "passkey · added" in page.inner_text("main")

    member = Member.objects.get(email="paul@example.org")
    assert not member.has_usable_password()
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1

    page.goto("/accounts/logout/")
    page.click("main button.main")
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/settings/")
    assert page.input_value("[name=display_name]") == "Paul Martin"
    assert faults == []

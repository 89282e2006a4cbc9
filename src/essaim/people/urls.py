"""Addresses of members and their settings."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from essaim.people import settings_views, token_views, views

own = (
    [
        path("welcome/", views.welcome, name="welcome"),
        path("legal/", views.legal, name="legal"),
        path("farewell/", settings_views.farewell, name="farewell"),
        path("handle/", views.handle, name="handle"),
        path("@<str:handle>/", views.profile, name="profile"),
        path("settings/", settings_views.profile, name="settings"),
        path("settings/language/", settings_views.language, name="language"),
        path("settings/consents/", settings_views.consents, name="consents"),
        path("settings/consents/<slug:purpose>/", settings_views.decide_consent, name="consent"),
        path("settings/security/", settings_views.security, name="security"),
        # Not under security/, which stands open to those who have yet to add a second proof.
        path("settings/tokens/", token_views.listed, name="tokens"),
        path("settings/tokens/new/", token_views.new, name="new-token"),
        path("settings/tokens/<int:pk>/revoke/", token_views.revoke, name="revoke-token"),
        path("settings/data/", settings_views.data, name="data"),
        path("settings/data/export/", settings_views.export, name="export"),
        path("settings/data/leave/", settings_views.leave, name="leave"),
    ],
    "people",
)

urlpatterns = [
    path("", include(own)),
    # The same pages as allauth's, shown as one.
    path("accounts/2fa/", RedirectView.as_view(pattern_name="people:security"), name="mfa_index"),
    path("accounts/2fa/webauthn/", RedirectView.as_view(pattern_name="people:security"), name="mfa_list_webauthn"),
    path("accounts/sessions/", settings_views.end_sessions, name="usersessions_list"),
    # The same doors as allauth's, where a refusal is told in the form.
    path("accounts/signup/", views.SignUp.as_view(), name="account_signup"),
    path("accounts/signup/passkey/", views.SignUpByPasskey.as_view(), name="account_signup_by_passkey"),
    path("accounts/3rdparty/signup/", views.SignUpByProvider.as_view(), name="socialaccount_signup"),
]

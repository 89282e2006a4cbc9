"""Where the sign-in library meets the house's own acts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string

from essaim.kit import clock
from essaim.people import actions, queries, terms
from essaim.people.letters import paragraphs
from essaim.people.models import Member
from essaim.people.queries import reader_language


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-ups go through `sign_up()`; a confirmed address is noted on the member; letters carry the house's name."""

    def save_user(self, request: HttpRequest, user: Member, form: Any, commit: bool = True) -> Member:
        return _sign_up(form, password=form.cleaned_data.get("password1"))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            Member.objects.filter(pk=email_address.user_id).update(email_confirmed_at=clock.now())
        return confirmed

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_from_email(self) -> str:
        name = queries.house().name.replace('"', "")
        return f'"{name}" <{settings.DEFAULT_FROM_EMAIL}>'

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        words = {**context, "house": queries.house(), "base_url": settings.BASE_URL}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
        text = render_to_string(f"{template_prefix}_message.txt", words).strip() + "\n"
        to = [email] if isinstance(email, str) else email
        letter = EmailMultiAlternatives(subject, text, self.get_from_email(), to, headers=headers)
        html = render_to_string("people/letter.html", {**words, "subject": subject, "paragraphs": paragraphs(text)})
        letter.attach_alternative(html, "text/html")
        return letter


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Newcomers from the house's provider fill in the same form; their address may already be vouched for."""

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Member:
        email = form.cleaned_data["email"].lower()
        vouched = any(each.verified and each.email.lower() == email for each in sociallogin.email_addresses)
        member = _sign_up(form, password=None)
        sociallogin.user = member
        sociallogin.save(request)
        if vouched:
            Member.objects.filter(pk=member.pk).update(email_confirmed_at=clock.now())
        return member

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        given = sociallogin.account.extra_data
        given = {**given.get("id_token", {}), **given.get("userinfo", {}), **given}
        return {"email": given.get("email", ""), "display_name": given.get("name", "")}


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes and keys are labelled with the house's name."""

    def get_totp_issuer(self) -> str:
        return queries.house().name


def _sign_up(form: Any, password: str | None) -> Member:
    given = form.cleaned_data
    language = reader_language()
    return actions.sign_up(
        email=given["email"],
        handle=given["handle"],
        display_name=given["display_name"],
        password=password,
        language=language,
        languages=given["languages"],
        birth_year=given["birth_year"],
        terms=terms.keep_terms(language),
    )

"""The part of every sign-up form that is the house's own, whatever door it stands at: password, passkey, provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.kit.errors import Refusal
from essaim.people import queries, terms
from essaim.people.domain import check_age, check_handle, suggest_handle
from essaim.people.errors import HandleTaken
from essaim.people.evidence import fingerprint
from essaim.people.models import Member
from essaim.people.queries import reader_language

OLDEST = 120


def language_choices() -> list[tuple[str, str]]:
    from django.conf import settings

    spoken = set(queries.house().languages)
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in spoken]


def free_handle(name: str) -> str:
    """A handle made of the name, with a figure when it is taken or reserved."""
    base = suggest_handle(name)
    staff = queries.staff_skeletons()
    for number in range(1, 1000):
        suffix = "" if number == 1 else str(number)
        handle = base[: 30 - len(suffix)] + suffix
        if _is_free(handle, staff):
            return handle
    raise HandleTaken(handle=base)


def _is_free(handle: str, staff: frozenset[str]) -> bool:
    try:
        check_handle(handle, staff)
    except Refusal:
        return False
    return not Member.objects.filter(handle__iexact=handle).exists()


class NewMemberForm(forms.Form):
    """Name, handle, age, languages, and the terms; e-mail and password are added by the door."""

    field_order = ("display_name", "handle", "email", "password1", "birth_year", "languages", "accept_terms")

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("The name others see. A first name or a pen name will do."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "name",
                "data-hx-get": "/handle/",
                "data-hx-trigger": "change",
                "data-hx-include": "[name=handle]",
                "data-hx-target": "#handle-field",
                "data-hx-swap": "outerHTML",
            }
        ),
    )
    handle = forms.CharField(
        label=_("Your handle"),
        max_length=30,
        required=False,
        help_text=_("Your address in the house, as in @marie. Left empty, we make it from your name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.NumberInput(attrs={"autocomplete": "bday-year", "inputmode": "numeric"}),
    )
    languages = forms.MultipleChoiceField(label=_("Languages you read"), widget=forms.CheckboxSelectMultiple)
    accept_terms = forms.BooleanField(label=_("I have read the terms of the house and accept them."))
    terms_seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        self.terms = terms.terms_text(language)
        choices = language_choices()
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]
        self.fields["languages"].initial = [language]
        self.fields["terms_seen"].initial = fingerprint(self.terms)
        age = queries.house().minimum_age
        self.fields["birth_year"].help_text = _(
            "This house is open from the age of %(age)s. Not shown to anyone."
        ) % {"age": age}
        for name in ("email", "password1"):
            if name in self.fields:
                self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().removeprefix("@")
        if not handle:
            return free_handle(self.cleaned_data.get("display_name", ""))
        with as_form_error():
            check_handle(handle, queries.staff_skeletons())
            if Member.objects.filter(handle__iexact=handle).exists():
                raise HandleTaken(handle=handle)
        return str(handle)

    def clean_birth_year(self) -> int:
        year, now = self.cleaned_data["birth_year"], clock.now().year
        if not now - OLDEST <= year <= now:
            raise ValidationError(_("Write the four figures of the year, such as 1984."))
        with as_form_error():
            check_age(year, now, queries.house().minimum_age)
        return int(year)

    def clean_terms_seen(self) -> str:
        seen = self.cleaned_data["terms_seen"]
        if seen != fingerprint(self.terms):
            corrected = self.data.copy()  # type: ignore[attr-defined]
            corrected["terms_seen"] = fingerprint(self.terms)
            self.data = corrected
            raise ValidationError(_("The terms changed while you were reading. Read them again, then send the form."))
        return str(seen)

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Nothing is left to do: the account was opened by the act."""


class as_form_error:
    """Within the block, a refusal becomes the error of the field being cleaned."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Refusal):
            raise ValidationError(str(error)) from error

"""Forms of the first page and of one's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from essaim.kit.images import ACCEPTED
from essaim.kit.images import clean as clean_picture
from essaim.kit.media import fresh_name
from essaim.people import queries, tokens
from essaim.people.domain import check_handle
from essaim.people.joining import as_form_error, language_choices
from essaim.people.models import Member

PASSWORD_HELP = _("Ten characters at least; a short sentence is easy to keep in mind.")


class TagsField(forms.CharField):
    """Words separated by commas, kept as a list without doubles."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = (" ".join(word.split()).lower()[:40] for word in str(value or "").split(","))
        return list(dict.fromkeys(word for word in words if word))[:20]


class WelcomeForm(forms.Form):
    """The house's name and its first owner."""

    house_name = forms.CharField(label=_("Name of the house"), max_length=80)
    display_name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    handle = forms.CharField(
        label=_("Your handle"),
        max_length=30,
        help_text=_("Your address in the house, as in @marie."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    email = forms.EmailField(label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_handle(self) -> str:
        with as_form_error():
            return check_handle(self.cleaned_data["handle"].strip().removeprefix("@"))
        raise AssertionError

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if password := given.get("password"):
            somebody = Member(email=given.get("email", ""), display_name=given.get("display_name", ""))
            try:
                password_validation.validate_password(password, somebody)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    interests = TagsField(
        label=_("Interests"), required=False, max_length=400, help_text=_("Separated by commas: bread, bikes, honey.")
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("We keep one small copy, without the place and the device noted in the file."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    remove_picture = forms.BooleanField(label=_("Remove my picture"), required=False)

    class Meta:
        model = Member
        fields = ("display_name", "handle", "bio", "place", "interests")
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "place": _("A town or an area, as wide as you like."),
            "handle": _("The old address of your page stops working."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.avatar:
            del self.fields["remove_picture"]

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().removeprefix("@")
        with as_form_error():
            if handle.casefold() != str(self.initial["handle"]).casefold():
                check_handle(handle, queries.staff_skeletons())
        return str(handle)

    def clean_picture(self) -> ContentFile | None:  # type: ignore[type-arg]
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        with as_form_error():
            picture = clean_picture(upload, most_bytes=settings.PICTURE_MOST_BYTES)
        return ContentFile(picture.small, f"{fresh_name()}.{picture.extension}")

    def changes(self) -> dict[str, Any]:
        """The member's fields as they shall be."""
        given = dict(self.cleaned_data)
        picture, remove = given.pop("picture"), given.pop("remove_picture", False)
        if picture or remove:
            given["avatar"] = picture or ""
        return given


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the pages and letters"), widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(label=_("Languages you read"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = language_choices()
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A key for a program: what it is for, and what it opens."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know it again: the program, the machine."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        choices=tuple(tokens.SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. Never more than you may do yourself."),
    )


class LeaveForm(forms.Form):
    """The second step of leaving: proof, and what is given up."""

    understood = forms.BooleanField(label=_("I understand that this cannot be undone."))
    give_up = forms.BooleanField(label=_("I give up the money the house still owes me."), required=False)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, member: Member, *args: Any, owed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not owed:
            del self.fields["give_up"]
        if not member.has_usable_password():
            del self.fields["password"]

"""Forms of the communities' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.communities.models import Community, Membership
from essaim.people import queries as people
from essaim.people.forms import TagsField
from essaim.people.models import Member

CHARTER_HELP = _("The rules everyone accepts on joining, and again when they change. Markdown.")


class CommunityForm(forms.ModelForm):  # type: ignore[type-arg]
    interests = TagsField(label=_("Interests"), required=False, max_length=400, help_text=_("Separated by commas."))

    class Meta:
        model = Community
        fields = ("name", "summary", "description", "visibility", "interests", "place", "parent")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = self.fields["parent"].queryset  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]


class FoundForm(CommunityForm):
    charter = forms.CharField(label=_("Charter"), help_text=CHARTER_HELP, widget=forms.Textarea(attrs={"rows": 8}))


class CharterForm(forms.Form):
    text = forms.CharField(label=_("Charter"), help_text=CHARTER_HELP, widget=forms.Textarea(attrs={"rows": 12}))


class PersonForm(forms.Form):
    """Someone named by his handle."""

    handle = forms.CharField(label=_("Handle of the member"), max_length=31)

    def clean_handle(self) -> Member:
        member = people.find_member(self.cleaned_data["handle"].strip().removeprefix("@"))
        if member is None:
            raise forms.ValidationError(_("Nobody here has this handle."))
        return member


class AppointForm(PersonForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in Membership.Role.choices if choice[0] != Membership.Role.MEMBER],
    )

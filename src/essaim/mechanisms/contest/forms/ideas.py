"""What members type in a contest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.fields import PercentField
from essaim.initiatives.forms import PictureForm
from essaim.mechanisms.contest.actions.ideas import LONGEST_STORY, LONGEST_TITLE
from essaim.people.models import Member
from essaim.people.queries import find_member


class IdeaForm(PictureForm):
    """An idea: its title, its story, a picture if there is one."""

    field_order = ("title", "body")

    title = forms.CharField(
        label=_("Your idea in a few words"),
        max_length=LONGEST_TITLE,
        help_text=_("Someone who reads only this should know what it is."),
        widget=forms.TextInput(
            attrs={"data-counter": "title-count", "data-most": str(LONGEST_TITLE), "autocomplete": "off"}
        ),
    )
    body = forms.CharField(
        label=_("Its story"),
        max_length=LONGEST_STORY,
        help_text=_(
            "What is it, who is it for, why would it be good? Write as you speak; blank lines make paragraphs."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class DraftForm(IdeaForm):
    """The same, kept as it is: a draft may be empty."""

    asks_what_it_shows = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class RightsForm(forms.Form):
    """The authors' agreement to the rights listed."""

    agreed = forms.BooleanField(
        label=_("I have read the rights above and grant them if my idea reaches their rung."),
        error_messages={
            "required": _("Tick the box to grant the rights; without them the idea cannot be published.")
        },
    )


class CoAuthorForm(forms.Form):
    """A share of one's own part, offered to somebody."""

    handle = forms.CharField(label=_("Handle of the member"), max_length=31, help_text=_("As written on her page."))
    share = PercentField(label=_("Share of the idea, in %"), min_value=1)

    def clean_handle(self) -> Member:
        name = self.cleaned_data["handle"].strip().removeprefix("@")
        member = find_member(name)
        if member is None:
            raise forms.ValidationError(_("Nobody here answers to this handle. Check it on the person's page."))
        return member


class ScoreForm(forms.Form):
    """A score out of 100 with its reasons, by a juror or a tester."""

    score = forms.IntegerField(
        label=_("Score out of 100"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    comment = forms.CharField(
        label=_("Why"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

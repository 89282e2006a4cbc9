"""Forms any mechanism can use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.actions.discussion import LONGEST_COMMENT
from essaim.initiatives.models import Comment, Reaction
from essaim.kit.errors import Refusal


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """Show a refusal on top of the form, with everything typed still in it."""
    form.add_error(None, str(refusal))


class CommentForm(forms.Form):
    body = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Nothing is written. Write a few words.")},
    )
    in_reply_to = forms.ModelChoiceField(
        queryset=Comment.objects.none(), required=False, widget=forms.HiddenInput, label=_("In answer to")
    )
    official = forms.BooleanField(label=_("Answer in the name of the house"), required=False)

    def __init__(self, *args: object, about: int, official: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["in_reply_to"].queryset = Comment.objects.filter(about=about)  # type: ignore[attr-defined]
        if not official:
            del self.fields["official"]


class EditForm(forms.Form):
    body = forms.CharField(label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 4}))


class ReactionForm(forms.Form):
    kind = forms.ChoiceField(choices=[("", "–"), *Reaction.Kind.choices], required=False)

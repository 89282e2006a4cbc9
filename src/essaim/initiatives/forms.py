"""Forms any mechanism can use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essaim.initiatives.actions.discussion import LONGEST_COMMENT
from essaim.initiatives.actions.pictures import Illustration, keep_picture, waiting
from essaim.initiatives.domain import LONGEST_ALT, PictureGone, PictureNotDescribed
from essaim.initiatives.models import Comment, Picture, Reaction
from essaim.kit.errors import Refusal
from essaim.kit.images import ACCEPTED
from essaim.people.models import Member


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


class ReasonForm(forms.Form):
    """An act that must be explained in public."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        help_text=_("It will be public."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PictureForm(forms.Form):
    """A picture and what it shows, for forms whose text it illustrates; see `initiatives/picture_fields.html`.

    A browser never sends a chosen file twice. So the picture is kept as soon as it arrives, and the form, when it
    comes back for another reason, names it in `picture_key`.
    """

    picture = forms.FileField(
        label=_("Choose a file"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    picture_alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("One sentence, for those who cannot see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    picture_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    asks_what_it_shows = True

    def __init__(self, *args: Any, sender: Member, shown: Picture | None = None, **kwargs: Any) -> None:
        if shown is not None:
            kwargs["initial"] = {"picture_alt": shown.alt, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.sender, self.shown = sender, shown
        self.kept: Picture | None = None
        self.fields["picture"].help_text = gettext(
            "JPEG, PNG or WebP, at most %(limit)s MB. The place and the device noted in the file are taken out."
        ) % {"limit": settings.PICTURE_MOST_BYTES // 1024**2}

    @property
    def picture_shown(self) -> Picture | None:
        """The picture the form stands for as it is now: just sent, sent before, or shown already."""
        if self.kept is None and (key := self["picture_key"].value()):
            self.kept = waiting().filter(sender=self.sender, key=key).first()
        return self.kept or self.shown

    def clean_picture(self) -> None:
        """Keep what was sent; the form names it from now on."""
        if upload := self.cleaned_data["picture"]:
            try:
                self.kept = keep_picture(sender=self.sender, upload=upload)
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("picture_key")] = self.kept.key
            self.data = data

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["illustration"] = self._illustration(given)
        for name in ("picture", "picture_alt", "picture_key", "remove_picture"):
            given.pop(name, None)
        return given

    def _illustration(self, given: dict[str, Any]) -> Illustration | None:
        if given.get("remove_picture") and self.kept is None:
            return Illustration()
        picture, alt, key = self.picture_shown, given.get("picture_alt", ""), given.get("picture_key")
        if key and (picture is None or picture.key != key):
            self.add_error("picture", str(PictureGone()))
        if picture is None:
            return None
        if self.asks_what_it_shows and not alt and "picture_alt" not in self.errors:
            self.add_error("picture_alt", str(PictureNotDescribed()))
        return Illustration(picture, alt)

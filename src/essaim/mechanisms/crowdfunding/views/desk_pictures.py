"""Pictures that come with a text at the desk: kept at once, so that no refusal of the rest loses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from essaim.initiatives.desk_views import person, tried
from essaim.kit.errors import Forbidden, Refusal
from essaim.mechanisms.crowdfunding import actions
from essaim.mechanisms.crowdfunding.models import StoryPicture
from essaim.mechanisms.crowdfunding.views.sheet import Sheet

Remake = Callable[[Any, Any], Any]


def pictured(request: HttpRequest, sheet: Sheet, remake: Remake, into: str) -> Any:
    """The posted form; with a picture in it, the form whose text `into` names the picture at its end."""
    form = remake(request.POST, request.FILES)
    form.is_valid()
    upload, alt = form.cleaned_data.get("picture"), form.cleaned_data.get("picture_alt")
    if not (upload and alt):
        return form
    try:
        made = actions.add_picture(campaign=sheet.campaign, actor=person(request), upload=upload, alt=alt)
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error("picture", str(refusal))
        return form
    words, files = request.POST.copy(), request.FILES.copy()
    words[into] = f"{words.get(into, '').rstrip()}\n\n{made.mark}\n"
    words["picture_alt"] = ""
    files.pop("picture", None)
    return remake(words, files)


def removed(request: HttpRequest, sheet: Sheet) -> bool:
    """Put a picture away when that is what was asked for."""
    if not (asked := request.POST.get("remove-picture", "")):
        return False
    picture = get_object_or_404(StoryPicture, key=asked, campaign=sheet.campaign)
    tried(
        request, lambda: actions.remove_picture(picture=picture, actor=person(request)), _("The picture is removed.")
    )
    return True


def pictures(sheet: Sheet) -> list[StoryPicture]:
    return list(StoryPicture.objects.filter(campaign=sheet.campaign))

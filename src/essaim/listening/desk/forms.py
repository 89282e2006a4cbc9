"""What the desk asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.listening.desk import domain
from essaim.listening.desk.models import Brand, Item, Promise
from essaim.listening.desk.policy import Role
from essaim.listening.desk.queries.inbox import Wanted
from essaim.listening.desk.routes import Way
from essaim.listening.models import Source
from essaim.listening.reading.models import Kind, Polarity, Topic
from essaim.people.models import Member

STATES = (
    ("open", _("To see to")),
    ("mine", _("Mine")),
    ("answered", _("Answered")),
    ("later", _("Later")),
    ("closed", _("Closed")),
    ("all", _("All")),
)
ANY = [("", _("any"))]


def day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def team() -> list[Member]:
    """Those who see to mentions."""
    roles = (Role.OWNER, Role.MANAGER, Role.MODERATOR)
    found = Member.objects.filter(house_roles__role__in=roles, is_active=True, erased_at=None)
    return list(found.distinct().order_by("sort_key"))


class FilterForm(forms.Form):
    """How the inbox is narrowed down; lives in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *Kind.choices])
    polarity = forms.TypedChoiceField(
        label=_("Polarity"), required=False, choices=[*ANY, *Polarity.choices], coerce=int, empty_value=None
    )
    brand = forms.TypedChoiceField(label=_("Brand"), required=False, coerce=int, empty_value=None)
    source = forms.TypedChoiceField(label=_("Source"), required=False, coerce=int, empty_value=None)
    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)
    assignee = forms.ChoiceField(label=_("Seen to by"), required=False)
    language = forms.CharField(label=_("Language"), required=False, max_length=3)
    platform = forms.CharField(label=_("Platform"), required=False, max_length=40)
    aspect = forms.CharField(label=_("Aspect"), required=False, max_length=60)
    hostile = forms.BooleanField(label=_("Hurtful words only"), required=False)
    since = day(label=_("From"), required=False)
    until = day(label=_("To"), required=False)

    def __init__(self, data: Any, *, reader: Member) -> None:
        super().__init__(data)
        self.reader = reader
        people = [(str(one.pk), str(one)) for one in team()]
        choices = {
            "brand": [(row.pk, row.name) for row in Brand.objects.all()],
            "source": list(Source.objects.values_list("pk", "name")[:200]),
            "topic": list(Topic.objects.filter(gone_at=None).values_list("pk", "name")[:100]),
            "assignee": [("nobody", _("nobody")), *people],
        }
        for name, found in choices.items():
            self.fields[name].choices = [*ANY, *found]  # type: ignore[attr-defined, misc]

    def wanted(self) -> Wanted:
        """The filter; what was typed wrong narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        state, assignee = given.get("state") or "open", given.get("assignee") or ""
        mine = self.reader.pk if state == "mine" else None
        return Wanted(
            state="open" if state == "mine" else state,
            assignee=mine or (int(assignee) if assignee.isdigit() else None),
            unassigned=assignee == "nobody",
            words=given.get("q") or "",
            hostile=bool(given.get("hostile")),
            **self._given("polarity", "source", "brand", "topic", "since", "until", otherwise=None),
            **self._given("kind", "language", "platform", "aspect", otherwise=""),
        )

    def _given(self, *names: str, otherwise: Any) -> dict[str, Any]:
        found = {name: self.cleaned_data.get(name) for name in names}
        return {name: otherwise if value in ("", None) else value for name, value in found.items()}

    @property
    def narrows(self) -> bool:
        """Anything beyond the state is asked for."""
        return any(value for name, value in self.data.items() if name in self.fields and name != "state")


class AssignForm(forms.Form):
    to = forms.ChoiceField(label=_("Seen to by"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, item: Item, actor: Member) -> None:
        held = item.assignee_id or 0
        super().__init__(data, initial={"to": held or "", "seen": held})
        self.people = {str(one.pk): one for one in team()}
        self.fields["to"].choices = [("", _("nobody")), *((pk, str(one)) for pk, one in self.people.items())]  # type: ignore[attr-defined]

    def act(self) -> dict[str, Any]:
        return {"assignee": self.people.get(self.cleaned_data["to"]), "seen": self.cleaned_data["seen"]}


class AnswerForm(forms.Form):
    """Text, and the way back: by the platform itself where the source can, else by hand with the address."""

    text = forms.CharField(label=_("Your answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    way = forms.ChoiceField(label=_("How it is given"), widget=forms.RadioSelect)
    url = forms.URLField(
        label=_("Where your answer stands"),
        required=False,
        max_length=2_000,
        assume_scheme="https",
        help_text=_("Its address, when you published it there yourself."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, back: Way | None, seen: int) -> None:
        super().__init__(data, initial={"key": uuid4(), "seen": seen, "way": "itself" if back else "hand"})
        here = _("On a page of this house, and theirs is told of it (webmention)")
        ways = [("itself", here if back.on_page else _("The house publishes it there"))] if back else []
        ways.append(("hand", _("I published it there by hand")))
        self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def act(self) -> dict[str, Any]:
        given = self.cleaned_data
        by_hand = given["way"] == "hand"
        url = given["url"] if by_hand else ""
        return {"text": given["text"], "key": given["key"], "seen": given["seen"], "by_hand": by_hand, "url": url}


class PlaceForm(forms.Form):
    """Where an answer stands that a person published."""

    url = forms.URLField(label=_("Where your answer stands"), max_length=2_000, assume_scheme="https")


class SnoozeForm(forms.Form):
    until = day(label=_("Until"))

    def __init__(self, data: Any = None) -> None:
        tomorrow = timezone.localdate(clock.now()) + timedelta(days=1)
        super().__init__(data, initial={"until": tomorrow})

    def act(self) -> dict[str, Any]:
        from essaim.listening.desk.rollup import starts

        return {"until": starts(self.cleaned_data["until"])}


class CloseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Item.Reason.choices)
    note = forms.CharField(label=_("A word for the team"), required=False, max_length=500)

    def act(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CorrectForm(forms.Form):
    """What the reading said, to be put right; only what was changed is kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    polarity = forms.ChoiceField(label=_("Polarity"), choices=Polarity.choices)
    language = forms.RegexField(r"^[a-z]{2,3}$", label=_("Language"), max_length=3, help_text=_("As fr, en, nl."))
    hostile = forms.BooleanField(label=_("Hurtful words"), required=False)

    def __init__(self, data: Any = None, *, reading: Any) -> None:
        names = ("kind", "polarity", "language", "hostile")
        super().__init__(data, initial={name: getattr(reading, name, None) for name in names})

    def changes(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        return [
            (name, "1" if given[name] is True else "0" if given[name] is False else str(given[name]))
            for name in given
            if str(given[name]) != str(self.initial.get(name))
        ]


class PromiseForm(forms.ModelForm):  # type: ignore[type-arg]
    due_on = day(label=_("until"))

    class Meta:
        model = Promise
        fields = ("text", "due_on")

    def act(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class OutcomeForm(forms.Form):
    kept = forms.TypedChoiceField(
        label=_("Was it kept?"),
        choices=[("yes", _("Yes, it was done")), ("no", _("No, it was not done"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("what became of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    url = forms.URLField(label=_("where it can be seen"), required=False, max_length=1_000, assume_scheme="https")


class BrandForm(forms.Form):
    name = forms.CharField(label=_("name"), max_length=80)
    words = forms.CharField(
        label=_("words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        help_text=_("One per line: names as people write them, handles (@name), tags (#name). Accents and capitals do not matter."),  # noqa: E501
    )  # fmt: skip
    own = forms.BooleanField(label=_("our own brand"), required=False)

    def __init__(self, data: Any = None, *, brand: Brand | None = None) -> None:
        initial = {"name": brand.name, "words": "\n".join(brand.words), "own": brand.own} if brand else None
        super().__init__(data, initial=initial)
        if brand is not None:
            del self.fields["name"]

    def act(self) -> dict[str, Any]:
        return {**self.cleaned_data, "words": domain.words_of(self.cleaned_data["words"])}


class PanelForm(forms.Form):
    sources = forms.TypedMultipleChoiceField(
        label=_("Sources counted"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    brands = forms.TypedMultipleChoiceField(
        label=_("Brands compared"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("why it changed"), required=False, max_length=240)

    def __init__(self, data: Any = None, *, panel: Any = None) -> None:
        held = {"sources": panel.sources, "brands": panel.brands} if panel else None
        super().__init__(data, initial=held)
        self.fields["sources"].choices = list(Source.objects.values_list("pk", "name"))  # type: ignore[attr-defined]
        followed = Brand.objects.filter(retired_at=None)
        self.fields["brands"].choices = [(row.pk, row.name) for row in followed]  # type: ignore[attr-defined]

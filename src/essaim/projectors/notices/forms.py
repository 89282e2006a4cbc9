"""How often, for each topic."""

from __future__ import annotations

from typing import Any

from django import forms

from essaim.people.models import Member
from essaim.projectors.notices import domain, queries
from essaim.projectors.notices.models import Frequency, Topic


class PreferencesForm(forms.Form):
    """One choice per topic."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic, often in queries.preferences(member).items():
            self.fields[topic.value] = forms.ChoiceField(
                label=Topic(topic.value).label, choices=Frequency.choices, initial=often.value
            )

    def chosen(self) -> dict[domain.Topic, domain.Frequency]:
        return {domain.Topic(name): domain.Frequency(value) for name, value in self.cleaned_data.items()}

"""What the catalogue shows: the components, with the words of a bakery that never was."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from essaim.kit import clock
from essaim.kit.errors import Conflict, gettext_noop
from essaim.kit.parts import Event, Rung, Tab

SPRITE = Path(__file__).parent / "static" / "kit" / "icons.svg"
SHEETS = ("components", "forms", "states", "contest", "idea", "desk", "prose")

_PEOPLE = ("Maud Terrier", "Idris Benali", "Rosalie Quint", "Paul Ostermann", "Awa Diop", "Jeanne Lhomme")


class SampleForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the idea"),
        max_length=80,
        widget=forms.TextInput(attrs={"data-counter": "title-count", "data-most": "80"}),
    )
    pitch = forms.CharField(
        label=_("In one sentence"), help_text=_("What would change on our tables?"), widget=forms.Textarea
    )
    price = forms.CharField(label=_("Fair price"), required=False, help_text=_("In euros, for example 3.20."))
    shelf = forms.ChoiceField(
        label=_("Shelf"), choices=[("bread", _("Bread")), ("bun", _("Buns")), ("cake", _("Cakes"))]
    )
    moment = forms.ChoiceField(
        label=_("When would you eat it?"),
        widget=forms.RadioSelect,
        choices=[("morning", _("In the morning")), ("noon", _("At noon")), ("evening", _("In the evening"))],
    )
    promise = forms.BooleanField(label=_("This idea is mine"), help_text=_("Alone or with the co-authors I name."))
    picture = forms.FileField(label=_("A picture"), required=False)


class LastVoteGone(Conflict):
    cause = gettext_noop("Your last vote was used in another tab.")
    remedy = gettext_noop("Take one back to vote for this idea.")


def people() -> list[dict[str, str]]:
    return [{"display_name": name, "get_absolute_url": "#"} for name in _PEOPLE]


def ladder(reached: int = 1, fraction: float = 0.62) -> list[Rung]:
    """The ladder of a contest with `reached` rungs behind it."""
    words = sample()["ladder"]
    pays = (0, 50_000, 150_000, 0)
    rungs = []
    for index, (name, detail) in enumerate(words):
        state = "reached" if index < reached else "next" if index == reached else "ahead"
        rungs.append(
            Rung(
                name=name,
                detail=detail,
                state=state,
                pays=pays[index],
                fraction=fraction if state == "next" else 0.0,
                when=EPOCH + timedelta(days=20 * index) if state == "reached" else None,
            )
        )
    return rungs


EPOCH = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)

SAMPLES: dict[str, dict[str, Any]] = {
    "en": {
        "contest": "The bread of the neighbourhood",
        "brief": "We bake forty loaves a day that go unsold. "
        "Invent the bread that people would cross the street for.",
        "ideas": [
            ("Rye and honey loaf", "A dark loaf that keeps for a week and goes with cheese."),
            ("Bread of yesterday, biscuits of today", "Dry what is left, grind it, bake it again with lemon."),
            ("The half loaf for one", "Smaller, same crust, same price per kilo."),
        ],
        "story": "My grandmother kept her bread **a whole week** in a linen bag. The secret was in the rye, "
        "and in a spoon of honey that keeps the crumb soft.\n\n- 60 % rye from the valley\n"
        "- natural leaven, 18 hours\n"
        "- one spoon of honey per kilo\n\n> It tasted better on the third day than on the first.\n",
        "answer": "We baked twelve of them on Tuesday: eleven were sold before noon. "
        "We will test forty in May and tell you here what they cost us, to the cent.",
        "comment": "Would it hold with less salt? My father may not have much.",
        "reply": "Yes: we tried 12 g per kilo, nobody noticed.",
        "baker": "Baker of the house",
        "community": "Friends of the oven",
        "ladder": [
            ("Submitted", "Reread by the house, published within two days."),
            ("Chosen by the jury", "Five bakers and five members, in public."),
            ("Carried by 200 votes", "Members' votes, counted when the vote closes."),
            ("On the shelf", "10 % of net sales for three years."),
        ],
    },
    "fr": {
        "contest": "Le pain du quartier",
        "brief": "Quarante pains invendus par jour. Inventez celui pour lequel on traverserait la rue.",
        "ideas": [
            ("Tourte de seigle au miel", "Une miche sombre qui se garde une semaine et va au fromage."),
            ("Pain d’hier, biscuits du jour", "Sécher ce qui reste, le moudre, le recuire au citron."),
            ("Le demi-pain pour un", "Plus petit, même croûte, même prix au kilo."),
        ],
        "story": "Ma grand-mère gardait son pain **une semaine entière** dans un sac de lin. "
        "Le secret tenait au seigle, "
        "et à une cuillère de miel qui garde la mie souple.\n\n"
        "- 60 % de seigle de la vallée\n- levain naturel, 18 heures\n"
        "- une cuillère de miel par kilo\n\n> Il était meilleur le troisième jour que le premier.\n",
        "answer": "Nous en avons cuit douze mardi : onze étaient vendus avant midi. "
        "Nous en essaierons quarante en mai et nous vous dirons ici ce qu’ils nous coûtent, au centime près.",
        "comment": "Tiendrait-il avec moins de sel ? Mon père y a droit à peine.",
        "reply": "Oui : nous avons essayé 12 g par kilo, personne n’a rien remarqué.",
        "baker": "Boulangère de la maison",
        "community": "Les amis du four",
        "ladder": [
            ("Déposée", "Relue par la maison, publiée sous deux jours."),
            ("Retenue par le jury", "Cinq boulangers et cinq membres, en public."),
            ("Portée par 200 voix", "Les voix des membres, comptées à la clôture."),
            ("En rayon", "10 % des ventes nettes pendant trois ans."),
        ],
    },
}


def sample() -> dict[str, Any]:
    language = (translation.get_language() or "fr")[:2]
    return SAMPLES.get(language, SAMPLES["en"])


def context(request: HttpRequest) -> dict[str, object]:
    """Everything the sheets draw; computed anew for each page, nothing is stored."""
    ideas = [
        {"title": title, "pitch": pitch, "author": person, "rungs": ladder(reached, fraction)}
        for (title, pitch), person, reached, fraction in zip(
            sample()["ideas"], people(), (2, 1, 3), (0.62, 0.2, 0.0), strict=False
        )
    ]
    return {
        "sample": sample(),
        "sheets": SHEETS,
        "people": people(),
        "ladder": ladder(2),
        "ideas": ideas,
        "idea": ideas[0],
        "form": SampleForm(),
        "bound": SampleForm({"title": "", "pitch": "…", "shelf": "stone", "moment": "noon"}),
        "events": _events(),
        "tabs": _tabs(),
        "page": Paginator(range(60), 12).page(2),
        "soon": clock.now() + timedelta(days=3, minutes=5),
        "past": EPOCH,
        "refusal": LastVoteGone(),
        "sales": [("03/2026", 214, 68_480, 6_848), ("04/2026", 371, 118_720, 11_872), ("05/2026", 12, 3_840, 384)],
        "icons": drawings(),
    }


def _events() -> list[Event]:
    titles = [name for name, _detail in sample()["ladder"]]
    states = ("done", "done", "now", "")
    return [
        Event(title=title, when=EPOCH + timedelta(days=20 * index) if state else None, state=state)
        for index, (title, state) in enumerate(zip(titles, states, strict=True))
    ]


def _tabs() -> list[Tab]:
    return [
        Tab(_("Ideas"), "#ideas", current=True, count=38),
        Tab(_("The ladder"), "#ladder"),
        Tab(_("People"), "#people", count=1204),
        Tab(_("Books"), "#books"),
    ]


def drawings() -> list[str]:
    """The names of the sprite's drawings."""
    return re.findall(r'symbol id="([^"]+)"', SPRITE.read_text())

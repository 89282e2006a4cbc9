"""A year of what was said outside: about the house and two rivals, by three hundred voices on five platforms.

Planted, for the pages to find: two circles of people who talk with one another, a critic who is read, and a day on
which everybody speaks of the same thing. Posts are taken in as a file is; what reads them, and who carries the word,
is calculated by the worker once the house is open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any
from uuid import UUID

from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline, morning, with_savepoints
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.listening.desk import acts as desk
from essaim.listening.desk.models import Item
from essaim.listening.intake import take_in
from essaim.listening.models import Mention, Run, Source
from essaim.listening.post import Author, Post, Tie
from essaim.projectors.influence import actions as influence
from essaim.studio.listen.actions import propose_suggestion

SAID: dict[str, Any] = tomllib.loads(files("essaim.demo").joinpath("listening.toml").read_text())
YEAR = 360  # days of listening
SCENE = 110  # voices on each platform that speak now and then
MORE_EACH_MONTH = 1.8  # 1 would be as much every month; the brand gets known
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
KEPT_DAYS = 730  # the year stays to be looked at
INVITED = 10


class ListeningLife:
    """From the first brand named to the answers of this morning."""

    def __init__(self, timeline: Timeline, village: Village, seed: int) -> None:
        self.timeline, self.village = timeline, village
        self.random = Random(f"{seed} listening")
        self.posts = _Posts(self.random, timeline.end)
        self.numbers: dict[str, int] = {}

    def plan(self) -> None:
        end = self.timeline.end
        self.timeline.plan(end - 8 * HOUR, self.listen)
        for place, written in enumerate(SAID["written"]):
            self.timeline.plan(end - 6 * HOUR + place * 20 * MINUTE, self.see_to, written=written)
        self.timeline.plan(end - HOUR, self.have_it_counted)

    def listen(self) -> None:
        """Brands first, so that they are found as posts come in; then the files, and the panel over all of it."""
        owner = self.village.owner
        brands = [
            desk.name_brand(actor=owner, name=brand["name"], words=brand["words"], own=brand.get("own", False))
            for brand in SAID["brands"]
        ]
        sources = [self._file(file) for file in SAID["files"]]
        for source, file in zip(sources, SAID["files"], strict=True):
            platforms = {name for name, _weight in file["platforms"]}
            posts = [post for post in self.posts.all() if post.platform in platforms]
            run = Run.objects.create(source=source, purpose=Run.Purpose.IMPORT)
            with with_savepoints():
                take_in(posts, source=source, run=run)
            run.ended_at = clock.now()
            run.save(update_fields=["ended_at"])
        desk.lock_panel(
            actor=owner, sources=[source.pk for source in sources], brands=[brand.pk for brand in brands],
            reason="Tout ce que nous suivons",
        )  # fmt: skip

    def _file(self, file: dict[str, Any]) -> Source:
        return Source.objects.create(
            kind="posts", name=file["name"], address=file["address"], state=Source.State.DONE, next_run_at=None,
            retention_days=KEPT_DAYS, created_by=self.village.owner,
        )  # fmt: skip

    def see_to(self, written: dict[str, Any]) -> None:
        """What the team does about one of the posts it picked."""
        mention = Mention.objects.get(external_id=written["slug"], platform=written["platform"])
        who = self.village.named[written["assigned_to"]]
        desk.assign(mention_id=mention.pk, actor=self.village.owner, assignee=who)
        if told := written.get("answer"):
            key = UUID(int=self.random.getrandbits(128))
            desk.answer(mention_id=mention.pk, actor=who, text=told, key=key, seen=0, url=f"{mention.url}#answer")
        if promised := written.get("promise"):
            due = (clock.now() + written["due_in"] * DAY).date()
            desk.promise(mention_id=mention.pk, actor=who, text=promised, due_on=due)
        if idea := written.get("idea"):
            contest = Initiative.objects.get(slug=idea["contest"])
            propose_suggestion(
                mention_id=mention.pk, initiative=contest, actor=who, title=idea["title"], text=idea["text"]
            )
        if days := written.get("snoozed"):
            desk.snooze(mention_id=mention.pk, actor=who, until=clock.now() + days * DAY)
        if reason := written.get("closed"):
            desk.close(mention_id=mention.pk, actor=who, reason=Item.Reason(reason))

    def have_it_counted(self) -> None:
        """The worker's first tasks, once the house is open: who carries the word and whom to invite. Sums and bursts
        follow by themselves when posts are read."""
        owner = self.village.owner
        influence.ask_run(actor=owner)
        influence.ask_plan(actor=owner, budget=INVITED, voices=True)


class _Posts:
    """The posts themselves, the same for the same seed and day."""

    def __init__(self, random: Random, end: datetime) -> None:
        self.random, self.end = random, end
        self._made: list[Post] = []
        self._number = 0

    def all(self) -> Sequence[Post]:
        if not self._made:
            for file in SAID["files"]:
                self._made += self._chatter(file)
            for circle in SAID["circles"]:
                self._made += self._circle(circle)
            self._made += self._critic()
            self._made += self._burst()
            self._made += [_written(written, self._day(written["days_ago"])) for written in SAID["written"]]
        return self._made

    def _day(self, days_ago: float) -> datetime:
        """Some moment of that day between eight and ten in the evening, never after the intake."""
        moment = morning(self.end - days_ago * DAY) + timedelta(minutes=self.random.uniform(-120, 720))
        return min(moment, self.end - 9 * HOUR)

    def _post(self, platform: str, handle: str, language: str, text: str, moment: datetime, **more: Any) -> Post:
        self._number += 1
        number = f"{platform}-{self._number}"
        return Post(
            platform, number, Author(handle, handle.replace("_", " ").title()), text, moment,
            url=f"https://{platform}.example/{number}", language=language,
            reactions=int(self.random.paretovariate(1.2)) - 1, **more,
        )  # fmt: skip

    def _chatter(self, file: dict[str, Any]) -> Iterator[Post]:
        """What anybody says of a brand; now and then somebody answers."""
        random = self.random
        names, weights = zip(*file["platforms"], strict=True)
        for _ in range(file["posts"]):
            platform = random.choices(names, weights)[0]
            language = "fr" if random.random() < 0.66 else "en"
            brand = random.choices(SAID["brands"], [brand["weight"] for brand in SAID["brands"]])[0]["name"]
            said = self._post(
                platform, self._somebody(platform), language, self._sentence(brand, language),
                self._day(2 + YEAR * random.random() ** MORE_EACH_MONTH),
            )  # fmt: skip
            yield said
            if random.random() < 0.14 and platform != "reviews":
                text = random.choice(SAID["answers"][language])
                yield self._answer(said, self._somebody(platform), text)

    def _somebody(self, platform: str) -> str:
        """Few speak often, most once or twice."""
        return f"{platform}_{int(SCENE * self.random.random() ** 2):03}"

    def _answer(self, to: Post, handle: str, text: str) -> Post:
        moment = min(to.published + timedelta(minutes=self.random.uniform(3, 900)), self.end - 9 * HOUR)
        return self._post(
            to.platform, handle, to.language, text, max(moment, to.published + MINUTE), tie=Tie.REPLY,
            parent=to.external_id,
        )  # fmt: skip

    def _sentence(self, brand: str, language: str) -> str:
        random = self.random
        kinds = SAID["said"]
        kind = kinds[random.choices(list(kinds), [each["weight"] for each in kinds.values()])[0]]
        body = self._filled(random.choice(kind[language]), language, brand=brand)
        opening = random.choice(SAID["opening"][language])
        body = body if opening.endswith((": ", ", ")) else body[0].upper() + body[1:]
        closing: str = random.choice(SAID["closing"][kind["closing"]][language])
        return f"{opening}{body}{closing}"

    def _filled(self, text: str, language: str, **given: str) -> str:
        slots = {name: self.random.choice(words) for name, words in SAID["slots"][language].items()}
        return text.format(**{**slots, **given})

    def _circle(self, circle: dict[str, Any]) -> Iterator[Post]:
        """Threads in which the same people answer one another; one of them answers most."""
        random, people = self.random, circle["people"]
        for number in range(circle["threads"]):
            opener = random.choice(people)
            text = circle["openings"][number % len(circle["openings"])]
            said = self._post(
                circle["platform"], opener, circle["language"], text, self._day(random.uniform(3, YEAR * 0.7)),
                tags=tuple(circle["tags"]),
            )  # fmt: skip
            yield said
            others = random.sample([one for one in people if one != opener], 5)
            answering = list(dict.fromkeys([circle["expert"], *others])) if random.random() < 0.7 else others
            last = said
            for who in answering:
                if who != last.author.handle:  # type: ignore[union-attr]
                    to = last if random.random() < 0.4 else said
                    last = self._answer(to, who, random.choice(circle["replies"]))
                    yield last

    def _critic(self) -> Iterator[Post]:
        critic = SAID["critic"]
        for number, text in enumerate(critic["posts"]):
            days_ago = 5 + (len(critic["posts"]) - number) * 22
            said = self._post(
                critic["platform"], critic["handle"], critic["language"], text, self._day(days_ago), reach=8_000
            )
            yield said
            for _ in range(self.random.randint(2, 4)):
                yield self._answer(said, self._somebody(critic["platform"]), self.random.choice(critic["readers"]))

    def _burst(self) -> Iterator[Post]:
        burst = SAID["burst"]
        for _ in range(burst["posts"]):
            platform = self.random.choices(("mastodon", "bluesky", "forum"), (4, 4, 1))[0]
            language = "fr" if self.random.random() < 0.8 else "en"
            seen = self.random.choice(burst["slots"][language]["when_seen"])
            text = self._filled(self.random.choice(burst[language]), language, when_seen=seen)
            text += self.random.choice(SAID["closing"]["none"][language])
            yield self._post(platform, self._somebody(platform), language, text, self._day(burst["days_ago"]))


def _written(written: dict[str, Any], moment: datetime) -> Post:
    slug, platform, author = written["slug"], written["platform"], written["author"]
    return Post(
        platform, slug, Author(author, author.replace("_", " ").title()), written["text"], moment,
        url=f"https://{platform}.example/{slug}", title=written.get("title", ""), language=written["language"],
        reactions=3,
    )  # fmt: skip

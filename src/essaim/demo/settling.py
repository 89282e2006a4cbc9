"""The people: staff on the first day, members over two years, each in the communities that suit him."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from essaim.communities import actions as communities
from essaim.communities.models import Community
from essaim.demo.timeline import Timeline
from essaim.demo.world import PASSWORD, PERSONS, WORLD, text
from essaim.kit.text import slugify
from essaim.ledger.entries import deposit
from essaim.ledger.post import post
from essaim.people import actions as people
from essaim.people.models import HouseRole, Member

DAY = timedelta(days=1)
FOUNDERS = 0.45  # the part of the members who come in the first two months: the customers one already had
HOUSE_MONEY = 2_500_000  # cents


class Village:
    """Everyone who lives in the house, as they arrive."""

    def __init__(self, timeline: Timeline, random: Random, size: int) -> None:
        self.timeline, self.random, self.size = timeline, random, size
        self.named: dict[str, Member] = {}
        self.communities: dict[str, Community] = {}
        self.inhabitants: dict[str, list[Member]] = {}
        self._handles: set[str] = set()

    def move_in(self) -> None:
        self.timeline.plan(self.timeline.start, self.open_house)
        for number in range(self.size - len(PERSONS)):
            self.timeline.plan(self._arrival(), self.settle, number=number)

    def _arrival(self) -> Any:
        whole = self.timeline.end - self.timeline.start - 3 * DAY
        soon = self.random.random() < FOUNDERS
        return self.timeline.start + DAY + (60 * DAY if soon else whole) * self.random.random()

    def open_house(self) -> None:
        owner, *others = PERSONS
        house = WORLD["house"]
        self.named[owner["handle"]] = people.create_owner(
            email=owner["email"],
            handle=owner["handle"],
            display_name=owner["name"],
            password=PASSWORD,
            language=owner["language"],
            house_name=house["name"],
        )
        people.furnish_house(
            actor=self.named[owner["handle"]], taglines=house["taglines"], promises=house["promises"]
        )
        for person in others:
            self._welcome(person)
        for handle in ("nadia", "tom"):
            for purpose in ("influence", "dialogue"):
                people.give_consent(actor=self.named[handle], purpose=purpose)
        self._tell_password()
        self._found_communities()
        self._put_money_in()

    def _welcome(self, person: dict[str, Any]) -> None:
        member = people.sign_up(
            email=person["email"],
            handle=person["handle"],
            display_name=person["name"],
            language=person["language"],
            confirmed=True,
        )
        self.named[person["handle"]] = member
        people.give_consent(actor=member, purpose="influence")
        for role in person.get("roles", []):
            people.grant_role(actor=self.owner, member=member, role=HouseRole.Role(role))

    def _tell_password(self) -> None:
        """One password, told to everyone, is hashed once: hashing costs a quarter of a second by design."""
        for member in self.named.values():
            member.password = self.owner.password
        Member.objects.bulk_update(self.named.values(), ["password"])

    @property
    def owner(self) -> Member:
        return self.named[PERSONS[0]["handle"]]

    def _found_communities(self) -> None:
        for tribe in WORLD["communities"]:
            community = communities.found(
                actor=self.owner,
                name=tribe["name"],
                summary=tribe["summary"],
                charter=text(tribe["charter"]),
                slug=tribe["slug"],
                description=text(tribe["description"]),
                interests=tribe["interests"],
                language=tribe["language"],
            )
            self.communities[tribe["slug"]] = community
            self.inhabitants[tribe["slug"]] = []
            for member in self.named.values():
                if member != self.owner:
                    self._join(member, tribe["slug"])

    def _join(self, member: Member, slug: str) -> None:
        communities.join(actor=member, community=self.communities[slug])
        self.inhabitants[slug].append(member)

    def _put_money_in(self) -> None:
        memo = "Apport de la coopérative pour ses concours"
        post(deposit(key="demo:capital", amount=HOUSE_MONEY, memo=memo), author=self.named["ines"])

    def settle(self, number: int) -> None:
        """One more member: an account, a few words about himself, and one to four communities."""
        name = self.random.choice(WORLD["people"]["first_names"])
        initial = self.random.choice(WORLD["people"]["last_initials"])
        language = "en" if self.random.random() < 0.22 else "fr"
        member = people.sign_up(
            email=f"member{number}@demo.example",
            handle=self._handle(name, initial),
            display_name=f"{name} {initial}",
            language=language,
            confirmed=True,
        )
        self._introduce(member)
        if number % 3 == 0:  # from the first day on: only what follows is counted
            people.give_consent(actor=member, purpose="influence")
            if number % 2 == 0:
                people.give_consent(actor=member, purpose="dialogue")
        for tribe in WORLD["communities"]:
            kin = 1.6 if tribe["language"] == language else 0.5
            if self.random.random() < tribe["share"] * kin:
                self._join(member, tribe["slug"])

    def _introduce(self, member: Member) -> None:
        """Some say where they live and what they like; some turn a consent on."""
        if self.random.random() < 0.3:
            interests = self.random.sample(WORLD["people"]["interests"], 3)
            place = self.random.choice(WORLD["people"]["places"])
            people.edit_profile(actor=member, member=member, interests=interests, place=place)
        if self.random.random() < 0.2:
            people.give_consent(actor=member, purpose=self.random.choice(("dialogue", "portfolio")))

    def _handle(self, name: str, initial: str) -> str:
        base = (slugify(name) + initial[0].lower()).ljust(3, "a")[:24]
        handle = base
        while handle in self._handles:
            handle = f"{base}{self.random.randint(2, 999)}"
        self._handles.add(handle)
        return handle

    def some(self, slug: str, count: int) -> list[Member]:
        """That many of the community's members, or all there are."""
        there = self.inhabitants[slug]
        return self.random.sample(there, min(count, len(there)))

    def key(self) -> str:
        """A form's key."""
        return str(UUID(int=self.random.getrandbits(128)))

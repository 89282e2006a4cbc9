"""The campaigns' lives: one funded and delivered, one that missed its goal, one open today. Few pledges, each through
the real acts and the sandbox bank."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from essaim.connectors.sandbox import actions as bank
from essaim.connectors.sandbox.delivery import deliver_due
from essaim.demo.drawing import drawn
from essaim.demo.settling import DAY, Village
from essaim.demo.timeline import Timeline
from essaim.demo.world import WORLD, text
from essaim.initiatives import actions as initiatives
from essaim.initiatives.domain import PlannedPhase
from essaim.initiatives.models import Initiative
from essaim.kit import clock, images, media
from essaim.ledger.payments.requests import send_waiting
from essaim.mechanisms.crowdfunding import actions as acts
from essaim.mechanisms.crowdfunding.actions import Line, Order, payments
from essaim.mechanisms.crowdfunding.actions.closing import work_off
from essaim.mechanisms.crowdfunding.domain.rules import Rules, freeze
from essaim.mechanisms.crowdfunding.domain.tiers import LETTERS
from essaim.mechanisms.crowdfunding.models import Charge, Pledge, Tier
from essaim.people.models import Member

STREETS = ("rue des Tilleuls", "place du Marché", "chemin du Rucher", "rue de la Meunière", "quai des Brumes")
BACKERS = {"delivered": 9, "failed": 4, "open": 8}
HOUR = timedelta(hours=1)


class CampaignLife:
    """One campaign, from its draft to as far as it has come today."""

    def __init__(self, facts: dict[str, Any], timeline: Timeline, village: Village, seed: int) -> None:
        self.facts, self.timeline, self.village = facts, timeline, village
        self.random = Random(f"{facts['slug']} {seed}")  # its own: the rest of the house goes on as it would without
        self.campaign: Initiative
        self.tiers: list[Tier] = []

    @property
    def owner(self) -> Member:
        return self.village.owner

    def prepare(self) -> None:
        """Draft, plan, rewards; then open, and plan who will come."""
        facts = self.facts
        rules = Rules(goal=facts["goal"], vat=facts["vat"], two_persons_above=20_000)
        self.campaign = initiatives.draft_initiative(
            actor=self.owner,
            community=self.village.communities[facts["community"]],
            mechanism_slug="crowdfunding",
            preset_slug="all-or-nothing",
            title=facts["title"],
            summary=facts["summary"],
            brief=text(facts["brief"]),
            slug=facts["slug"],
            rules=freeze(rules),
        )
        self._set_up()
        self._illustrate()
        initiatives.open_initiative(initiative=self.campaign, actor=self.owner)
        self.timeline.keep_time(self.campaign.phases.all())
        self._plan_backers()
        self._plan_talk()
        if facts["outcome"] != "open":
            self.timeline.plan(self._ends() + HOUR, self.close)

    def _set_up(self) -> None:
        facts, campaign, owner = self.facts, self.campaign, self.owner
        starts = clock.now()
        ends = starts + facts["days"] * DAY
        plan = [PlannedPhase("round", starts, ends), PlannedPhase("after", ends, ends + 365 * DAY)]
        initiatives.schedule(initiative=campaign, phases=plan, actor=owner)
        acts.describe_campaign(
            campaign=campaign, actor=owner, risks=text(facts["risks"]), cover=self._cover(), cover_text=facts["alt"]
        )
        acts.set_budget(campaign=campaign, actor=owner, lines=[(label, sum_) for label, sum_ in facts["budget"]])
        team = [
            acts.Person(str(self.village.named[handle]), "", self.village.named[handle])
            for handle in ("claire", "hugo")
        ]
        acts.set_team(campaign=campaign, actor=owner, people=team)
        goals = [acts.Stretch(*goal) for goal in facts.get("stretch", [])]
        if goals:
            acts.set_stretch_goals(campaign=campaign, actor=owner, goals=goals)
        month = (ends + 90 * DAY).date().replace(day=1)
        self.tiers = [acts.add_tier(campaign=campaign, actor=owner, **_tier(tier, month)) for tier in facts["tiers"]]

    def _illustrate(self) -> None:
        """A picture at the end of the story."""
        if "drawing" not in self.facts:
            return
        motif, alt, caption = self.facts["drawing"]
        upload = drawn(motif, seed=len(self.facts["slug"]))
        picture = acts.add_picture(campaign=self.campaign, actor=self.owner, upload=upload, alt=alt)
        line = picture.mark.replace(")", f' "{caption}")')
        self.campaign = initiatives.change_draft(
            initiative=self.campaign, actor=self.owner, brief=f"{text(self.facts['brief'])}\n\n{line}"
        )

    def _cover(self) -> ContentFile[bytes]:
        picture = images.clean(drawn(self.facts["picture"], seed=len(self.facts["slug"])))
        return ContentFile(picture.large, f"{media.fresh_name()}.{picture.extension}")

    def _ends(self) -> Any:
        return self.campaign.phases.get(position=0).ends_at

    def _plan_backers(self) -> None:
        starts = clock.now()
        span = min(self._ends(), self.timeline.end) - starts
        count = BACKERS[self.facts["outcome"]]
        for number in range(count):
            moment = starts + span * ((number + self.random.random()) / (count + 1))
            self.timeline.plan(moment, self.pledge, number=number)

    def _plan_talk(self) -> None:
        starts = clock.now()
        self.timeline.plan(starts + 3 * DAY, self.ask)
        if "update" in self.facts and self.facts["outcome"] == "open":
            self.timeline.plan(starts + 8 * DAY, self.tell, words=self.facts["update"])
            self.timeline.plan(starts + HOUR, self.join_pot)

    def _someone(self) -> Member:
        return self.random.choice(self.village.inhabitants[self.facts["community"]])

    def _key(self) -> str:
        return str(UUID(int=self.random.getrandbits(128)))

    def _backer(self, number: int) -> Member:
        named = {0: "nadia", 1: "tom"}.get(number)
        return self.village.named[named] if named else self._someone()

    def pledge(self, number: int) -> None:
        """One more backer. Every third takes the dear reward; who asked for an engraving reads it over."""
        backer = self._backer(number)
        dear = number % 3 == 0 and len(self.tiers) > 1
        tier = self.tiers[1] if dear else self.tiers[0]
        options = {option["slug"]: str(backer)[:24] for option in tier.options}
        order = Order(
            lines=[Line(tier, 1, options)],
            gift=self.random.choice((0, 0, 500, 1_000)),
            country="FR" if tier.ships else "",
            on_wall=number % 2 == 0,
            message=self.facts["words"] if number == 2 else "",
            place=self.random.choice(WORLD["people"]["places"]) if number % 2 else "Lyon",
            on_failure="credit" if number == 0 else "refund",
        )
        made = acts.make_pledge(campaign=self.campaign, backer=backer, order=order, key=self._key())
        if tier.ships:
            acts.give_address(pledge=made, actor=backer, address=self._address(backer))
        if not (self.facts["outcome"] == "open" and number == BACKERS["open"] - 1):  # the last one is still to pay
            self._pay(made)

    def _address(self, backer: Member) -> dict[str, str]:
        street = f"{self.random.randint(1, 90)} {self.random.choice(STREETS)}"
        return {"name": str(backer), "lines": street, "postcode": "69001", "city": "Lyon", "country": "FR"}

    def _pay(self, pledge: Pledge) -> None:
        payments.pay(pledge, f"/crowdfunding/pledges/{pledge.token}/")
        charge = Charge.objects.select_related("payment").get(pledge=pledge, superseded_at=None)
        charge.payment.refresh_from_db()
        bank.choose(reference=charge.payment.reference or "", choice="authorised")
        deliver_due()

    def ask(self) -> None:
        for name in ("second_question", "question"):
            if name in self.facts:
                question, answer = self.facts[name]
                asker = self._someone()
                asked = acts.ask_question(campaign=self.campaign, author=asker, title=question)
                acts.answer_question(question=asked, author=self.owner, body=answer)

    def tell(self, words: list[str], backers_only: bool = False) -> None:
        title, body = words
        acts.publish_update(
            campaign=self.campaign, author=self.owner, title=title, body=body, backers_only=backers_only
        )

    def join_pot(self) -> None:
        """A sponsor adds to what people give."""
        facts, ines = WORLD["pot"], self.village.named["ines"]
        pot = acts.open_pot(
            actor=ines, name=facts["name"], sponsor=facts["sponsor"], unit="EUR", factor=facts["factor"],
            per_gift=facts["per_gift"],
        )  # fmt: skip
        acts.fund_pot(pot=pot, treasurer=ines, amount=facts["amount"], reference="VIR 0311", key=self._key())
        acts.join_pot(pot=pot, campaign=self.campaign, actor=ines)

    def close(self) -> None:
        """The clock closes it; money is taken or let go; then the desk's work begins."""
        initiatives.turn_phases()
        work_off(self.campaign)
        send_waiting()
        deliver_due()
        if self.facts["outcome"] == "delivered":
            self.timeline.plan(clock.now() + 3 * DAY, self.read_over)
            self.timeline.plan(clock.now() + 20 * DAY, self.settle)
            self.timeline.plan(clock.now() + 40 * DAY, self.delay)
            self.timeline.plan(clock.now() + 120 * DAY, self.send)
            self.timeline.plan(clock.now() + 127 * DAY, self.arrive)

    def _paid(self) -> list[Pledge]:
        rows = Pledge.objects.filter(campaign=self.campaign, state=Pledge.State.PAID).select_related("backer", "tier")
        return list(rows.order_by("number"))

    def read_over(self) -> None:
        """Who has something engraved reads it letter by letter."""
        for pledge in self._paid():
            if pledge.tier_id == self.tiers[1].pk:
                acts.check_engraving(pledge=pledge, actor=pledge.backer)

    def settle(self) -> None:
        acts.lock_choices(campaign=self.campaign, actor=self.owner, at=clock.now() + 10 * DAY)
        acts.settle_campaign(campaign=self.campaign, treasurer=self.village.named["ines"], key=self._key())
        self.tell(self.facts["private"], backers_only=True)

    def delay(self) -> None:
        month = (self.tiers[1].delivery_month or clock.now().date()) + timedelta(days=32)
        acts.announce_delay(
            tier=self.tiers[1], actor=self.owner, month=month.replace(day=1), reason=self.facts["delay"]
        )

    def send(self) -> None:
        for pledge in self._paid():
            acts.mark_sent(
                pledge=pledge, actor=self.owner, carrier="La Poste", tracking=f"8L{pledge.number:04}{pledge.pk:05}FR"
            )
        self.tell(self.facts["update"])

    def arrive(self) -> None:
        for pledge in self._paid():
            acts.mark_delivered(pledge=pledge, actor=pledge.backer)


def _tier(facts: dict[str, Any], month: date) -> dict[str, Any]:
    """The act's fields from the world's few words."""
    fields: dict[str, Any] = {
        name: facts[name] for name in ("title", "description", "amount", "stock", "addon", "vat") if name in facts
    }
    if shipping := facts.get("shipping"):
        fields |= {"ships": True, "shipping": shipping}
    if label := facts.get("engraving"):
        option = {"slug": "name", "label": label, "kind": "engraving", "longest": 24, "allowed": LETTERS}
        fields["options"] = [{**option, "required": True}]
    return {**fields, "delivery_month": month}

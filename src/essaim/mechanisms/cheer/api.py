"""Campaigns of cheers for programs: the same acts as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from essaim.initiatives.policy import allow
from essaim.initiatives.queries import visible_to
from essaim.kit.api import PROBLEMS, Page, Window, actor, page_of, reader
from essaim.mechanisms.cheer import actions, policy, queries
from essaim.mechanisms.cheer.domain import NoRound
from essaim.mechanisms.cheer.lit import light_of
from essaim.mechanisms.cheer.models import Camp, CheerMessage
from essaim.mechanisms.cheer.sheets import Lap, Sheet

router = Router(tags=["cheer"])
LARGEST = 2**31 - 1


class CampOut(Schema):
    slug: str
    name: str
    colour: str
    second_colour: str


class CountOut(Schema):
    camp: str
    members: int
    guests: int = Field(description="Counted apart; they decide nothing")
    heard: int = Field(description="Heard elsewhere, counted apart")
    leads: bool


class RoundOut(Schema):
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    state: str = Field(description="over, now or ahead")
    counts: list[CountOut]
    seal: str = Field(description="SHA-256 of the published count; empty until it is published")


class CheerIn(Schema):
    camp: str = Field(max_length=40)
    words: str = Field("", max_length=140)


class CheerOut(Schema):
    outcome: str = Field(description="accepted, changed or duplicate")
    camp: str


class MessageOut(Schema):
    id: int
    words: str
    state: str
    camp: str
    written_at: datetime

    @staticmethod
    def resolve_camp(message: CheerMessage) -> str:
        return message.cheer.camp.slug


class DecisionIn(Schema):
    approved: bool
    reason: str = Field("", max_length=120)


class LightCampOut(Schema):
    camp: str
    colour: str
    part: float


class LightOut(Schema):
    mode: str = Field(description="dark, override, reveal, live or waiting")
    colours: list[str]
    intensity: float
    since: datetime
    camps: list[LightCampOut]


def sheet_for(request: HttpRequest, slug: str) -> Sheet:
    rows = visible_to(reader(request)).filter(mechanism=queries.SLUG).select_related("community")
    found = get_object_or_404(rows.prefetch_related("phases__initiative"), slug=slug)
    return Sheet(found, reader(request))


def _round(sheet: Sheet, lap: Lap) -> dict[str, Any]:
    counts = [
        {"camp": lane.camp.slug, "members": lane.members, "guests": lane.guests, "heard": lane.heard,
         "leads": lane.leads}
        for lane in sheet.lanes_of(lap)
    ]  # fmt: skip
    return {
        "number": lap.number, "title": lap.title, "starts_at": lap.phase.starts_at, "ends_at": lap.phase.ends_at,
        "state": lap.state, "counts": counts, "seal": lap.row.seal,
    }  # fmt: skip


@router.get("{slug:slug}/camps/", response={200: list[CampOut], **PROBLEMS}, summary="The camps")
def camps(request: HttpRequest, slug: str) -> object:
    return sheet_for(request, slug).camps


@router.get("{slug:slug}/rounds/", response={200: list[RoundOut], **PROBLEMS}, summary="The rounds and their counts")
def rounds(request: HttpRequest, slug: str) -> object:
    sheet = sheet_for(request, slug)
    return [_round(sheet, lap) for lap in sheet.laps]


@router.post("{slug:slug}/cheers/", response={200: CheerOut, **PROBLEMS}, summary="Cheer in the round that runs")
def cheer(request: HttpRequest, slug: str, given: CheerIn) -> object:
    member, sheet = actor(request, "write"), sheet_for(request, slug)
    if sheet.running is None:
        raise queries.too_late(sheet.shown.phase) if sheet.shown else NoRound()
    camp = get_object_or_404(Camp, campaign=sheet.campaign, slug=given.camp)
    answer = actions.give_cheer(phase=sheet.running.phase, camp=camp, supporter=member, words=given.words)
    stands = next((each.slug for each in sheet.camps if each.pk == answer.camp), given.camp)
    return {"outcome": answer.outcome.value, "camp": stands}


@router.get("{slug:slug}/wall/", response={200: Page[MessageOut], **PROBLEMS}, summary="The wall")
def wall(request: HttpRequest, slug: str, window: Query[Window]) -> object:
    return page_of(queries.on_the_wall(sheet_for(request, slug).campaign), window)


@router.get("{slug:slug}/messages/", response={200: Page[MessageOut], **PROBLEMS}, summary="Messages to decide on")
def messages(request: HttpRequest, slug: str, window: Query[Window]) -> object:
    member, sheet = actor(request), sheet_for(request, slug)
    allow(policy.decide_message, member, sheet.campaign)
    actions.sift_messages(sheet.campaign)
    return page_of(queries.waiting_messages().filter(cheer__campaign=sheet.campaign), window)


@router.put("{slug:slug}/messages/{int:pk}/", response={200: MessageOut, **PROBLEMS}, summary="Decide on a message")
def decide(request: HttpRequest, slug: str, pk: int, given: DecisionIn) -> object:
    member, sheet = actor(request, "write"), sheet_for(request, slug)
    rows = CheerMessage.objects.filter(cheer__campaign=sheet.campaign).select_related("cheer__camp")
    found = get_object_or_404(rows, pk=min(pk, LARGEST))
    actions.decide_message(message=found, actor=member, approved=given.approved, reason=given.reason)
    return rows.get(pk=found.pk)


@router.get("{slug:slug}/light/", response={200: LightOut, **PROBLEMS}, summary="What the light shows")
def light(request: HttpRequest, slug: str) -> object:
    return light_of(sheet_for(request, slug)).told()

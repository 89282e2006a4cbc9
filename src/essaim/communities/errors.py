"""Refusals of the acts on communities."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Forbidden
from essaim.kit.errors import gettext_noop as _


class HostsOnly(Forbidden):
    cause = _("Only a host of this community may do this.")
    remedy = _("Ask one of its hosts; they are named on its page.")


class FoundersOnly(Forbidden):
    cause = _("Communities are founded by the team of the house.")
    remedy = _("Tell a community manager about the community you have in mind.")


class InvitationNeeded(Forbidden):
    cause = _("This community is entered by invitation.")
    remedy = _("Ask one of its hosts to invite you.")


class RequestNeeded(Forbidden):
    cause = _("This community is entered on request.")
    remedy = _("Send your request; a host answers it.")


class CharterOutOfDate(Conflict):
    cause = _("The charter changed while you were reading it.")
    remedy = _("Read the new version, then accept it.")


class CharterNotAccepted(Forbidden):
    cause = _("The charter of this community has changed since you accepted it.")
    remedy = _("Read and accept the new version on the community's page, then act.")


class NoCharter(Conflict):
    cause = _("This community has no charter yet.")
    remedy = _("A host publishes the charter first.")


class NotAskedToJoin(Conflict):
    cause = _("This request is no longer waiting.")
    remedy = _("Another host answered it, or it was withdrawn.")


class NotInvited(Conflict):
    cause = _("This invitation is no longer open.")
    remedy = _("Ask a host for a new one.")


class NotInCommunity(Forbidden):
    cause = _("You are not a member of this community.")
    remedy = _("Join it first.")


class MemberIsNotHere(Conflict):
    cause = _("This person is not a member of the community.")
    remedy = _("Invite the person first.")


class AlreadyHere(Conflict):
    cause = _("This person is already a member of the community.")
    remedy = _("Look for the name among its people.")


class LastHost(Conflict):
    cause = _("A community keeps at least one host.")
    remedy = _("Make another member a host first.")


class AddressTaken(Conflict):
    cause = _("A community already has the address “%(slug)s”.")
    remedy = _("Choose another name or address.")


class ParentLoop(Conflict):
    cause = _("A community cannot be part of itself, nor of one of its own parts.")
    remedy = _("Choose another community above it.")


class MemberIsGone(Forbidden):
    cause = _("This account is closed.")
    remedy = _("Choose another member.")

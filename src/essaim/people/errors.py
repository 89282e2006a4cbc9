"""Refusals of the acts on members and roles."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _


class HandleTaken(Conflict):
    cause = _("The handle “%(handle)s” is already taken.")
    remedy = _("Choose another one; a dot, a hyphen or a figure is enough.")


class EmailTaken(Conflict):
    cause = _("An account already uses this address.")
    remedy = _("Sign in, or have a new password sent to you.")


class HouseAlreadyOpened(Conflict):
    cause = _("This house already has an owner.")
    remedy = _("Sign in; an owner can give you a role.")


class OwnerOnly(Forbidden):
    cause = _("Only an owner of the house gives and takes back roles.")
    remedy = _("Ask an owner of the house.")


class NotToOneself(Forbidden):
    cause = _("Nobody gives a role to himself.")
    remedy = _("Ask another owner of the house.")


class LastOwner(Conflict):
    cause = _("This is the last owner of the house.")
    remedy = _("Make somebody else an owner first.")


class NotAMember(Refusal):
    cause = _("This account is closed or its address is not confirmed.")
    remedy = _("Choose a member whose account is open and confirmed.")


class ConsentTextChanged(Conflict):
    cause = _("The text of this consent changed while you were reading.")
    remedy = _("Read the new text below, then decide again.")


class MoneyStillOwed(Conflict):
    cause = _("The house still owes you %(amounts)s.")
    remedy = _("Have it paid out first, or tick that you give it up.")


class MoneyUnderWay(Conflict):
    cause = _("A payout of %(amounts)s to you is under way.")
    remedy = _("Cancel it while that is possible, or come back when it has arrived.")


class AlreadyErased(Conflict):
    cause = _("This account is already erased.")


class NotYourAccount(Forbidden):
    cause = _("Only the member himself closes and erases his account.")

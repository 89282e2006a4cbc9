"""Who may do what at the desk: as everywhere in listening. Each refusal says whom to ask."""

from __future__ import annotations

from essaim.kit.errors import Forbidden, gettext_noop
from essaim.listening.policy import Role, may_answer, may_listen
from essaim.listening.policy import runs_sources as may_set

__all__ = ["NotAnswering", "NotListening", "NotSetting", "Role", "may_answer", "may_listen", "may_set"]


class NotListening(Forbidden):
    cause = gettext_noop("What was heard outside is read by the house's own listeners.")
    remedy = gettext_noop("Ask an owner of the house for the role of manager, moderator or analyst.")


class NotAnswering(Forbidden):
    cause = gettext_noop("Only managers and moderators see to what was heard.")
    remedy = gettext_noop("Ask one of them, or an owner of the house for this role.")


class NotSetting(Forbidden):
    cause = gettext_noop("Only managers say which brands are followed, and over which panel.")
    remedy = gettext_noop("Ask one of them, or an owner of the house for this role.")

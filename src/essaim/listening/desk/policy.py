"""Who may do what at the desk: as everywhere in listening, and who says which brands are followed."""

from __future__ import annotations

from essaim.kit.errors import Forbidden, gettext_noop
from essaim.people.models import HouseRole
from essaim.people.policy import has_house_role

Role = HouseRole.Role


class NotListening(Forbidden):
    cause = gettext_noop("What was heard outside is read by the house's own listeners.")
    remedy = gettext_noop("Ask an owner of the house for the role of manager, moderator or analyst.")


class NotAnswering(Forbidden):
    cause = gettext_noop("Only managers and moderators see to what was heard.")
    remedy = gettext_noop("Ask one of them, or an owner of the house for this role.")


class NotSetting(Forbidden):
    cause = gettext_noop("Only managers say which brands are followed, and over which panel.")
    remedy = gettext_noop("Ask one of them, or an owner of the house for this role.")


may_listen = has_house_role(Role.OWNER, Role.MANAGER, Role.MODERATOR, Role.ANALYST)
may_answer = has_house_role(Role.OWNER, Role.MANAGER, Role.MODERATOR)
may_set = has_house_role(Role.OWNER, Role.MANAGER)

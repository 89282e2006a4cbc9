"""Who on the team may listen: read what was said, answer it, decide where the house listens."""

from __future__ import annotations

from essaim.people.models import HouseRole
from essaim.people.policy import has_house_role

Role = HouseRole.Role

may_listen = has_house_role(Role.OWNER, Role.MANAGER, Role.MODERATOR, Role.ANALYST)
may_answer = has_house_role(Role.OWNER, Role.MANAGER, Role.MODERATOR)
runs_sources = has_house_role(Role.OWNER, Role.MANAGER)

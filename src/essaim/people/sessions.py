"""Sessions in the database, found by a query whose words are kept: nearly every request asks it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from essaim.kit.kept import Kept

SESSION = Kept(lambda key: Session.objects.filter(session_key=key, expire_date__gt=Now()), kind=str)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = SESSION.only(self.session_key or "")
        if found is None:
            self._session_key = None
        return found

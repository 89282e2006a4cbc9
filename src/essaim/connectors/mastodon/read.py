"""Asking a Mastodon server, page after page, and whether what it told is still there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from essaim.connectors.mastodon.status import full, gone, posts
from essaim.kit.errors import Refusal
from essaim.kit.errors import gettext_noop as _
from essaim.listening.kinds import Asked, Batch
from essaim.listening.post import Post, Refused
from essaim.listening.sources.refusals import PageMissing

LIMIT = 40
MOST_PAGES, MOST_PAGES_BACK = 25, 2_000
WATCHED, ASKED_AGAIN = 1_000, 20
_PLACE = re.compile(r"^/(?:(tags)/([^/]+)|@([\w.@-]+)|(lists)/(\d+))/?$")
_LINK = re.compile(r'<([^>]+)>;\s*rel="?(\w+)"?')


class NotOnMastodon(Refusal):
    cause = _("“%(address)s” is neither a tag, an account nor a list of a Mastodon server.")
    remedy = _(
        "Copy the address from the browser: https://server/tags/bread, https://server/@name, https://server/lists/7."
    )


class NoToken(Refusal):
    cause = _("The house has no account on “%(host)s” to answer with.")
    remedy = _("Ask the operator to name its token in ESSAIM_LISTEN_TOKENS, or answer by hand.")


@dataclass(frozen=True)
class Server:
    """One server and what the last visit left."""

    asked: Asked
    base: str
    host: str

    def get(self, url: str) -> tuple[Any, dict[str, str]]:
        answer = self.asked.client.get(url, headers=_bearer(self.host))
        links = {rel: target for target, rel in _LINK.findall(answer.headers.get("link", ""))}
        return json.loads(answer.body), links


def read(asked: Asked) -> Iterator[Batch]:
    """What is new since the last visit, oldest page first; then whether twenty known statuses still stand. A
    backfill goes from the newest back, from the page where it was cut short."""
    server = _server(asked)
    cursor = dict(asked.cursor)
    timeline = _timeline(server, cursor)
    newest = str(cursor.get("newest", ""))
    if asked.backfill:
        yield from _walk(server, str(cursor.get("back") or timeline), "next", cursor, MOST_PAGES_BACK)
        return
    if newest:
        yield from _walk(server, f"{timeline}&min_id={newest}", "prev", cursor, MOST_PAGES)
    else:
        yield from _walk(server, timeline, "next", cursor, 1)
    yield _still_there(server, cursor)


def _server(asked: Asked) -> Server:
    parts = urlsplit(asked.address)
    if parts.scheme not in ("http", "https") or not _PLACE.match(parts.path):
        raise NotOnMastodon(address=asked.address)
    return Server(asked, f"{parts.scheme}://{parts.netloc}", parts.netloc.lower())


def _timeline(server: Server, cursor: dict[str, Any]) -> str:
    """The address of the list of statuses; an account's number is asked for once."""
    found = _PLACE.match(urlsplit(server.asked.address).path)
    assert found is not None
    if found[1]:
        return f"{server.base}/api/v1/timelines/tag/{quote(found[2])}?limit={LIMIT}"
    if found[4]:
        return f"{server.base}/api/v1/timelines/list/{found[5]}?limit={LIMIT}"
    if "account" not in cursor:
        account, _links = server.get(f"{server.base}/api/v1/accounts/lookup?acct={quote(found[3])}")
        cursor["account"] = account["id"]
    return f"{server.base}/api/v1/accounts/{cursor['account']}/statuses?limit={LIMIT}"


def _walk(server: Server, url: str, onward: str, cursor: dict[str, Any], most: int) -> Iterator[Batch]:
    for _page in range(most):
        statuses, links = server.get(url)
        if not statuses:
            return
        heard = list(posts(statuses, server.host, all_public=bool(server.asked.options.get("all_public"))))
        _remember(cursor, statuses)
        if server.asked.backfill:
            cursor["back"] = links.get(onward, "")
        yield Batch(_kept(heard, Post), dict(cursor), _kept(heard, Refused))
        since = server.asked.since
        if onward not in links or (since and onward == "next" and statuses[-1]["created_at"] < since.isoformat()):
            return
        url = links[onward]


def _kept(heard: list[Any], kind: type) -> list[Any]:
    return [one for one in heard if isinstance(one, kind)]


def _remember(cursor: dict[str, Any], statuses: list[Any]) -> None:
    numbers = [str(status["id"]) for status in statuses]
    known = cursor.get("watched", [])
    cursor["newest"] = max([*numbers, str(cursor.get("newest", ""))], key=lambda number: (len(number), number))
    cursor["watched"] = [*known, *(number for number in reversed(numbers) if number not in known)][-WATCHED:]


def _still_there(server: Server, cursor: dict[str, Any]) -> Batch:
    """Ask again for those not asked for longest: what is missing (404, 410) was deleted or hidden, what was edited
    is read again."""
    watched: list[str] = list(cursor.get("watched", []))
    turn, rest = watched[:ASKED_AGAIN], watched[ASKED_AGAIN:]
    lost, edited = [], []
    for number in turn:
        try:
            status, _links = server.get(f"{server.base}/api/v1/statuses/{quote(number)}")
        except PageMissing:
            lost.append(number)
        else:
            edited += [status] if isinstance(status, dict) and status.get("edited_at") else []
    cursor["watched"] = rest + [number for number in turn if number not in lost]
    again = posts(edited, server.host, all_public=bool(server.asked.options.get("all_public")))
    gone_now = [gone(number, server.host, server.asked.now) for number in lost]
    return Batch([*gone_now, *_kept(list(again), Post)], dict(cursor))


def answer(asked: Asked, parent: str, text: str) -> str:
    """Reply under `parent` (`host/number`) with the house's token; sent twice, it stands once. Returns its page."""
    host, _slash, number = parent.rpartition("/")
    server = _server(asked)
    if host != server.host or not _bearer(host):
        raise NoToken(host=server.host)
    status, _links = server.get(f"{server.base}/api/v1/statuses/{quote(number)}")
    said = {"status": f"@{full(status['account']['acct'], host)} {text}", "in_reply_to_id": number}
    headers = {
        **_bearer(host),
        "content-type": "application/json",
        "idempotency-key": sha256(f"{parent} {text}".encode()).hexdigest(),
    }
    sent = asked.client.post(f"{server.base}/api/v1/statuses", body=json.dumps(said).encode(), headers=headers)
    return str(json.loads(sent.body)["url"])


def _bearer(host: str) -> dict[str, str]:
    token = settings.LISTEN_TOKENS.get(host, "")
    return {"authorization": f"Bearer {token}"} if token else {}

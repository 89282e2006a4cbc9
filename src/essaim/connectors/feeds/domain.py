"""Why something is no feed. Pure."""

from essaim.kit.errors import gettext_noop as _
from essaim.listening.sources.refusals import NotRead


class NotAFeed(NotRead):
    cause = _("What stands at this address is no feed.")
    remedy = _("Look for “RSS” or “Atom” on the site, or listen to the page itself.")


class PageWithFeed(NotRead):
    cause = _("This is a page; its feed is at %(feed)s.")
    remedy = _("Use that address.")


class FeedBroken(NotRead):
    cause = _("The feed cannot be read: %(fault)s.")
    remedy = _("Tell the people of the site; it is tried again later.")

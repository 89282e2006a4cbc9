"""Why something could not be read, in plain words: each says what to do about it. Knows no Django."""

from __future__ import annotations

from datetime import datetime

from essaim.kit.errors import Conflict, Forbidden, Missing, Refusal
from essaim.kit.errors import gettext_noop as _


class NotRead(Refusal):
    """Something outside could not be read. `until`: not to be asked again before."""

    until: datetime | None = None
    forever = False
    """It will not come back by itself."""


class Unreachable(NotRead):
    cause = _("“%(host)s” does not answer.")
    remedy = _("Check the address; the site may be down, it is tried again later.")


class CertificateBad(NotRead):
    cause = _("The certificate of “%(host)s” is not valid.")
    remedy = _("Its people must renew it; it is tried again later.")


class AnswerTooSlow(NotRead):
    cause = _("“%(host)s” took too long to answer.")
    remedy = _("Nothing to do; it is tried again later.")


class AnswerTooBig(NotRead):
    cause = _("“%(host)s” sent more than %(megabytes)s MB.")
    remedy = _("Look for a shorter list at the same place: a feed of one heading or of the latest entries.")


class AnswerBroken(NotRead):
    cause = _("The answer of “%(host)s” was cut short or cannot be unpacked.")
    remedy = _("Nothing to do; it is tried again later.")


class TooManyRedirects(NotRead):
    cause = _("“%(host)s” sends from one address to the next without end.")
    remedy = _("Open the address in a browser and copy where it ends.")


class RobotsRefuse(NotRead):
    cause = _("The robots.txt of “%(host)s” asks programs not to read this address.")
    remedy = _("Ask the people of the site, or listen elsewhere.")


class RobotsUnknown(NotRead):
    cause = _("“%(host)s” could not say what programs may read (robots.txt).")
    remedy = _("Nothing to do; it is tried again later.")


class OptedOut(NotRead):
    cause = _("The people of “%(host)s” asked not to be read by this house.")
    remedy = _("Remove this source; the list of these sites is below the sources.")
    forever = True


class HostWaits(NotRead):
    """Not a failure: the pace of the host is spent, or it asked to be left alone for a while."""

    cause = _("“%(host)s” is left alone for the moment.")
    remedy = _("Nothing to do; it is asked again in %(minutes)s min.")


class AccessRefused(NotRead):
    cause = _("“%(host)s” refuses access (%(status)s).")
    remedy = _("Check whether the page is public and the key is valid; it is tried again, less and less often.")


class AskedTooOften(HostWaits):
    cause = _("“%(host)s” asks for fewer requests (%(status)s).")


class PageMissing(NotRead):
    cause = _("There is nothing at this address of “%(host)s” (%(status)s).")
    remedy = _("Open the site in a browser and look for its present address.")


class PageGone(PageMissing):
    cause = _("“%(host)s” says that this address is gone for good (%(status)s).")
    forever = True


class ServerAtFault(NotRead):
    cause = _("“%(host)s” has a fault of its own (%(status)s).")
    remedy = _("Nothing to do; it is tried again later.")


class NotUnderstood(NotRead):
    cause = _("“%(host)s” did not accept the request (%(status)s).")
    remedy = _("Check the address and the options of this source.")


class ConnectorAtFault(NotRead):
    cause = _("What came was not as expected (%(fault)s).")
    remedy = _("Look whether the address still shows the same thing; if it does, tell those who run this house.")


class KindMissing(NotRead):
    cause = _("The connector “%(kind)s” is not installed in this house.")
    remedy = _("Ask those who run this house to put it back, or remove this source.")


class CutShort(NotRead):
    cause = _("The visit was cut short.")
    remedy = _("Nothing to do; the next goes on from where it stood.")


class AddressMissing(Refusal):
    cause = _("There is no usable address.")
    remedy = _("Copy it from the bar of your browser, or from the place's own page.")


class VisitedTooOften(Refusal):
    cause = _("The minutes between two visits lie between %(least)s and %(most)s.")
    remedy = _("Choose a number in between; once an hour is enough for most places.")


class KeptTooLong(Refusal):
    cause = _("What was said is kept between 1 and %(most)s days.")
    remedy = _("Choose a number in between; 90 days suit most purposes.")


class HostNotNamed(Refusal):
    cause = _("This names no site.")
    remedy = _("Write it as in “forum.example.org”.")


class NotYourSources(Forbidden):
    cause = _("Only the house's managers decide where it listens.")
    remedy = _("Ask a manager of the house.")


class ListenedAlready(Conflict):
    cause = _("This place is listened to already, as “%(name)s”.")
    remedy = _("Open that source to change it.")


class NotListening(Conflict):
    cause = _("“%(name)s” is not visited at the moment.")
    remedy = _("Resume it first.")


class ListeningAlready(Conflict):
    cause = _("“%(name)s” is listened to already.")
    remedy = _("Nothing to do.")


class NothingBefore(Conflict):
    cause = _("This place tells the house by itself: there is nothing to ask for.")
    remedy = _("Wait for what it will tell.")


class BackfillUnderWay(Conflict):
    cause = _("What “%(name)s” published before is being asked for already.")
    remedy = _("Wait until it has come, or pause the source.")


class OptedOutAlready(Conflict):
    cause = _("“%(host)s” is on the list already.")
    remedy = _("Nothing to do.")


class SourceGone(Missing):
    cause = _("This source was removed.")
    remedy = _("Go back to the list of sources.")


class NotAList(NotRead):
    cause = _("This file is no list of feeds (OPML).")
    remedy = _("Export the list again from your feed reader, in the OPML format.")


class ListTooLong(Refusal):
    cause = _("This list holds more than %(most)s feeds.")
    remedy = _("Split it in two.")

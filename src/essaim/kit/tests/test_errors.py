from __future__ import annotations

import pickle
import subprocess
import sys

from django.utils import translation
from django.utils.translation import gettext_lazy

from essaim.kit.errors import Conflict, Forbidden, Missing, Refusal, gettext_noop


class BallotFull(Conflict):
    cause = gettext_noop("You have used your %(limit)s votes.")
    remedy = gettext_noop("Take one back to vote for this idea.")


def test_a_refusal_states_cause_and_remedy_with_its_facts():
    refusal = BallotFull(limit=5)
    with translation.override("en"):
        assert str(refusal.cause) == "You have used your 5 votes."
        assert str(refusal) == "You have used your 5 votes. Take one back to vote for this idea."
    assert (refusal.status, refusal.code) == (409, "BallotFull")


def test_a_refusal_speaks_the_reader_s_language_when_shown():
    refusal = BallotFull(limit=5)
    with translation.override("fr"):
        assert str(refusal.remedy) == "Reprenez-en une pour voter pour cette idée."
    with translation.override("en"):
        assert str(refusal.remedy) == "Take one back to vote for this idea."


def test_lazy_texts_work_as_well():
    with translation.override("fr"):
        assert str(Refusal(gettext_lazy("Join"), "").cause) == "Rejoindre"


def test_a_percent_sign_in_a_fixed_text_stays():
    assert str(Refusal("10 % of sales").cause) == "10 % of sales"


def test_each_kind_has_its_status():
    assert [kind.status for kind in (Refusal, Forbidden, Missing, Conflict)] == [422, 403, 404, 409]


def test_a_refusal_survives_a_process_border():
    again = pickle.loads(pickle.dumps(BallotFull(limit=3)))
    assert type(again) is BallotFull
    assert again.facts == {"limit": 3}


def test_refusals_need_no_django():
    program = "import sys, essaim.kit.errors, essaim.kit.clock, essaim.kit.money; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

import pytest

from essaim.communities import actions as c
from essaim.communities import queries
from essaim.people import actions as p

pytestmark = pytest.mark.django_db


def test_smoke():
    o = p.create_owner(email="o@x.fr", handle="olga", display_name="Olga", password="x1y2z3w4q5")
    m = p.sign_up(email="m@x.fr", handle="Marie", display_name="Marie", password="x1y2z3w4q5", confirmed=True)
    com = c.found(actor=o, name="Pain", summary="s", charter="be kind")
    c.join(actor=m, community=com)
    assert queries.has_accepted_current_charter(m, com)
    c.publish_charter(actor=o, community=com, text="be kinder")
    assert not queries.has_accepted_current_charter(m, com)
    c.accept_charter(actor=m, community=com)
    c.appoint(actor=o, community=com, member=m, role="host")
    c.leave(actor=o, community=com)
    p.grant_role(actor=o, member=m, role="treasurer")
    p.give_consent(actor=m, purpose="influence")
    from essaim.people.erasure import erase_member

    erase_member(actor=m, member=m)

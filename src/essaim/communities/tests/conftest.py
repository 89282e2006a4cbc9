from essaim.people.tests.conftest import make_member, marie, owner

__all__ = ["community", "make_member", "marie", "owner"]

import pytest

from essaim.communities import actions


@pytest.fixture
def community(owner):
    """Open to all, founded and hosted by the owner."""
    return actions.found(actor=owner, name="Pain au levain", summary="Le pain qu'on partage", charter="Be kind.")

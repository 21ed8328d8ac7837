"""Boards with something on them."""

import pytest

from blueprints.boards import rules
from tests import make


@pytest.fixture
def secretary_actor(community):
    return make.actor(community)


@pytest.fixture
def shown(secretary_actor):
    """A function that puts a member with a promise on the board of a stairwell."""

    def put(community, name, text="每周清扫楼道一次", stairwell="3幢2单元"):
        member = make.member(community, name, stairwell)
        promise = rules.propose(secretary_actor, member, text)
        rules.approve(secretary_actor, [promise])
        rules.publish(secretary_actor, [promise])
        return promise

    return put

"""Accounts: passwords, roles, the last administrator."""

import pytest

from blueprints.accounts import queries, rules
from core.access import Can, Role, actor_of
from core.records.people import Account
from tests import make

WORDS = "宝剑锋从磨砺出，梅花香自苦寒来"


@pytest.fixture
def administrator(community):
    return make.actor(community, Role.ADMINISTRATOR)


@pytest.fixture
def clerk(community, administrator):
    return rules.add_account(administrator, community, "干事", WORDS, Role.STAFF)


def test_the_right_words_sign_in_and_wrong_ones_get_one_sentence(clerk):
    assert rules.sign_in("干事", WORDS) == clerk
    for login, password in (("干事", WORDS + "。"), ("没有这个人", WORDS)):
        with pytest.raises(rules.WrongPassword) as refusal:
            rules.sign_in(login, password)
        assert str(refusal.value) == "账号或密码不对。请检查大小写；忘记密码请找管理员重设。"


@pytest.mark.parametrize("password", ["", "十一个字的密码还差一点", "short"])
def test_a_short_password_is_refused_with_the_figure(community, administrator, password):
    with pytest.raises(rules.PasswordTooShort, match="12"):
        rules.add_account(administrator, community, "新人", password, Role.STAFF)
    assert not Account.select().where(Account.login == "新人").exists()


def test_a_login_is_given_once(clerk, community, administrator):
    with pytest.raises(rules.LoginTaken, match="干事"):
        rules.add_account(administrator, community, "干事", WORDS, Role.STAFF)


def test_a_new_password_ends_older_sessions(clerk, administrator):
    before = clerk.seal
    assert rules.reset_password(administrator, "干事", WORDS + "一").seal != before


def test_roles_taken_and_given_back_the_same_day(clerk, community, administrator):
    rules.change_roles(administrator, community, clerk, {Role.READER})
    assert not actor_of(clerk).can(Can.PEOPLE_EDIT, community)
    rules.change_roles(administrator, community, clerk, {Role.READER, Role.STAFF})
    assert actor_of(clerk).can(Can.PEOPLE_EDIT, community)
    assert set(queries.roles(community)[clerk.id]) == {"reader", "staff"}


def test_the_last_administrator_stays(community, administrator):
    account = Account.get_by_id(administrator.account_id)
    with pytest.raises(rules.StillNeeded):
        rules.set_active(administrator, community, account, False)
    with pytest.raises(rules.StillNeeded):
        rules.change_roles(administrator, community, account, {Role.STAFF})


def test_a_suspended_account_cannot_sign_in(clerk, community, administrator):
    rules.set_active(administrator, community, clerk, False)
    with pytest.raises(rules.WrongPassword):
        rules.sign_in("干事", WORDS)

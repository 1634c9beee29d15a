"""Who has which role, as the settings and Slack say it."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.settings import Settings
from bot.slack.roles import Act
from bot.slack.staff import KEPT_SECONDS, Staff


class Slack:
    """What a workspace tells of its people, counting how often it is asked."""

    def __init__(self, admins: tuple[str, ...] = (), scopes: bool = True, **groups: list[str]) -> None:
        self.admins, self.scopes, self.groups = admins, scopes, groups
        self.asked = 0

    def users_info(self, user: str):
        self.asked += 1
        if not self.scopes:
            raise SlackApiError("no", {"error": "missing_scope"})
        return {"user": {"is_admin": user in self.admins}}

    def usergroups_users_list(self, usergroup: str):
        self.asked += 1
        if usergroup not in self.groups or not self.scopes:
            raise SlackApiError("no", {"error": "no_such_subteam" if self.scopes else "missing_scope"})
        return {"users": self.groups[usergroup]}


def may(staff: Staff, slack: Slack, user: str, act: Act) -> bool:
    return not staff.why_not(slack, "T1", user, act)


def test_where_nobody_is_named_everybody_bills_and_slacks_admins_decide() -> None:
    staff, slack = Staff(Settings()), Slack(admins=("U1",))
    assert may(staff, slack, "U2", Act.VERIFY)
    assert not may(staff, slack, "U2", Act.APPROVE)
    assert may(staff, slack, "U1", Act.APPROVE)


def test_where_some_are_named_everybody_else_is_a_clinician() -> None:
    staff, slack = Staff(Settings(role_billers="U1")), Slack()
    assert may(staff, slack, "U1", Act.VERIFY)
    assert may(staff, slack, "U2", Act.REVIEW)
    assert not may(staff, slack, "U2", Act.VERIFY)


def test_a_user_group_gives_its_people_a_role_and_is_asked_for_once_in_five_minutes() -> None:
    now = [0.0]
    staff = Staff(Settings(role_billers="S1", role_default="learner"), lambda: now[0])
    slack = Slack(S1=["U1"])
    assert may(staff, slack, "U1", Act.VERIFY)
    asked = slack.asked
    assert may(staff, slack, "U1", Act.VERIFY)
    assert slack.asked == asked
    slack.groups["S1"] = []
    now[0] = KEPT_SECONDS + 1
    assert not may(staff, slack, "U1", Act.VERIFY)


def test_a_group_of_one_workspace_gives_no_role_in_another() -> None:
    staff = Staff(Settings(role_billers="S1"))
    assert not staff.why_not(Slack(S1=["U1"]), "T1", "U1", Act.VERIFY)
    assert staff.why_not(Slack(), "T2", "U1", Act.VERIFY)


def test_nobody_is_looked_up_for_a_question() -> None:
    slack = Slack()
    assert may(Staff(Settings(role_billers="S1")), slack, "U1", Act.ASK)
    assert slack.asked == 0


def test_with_no_default_only_who_is_named_is_served() -> None:
    staff, slack = Staff(Settings(role_learners="U1", role_default="none")), Slack(admins=("U3",))
    assert may(staff, slack, "U1", Act.ASK)
    assert may(staff, slack, "U3", Act.ASK)
    assert "you have no role here" in staff.why_not(slack, "T1", "U2", Act.ASK)


def test_several_roles_add_up() -> None:
    staff = Staff(Settings(role_billers="U1", role_learners="U1"))
    assert may(staff, Slack(), "U1", Act.VERIFY)


def test_without_the_scopes_only_the_named_are_known() -> None:
    staff, slack = Staff(Settings(admins="U1", role_billers="S1")), Slack(scopes=False)
    assert may(staff, slack, "U1", Act.APPROVE)
    assert not may(staff, slack, "U2", Act.VERIFY)


def test_an_outage_of_slack_gives_nobody_a_role() -> None:
    class Away(Slack):
        def usergroups_users_list(self, usergroup: str):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        may(Staff(Settings(role_billers="S1")), Away(), "U1", Act.VERIFY)

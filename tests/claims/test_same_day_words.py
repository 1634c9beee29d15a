"""A note that speaks of an individual session that day is heard; one that speaks of another day is not."""

import pytest

from bot.claims.same_day import mentions_individual_session

THAT_DAY = [
    "Also seen individually today.",
    "Seen for individual therapy earlier today.",
    "Had a 45-minute individual session before group.",
    "Individual session with Dr. P this morning.",
    "Met 1:1 with therapist after group.",
    "Individual therapy session same day at 2pm.",
    "Pt had IT session prior to group today.",
    "Seen individually prior to group.",
    "Attended individual psychotherapy today as well.",
    "Billed with 90837.",
    "Today: individual (53 min) and group.",
    "Client was seen 1:1 this afternoon.",
    "Individual psychotherapy was provided earlier in the day.",
    "Met with the client individually after the group.",
]
NOT_THAT_DAY = [
    "Individual session scheduled for Thursday.",
    "Will raise it in individual therapy.",
    "No individual session today.",
    "Continue individual therapy weekly.",
    "Discussed in her individual session last week.",
    "Individual participation: spoke today.",
    "The group met today; individual goals were reviewed.",
    "Individual response to group: tearful.",
    "Declined an individual session today.",
    "Earlier this week she had an individual session.",
    "Individualized plan reviewed today.",
    "Therapist met with every member individually today.",
    "It was a session that moved her today.",
]


@pytest.mark.parametrize("words", THAT_DAY)
def test_an_individual_session_that_day_is_heard(words: str) -> None:
    assert mentions_individual_session(words)


@pytest.mark.parametrize("words", NOT_THAT_DAY)
def test_another_day_or_another_sense_is_not(words: str) -> None:
    assert not mentions_individual_session(words)

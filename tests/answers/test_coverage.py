"""Whether group therapy is covered at all is one question; whether a kind of group is, is another."""

import pytest

from bot.answers.coverage import asks_whether_covered


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Does Zebra Mutual cover group therapy?", True),
        ("does aetna cover 90853", True),
        ("Is group psychotherapy covered by Cigna?", True),
        ("Will Humana pay for 90853?", True),
        ("Does Aetna cover group therapy for DBT skills?", False),
        ("Does Aetna cover skills groups?", False),
        ("Which groups does Aetna exclude?", False),
    ],
)
def test_only_the_plain_question_is_about_coverage_at_all(question: str, asked: bool) -> None:
    assert asks_whether_covered(question) is asked

"""Notes in telegraphic shorthand: whoever is told of with initials and two words has a part, none is folded away."""

import pytest

from bot.review.segment import segment

NOTES = [
    ("KL - tearful, processed loss. MB: quiet, gave fdbk to KL.", ["KL", "MB"]),
    ("grp 4/2 CBT. KL tearful, processed loss; MB quiet, gave fdbk to KL; TR irritable, redir x2.", ["KL", "MB", "TR"]),
    ("KL – tearful\nMB: quiet, gave fdbk\nJT = engaged, lots of insight", ["KL", "MB", "JT"]),
    ("4/2/26 anx grp, 75 min. kl: tearful, processed loss. mb: quiet, gave fdbk to kl. jt: late.", ["kl", "mb", "jt"]),
    ("KL tearful/processed loss, MB quiet/gave fdbk to KL, RS guarded but engaged.", ["KL", "MB", "RS"]),
    ("K - tearful re: mom. M - quiet. R - processed anger, good insight. Plan: cont.", ["K", "M", "R"]),
    ("Pt KL tearful, processed loss. Pt MB quiet, gave fdbk to KL. Pt JT pacing, left x1.", ["KL", "MB", "JT"]),
    ("1. KL tearful 2. MB quiet, gave fdbk 3. JT engaged", ["KL", "MB", "JT"]),
]


@pytest.mark.parametrize(("text", "members"), NOTES)
def test_members_in_shorthand_are_told_apart(text: str, members: list[str]) -> None:
    split = segment(text)
    assert [member.label for member in split.members] == members
    for member in split.members:
        said = text[member.spans[0].start : member.spans[0].end]
        assert member.label in said
        assert len(said) > len(member.label) + 5


@pytest.mark.parametrize(
    "text",
    [
        "Patient: K.L.\nS - low mood, slept 4 h. O - flat. A - MDD. P - call Friday.",
        "Client seen in group. D: cried over rent. A: calmer by the end. P: call Friday.",
    ],
)
def test_fields_of_one_letter_are_no_members(text: str) -> None:
    assert len(segment(text).members) == 1

"""What opens its part as the others do is a member's heading, whatever its words; what only stands there is none."""

import pytest

from bot.review.segment import segment

NOTES = {
    "a lettered number alone or before words": (
        "Trauma group 1/14/26\n\nQX-1811   calm, read her page aloud\n\nQX-1904\nlaughed, then said sorry\n\n"
        "QX-2017   kept watch on the door\n",
        ["QX-1811", "QX-1904", "QX-2017"],
    ),
    "surnames of two words and with an apostrophe": (
        "DBT group, n=3.\nHARGROVE, TINA: used TIPP.\nDE LA CRUZ, MARIO: card blank, looked down.\n"
        "O'SHEA, K.: coached Mario.\n",
        ["HARGROVE, TINA", "DE LA CRUZ, MARIO", "O'SHEA, K."],
    ),
    "initials that are a word": (
        "DBT 3/3/26\n\nKT – drew the chain, saw link 2.\n\nRW – one-word answers.\n\nHB – asked for a drill.\n\n"
        "TO – told of his cousin.\n",
        ["KT", "RW", "HB", "TO"],
    ),
    "a name that is a word, doing what persons do": (
        "Ike told of the fall and wept.\n\nSunny, whose mother died in May, asked for a minute.\n\n"
        "Wendell listened and was glad.\n\nIvo cried once.\n",
        ["Ike", "Sunny", "Wendell", "Ivo"],
    ),
    "a house's name in capitals above names": (
        "ROSE HILL COUNSELING (licensed)\n\nMrs. Quigley\nTold of the trial.\n\nTobias\nHands shook.\n\nDeacon Lyle\n"
        "Listened.\n",
        ["Mrs. Quigley", "Tobias", "Deacon Lyle"],
    ),
    "a signature below": (
        "TYRELL J.\nPut his chain up.\n\nMONICA S.\nCried at the rulers.\n\nANDRE P.\nTook the long way.\n\n"
        "Electronically signed K. Dombrowski 05/07/2026",
        ["TYRELL J.", "MONICA S.", "ANDRE P."],
    ),
    "namesakes of a roster, told apart by brackets": (
        "On screen: M.R. (Salem), M.R. (Lynn), T.K.\n\n--- M.R. (Salem) ---\nSaid the fight aloud.\n\n"
        "--- M.R. (Lynn) ---\nAttentive.\n\n--- T.K. ---\nLeft, baby woke.\n",
        ["M.R. (Salem)", "M.R. (Lynn)", "T.K."],
    ),
    "who led is no record among the members' records": (
        '{"leader":{"name":"P. Rao"},"members":[{"initials":"TN","note":"cried, set a goal"},'
        '{"initials":"WE","note":"role played with TN"}]}',
        ["TN", "WE"],
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_members_are_those_whose_headings_look_alike(name: str) -> None:
    text, members = NOTES[name]
    assert [member.label for member in segment(text).members] == members

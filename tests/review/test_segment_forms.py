"""Forms that came up in notes of later authors: the same split whatever the names, in whatever order they stand."""

import time

import pytest

from bot.review.segment import segment

FORMS = {
    "objects of an export on one line": (
        '{"topic":"grief","members":[{"name":"Ana","note":"Cried about her mom."},'
        '{"name":"Tomas","note":"Laughed, then said he was scared."}]}',
        ["Ana", "Tomas"],
    ),
    "columns drawn with spaces": (
        "Caregivers. Topic: rest.\n\n          Vera        Otis       Faith\nMood      tired       cross      light\n"
        "Said      asked none  will ask   has Mondays\n",
        ["Vera", "Otis", "Faith"],
    ),
    "beds": (
        "6 PM GROUP, 3 PTS\nBED 211A  LOUD, TOOK IT OK.\nBED 212B  WATCHED FROM DOOR.\nBED 214A  BRIGHT, NO SI.\n",
        ["BED 211A", "BED 212B", "BED 214A"],
    ),
    "codes with a letter behind": (
        "0231-B ....... Told of it, wept.\n\n0419-A ....... Asked why, then sat.\n\n1102-B ....... Said sour.\n",
        ["0231-B", "0419-A", "1102-B"],
    ),
    "numbers as many as counted": (
        "Three patients, gym.\n#01 asked\n#02 slept\n#03 left early\n",
        ["#01", "#02", "#03"],
    ),
    "namesakes told apart in brackets": (
        "J.R. (M): owned the mug, settled.\n\nJ.R. (F): heard her ex in it.\n\nS.T.: picked at his sleeve.\n",
        ["J.R. (M)", "J.R. (F)", "S.T."],
    ),
    "nicknames in quotes": (
        'Ana "AJ" Ruiz: cried over the ring.\nBen "Bear" Torres: said nothing helps.\n',
        ['Ana "AJ" Ruiz', 'Ben "Bear" Torres'],
    ),
    "codes in brackets before a verb in capitals": (
        "A.A. (F33.1) Asked about the silence.\n\nB.T. (F33.1) Described the letter.\n\nC.C. (GAD) Read aloud.\n",
        ["A.A.", "B.T.", "C.C."],
    ),
    "nicknames in brackets": (
        "Ana (Annie) Ruiz: cried over the ring.\nBen (Bear) Torres: said nothing helps.\n",
        ["Ana (Annie) Ruiz", "Ben (Bear) Torres"],
    ),
    "a dictation whose first patient stands inside a paragraph": (
        "Group today, three patients. First patient is Mister Aldana, he picked the card father. Next patient\n"
        "Missus Bright, she was pleasant. Next patient\nMiss Dunn, she laughed. End of dictation\n",
        ["Mister Aldana", "Missus Bright", "Miss Dunn"],
    ),
    "letters in turn before names that are words": (
        "a. Aria - a link.\nb. Dove - cried, ok after.\nc. Beau - bored.\nd. Hope - 14 days.\ne. Gus - late, honest.\n",
        ["Aria", "Dove", "Beau", "Hope", "Gus"],
    ),
    "names in lower case that are words": (
        "grace cried abt her brother\nwill still drinks wkends\nmay told will of her dad\nhope was not there\n",
        ["grace", "will", "may"],
    ),
    "who signed, staff and who was away": (
        "Staff:\nLee: led the round\nKim: wrote\nMembers:\nAna: cried over the ring\nBen: said nothing helps\n"
        "Cal: told of the dog\nDora - no show\n\nLee\n",
        ["Ana", "Ben", "Cal"],
    ),
    "a chat with times": (
        "10:02 Ana: bad week, cried\n10:05 Ben: quiet\n10:09 Therapist: asked what helps\n10:12 Cal: told of dog\n"
        "10:20 Ana: feels lighter\n10:30 Ben: bye\n",
        ["Ana", "Ben", "Cal"],
    ),
    "rounds": (
        "Check-in: Ana 4, Ben 6.\nWORK\nAna cried over the ring. Ben said nothing helps. Cal told of the dog.\n"
        "CHECK-OUT\nAna 5. Will write it down. Ben 6. Cal 7, lighter.\n",
        ["Ana", "Ben", "Cal"],
    ),
    "only one came": (
        "Of six only one came. Mr. Ferris put the sergeant in the chair. Co-lead Miguel Sosa doubled for him. "
        "Mr. Ferris wept. Denies SI.\n",
        ["Mr. Ferris"],
    ),
    "names anywhere in their paragraph": (
        "Long silence. It was Ana who broke it, with the ring.\n\nBeside her Ben kept his coat on and said to Ana that "
        "nothing helps.\n\nLast came Cal with the dog. Dora wasn't there.\n",
        ["Ana", "Ben", "Cal"],
    ),
    "a member taken up again": (
        "PAGE 1\nClient: Ana R.\nCried.\nPAGE 2\nClient: Ana R. (continued)\nNo SI.\nClient: Ben T.\nQuiet.\n",
        ["Ana R.", "Ben T."],
    ),
    "words that act": (
        "Members go by colors.\n\nBlue: cried during the walk.\nGreen: held back, arms folded.\nRed: laughed at it.\n",
        ["Blue", "Green", "Red"],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_members_of_a_hard_form_are_found_in_order(name: str) -> None:
    text, labels = FORMS[name]
    assert [member.label for member in segment(text).members] == labels


@pytest.mark.parametrize(
    "names", [("Maria Lopez", "Maria Chen", "John Smith"), ("Lopez, Maria", "Chen, Li", "Ruiz, Ana")]
)
@pytest.mark.parametrize(
    "heading",
    [
        "Client: {} DOB 1/2/1980 MRN 004821",
        "Client: {} DOB: 1/2/1980",
        "Client {} DOB 1/2/1980",
        "Client: {} D.O.B. 1/2/1980",
        "Client: {} MRN: 004821",
        "Client: {} ID# 4821",
        "Client: {} Age: 41",
        "Client: {} 41 y/o F",
    ],
)
def test_a_label_is_the_name_before_birth_record_number_and_age(heading: str, names: tuple[str, str, str]) -> None:
    said = ("Told the group she cried.", "Looked down and named one fear.", "Argued with a peer, then laughed.")
    text = "CBT group.\n\n" + "\n\n".join(
        f"{heading.format(name)}\n{words}" for name, words in zip(names, said, strict=True)
    )
    found = segment(text)
    assert [member.label for member in found.members] == list(names)
    assert found.sure


def test_names_below_what_is_said_of_them_head_what_stands_above() -> None:
    text = "Grief.\n\nCried over the ring.\n-- Ana R.\n\nSaid nothing helps.\n-- Ben T.\n\nTold of the dog.\n-- Cal S."
    parts = [text[one.spans[0].start : one.spans[0].end] for one in segment(text).members]
    assert parts == ["Cried over the ring.\n-- Ana R.", "Said nothing helps.\n-- Ben T.", "Told of the dog.\n-- Cal S."]


def test_cells_drawn_with_spaces_go_to_the_name_above_them() -> None:
    text = FORMS["columns drawn with spaces"][0]
    said = [[text[span.start : span.end] for span in one.spans] for one in segment(text).members]
    assert said == [["Vera", "tired", "asked none"], ["Otis", "cross", "will ask"], ["Faith", "light", "has Mondays"]]


def test_problems_with_numbers_are_no_members() -> None:
    text = (
        "Client: Ana R.\nTreatment problems\n#1 poor sleep and worry\n#2 anger at work\nShe cried and left lighter.\n"
    )
    assert [member.label for member in segment(text).members] == ["Ana R."]


@pytest.mark.parametrize(
    "text",
    [
        "Ana R.: cried over the ring.\nBen T.: said nothing helps.\nAna R.: sat with it.\nCal S.: told of a dog.\n",
        "Ten patients came. The members worked on grief, and the client of the week spoke.\n",
        "Ana R.: cried.\n\nBen T.: said nothing helps.\n\nCal S.: " + "told of the dog and of the yard. " * 40,
    ],
    ids=["a name twice", "nobody named", "one part far longer"],
)
def test_a_split_with_something_odd_about_it_is_a_guess(text: str) -> None:
    assert not segment(text).sure


@pytest.mark.parametrize("count", ["6 here", "six here today", "6 of 8 here", "all 6 were here", "Six in the room"])
def test_a_count_of_those_here_is_held_against_the_parts(count: str) -> None:
    parts = "Ana R.: cried over the ring.\nBen T.: said nothing helps.\nCal S.: told of the dog.\n"
    assert not segment(f"3/14/2026 grief group, {count}.\n\n{parts}").sure


@pytest.mark.parametrize(
    "words", ["3 here", "3 of 6 here", "step 6 here", "six weeks here", "two here for the first time"]
)
def test_what_counts_no_others_leaves_a_split_sure(words: str) -> None:
    parts = "Ana R.: cried over the ring.\nBen T.: said nothing helps.\nCal S.: told of the dog.\n"
    assert segment(f"3/14/2026 grief group, {words}.\n\n{parts}").sure


@pytest.mark.parametrize(
    "piece",
    ["Ana   Ben   Cal\n", '{"a":{"name":"x1","n":"words of it"}},', "10:02 Ana: hi\n", "Ana asked.\n\n", "may "],
)
def test_no_form_takes_more_than_its_length(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    began = time.process_time()
    segment(text)
    assert time.process_time() - began < 8

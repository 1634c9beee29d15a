"""Place of service and modifier have to say what the claim and the note say of how the session was held."""

import pytest

from bot.claims.telehealth import TelehealthPolicy, check_telehealth, mentions_telehealth

ALLOWS = TelehealthPolicy("allowed", "Acme", "", ("95",), certain=True)


def check(policy: TelehealthPolicy | None = ALLOWS, mention: str = "", **said: object):
    facts = {"telehealth": None, "audio_only": None, "place": "", "modifiers": None} | said
    return check_telehealth(**facts, mention=mention, policy=policy)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said", [{}, {"place": "11"}, {"telehealth": False}, {"telehealth": False, "place": "53", "modifiers": ("HQ",)}]
)
def test_an_ordinary_session_in_person_is_no_matter(said: dict[str, object]) -> None:
    assert check(**said) is None


@pytest.mark.parametrize(
    ("said", "outcome", "says"),
    [
        ({"telehealth": True, "place": "10", "modifiers": ("95",)}, "met", "patient at home"),
        ({"telehealth": True, "place": "02", "modifiers": ("95",)}, "met", "patient not at home"),
        ({"place": "10", "modifiers": ("GT",)}, "needs_confirmation", "carries GT and no 95"),
        ({"telehealth": True, "place": "11"}, "missing", "place of service 11"),
        ({"place": "11", "modifiers": ("95",)}, "missing", "place of service 11"),
        ({"telehealth": True}, "needs_confirmation", "no place of service"),
        ({"telehealth": False, "place": "10"}, "missing", "in person"),
        ({"telehealth": False, "place": "11", "modifiers": ("93",)}, "missing", "modifier 93"),
        ({"telehealth": True, "audio_only": True, "place": "10", "modifiers": ("95",)}, "missing", "93 is the one"),
        ({"telehealth": True, "audio_only": False, "place": "10", "modifiers": ("93",)}, "missing", "95 is the one"),
        ({"telehealth": True, "audio_only": True, "place": "10", "modifiers": ("93",)}, "met", "93 goes on the 90853"),
        ({"telehealth": True, "place": "10", "modifiers": ()}, "needs_confirmation", "carries no 95"),
        ({"telehealth": True, "place": "10"}, "met", "95 goes on the 90853 line"),
    ],
)  # fmt: skip
def test_place_and_modifier_are_held_against_how_it_was_held(said: dict[str, object], outcome: str, says: str) -> None:
    found = check(**said)
    assert found
    assert (found.outcome, says in found.reason) == (outcome, True), found.reason
    assert found.outcome == "met" or found.fix.endswith("?")


@pytest.mark.parametrize(
    ("policy", "outcome"),
    [
        (None, "needs_confirmation"),
        (TelehealthPolicy("unknown", "Acme"), "needs_confirmation"),
        (TelehealthPolicy("allowed", "Acme", certain=False), "needs_confirmation"),
        (TelehealthPolicy("not_allowed", "Acme"), "missing"),
        (ALLOWS, "met"),
    ],
)
def test_the_payers_rule_decides_where_the_claim_is_in_order(policy: TelehealthPolicy | None, outcome: str) -> None:
    found = check(policy, telehealth=True, place="10", modifiers=("95",))
    assert found
    assert found.outcome == outcome


@pytest.mark.parametrize("said", [{"place": "11"}, {}, {"telehealth": False}])
def test_a_note_that_speaks_of_telehealth_where_the_claim_does_not_is_asked_about(said: dict[str, object]) -> None:
    found = check(mention="via Zoom", **said)
    assert found
    assert found.outcome == "needs_confirmation"


@pytest.mark.parametrize(
    "note",
    [
        "Group held via Zoom, all cameras on.",
        "Telehealth group, members at home.",
        "Session by video.",
        "Audio-only for M.R., no camera.",
        "Virtual group session on a HIPAA platform.",
        "Joined by phone.",
        "Group was held through video for all members.",
    ],
)
def test_telehealth_is_heard_in_a_note(note: str) -> None:
    assert mentions_telehealth(note)


@pytest.mark.parametrize(
    "note",
    [
        "Held in person, not via Zoom.",
        "Declined telehealth.",
        "Watched a video on breathing.",
        "Called his sister over the weekend.",
        "Virtually no change in mood.",
        "Next session by video.",
        "Spends hours on the phone.",
        "Plan: order by phone before next week.",
        "Cancelled the gym by phone.",
        "Feared of speaking by phone to the landlord.",
        "Completed worksheet. Slept through video.",
    ],
)
def test_other_videos_and_phones_are_no_telehealth(note: str) -> None:
    assert not mentions_telehealth(note)

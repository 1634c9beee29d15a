"""What else can be done with an answer: compare payers, ask a person, and say why it did not help."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.policies.own_payers import OwnPayer
from bot.slack.desk import Desks
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.test_bot_controls import asides, slash
from tests.slack.fakes import FakeCopilot
from tests.slack.joined import QUESTION, all_text, quiet, replies

SECRET = "Can I bill 90853 and 90834 on one day for Aetna when a member left early?"


@pytest.fixture
def lead(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Robin is the billing lead."""
    robin, at = workspace.person("robin"), Desks.at
    monkeypatch.setattr(Desks, "at", lambda self, practice: replace(at(self, practice), lead=robin.id))
    return robin


@pytest.fixture
def leads(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The billing lead is a user group: Dana, Robin and Sam."""
    group, at = "S0LEADS", Desks.at
    workspace.core.state.usergroups[group] = [workspace.person(name).id for name in ("dana", "robin", "sam")]
    monkeypatch.setattr(Desks, "at", lambda self, practice: replace(at(self, practice), lead=group))
    yield group
    workspace.core.state.usergroups.pop(group, None)


def choose(person: Person, card: dict, label: str, channel: str = "dm") -> None:
    (menu,) = (e for b in card["blocks"] for e in b.get("elements", ()) if e.get("action_id") == "answer_menu")
    option = next(option for option in menu["options"] if option["text"]["text"] == label)
    person.click(card, "answer_menu", channel, selected_option=option)


def test_compare_our_payers_gives_the_table_on_the_same_matter(dana: Person, copilot: FakeCopilot) -> None:
    copilot.payer_list.kept = (OwnPayer(name="Molina"), OwnPayer(name="Aetna"))
    ts = dana.say(QUESTION)
    (card,) = replies(dana, ts)
    choose(dana, card, "Compare our payers")
    table = replies(dana, ts, at_least=2)[-1]
    assert "Molina" in table["text"]
    copilot.payer_list.kept = ()


def test_with_no_list_to_compare_it_says_who_makes_one(workspace: Workspace, dana: Person) -> None:
    sam = workspace.person("sam")
    ts = sam.say(QUESTION)
    (card,) = replies(sam, ts)
    choose(sam, card, "Compare our payers")
    told = sam.wait(lambda: [m for m in sam.messages("dm") if "no list of payers yet" in m["text"]])
    assert "an admin or biller makes it with `/billing payers add" in told[0]["text"]


def test_a_question_asked_aloud_tags_the_billing_lead_in_its_thread(
    dana: Person, lead: Person, workspace: Workspace
) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    for _ in range(2):
        choose(dana, card, "Ask a person", "#billing")
    told = replies(workspace.person("sam"), ts, "#billing", at_least=2)[-1]
    assert f"<@{lead.id}> <@{dana.id}> asks for a person on this question." in told["text"]
    quiet()
    assert len(replies(dana, ts, "#billing")) == 2


def test_a_private_question_reaches_the_lead_alone_as_it_was_asked(
    dana: Person, lead: Person, workspace: Workspace
) -> None:
    ts = dana.say(SECRET)
    (card,) = replies(dana, ts)
    choose(dana, card, "Ask a person")
    heard = lead.wait(lambda: [m for m in lead.messages("dm") if SECRET in m["text"]])
    assert f"<@{dana.id}> asks for a person" in heard[0]["text"]
    assert "I said: Allowed with conditions · Aetna" in heard[0]["text"]
    assert "in a direct message, with your question" in replies(dana, ts, at_least=2)[-1]["text"]
    for person in (dana, workspace.person("sam")):
        assert SECRET not in all_text(person.messages("#billing"))


def test_an_answer_to_a_command_is_private_too_and_a_long_question_is_looked_up(
    dana: Person, lead: Person, workspace: Workspace
) -> None:
    before = len(workspace.person("sam").messages("#billing"))
    (card,) = slash(dana, f"/billing ask {QUESTION}")
    choose(dana, card, "Ask a person", "#billing")
    lead.wait(lambda: [m for m in lead.messages("dm") if QUESTION in m["text"]])
    assert len(workspace.person("sam").messages("#billing")) == before
    long = SECRET + " They had signed in, and the times of both services stand in their notes, apart from each other."
    ts = dana.say(long)
    (card,) = replies(dana, ts)
    choose(dana, card, "Ask a person")
    lead.wait(lambda: [m for m in lead.messages("dm") if long in m["text"]])


def test_a_group_of_leads_is_tagged_where_all_read_and_told_one_by_one_where_not(
    dana: Person, leads: str, workspace: Workspace
) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    choose(dana, card, "Ask a person", "#billing")
    told = replies(workspace.person("sam"), ts, "#billing", at_least=2)[-1]
    assert f"<!subteam^{leads}> <@{dana.id}> asks for a person on this question." in told["text"]
    question = SECRET.replace("left early", "came late")
    ts = dana.say(question)
    (card,) = replies(dana, ts)
    choose(dana, card, "Ask a person")
    for name in ("robin", "sam"):
        person = workspace.person(name)
        person.wait(lambda person=person: [m for m in person.messages("dm") if question in m["text"]])
    assert f"I asked <!subteam^{leads}> in a direct message" in replies(dana, ts, at_least=2)[-1]["text"]
    assert question not in all_text(workspace.person("alex").messages("dm"))


def test_whoever_is_the_only_one_in_the_leads_group_is_told_so(dana: Person, leads: str, workspace: Workspace) -> None:
    workspace.core.state.usergroups[leads] = [dana.id]
    (card,) = replies(dana, dana.say(QUESTION))
    before = {m["ts"] for m in dana.messages("dm")}
    choose(dana, card, "Ask a person")
    (told,) = asides(dana, "dm", before)
    assert "You are the billing lead here" in told["text"]


def test_a_leads_group_that_is_not_there_calls_nobody_and_says_what_to_do(
    dana: Person, leads: str, workspace: Workspace
) -> None:
    del workspace.core.state.usergroups[leads]
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    before = {m["ts"] for m in dana.messages("#billing")}
    choose(dana, card, "Ask a person", "#billing")
    (told,) = asides(dana, "#billing", before)
    assert "BILLING_LEAD" in told["text"]
    quiet()
    assert "asks for a person" not in all_text(workspace.person("sam").messages("#billing", ts))


def test_without_a_billing_lead_one_line_says_what_to_do(dana: Person) -> None:
    ts = dana.say(QUESTION)
    (card,) = replies(dana, ts)
    choose(dana, card, "Ask a person")
    told = dana.wait(lambda: [m for m in dana.messages("dm") if "No billing lead is set here" in m["text"]])
    assert "BILLING_LEAD" in told[0]["text"]


def test_a_thumb_down_asks_why_and_the_last_word_counts(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(QUESTION)
    (card,) = replies(dana, ts)
    key = (dana.channel("dm")["id"], card["ts"], dana.id)
    thumbs = card["blocks"][-1]["elements"][0]
    dana.click(card, "feedback", value=thumbs["negative_button"]["value"])
    asked = replies(dana, ts, at_least=2)[-1]
    assert copilot.feedback.about[key][0].payer == "aetna"
    options = asked["blocks"][-1]["elements"][0]["options"]
    for option in options[:2]:
        dana.click(asked, "feedback_reason", selected_option=option)
    dana.wait(lambda: copilot.feedback.reasons.get(key) == "out_of_date")
    kept = dana.wait(lambda: [m for m in dana.messages("dm", ts) if m["text"].startswith("Kept: ")])
    assert kept[0]["ts"] == asked["ts"]


def test_in_a_channel_the_reasons_are_asked_of_the_presser_alone(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    sam = workspace.person("sam")
    before = {m["ts"] for m in sam.messages("#billing")}
    sam.click(card, "feedback", "#billing", value="down")
    (asked,) = asides(sam, "#billing", before)
    assert "What was wrong" in asked["text"]
    sam.click(asked, "feedback_reason", "#billing", selected_option=asked["blocks"][-1]["elements"][0]["options"][0])
    sam.wait(lambda: [m for m in sam.messages("#billing") if m["text"].startswith("Kept: the rule is wrong")])

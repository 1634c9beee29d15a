"""Answers to questions that no payer's file can decide: a payer not on file, one of several, a matter not ours."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answers.call_script import call_script
from bot.answers.citing import Citer
from bot.answers.models import Answer, Matter
from bot.answers.phrases import MATTERS, SAME_DAY_PLACE, WHAT_WE_DO
from bot.answers.relevance import most_telling, shorten
from bot.answers.scope import Kind
from bot.policies.mention import Mention
from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.national import general_facts, guide_for, ncci_facts, trade_facts

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

_SHOWN = 6

_NOT_OURS = {
    Kind.GREETING: "",
    Kind.CLAIM_STATUS: "I cannot look up a claim, a payment or a member: ask the payer's portal or provider line.",
    Kind.CLINICAL: "That is a clinical question, and I only know billing rules: ask your supervisor or a colleague.",
    Kind.OTHER_SERVICE: "That is about another service or code, and I only know group psychotherapy (90853).",
    Kind.NO_SHOW: "Nothing on file says how a missed session is billed: ask the payer before you charge for one.",
    Kind.OFF_TOPIC: "That is not something I know about.",
}


class Unanswered:
    """Words an honest "no": what is missing, what holds nationally, and what to do."""

    def __init__(self, catalog: "Catalog") -> None:
        self._catalog = catalog

    def payer_not_on_file(self, question: str, mention: Mention, topic: Topic, aspect: str = "") -> Answer:
        """A payer named and not on file: unknown, by name, with the national rule beside it and the call script."""
        citer = Citer()
        parts = [f"Unknown: {mention.name} is not on file, so I cannot say what it decides on {MATTERS[topic]}."]
        if mention.no_such_state:
            parts.append(f"If {mention.name.split()[0]} is meant as a state: there is no US state of that name.")
        if mention.candidates:
            parts.append(f"On file under a similar name: {self._names(mention.candidates, 3)}. If you mean it, say so.")
        parts.append(self._national(question, topic, citer))
        return Answer(
            question=question,
            payer=None,
            topic=topic,
            decision=Decision.UNKNOWN,
            answer="\n\n".join(part for part in parts if part),
            citations=citer.citations(),
            next_step=f"Call {mention.name} with the questions below before the claim goes out, and record the answer.",
            call_script=call_script(topic),
            to_ask=Matter(
                payer=mention.name,
                topic=topic,
                aspect=aspect,
                line_of_business=_plans_named(question, mention),
                state=mention.state,
            ),
        )

    def which_payer(self, question: str, mention: Mention, topic: Topic) -> Answer:
        """A name that fits several payers: unknown until the person says which."""
        if len(mention.candidates) > _SHOWN:
            asked = "Which state?" if mention.name in _BY_STATE else "Which plan?"
            shown = 4
            fits = f"{self._names(mention.candidates, shown)}; and {len(mention.candidates) - shown} more on file"
        else:
            asked = "Which one do you mean?"
            fits = self._names(mention.candidates, _SHOWN) or "none on file"
        citer = Citer()
        text = f"Unknown until I know which payer: “{mention.name}” fits several ({fits}). {asked}"
        if mention.line_of_business:
            known = trade_facts(self._catalog, topic, "", mention.line_of_business, "")[:1]
            text += "".join(f"\n\nBackground, no plan's own rule: {f.statement} {citer.mark(f)}" for f in known)
        return Answer(
            question=question,
            payer=None,
            topic=topic,
            decision=Decision.UNKNOWN,
            answer=text,
            citations=citer.citations(),
            next_step=f"Ask again with the full name or the state, for example with “in Texas”. {asked}",
        )

    def not_ours(self, question: str, kind: Kind) -> Answer:
        """A question that is no billing question about groups: what we can do instead."""
        return Answer(
            question=question,
            payer=None,
            topic=Topic.GENERAL,
            decision=Decision.NOT_APPLICABLE,
            answer=" ".join(part for part in (_NOT_OURS[kind], WHAT_WE_DO) if part),
            next_step="Ask about a payer, for example: “Can I bill 90853 and 90837 on the same day for Aetna?”",
        )

    def _national(self, question: str, topic: Topic, citer: Citer) -> str:
        if topic is Topic.SAME_DAY:
            floor = ncci_facts(self._catalog, topic)
            if not floor:
                return ""
            return (
                "National floor, not this payer's own rule: under NCCI both can be reported for distinct services"
                f" documented apart, with 59 or XE {SAME_DAY_PLACE}; learnt from trade publications, not from the"
                f" current edit file {citer.mark(*floor)}."
            )
        facts = most_telling(general_facts(self._catalog, topic), question, 2)
        if facts:
            told = " ".join(f"{fact.statement} {citer.mark(fact)}" for fact in facts)
            return f"The general rule, not this payer's own: {told}"
        guide = guide_for(self._catalog, topic)
        return f"From our general guide: {shorten(guide[0].text, 320)} {citer.mark(guide[0])}" if guide else ""

    def _names(self, ids: Sequence[str], most: int) -> str:
        names = [self._catalog.payers[payer_id].name for payer_id in ids[:most] if payer_id in self._catalog.payers]
        return "; ".join(names)


def _plans_named(question: str, mention: Mention) -> LineOfBusiness | None:
    """The kind of plan that an unknown company's name was said with ("Molina Medicaid")."""
    said = question[mention.start : mention.end].casefold()
    if mention.state or "medic" not in said:
        return None
    return LineOfBusiness.MEDICARE_ADVANTAGE if "medicare" in said else LineOfBusiness.MEDICAID_MANAGED_CARE


_BY_STATE = frozenset({"Medicaid", "Blue Cross Blue Shield", "Blue Shield"})

"""A drill to answer, and what the engine says to the answer."""

from bot.onboarding.grading import LONGEST_SENTENCE, Graded, choices, claim_lines
from bot.onboarding.models import ChooseModifier, ChooseRuling, Drill, FixSentence, JudgeClaim, Module, SpotCopy
from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.course_text import note_of
from bot.slack.blocks.split import Block, Message, context, messages, section_each, sections
from bot.slack.blocks.text import clip, escape, one_line, quoted

_KINDS = {
    SpotCopy: "spot the copy",
    FixSentence: "fix the sentence",
    ChooseModifier: "choose the modifier",
    ChooseRuling: "what does the file say",
    JudgeClaim: "ready, fix or confirm",
}
_BUTTONS = 5
"""More choices than this become a list."""
_LONGEST_REASON = 400
_REPLY = (
    "✏️ *Reply in this thread* with your sentence, of an invented patient. "
    f"{LONGEST_SENTENCE} characters at most; it is graded like a real note, and not kept."
)


def drill_messages(module: Module, drill: Drill, *, repeated: bool = False) -> list[Message]:
    """The task, its note and what to choose from."""
    number = module.drills.index(drill) + 1
    where = f"Once more, from “{module.title}”" if repeated else f"Drill {number} of {len(module.drills)}"
    blocks = section_each([f"*{escape(where)}* · {_KINDS[type(drill)]}\n{escape(drill.asks)}", *note_of(drill)])
    if isinstance(drill, JudgeClaim):
        blocks += context([f"The claim: {escape('; '.join(claim_lines(drill)))}."])
    if isinstance(drill, FixSentence):
        blocks += sections([_REPLY])
    return messages([*blocks, *row([*_choices(drill), button("learn_show", "Show me", drill.id)])])


def graded_messages(graded: Graded, *, comes_back: str = "", after: list[Block], said: list[str]) -> list[Message]:
    """Right or not and why; `said` is told beneath, `after` are the buttons."""
    head = "✅ *Right.*" if graded.right else "❌ *Not yet.*"
    head = f"ℹ️ *{escape(graded.answer.removesuffix('.'))}.*" if graded.answer else head
    first, *others = graded.why or ("",)
    lines = [f"{head} {_told(first)}".rstrip(), *(f"• {_told(line)}" for line in others)]
    lines += [quoted(graded.quote)] if graded.quote else []
    if graded.ask and not (graded.right and graded.quote):
        lines.append(f"✏️ {escape(clip(one_line(graded.ask), 300))}")
    return messages(
        [*section_each(["\n".join(lines)]), *sections(said), *context([comes_back] if comes_back else []), *row(after)]
    )


def _told(line: str) -> str:
    return escape(clip(one_line(line), _LONGEST_REASON))


def _choices(drill: Drill) -> list[Block]:
    found = choices(drill)
    if len(found) <= _BUTTONS:
        return [
            button(f"learn_answer_{number}", one.label, f"{drill.id}|{one.value}") for number, one in enumerate(found)
        ]
    options = [
        {"text": {"type": "plain_text", "text": clip(one.label, 75)}, "value": f"{drill.id}|{one.value}"}
        for one in found
    ]
    placeholder = {"type": "plain_text", "text": "Choose"}
    return [{"type": "static_select", "action_id": "learn_choose", "placeholder": placeholder, "options": options}]

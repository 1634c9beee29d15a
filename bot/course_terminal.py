"""The course as pages to read in a terminal (rich)."""

from collections.abc import Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.console import inert_console
from bot.onboarding.grading import Choice, Graded, claim_lines
from bot.onboarding.models import SLOT, Drill, FixSentence, JudgeClaim, Module, SpotCopy


def show_course(modules: Sequence[Module], console: Console | None = None) -> None:
    """The lessons in their order."""
    out = console or inert_console()
    table = Table(box=None, pad_edge=False)
    for name in ("Lesson", "Title", "Minutes", "Drills", "For"):
        table.add_column(name)
    for module in modules:
        roles = ", ".join(role.value for role in module.roles)
        table.add_row(module.id, module.title, str(module.minutes), str(len(module.drills)), roles)
    out.print(table)
    out.print(Text("billing-copilot learn LESSON shows one and runs its drills.", style="dim"))


def show_module(module: Module, console: Console | None = None) -> None:
    """A lesson to read, with its example and its sources."""
    out = console or inert_console()
    out.print(Text(f"\n{module.title}", style="bold"), Text(f"{module.minutes} minutes", style="dim"))
    for section in module.sections:
        out.print(Text(f"\n{section.heading}", style="bold"))
        out.print(Markdown(section.text))
    out.print(Text("\nAn example", style="bold"))
    out.print(Markdown(module.example))
    for source in module.sources:
        parts = (source.title, source.publisher, source.date, source.url)
        out.print(Text(" · ".join(part for part in parts if part), style="dim"))


def show_drill(module: Module, drill: Drill, offered: Sequence[Choice], console: Console | None = None) -> None:
    """The task, its note and the choices by number."""
    out = console or inert_console()
    number = module.drills.index(drill) + 1
    out.print(Text(f"\nDrill {number} of {len(module.drills)}", style="bold"))
    out.print(Text(drill.asks))
    for line in _note(drill):
        out.print(Padding(line, (0, 0, 0, 2)))
    if isinstance(drill, JudgeClaim):
        out.print(Text(f"The claim: {'; '.join(claim_lines(drill))}.", style="dim"))
    for place, one in enumerate(offered, 1):
        out.print(Text(f"  {place}. {one.label}"))
    what = "a number" if offered else "your sentence"
    out.print(Text(f"Type {what}; ? shows the answer.", style="dim"))


def show_graded(graded: Graded, console: Console | None = None) -> None:
    """Right or not, and why."""
    out = console or inert_console()
    if graded.answer:
        out.print(Text(graded.answer, style="bold"))
    else:
        out.print(Text("Right.", style="bold green") if graded.right else Text("Not yet.", style="bold red"))
    for line in graded.why:
        out.print(Text(line))
    if graded.ask and not graded.right:
        out.print(Text(graded.ask, style="italic"))


def _note(drill: Drill) -> list[Text]:
    if isinstance(drill, SpotCopy):
        return [Text.assemble((f"{label}  ", "bold"), words.strip()) for label, words in drill.parts.items()]
    if isinstance(drill, FixSentence):
        before, _, after = drill.note(SLOT).strip().partition(SLOT)
        return [Text.assemble(before, (drill.vague, "bold reverse"), after)]
    return [Text(drill.note.strip())] if isinstance(drill, JudgeClaim) else []

"""The terminal that pages are shown in: what notes and payers' names hold is shown there as data."""

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook, RenderResult
from rich.segment import Segment

from bot.inert import inert


class _Inert:
    """A renderable whose words cannot steer the terminal: what notes and payers' names hold is data."""

    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(inert(segment.text), segment.style)


class _InertHook(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Inert(one) for one in renderables]


def inert_console() -> Console:
    """A console for standard output that shows what it is given and obeys none of it."""
    console = Console()
    console.push_render_hook(_InertHook())
    return console

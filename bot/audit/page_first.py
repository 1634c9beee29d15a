"""The top of the page: what to do first, each with a way to it."""

import re
from collections.abc import Sequence
from html import escape

from bot.audit.models import Audit, Finding
from bot.audit.page_sessions import Anchors
from bot.audit.priorities import priorities
from bot.audit.wording import how_to_mend

_MOST_NAMED = 8
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def unbroken(words: str) -> str:
    """HTML whose dates no line breaks in two."""
    return _DAY.sub(r'<span class="date">\g<0></span>', words)


def first_things(audit: Audit, anchors: Anchors) -> str:
    """A list, the most pressing first; nothing where nothing is to be done."""
    items = "".join(
        f'<li><a href="#{one.section}"><b>{escape(one.todo)}</b></a>: {escape(one.told)}'
        f"{_whose(one.findings, anchors)}</li>"
        for one in priorities(audit)
    )
    late = f"<p><small>{told}</small></p>" if (told := how_to_mend(audit)) else ""
    return f'<div class="first"><h2>First</h2><ol>{items}</ol>{late}</div>' if items else ""


def _whose(findings: Sequence[Finding], anchors: Anchors) -> str:
    """Whose notes these are, each with a link to its note."""
    named = [_named(one, anchors) for one in findings[:_MOST_NAMED]]
    more = f" and {len(findings) - _MOST_NAMED} more" if len(findings) > _MOST_NAMED else ""
    return f" {', '.join(named)}{more}." if named else ""


def _named(one: Finding, anchors: Anchors) -> str:
    day = f", {unbroken(str(one.date))}" if one.date else ""
    return f'<a href="{anchors.link(one) or "#findings"}">{escape(one.member)}</a> ({escape(one.clinician)}{day})'

"""Findings and failures in the page, as tables."""

from collections.abc import Sequence
from html import escape

from bot.audit.models import Audit, Finding
from bot.audit.page_sessions import Anchors, badge, finding_name

MOST_FINDINGS = 600
_FILTERS = (("name", "finding"), ("clinician", "clinician"), ("payer", "payer"))


def findings_section(audit: Audit, anchors: Anchors) -> str:
    """A row a finding, each with a link to its note; filters where the script runs."""
    if not audit.findings:
        return "<p>Nothing to mend was found.</p>" if audit.notes else ""
    shown = sorted(enumerate(audit.findings), key=lambda pair: (pair[1].status != "missing", pair[0]))[:MOST_FINDINGS]
    rows = "".join(_row(one, anchors) for _, one in shown)
    more = len(audit.findings) - len(shown)
    left = f"<p>{more:,} more, of those that are partly there, are in findings.csv.</p>" if more else ""
    listed = [one for _, one in shown]
    selects = "".join(_select(field, word, listed) for field, word in _FILTERS)
    return (
        f'<div class="filters" hidden>{selects}<span class="muted" id="counted">{len(shown)} shown</span></div>'
        '<div class="scroll tall"><table class="findings"><thead><tr><th>Note</th><th>Date</th><th>Clinician</th>'
        f"<th>Finding</th><th></th><th>Why</th></tr></thead><tbody>{rows}</tbody></table></div>{left}"
    )


def _row(one: Finding, anchors: Anchors) -> str:
    named = escape(one.member or "the session")
    link = anchors.link(one)
    where = f'<a href="{link}">{named}</a>' if link else named
    told = {"name": finding_name(one), "clinician": one.clinician, "payer": one.payer}
    data = " ".join(f'data-{field}="{escape(value)}"' for field, value in told.items())
    return (
        f"<tr {data}><td>{where}</td><td>{one.date or ''}</td><td>{escape(one.clinician)}</td>"
        f"<td><b>{finding_name(one)}</b></td><td>{badge(one.status)}</td>"
        f'<td class="said">{escape(one.reason)}</td></tr>'
    )


def _select(field: str, word: str, findings: Sequence[Finding]) -> str:
    values = {finding_name(one) if field == "name" else str(getattr(one, field)) for one in findings} - {""}
    options = "".join(f"<option>{escape(value)}</option>" for value in sorted(values))
    return (
        f'<select name="{field}" aria-label="Show one {word}"><option value="">every {word}</option>{options}</select>'
        if len(values) > 1
        else ""
    )


def failures_section(audit: Audit) -> str:
    if not audit.failures:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.place)}</td><td>{escape(one.note)}</td><td>{escape(one.reason)}</td></tr>"
        for one in audit.failures
    )
    return (
        "<p>These could not be read or reviewed; all others were.</p>"
        '<div class="scroll"><table><thead><tr><th>Where</th><th>Note</th><th>Why</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )

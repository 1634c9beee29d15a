"""The report as one HTML file that needs nothing beside it: no network, no other file.

Every word of a note is escaped, the page may load nothing (its content security policy), and the one script that runs
is named there by its hash.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from bot.audit import wording
from bot.audit.models import Audit, GroupRates, Share
from bot.audit.page_copies import copies_section
from bot.audit.page_findings import failures_section, findings_section
from bot.audit.page_first import first_things, unbroken
from bot.audit.page_sessions import Anchors, sessions_section
from bot.audit.pictures import bar_key, lines, part_of, stacked
from bot.audit.run import AuditRun
from bot.review.models import Element
from bot.review.wording import element_name


def page(done: AuditRun) -> str:
    """The whole report."""
    audit, anchors = done.audit, Anchors(done)
    sections = (
        ("Elements", "elements", _elements(audit)),
        ("By clinician", "clinicians", _heat(audit.clinicians, "Clinician")),
        ("By payer", "payers", _heat(audit.payers, "Payer")),
        ("By week", "weeks", _weeks(audit)),
        ("Against earlier audits", "trend", _trend(audit)),
        ("Copies", "copies", copies_section(done, anchors)),
        ("Claims at risk", "risk", _risk(audit)),
        ("Findings", "findings", findings_section(audit, anchors)),
        ("Sessions", "sessions", sessions_section(anchors)),
        ("Not read", "failures", failures_section(audit)),
    )
    shown = [(title, id_, body) for title, id_, body in sections if body]
    style, script = static("page.css"), static("page.js")
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; "
    policy += "base-uri 'none'; form-action 'none'"
    links = "".join(f'<a href="#{id_}">{title}</a>' for title, id_, _ in shown)
    body = "".join(f'<section id="{id_}"><h2>{title}</h2>{told}</section>' for title, id_, told in shown)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{wording.title(audit)}</title><style>{style}</style></head><body>"
        f"<header><h1>{unbroken(wording.title(audit))}</h1>{_about(audit)}{_tiles(audit)}"
        f"{first_things(audit, anchors)}<nav>{links}</nav></header>"
        f"<main>{body}<footer>{_small_print(audit)}</footer></main><script>{script}</script></body></html>"
    )


@cache
def static(name: str) -> str:
    return (files("bot.audit") / "static" / name).read_text("utf-8")


def _about(audit: Audit) -> str:
    told = wording.about(audit)
    if audit.sample:
        told += (
            f" A sample of {audit.sample.sessions} of {audit.sample.of} sessions (seed {audit.sample.seed}): the lines "
            "on the bars say where the share of all sessions may lie."
        )
    return f'<p class="muted">{told}</p>'


def _tiles(audit: Audit) -> str:
    risk = audit.at_risk
    tiles = [
        (f"{audit.notes:,}", "notes", ""),
        (f"{risk.claims.part:,}", f"claims at risk, {risk.claims.rate:.0%}", "bad" if risk.claims.part else ""),
        (f"{audit.copied.part:,}", "notes that read as copies", "bad" if audit.copied.part else ""),
    ]
    if risk.dollars is not None:
        tiles.insert(2, (f"${risk.dollars:,.0f}", "dollars at risk", "bad" if risk.dollars else ""))
    tiles.append((f"{len(audit.failures):,}", "not read", "bad" if audit.failures else ""))
    drawn = (f'<div class="tile {kind}"><b>{number}</b>{words}</div>' for number, words, kind in tiles)
    return f'<div class="tiles">{"".join(drawn)}</div>'


def _elements(audit: Audit) -> str:
    if not audit.notes:
        return "<p>There was no note to look at.</p>"
    before = audit.earlier[-1] if audit.earlier else None
    since = '<th class="number">Since last</th>' if before else ""
    rows = []
    for element, rate in audit.elements.items():
        change = (
            f'<td class="number">{_change(rate.rate - before.elements.get(element, rate.rate))}</td>' if before else ""
        )
        rows.append(
            f'<tr><th scope="row">{element_name(element)}</th><td class="number"><b>{rate.rate:.0%}</b></td>'
            f'<td style="width:45%">{stacked(rate)}</td>'
            f'<td class="number extra">{rate.low:.0%} to {rate.high:.0%}</td>'
            f'<td class="number extra">{rate.partial}</td><td class="number extra">{rate.missing}</td>{change}</tr>'
        )
    keys = bar_key("met", "met") + bar_key("partial", "partly there") + bar_key("missing", "missing")
    return (
        f"<p>{keys}<small>The line on a bar is the 95 % interval of <i>met</i> (Wilson). The first six are "
        "counted once a session, the others once a note.</small></p>"
        '<div class="scroll"><table class="rates"><thead><tr><th>Element</th><th class="number">Met</th><th></th>'
        '<th class="number extra">95 %</th><th class="number extra">Partly</th><th class="number extra">Missing</th>'
        f"{since}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _change(change: float) -> str:
    points = round(100 * change)
    if not points:
        return '<span class="muted">no change</span>'
    size = f"{abs(points)} pt{'' if abs(points) == 1 else 's'}"
    return f'<span class="{"up" if points > 0 else "down"}">{"▲" if points > 0 else "▼"} {size}</span>'


def _heat(groups: Sequence[GroupRates], what: str) -> str:
    """Shares of notes in which each element is met, a row a group; the number stands in each cell."""
    if not groups:
        return ""
    head = "".join(f'<th title="{element_name(one)}">{wording.SHORT_NAMES[one]}</th>' for one in Element)
    rows = "".join(_heat_row(group) for group in groups)
    return (
        "<p><small>Share of notes in which the element is met; greener is more often.</small></p>"
        f'<div class="scroll"><table class="heat"><thead><tr><th>{what}</th><th>Notes</th><th>At risk</th>'
        f"<th>Copies</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _heat_row(group: GroupRates) -> str:
    cells = "".join(
        f'<td class="cell" style="--v:{rate.rate:.3f}" title="{_interval(rate.low, rate.high)}">{rate.rate:.0%}</td>'
        for rate in group.elements.values()
    )
    return (
        f'<tr><th scope="row">{escape(group.name)}</th><td class="none">{group.notes}</td>{_bad_cell(group.at_risk)}'
        f"{_bad_cell(group.copied)}{cells}</tr>"
    )


def _bad_cell(one: Share) -> str:
    told = f"{one.part} of {one.of}, {_interval(one.low, one.high)}"
    return f'<td class="cell" style="--v:{1 - one.rate:.3f}" title="{told}">{one.rate:.0%}</td>'


def _interval(low: float, high: float) -> str:
    return f"95 %: {low:.0%} to {high:.0%}"


def _weeks(audit: Audit) -> str:
    dated = [week for week in audit.weeks if week.name[:1].isdigit()]
    drawn = ""
    if len(dated) > 1:
        series = {
            "At risk": [week.at_risk.rate for week in dated],
            "In copies": [week.copied.rate for week in dated],
            "Elements met": [_mean([rate.rate for rate in week.elements.values()]) for week in dated],
        }
        picture = lines("weeks", [week.name[5:] for week in dated], series)
        drawn = f"<figure><figcaption>Notes, week by week (weeks by their Monday)</figcaption>{picture}</figure>"
    return (f'<div class="charts">{drawn}</div>' if drawn else "") + _heat(audit.weeks, "Week of")


def _trend(audit: Audit) -> str:
    """This audit behind the earlier ones of the same scope; nothing where it is the first."""
    if not audit.earlier:
        return ""
    labels = [str(one.last or one.made_on)[2:] for one in audit.earlier] + [str(audit.last or audit.made_on)[2:]]
    series = {
        "At risk": [*(one.at_risk.rate for one in audit.earlier), audit.at_risk.claims.rate],
        "In copies": [*(one.copied.rate for one in audit.earlier), audit.copied.rate],
        "Elements met": [
            *(_mean(list(one.elements.values())) for one in audit.earlier),
            _mean([rate.rate for rate in audit.elements.values()]),
        ],
    }
    return (
        f'<div class="charts"><figure><figcaption>Audits by their last day</figcaption>{lines("trend", labels, series)}'
        "</figure></div>"
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _risk(audit: Audit) -> str:
    risk = audit.at_risk
    if not audit.notes:
        return ""
    money = risk.dollars is not None
    rows = []
    for one in risk.payers:
        amount = f"${one.dollars:,.2f}" if one.dollars is not None else "not known"
        of = f'<td class="number">{amount}</td><td class="extra">{escape(one.dollars_of)}</td>' if money else ""
        bar = part_of(_share_of(audit, one.payer))
        rows.append(
            f'<tr><th scope="row">{escape(one.payer)}</th><td class="number">{one.at_risk} of {one.claims}</td>'
            f'<td style="width:40%">{bar}</td>{of}</tr>'
        )
    head = '<th class="number">Dollars</th><th class="extra">By</th>' if money else ""
    return (
        "<p><small>A claim is at risk where an element or the diagnosis code has to be mended, or where its note reads "
        f"as another. {_dollars_said(audit)}</small></p>"
        '<div class="scroll"><table class="rates"><thead><tr><th>Payer</th><th class="number">At risk</th><th></th>'
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _dollars_said(audit: Audit) -> str:
    risk = audit.at_risk
    if risk.dollars is None:
        return "No dollars: give the practice's own fee table with --fees."
    return f"{risk.without_amount} of them have no amount." if risk.without_amount else ""


def _share_of(audit: Audit, payer: str) -> Share:
    return next(group.at_risk for group in audit.payers if group.name.casefold() == payer.casefold())


def _small_print(audit: Audit) -> str:
    return " ".join(_said(audit))


def _said(audit: Audit) -> Iterator[str]:
    yield "Judged on this machine, by rules and a small model of sentences; nothing was sent anywhere."
    yield "A reading aid, not a guarantee of payment: a person decides what is submitted."
    yield "Eligibility, authorization and same-day policy are facts of the claim and no part of this audit."
    yield f"Made in {audit.seconds:.1f} s, {audit.peak_memory_mb:.0f} MB."

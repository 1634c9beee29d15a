"""Pictures of an audit as SVG, in the page's own colours: lines by pygal, bars and copy clusters drawn here."""

import re
import sys
from collections.abc import Mapping, Sequence
from html import escape
from math import cos, pi, sin

import pygal
from pygal.style import Style

from bot.audit.models import CopyCluster, CopyKind, ElementRate, Share

# pygal's import hook for its map plugins is of a kind that Python 3.11 warns of at each import, and 3.12 knows no more.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="var(--muted)",
    foreground_strong="var(--ink)",
    foreground_subtle="var(--line)",
    opacity="1",
    colors=("var(--bad)", "var(--other)", "var(--good)"),
    font_family="system-ui, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
)
# pygal writes its settings for a script of its own, which we do not bring, and remarks on itself.
_LEFT_OUT = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
_WIDTH, _HEIGHT, _LOW, _RADIUS = 320, 250, 60, 64
_LONGEST_NAME, _ROOM = 13, 80
_DAY_BEHIND = re.compile(r" (\d\d-\d\d)$")
_MOST_LABELLED, _MOST_LABELS = 14, 8
EDGE_WORDS = {
    CopyKind.SAME_SESSION: "same session",
    CopyKind.SAME_MEMBER: "same member, another date",
    CopyKind.OTHER_SESSION: "another member, another session",
}


def lines(name: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Percentages over weeks or audits; `name` tells this picture's styles from the next one's."""
    chart = pygal.Line(
        style=_STYLE,
        js=[],
        disable_xml_declaration=True,
        explicit_size=False,
        width=560,
        height=270,
        margin=8,
        range=(0, 100),
        y_labels=[{"label": f"{value} %", "value": value} for value in (0, 25, 50, 75, 100)],
        formatter=lambda value: f"{value:g} %",
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        dots_size=4,
        stroke_style={"width": 2.5},
        truncate_legend=-1,
        x_labels_major_count=_MOST_LABELS,
        show_minor_x_labels=len(labels) <= _MOST_LABELS,
        truncate_label=-1,
    )
    chart.uuid = name
    chart.x_labels = list(labels)
    for told, values in series.items():
        chart.add(told, [round(100 * value, 1) for value in values])
    return _LEFT_OUT.sub("", chart.render(is_unicode=True))


def stacked(rate: ElementRate) -> str:
    """One element's met, partial and missing as a bar, with the interval of met on it."""
    of = max(1, rate.of)
    parts, at = [], 0.0
    for kind, count in (("met", rate.met), ("partial", rate.partial), ("missing", rate.missing)):
        width = 100 * count / of
        parts.append(f'<rect class="{kind}" x="{at:.2f}" y="2" width="{width:.2f}" height="12"/>')
        at += width
    low, high = 100 * rate.low, 100 * rate.high
    told = f"met {rate.met}, partial {rate.partial}, missing {rate.missing}"
    return _bar(
        "".join(parts) + f'<path class="whisker" d="M{low:.2f} 8H{high:.2f}M{low:.2f} 4V12M{high:.2f} 4V12"/>', told
    )


def part_of(share: Share) -> str:
    """A share as a bar, with its interval."""
    low, high = 100 * share.low, 100 * share.high
    drawn = f'<rect class="missing" x="0" y="2" width="{100 * share.rate:.2f}" height="12"/>'
    drawn += f'<path class="whisker" d="M{low:.2f} 8H{high:.2f}M{low:.2f} 4V12M{high:.2f} 4V12"/>'
    return _bar(drawn, f"{share.part} of {share.of}")


def _bar(drawn: str, told: str) -> str:
    return (
        f'<svg class="bar" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label="{escape(told)}">'
        f"<title>{escape(told)}</title>{drawn}</svg>"
    )


def cluster(found: CopyCluster, labels: Mapping[str, str], links: Mapping[str, str], pairs: Sequence[str]) -> str:
    """Notes on a circle, a line a copy. `labels` and `links` are by note, `pairs` the links of the cluster's pairs."""
    number = len(found.notes)
    height = _LOW if number == 2 else _HEIGHT
    places = {
        note: (_WIDTH / 2 + _RADIUS * cos(turn), height / 2 + _RADIUS * sin(turn))
        for at, note in enumerate(found.notes)
        for turn in [2 * pi * at / number - (pi if number == 2 else pi / 2)]
    }
    drawn = []
    for pair, link in zip(found.pairs, pairs, strict=False):
        (x1, y1), (x2, y2) = places[pair.a], places[pair.b]
        line = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        told = f"{labels[pair.a]} and {labels[pair.b]}: {pair.similarity:.0%} alike, {EDGE_WORDS[pair.kind]}"
        width = 1.2 + 3.5 * pair.similarity**2
        drawn.append(
            f'<a href="{link}" aria-label="{escape(told)}"><title>{escape(told)}</title><line class="hit" {line}/>'
            f'<line class="edge {pair.kind.value}" stroke-width="{width:.1f}" {line}/></a>'
        )
    for note, (x, y) in places.items():
        drawn.append(_node(x, y, labels[note], links.get(note, ""), labelled=number <= _MOST_LABELLED))
    size = f"{number} notes that read as one another"
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{size}">{"".join(drawn)}</svg>'


def _node(x: float, y: float, label: str, link: str, *, labelled: bool) -> str:
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{9 if labelled else 6}"><title>{escape(label)}</title></circle>'
    words = ""
    if labelled:
        side = "middle" if abs(x - _WIDTH / 2) < 12 else "start" if x > _WIDTH / 2 else "end"
        across = x + {"middle": 0, "start": 13, "end": -13}[side]
        day = found[1] if (found := _DAY_BEHIND.search(label)) else ""
        name = label.removesuffix(f" {day}")
        down = y + (-2 if side != "middle" else (-27 if y < _HEIGHT / 2 else 24))
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
        # A name of wide letters is drawn narrower rather than cut by the picture's edge.
        fit = f' textLength="{_ROOM}" lengthAdjust="spacingAndGlyphs"' if _wide(shown) else ""
        words = (
            f'<text text-anchor="{side}"><tspan x="{across:.1f}" y="{down:.1f}"{fit}>{escape(shown)}</tspan>'
            f'<tspan class="day" x="{across:.1f}" dy="13">{day}</tspan></text>'
        )
    return f'<a href="{link}">{circle}{words}</a>' if link else circle + words


def _wide(name: str) -> bool:
    """Whether bold letters of 11 pixels take more than the room beside a circle, by a rough measure."""
    return sum(10.5 if letter in "MWmw@%" else 8.2 if letter.isupper() else 6.6 for letter in name) > _ROOM


def edge_key(kind: CopyKind) -> str:
    """A line as the clusters draw it, for the legend."""
    return (
        f'<span class="key"><svg viewBox="0 0 26 11"><line class="edge {kind.value}" stroke-width="3" '
        f'x1="2" y1="5.5" x2="24" y2="5.5"/></svg>{EDGE_WORDS[kind]}</span>'
    )


def bar_key(kind: str, words: str) -> str:
    return (
        f'<span class="key"><svg viewBox="0 0 26 11"><rect class="{kind}" width="26" height="11"/></svg>{words}</span>'
    )

"""Copies in the page: clusters as pictures, and each pair's shared words side by side."""

from html import escape

from bot.audit.models import CopiedNotes, CopyCluster, CopyKind
from bot.audit.page_sessions import Anchors
from bot.audit.pictures import EDGE_WORDS, cluster, edge_key
from bot.audit.reviewed import ReviewedNote
from bot.audit.run import AuditRun
from bot.reports.content import Words, both_sides

MOST_CLUSTERS, MOST_PAIRS, _MOST_STRETCHES = 40, 24, 6


def copies_section(done: AuditRun, anchors: Anchors) -> str:
    """A picture a cluster with its pairs; a click on a line opens its pair."""
    clusters = done.audit.copy_clusters
    if not done.audit.notes:
        return ""
    if not clusters:
        return "<p>No two notes read as one.</p>"
    notes = {note.id: note for session in done.sessions for note in session.notes}
    kinds = [kind for kind in CopyKind if any(kind in one.kinds for one in clusters)]
    told = (
        f"<p>{''.join(edge_key(kind) for kind in kinds)}</p><p><small>A circle is a note, a line two notes that read "
        "as one: the thicker, the more alike. A line opens the words that both hold, a circle the note.</small></p>"
    )
    drawn = "".join(_cluster(at, one, notes, anchors) for at, one in enumerate(clusters[:MOST_CLUSTERS]))
    more = len(clusters) - MOST_CLUSTERS
    left = f"<p>{more} smaller clusters are left out here; audit.json has them.</p>" if more > 0 else ""
    return f'{told}<div class="clusters">{drawn}</div>{left}'


def _cluster(at: int, one: CopyCluster, notes: dict[str, ReviewedNote], anchors: Anchors) -> str:
    links = {id_: f"#{anchor}" for id_ in one.notes if (anchor := anchors.note(id_))}
    # Every line leads somewhere: pairs that are not shown lead to the list of those that are.
    pairs = [f"#p{at}-{min(number, MOST_PAIRS)}" for number in range(len(one.pairs))]
    picture = cluster(one, anchors.labels, links, pairs)
    shown = "".join(_pair(f"p{at}-{number}", pair, notes) for number, pair in enumerate(one.pairs[:MOST_PAIRS]))
    more = len(one.pairs) - MOST_PAIRS
    left = f'<p id="p{at}-{MOST_PAIRS}">And {more} more pairs, in audit.json.</p>' if more > 0 else ""
    alike = f"{'up to ' if len(one.pairs) > 1 else ''}{one.similarity:.0%} alike"
    count = f"{len(one.pairs)} pair{'' if len(one.pairs) == 1 else 's'}"
    return (
        f'<div class="cluster"><b>{len(one.notes)} notes</b> <small>{alike}</small>{picture}'
        f"<details><summary>{count} and their words</summary>{shown}{left}</details></div>"
    )


def _pair(anchor: str, pair: CopiedNotes, notes: dict[str, ReviewedNote]) -> str:
    a, b = notes[pair.a], notes[pair.b]
    stretches = []
    for span in pair.spans[:_MOST_STRETCHES]:
        sides = both_sides(_words(a, span.a_start, span.a_end), _words(b, span.b_start, span.b_end))
        stretches.append(f"<div>{_side(sides.left)}</div><div>{_side(sides.right)}</div>")
    more = len(pair.spans) - _MOST_STRETCHES
    left = f"<small>And {more} more stretches.</small>" if more > 0 else ""
    return (
        f'<div class="pair" id="{anchor}"><b>{escape(_named(a))}</b> and <b>{escape(_named(b))}</b> '
        f"<small>{pair.similarity:.0%} alike, {EDGE_WORDS[pair.kind]}</small>"
        f'<div class="sides">{"".join(stretches)}</div>{left}</div>'
    )


def _named(note: ReviewedNote) -> str:
    return f"{note.label} {note.note.served_on or ''} ({note.id})"


def _words(note: ReviewedNote, start: int, end: int) -> str:
    return note.session.session.text[note.start + start : note.start + end]


def _side(words: tuple[Words, ...]) -> str:
    return " ".join(f"<b>{escape(run.text)}</b>" if run.own else escape(run.text) for run in words)

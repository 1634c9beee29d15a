"""A comparison of payers as a table: who decides what, on which terms, and where that stands.

Two columns, so that a phone shows both without scrolling; what does not fit in a cell is in the full answer and the
file.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bot.answers.models import Comparison, Row
from bot.policies.models import Confidence, Decision, SourceKind
from bot.slack.blocks.answer import how_learnt
from bot.slack.blocks.buttons import button
from bot.slack.blocks.gist import gist, unsaid_conditions
from bot.slack.blocks.headline import DECISIONS
from bot.slack.blocks.split import BLOCK_COST, Block, Message, context, section
from bot.slack.blocks.text import clip, escape, length, one_line
from bot.slack.table_ref import TableRef

# Slack takes 10,000 characters in a message's table and a hundred rows; the message's own limit leaves less.
_TABLE_LIMIT = 8_500
_ROWS_LIMIT = 60
_SAID, _CONDITIONS, _TITLE, _PUBLISHER = 150, 110, 48, 40
_OPTION, _VALUE = 75, 150
_HEAD = ("Payer and decision", "Terms and source")
_MARKER = re.compile(r" ?\[\d+\]")
_WEB = re.compile(r"https?://\S{1,1500}")
_FEWER = {Decision.ALLOWED_WITH_CONDITIONS: ("🟡", "With conditions"), Decision.NOT_APPLICABLE: ("⚪", "See the rule")}

Piece = tuple[str, str]
"""A piece of a cell: its text, and the address it links to or "bold"."""


def comparison_messages(table: Comparison, ref: TableRef) -> list[Message]:
    """The table in as few messages as carry it; the last has the file, the full answers and the list's editor."""
    found: list[Message] = []
    for chunk in _chunks(table.rows):
        first = not found
        heading = [_heading(table)] if first else [f"*{escape(_title(table))}*, continued"]
        lines = [*heading, *(plain_row(row) for row in chunk)]
        blocks = [*(section(line) for line in heading), _table(chunk)]
        found.append(Message("\n".join(line.replace("*", "") for line in lines), tuple(blocks)))
    last = found[-1]
    ending = (*context([_small_print(table)]), {"type": "actions", "elements": _actions(table, ref)})
    found[-1] = Message(last.text, (*last.blocks, *ending))
    return found


def plain_row(row: Row) -> str:
    """A row as one line, for notifications, screen readers and clients without tables; escaped."""
    cells = [" ".join(one_line("".join(text for text, _ in cell)).split("\n")) for cell in _cells(row)]
    return escape(f"{cells[0]}: {cells[1]}. {cells[2]}".replace(" \u2022 ", "; "))


def _heading(table: Comparison) -> str:
    counts = Counter(row.answer.decision for row in table.rows)
    told = [
        f"{counts[decision]} {words.casefold()}" for decision, (_, words) in DECISIONS.items() if counts.get(decision)
    ]
    stale = sum(row.answer.stale for row in table.rows)
    old = [f"{stale} on an old rule: verify first"] if stale else []
    return f"*{escape(_title(table))}*\n{escape(' · '.join([*told, *old]))}"


def _title(table: Comparison) -> str:
    whose = f"your {len(table.rows)} payers" if table.own else f"{len(table.rows)} payers"
    if len(table.rows) == 1:
        whose = "1 payer"
    day = f", on {table.date_of_service.isoformat()}" if table.date_of_service else ""
    return f"{table.matter[:1].upper()}{table.matter[1:]}: {whose}{day}"


def _chunks(rows: Sequence[Row]) -> list[list[Row]]:
    found: list[list[Row]] = []
    used = 0
    for row in rows:
        size = sum(length(text) for cell in _cells(row) for text, _ in cell)
        if not found or used + size > _TABLE_LIMIT - BLOCK_COST or len(found[-1]) >= _ROWS_LIMIT:
            found.append([])
            used = 0
        found[-1].append(row)
        used += size
    return found


def _table(rows: Sequence[Row]) -> Block:
    head = [_cell([(name, "bold")]) for name in _HEAD]
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": True} for _ in _HEAD],
        "rows": [
            head,
            *([_cell([*who, ("\n", ""), *decided]), _cell(terms)] for who, decided, terms in map(_cells, rows)),
        ],
    }


def _cell(pieces: Sequence[Piece]) -> Block:
    elements: list[Block] = []
    for text, kind in pieces:
        if kind == "bold":
            elements.append({"type": "text", "text": text, "style": {"bold": True}})
        elif kind:
            elements.append({"type": "link", "url": kind, "text": text})
        else:
            elements.append({"type": "text", "text": text})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _cells(row: Row) -> tuple[list[Piece], list[Piece], list[Piece]]:
    who: list[Piece] = [(clip(row.name, 60), "bold")]
    if row.plan:
        who.append((f"\n{row.plan}", ""))
    return who, _decision(row), _terms(row)


def _decision(row: Row) -> list[Piece]:
    answer = row.answer
    icon, words = _FEWER.get(answer.decision) or DECISIONS[answer.decision]
    pieces: list[Piece] = [(f"{icon} {words}", "bold")]
    if answer.decision is Decision.UNKNOWN:
        return pieces
    if row.source:
        pieces.append((f"\n{age(row)}", ""))
    if answer.conflicts:
        pieces.append(("\n⚠️ sources disagree", ""))
    if answer.confidence is Confidence.LOW:
        pieces.append(("\nlow confidence", ""))
    return pieces


def age(row: Row) -> str:
    """How old the deciding source is: "2026", or "⚠️ 2019, stale: verify"."""
    if row.source and row.source.source_kind is SourceKind.PRACTICE_VERIFICATION:
        told = f"verified {row.source.checked_on}"
    else:
        told = str(row.year) if row.year else "undated"
    return f"⚠️ {told}, stale: verify" if row.answer.stale else told


def _terms(row: Row) -> list[Piece]:
    answer = row.answer
    if answer.decision is Decision.UNKNOWN:
        return [(_to_do(row), "")]
    told = gist(answer)
    said = clip(one_line(_MARKER.sub("", told.said[0].removeprefix("- "))), _SAID) if told.said else ""
    unsaid = clip("; ".join(unsaid_conditions(answer, said)), _CONDITIONS)
    lines = [said, f"If: {unsaid}" if unsaid else "", f"Modifier: {told.modifiers}" if told.modifiers else ""]
    pieces: list[Piece] = [("\n".join(line for line in lines if line), "")]
    if row.source:
        dated = row.source.effective_date or "undated"
        url = row.source.source_url
        learnt = how_learnt(answer, row.source)
        title = clip(one_line(row.source.source_title), _TITLE)
        publisher = clip(one_line(row.source.publisher), _PUBLISHER)
        pieces += [
            ("\n— ", ""),
            (title, url if _WEB.fullmatch(url) else ""),
            (f", {publisher}, {dated} ({learnt})", ""),
        ]
    return [piece for piece in pieces if piece[0]]


def _to_do(row: Row) -> str:
    """An unknown row says what to do: the questions are one choice away."""
    if row.payer_id:
        return "No rule on file settles it. Ask them first: call script below."
    if row.answer.call_script:
        return "Not on file. Ask them first: call script below."
    return "This name fits several payers: list it with its state or plan."


def _small_print(table: Comparison) -> str:
    unknown = sum(row.answer.decision is Decision.UNKNOWN for row in table.rows)
    told = "Decisions as in a single answer; the file has every condition and source."
    return f"{told} Not known: ask the payer, then record what they say." if unknown else told


def _actions(table: Comparison, ref: TableRef) -> list[Block]:
    download = button("table_csv", "Download CSV", ref.dumps())
    options = [
        {
            "text": {"type": "plain_text", "text": clip(f"{row.name} ({row.plan})" if row.plan else row.name, _OPTION)},
            "value": row_value(row, number),
        }
        for number, row in enumerate(table.rows)
    ]
    chosen = {
        "type": "static_select",
        "action_id": "table_row",
        "placeholder": {"type": "plain_text", "text": "Full answer, call script"},
        "options": options,
    }
    edit = [button("edit_payers", "Edit our payers", "edit")] if table.own else []
    return [download, chosen, *edit]


def row_value(row: Row, number: int) -> str:
    """Which row an option means: its matter and payer, so that it can be asked for by itself."""
    who = row.payer_id or row.name
    return clip("|".join([row.answer.topic, row.line_of_business or "", row.state, str(number), who]), _VALUE)


def all_on_file_button(ref: TableRef) -> Message:
    """Offered where the practice has no list yet."""
    text = "Until you have a list, I can show every payer on file that has a rule on this."
    every = ref.model_copy(update={"everyone": True})
    buttons = [
        button("table_all", "All payers on file", every.dumps()),
        button("edit_payers", "List our payers", "edit"),
    ]
    return Message(text, (section(text), {"type": "actions", "elements": buttons}))

"""`/billing payers`, the practice's list in a modal, and the buttons of a table of payers."""

from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.answers.matrix_csv import as_csv, csv_name
from bot.answers.models import Comparison, Reply
from bot.errors import UserError
from bot.policies.models import LineOfBusiness, Topic
from bot.policies.own_payers import OwnPayer
from bot.slack.blocks.answer import answer_messages
from bot.slack.blocks.comparison import all_on_file_button, comparison_messages
from bot.slack.blocks.guide import line, payers_messages
from bot.slack.blocks.payer_list import (
    CALLBACK,
    FIELD,
    INPUT_LIMIT,
    change_message,
    form_error,
    list_messages,
    payers_form,
    suggestion,
)
from bot.slack.desk import Desk
from bot.slack.listeners.actions import beside, review_ref
from bot.slack.noteref import NoteRef
from bot.slack.outlets import Outlet, Place, direct, post_all, private_outlet
from bot.slack.payers_command import PayersCommand, Wish, read_payers_command
from bot.slack.spot import on_the_spot
from bot.slack.table_ref import NAMES_LIMIT, TableRef
from bot.slack.working import working_aside

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
# A spreadsheet takes a file for UTF-8 only with this in front.
_BOM = "\ufeff"
_TOO_LONG = "That list is too long to edit here: use `/billing payers add …` and `/billing payers remove …`."


def register(app: App) -> None:
    """Listen to a table's buttons and to the list's modal; the command itself comes by way of `commands`."""

    def on_csv(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        send_file(desk, client, body, TableRef.loads(action["value"]))

    def on_row(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        show_row(desk, beside(body, client), body, action["selected_option"]["value"])

    def on_all(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        post_table(desk, beside(body, client), TableRef.loads(action["value"]))

    def on_edit(ack: Ack, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        payers = desk.office.payer_list.payers()
        if len("\n".join(payer.label for payer in payers)) > INPUT_LIMIT:
            raise UserError(_TOO_LONG)
        where = "" if body["container"].get("is_ephemeral") else review_ref(body).dumps()
        client.views_open(trigger_id=body["trigger_id"], view=payers_form(payers, where))

    def on_kept(ack: Ack, view: Body, body: Body, client: WebClient, desk: Desk) -> None:
        names = view["state"]["values"][FIELD][FIELD].get("value") or ""
        user = body["user"]["id"]
        change = desk.office.payer_list.replace(names, user)
        if change.unclear:
            ack(response_action="errors", errors={FIELD: form_error(change.unclear)})
            return
        ack()
        told_to(client, user, view.get("private_metadata") or "").post(change_message(change))
        log.info("payers_listed", count=len(change.payers))

    app.action("table_csv")(on_csv)
    app.action("table_row")(on_row)
    app.action("table_all")(on_all)
    app.action("edit_payers", middleware=[on_the_spot])(on_edit)
    app.view(CALLBACK, middleware=[on_the_spot])(on_kept)


def take_payers(desk: Desk, aside: Outlet, rest: str, user: str) -> bool:
    """Do what follows `/billing payers`; False where it is a question rather."""
    read = read_payers_command(rest)
    payers = desk.office.payer_list
    if read.wish is Wish.SHOW:
        post_all(aside, list_messages(payers.payers(), len(desk.office.payers())))
    elif read.wish is Wish.ALL:
        post_all(aside, payers_messages(desk.office.payers()))
    elif read.wish is Wish.ADD:
        aside.post(change_message(payers.add(read.rest, user)))
    elif read.wish is Wish.REMOVE:
        aside.post(change_message(payers.remove(read.rest, user)))
    elif read.wish is Wish.CLEAR:
        aside.post(change_message(payers.clear(user)))
    elif read.wish is Wish.COMPARE:
        with working_aside(aside):
            _compare(desk, aside, read)
    elif read.wish is Wish.UNSURE:
        aside.post(suggestion(read.rest, read.topic))
    return read.wish is not Wish.ASK


def _compare(desk: Desk, aside: Outlet, read: PayersCommand) -> None:
    assert read.topic is not None
    ref = TableRef(topic=read.topic, question=read.rest[:400], names=read.names, everyone=read.everyone)
    if len(read.names) > NAMES_LIMIT:
        raise UserError("Name fewer payers, or put them on your list: `/billing payers add …`.")
    if not read.names and not read.everyone and not desk.office.payer_list.payers():
        aside.post(line("Your practice has no list of payers yet: `/billing payers add Aetna, HUSKY` makes it."))
        aside.post(all_on_file_button(ref))
    else:
        post_table(desk, aside, ref)


def post_table(desk: Desk, outlet: Outlet, ref: TableRef) -> None:
    """Make the table that a reference stands for, and show it."""
    table = make_table(desk, ref)
    post_all(outlet, comparison_messages(table, TableRef.of(table, ref.names, everyone=ref.everyone)))
    log.info("compared", topic=table.topic.value, rows=len(table.rows))


def make_table(desk: Desk, ref: TableRef) -> Comparison:
    """The comparison as the file stands now."""
    return desk.office.compare(
        ref.question or ref.topic.value.replace("_", " "),
        topic=ref.topic,
        names=ref.names,
        everyone=ref.everyone,
        state=ref.state,
        line=ref.line,
        date_of_service=ref.on,
    )


def send_file(desk: Desk, client: WebClient, body: Body, ref: TableRef) -> None:
    """Share the table as a file: in the thread it stands in, or in the person's direct message where it has none."""
    table, today = make_table(desk, ref), desk.today()
    name = csv_name(table.topic, today)
    private = bool(body["container"].get("is_ephemeral"))
    place = direct(client, body["user"]["id"]) if private else _thread(body, client)
    place.upload(name, name, _BOM + as_csv(table, today))
    if private:
        beside(body, client).post(line(f"{name} is in your direct message with me."))
    log.info("table_sent", topic=table.topic.value, rows=len(table.rows), private=private)


def show_row(desk: Desk, outlet: Outlet, body: Body, value: str) -> None:
    """One payer's full answer, with its sources and call script."""
    topic, plan, state, _, who = value.split("|", 4)
    ref = _ref_in(body) or TableRef(topic=Topic(topic))
    known = dict(desk.office.payers())
    payer = OwnPayer(
        payer_id=who if who in known else "",
        name=known.get(who, who)[:80],
        line_of_business=LineOfBusiness(plan) if plan else None,
        state=state,
    )
    question = ref.question or topic.replace("_", " ")
    table = desk.office.compare(question, topic=Topic(topic), payers=(payer,), state=ref.state, date_of_service=ref.on)
    answers = tuple(row.answer for row in table.rows)
    post_all(outlet, answer_messages(Reply(question=question, answers=answers), desk.today()))


def told_to(client: WebClient, user: str, where: str) -> Place:
    """Where a change made in the modal is confirmed: beside its button, or in the person's direct message."""
    if not where:
        return direct(client, user)
    at = NoteRef.loads(where)
    return private_outlet(client, at.channel, user, at.thread_ts or at.ts)


def _thread(body: Body, client: WebClient) -> Place:
    at = review_ref(body)
    return Place(client, at.channel, at.thread_ts or at.ts)


def _ref_in(body: Body) -> TableRef | None:
    """What the table's own button carries; an ephemeral message comes without its blocks."""
    for block in (body.get("message") or {}).get("blocks") or ():
        for element in block.get("elements") or () if block.get("type") == "actions" else ():
            if element.get("action_id") == "table_csv":
                return TableRef.loads(element["value"])
    return None

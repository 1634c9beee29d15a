"""One of each: every block and element of Slack, as a message, a modal and a home, to look at and to check."""

from typing import Any

from .page_blocks import button, confirm, option, plain, words

Json = dict[str, Any]
THREE = [option("aetna"), option("cigna"), option("optum")]
GROUPS = [{"label": plain("National"), "options": THREE[:2]}, {"label": plain("State"), "options": THREE[2:]}]
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='240' height='120'%3E"
    "%3Crect width='240' height='120' fill='%230e6a64'/%3E%3C/svg%3E"
)
SINGLE = [
    {"type": "static_select", "options": THREE, "initial_option": THREE[1]},
    {"type": "static_select", "option_groups": GROUPS},
    {"type": "external_select", "min_query_length": 1},
    {"type": "users_select"},
    {"type": "conversations_select", "default_to_current_conversation": True},
    {"type": "channels_select"},
]
MULTI = [
    {"type": "multi_static_select", "options": THREE, "initial_options": THREE[:2], "max_selected_items": 2},
    {"type": "multi_static_select", "option_groups": GROUPS},
    {"type": "multi_external_select", "min_query_length": 1, "initial_options": THREE[:1]},
    {"type": "multi_users_select"},
    {"type": "multi_conversations_select"},
    {"type": "multi_channels_select"},
]
PICKERS = [
    {"type": "datepicker", "initial_date": "2026-03-04"},
    {"type": "timepicker", "initial_time": "14:30"},
    {"type": "datetimepicker", "initial_date_time": 1_772_600_000},
]
DESCRIBED = [{**option("met"), "description": plain("The words stand in the note")}, option("missing")]
CHOOSERS = [
    {"type": "checkboxes", "options": DESCRIBED, "initial_options": DESCRIBED[:1]},
    {"type": "radio_buttons", "options": DESCRIBED, "initial_option": DESCRIBED[1]},
]
TYPED = [
    {"type": "plain_text_input", "placeholder": plain("One line"), "min_length": 2, "max_length": 20},
    {"type": "plain_text_input", "multiline": True, "initial_value": "Two\nlines"},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "12"},
    {"type": "rich_text_input"},
    {"type": "file_input", "filetypes": ["txt"], "max_files": 1},
]
OVERFLOW = {"type": "overflow", "options": [*THREE, {**option("policy"), "url": "https://example.com/policy"}]}
IMAGE = {"type": "image", "image_url": PICTURE, "alt_text": "A green field"}


def named(elements: list[Json], prefix: str) -> list[Json]:
    """Each element with an action id of its own."""
    return [{**element, "action_id": f"{prefix}{number}"} for number, element in enumerate(elements)]


def rich() -> Json:
    def section(*pieces: Json) -> Json:
        return {"type": "rich_text_section", "elements": list(pieces)}

    def text(value: str, **style: bool) -> Json:
        return {"type": "text", "text": value, **({"style": style} if style else {})}

    def items(style: str, indent: int, *lines: str, **more: Any) -> Json:
        elements = [section(text(line)) for line in lines]
        return {"type": "rich_text_list", "style": style, "indent": indent, "elements": elements, **more}

    return {
        "type": "rich_text",
        "elements": [
            section(
                text("Bold", bold=True),
                text(" italic", italic=True),
                text(" struck", strike=True),
                text(" code", code=True),
                text(" underlined", underline=True),
                text(" "),
                {"type": "link", "url": "https://example.com", "text": "a link"},
                text(" "),
                {"type": "emoji", "name": "white_check_mark"},
                text(" "),
                {"type": "broadcast", "range": "here"},
                text(" "),
                {"type": "color", "value": "#0e6a64"},
                text(" "),
                {"type": "date", "timestamp": 1_772_600_000, "format": "{date_short}", "fallback": "March"},
            ),
            items("ordered", 0, "First", "Second"),
            items("bullet", 1, "Inner"),
            items("ordered", 0, "Third", offset=2),
            {"type": "rich_text_quote", "elements": [text("As the payer wrote it")], "border": 1},
            {"type": "rich_text_preformatted", "elements": [text("90853  1 unit\n90837  1 unit")]},
        ],
    }


def grid() -> Json:
    def raw(value: str) -> Json:
        return {"type": "raw_text", "text": value}

    rows = [[raw("Payer"), raw("Units"), raw("Rule")]]
    rows += [
        [raw(name), {"type": "raw_number", "value": number, "text": str(number)}, rich_cell(name)]
        for name, number in (("Aetna", 1), ("Cigna", 12))
    ]
    settings = [{"is_wrapped": True}, {"align": "right"}, {"align": "center"}]
    return {"type": "table", "rows": rows, "column_settings": settings}


def rich_cell(name: str) -> Json:
    link = {"type": "link", "url": "https://example.com", "text": f"{name} policy"}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}


def shared() -> list[Json]:
    """What stands in messages, modals and homes alike."""
    return [
        {"type": "header", "text": plain("A header :white_check_mark:")},
        {"type": "section", "text": words("*Bold* _italic_ ~struck~ `code` <https://example.com|link>\n> quoted")},
        {"type": "section", "text": plain("Plain *not bold* :warning:"), "accessory": IMAGE},
        {"type": "section", "fields": [words(f"*Field {n}*\nvalue {n}") for n in range(1, 6)]},
        {"type": "section", "text": words("With a button"), "accessory": button("Sources", "sources")},
        {"type": "section", "text": words("With a menu"), "accessory": {**OVERFLOW, "action_id": "over"}},
        *(
            {"type": "section", "text": words(f"With {e['type']}"), "accessory": e}
            for e in named([*CHOOSERS, *PICKERS[:2]], "accessory")
        ),
        *(
            {"type": "section", "text": words(f"With {e['type']}"), "accessory": e}
            for e in named([*SINGLE[:1], *MULTI], "select")
        ),
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                button("Default", "default"),
                button("Primary", "primary", style="primary"),
                button("Danger", "danger", style="danger", confirm=confirm()),
                button("Opens", "opens", url="https://example.com"),
                {
                    "type": "workflow_button",
                    "action_id": "flow",
                    "text": plain("Workflow"),
                    "workflow": {"trigger": {"url": "https://example.com/trigger"}},
                },
                {**OVERFLOW, "action_id": "more"},
            ],
        },
        {"type": "actions", "elements": named(SINGLE, "single")},
        {"type": "actions", "elements": named([*PICKERS, *CHOOSERS], "picked")},
        {"type": "context", "elements": [IMAGE, words("Context with *mrkdwn*"), plain("and plain text")]},
        {**IMAGE, "title": plain("An image with its title")},
        {"type": "image", "image_url": "https://example.com/outside.png", "alt_text": "A picture elsewhere"},
        rich(),
        {
            "type": "video",
            "title": plain("How to bill 90853"),
            "title_url": "https://example.com/watch",
            "description": plain("Two minutes"),
            "video_url": "https://example.com/embed",
            "thumbnail_url": "https://example.com/thumb.png",
            "alt_text": "A lesson",
            "author_name": "The practice",
            "provider_name": "Example",
        },
    ]


def message() -> list[Json]:
    """What a message may hold beside what is shared."""
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "value": "up"},
        "negative_button": {"text": plain("Bad"), "value": "down"},
    }
    trash = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "trash"}
    return [
        *shared(),
        {
            "type": "markdown",
            "text": "# Markdown\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\ncode\n```",
        },
        grid(),
        {"type": "call", "call_id": "R1"},
        {"type": "file", "external_id": "F1", "source": "remote"},
        {
            "type": "plan",
            "title": "Checking",
            "tasks": [{"type": "task_card", "task_id": "t", "title": "Read", "status": "complete"}],
        },
        {"type": "context_actions", "elements": [feedback, trash]},
    ]


def inputs() -> list[Json]:
    """Every element that an input block takes."""
    every = named([*TYPED, *SINGLE, *MULTI, *PICKERS, *CHOOSERS], "input")
    return [
        {
            "type": "input",
            "label": plain(f"{number}. {element['type']}"),
            "element": element,
            "optional": True,
            "hint": plain("A hint"),
        }
        for number, element in enumerate(every, 1)
    ]


def view(kind: str) -> Json:
    """A modal or a home with all that it may hold."""
    fields = [block for block in inputs() if kind == "modal" or block["element"]["type"] != "file_input"]
    if kind == "home":
        return {"type": "home", "blocks": [*shared(), *fields]}
    return {
        "type": "modal",
        "callback_id": "gallery",
        "title": plain("One of each"),
        "submit": plain("Send"),
        "blocks": [*fields, *shared()],
    }

"""What the page's test app shows: a card with most of Block Kit, a table, and modals."""

from typing import Any

MARKDOWN = """## Allowed with conditions

**90853** and **90837** on the same day need *distinct* times and a `59` modifier.

| Payer | Same day | Modifier |
|:--|:-:|--:|
| Aetna | yes | 59 |
| Cigna | ask | – |

1. Document start and end times
2. Keep two notes
   - one for the group
   - one for the person

> Verify yearly. See [the policy](https://example.com/policy).
"""
HOSTILE = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def words(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": text, **more}


def card() -> list[dict[str, Any]]:
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "accessibility_label": "Helpful", "value": "up"},
        "negative_button": {"text": plain("Bad"), "accessibility_label": "Not helpful", "value": "down"},
    }
    text = "*Allowed with conditions* _for_ ~sure~ `59` :white_check_mark:\n• distinct times\n• two notes\n> said Aetna"
    return [
        {"type": "header", "text": plain("Aetna · same-day services")},
        {"type": "section", "text": words(text), "accessory": button("Sources", "sources")},
        {"type": "section", "fields": [words("*Modifier*\n59 on 90853"), words("*Effective*\n2026-01-01")]},
        {"type": "divider"},
        {"type": "markdown", "text": MARKDOWN},
        {"type": "context", "elements": [words("Source: <https://example.com|Aetna policy> · read 2026-11-01")]},
        {
            "type": "actions",
            "elements": [
                button("Verify", "verify", style="primary"),
                button("Remove", "remove", style="danger", confirm=confirm()),
                {"type": "static_select", "action_id": "payer", "options": [option("aetna"), option("cigna")]},
                {"type": "datepicker", "action_id": "date", "initial_date": "2026-03-04"},
                {"type": "overflow", "action_id": "over", "options": [option("copy"), option("share")]},
            ],
        },
        {"type": "context_actions", "elements": [feedback]},
    ]


def confirm() -> dict[str, Any]:
    return {
        "title": plain("Remove it?"),
        "text": words("It cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }


def table() -> list[dict[str, Any]]:
    raw = [["Element", "Member 1", "Member 2"], ["Goals", "met", "missing"], ["Response", "met", "partial"]]
    return [{"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in raw]}]


def modal() -> dict[str, Any]:
    def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
        named = {"action_id": "value", **element}
        return {"type": "input", "block_id": block_id, "label": plain(label), "element": named, **more}

    three = [option("aetna"), option("cigna"), option("optum")]
    codes, places = [option("90853"), option("90837")], [option("office"), option("home")]
    return {
        "type": "modal",
        "callback_id": "claim",
        "title": plain("Claim facts"),
        "submit": plain("Check"),
        "notify_on_close": True,
        "blocks": [
            {"type": "section", "text": words("Facts of the claim only: *never* note text.")},
            field("auth", "Authorization number", {"type": "plain_text_input"}, hint=plain("As on the letter")),
            field("payer", "Payer", {"type": "static_select", "options": three}),
            field("dos", "Date of service", {"type": "datepicker"}, optional=True),
            field("codes", "Codes", {"type": "checkboxes", "options": codes}, optional=True),
            field("place", "Place", {"type": "radio_buttons", "options": places}, optional=True),
            field("units", "Units", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
            field("mail", "Email", {"type": "email_text_input"}, optional=True),
            field("who", "Who asked", {"type": "users_select"}, optional=True),
            field("more", "Other payers", {"type": "multi_static_select", "options": three}, optional=True),
            field("find", "Find a plan", {"type": "external_select", "min_query_length": 2}, optional=True),
        ],
    }


def simple_modal(title: str, text: str, submit: str | None = None) -> dict[str, Any]:
    view: dict[str, Any] = {"type": "modal", "callback_id": title, "title": plain(title)}
    if submit:
        view["submit"] = plain(submit)
    return {**view, "blocks": [{"type": "section", "text": words(text)}]}

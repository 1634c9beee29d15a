"""The modal that asks for claim facts: never for words of a note, which Slack's health terms keep to messages."""

from calendar import month_name

from bot.claims.models import ClaimFacts
from bot.slack.blocks.split import Block

CALLBACK = "claim_facts"
EVERYONE = "0"
YES, NO = "yes", "no"
STATES = (  # noqa: SIM905  # fifty-four lines otherwise
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA PR RI SC SD TN TX UT VT VA VI GU WA WV WI WY"
).split()
# CMS place-of-service codes a group is held at, in our words.
PLACES = {
    "11": "office",
    "10": "telehealth, patient at home",
    "02": "telehealth, patient elsewhere",
    "53": "community mental health center",
    "22": "outpatient hospital, on campus",
    "19": "outpatient hospital, off campus",
    "52": "psychiatric partial hospitalization",
    "57": "substance use treatment, non-residential",
    "49": "independent clinic",
    "50": "federally qualified health center",
    "72": "rural health clinic",
    "03": "school",
}
HELD = {"in_person": "In person", "video": "Telehealth, with video", "audio": "Telehealth, by phone alone"}
_SELECT_LIMIT = 100


def claim_form(private_metadata: str, members: int, known: ClaimFacts | None = None) -> Block:
    """The modal; `private_metadata` holds ids only, and members go by number: names stay in messages."""
    who = [_option("Every member", EVERYONE)]
    who += [_option(f"Member {number}", str(number)) for number in range(1, min(members, _SELECT_LIMIT - 1) + 1)]
    known = known or ClaimFacts()
    states = [_option(state, state) for state in STATES]
    chosen = next((option for option in states if option["value"] == known.state), None)
    day = known.date_of_service.isoformat() if known.date_of_service else ""
    blocks = [
        _input(
            "member",
            "These facts are for",
            _select(who, who[0]),
            optional=False,
            hint="Who has which number is listed above the button you pressed: names stay in messages. "
            "A diagnosis and an authorization are one member's own.",
        ),
        _input("payer", "Payer", _text("As you call it: Aetna, Medicaid MN …", 100, known.payer)),
        _input("state", "State", _select(states, chosen)),
        _input("date_of_service", "Date of service", _date(day)),
        _input("diagnosis_code", "Diagnosis code on the claim", _text("F41.1", 60)),
        _input("eligibility", "Eligibility and group benefits verified on", _date(), hint="With this payer."),
        _input(
            "benefit_year",
            "The plan's benefit year begins on",
            _select([_option(f"1 {month_name[number]}", f"{number:02}-01") for number in range(1, 13)]),
            hint="Empty means 1 January.",
        ),
        _input("number", "Authorization number", _text("As on the payer's letter", 60)),
        _input("starts_on", "Authorization starts", _date()),
        _input("ends_on", "Authorization ends", _date()),
        _input("units", "Units left before this session", _number()),
        _input("covers_group", "Does it cover group?", _select([_option("Yes", YES), _option("No", NO)])),
        _input(
            "same_day_codes",
            "Other codes billed for them that day",
            _text("90837, 99214, or none", 100),
            hint="Write none when there are none; empty means nobody has said.",
        ),
        _input(
            "place_of_service", "Place of service", _select([_option(f"{c} {name}", c) for c, name in PLACES.items()])
        ),
        _input("held", "How was the session held?", _select([_option(name, value) for value, name in HELD.items()])),
        _input(
            "modifiers",
            "Modifiers on the 90853 line",
            _text("95, HQ, or none", 40),
            hint="Write none when there are none; empty means nobody has said.",
        ),
    ]
    note = "Facts of the claim only. Fill in what you know. Words of a note never belong here."
    intro = {"type": "context", "elements": [{"type": "plain_text", "text": note}]}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": _plain("Claim facts"),
        "submit": _plain("Review again"),
        "close": _plain("Cancel"),
        "blocks": [intro, *blocks],
    }


def members_offered(view: Block) -> int:
    """How many members the modal let a person choose from."""
    chooser = next((block for block in view["blocks"] if block.get("block_id") == "member"), None)
    return len(chooser["element"]["options"]) - 1 if chooser else 1


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _option(text: str, value: str) -> Block:
    return {"text": _plain(text), "value": value}


def _input(name: str, label: str, element: Block, *, optional: bool = True, hint: str = "") -> Block:
    block = {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}
    return block | {"hint": _plain(hint)} if hint else block


def _text(placeholder: str, limit: int, initial: str = "") -> Block:
    element = {"type": "plain_text_input", "action_id": "value", "placeholder": _plain(placeholder)}
    return element | {"max_length": limit} | ({"initial_value": initial[:limit]} if initial else {})


def _select(options: list[Block], initial: Block | None = None) -> Block:
    element: Block = {"type": "static_select", "action_id": "value", "options": options}
    return element | {"initial_option": initial} if initial else element


def _date(initial: str = "") -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element | {"initial_date": initial} if initial else element


def _number() -> Block:
    return {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": "999",
    }

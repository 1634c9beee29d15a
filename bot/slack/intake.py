"""What a person sent: a question, a group note, or something to ask back about. Pure; decides nothing of billing."""

import html
import re
from enum import StrEnum

from bot.slack.blocks.text import one_line
from bot.slack.members_line import is_members_line


class Kind(StrEnum):
    QUESTION = "question"
    NOTE = "note"
    UNSURE = "unsure"
    MEMBERS = "members"
    HELP = "help"
    LEARN = "learn"
    HOW_TO_REVIEW = "how_to_review"
    PRIVACY = "privacy"
    THANKS = "thanks"
    EMPTY = "empty"


_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")

# What a note has and a question seldom: each pattern counts once, however often it stands.
_NOTE_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"^\W*(?:patient|client|member|participant|pt|name)\b[^\n?]{0,30}[:#]",
        r"^\W*(?:date|dos|date of service|session date)\W*:|^\W*\d{1,2}/\d{1,2}/\d{2,4}\b",
        r"\b(?:dx|diagnosis|diagnoses)\s*:|\bF\d{2}\.\d",
        r"^\W*(?:plan|p|next session)\s*:|\bplan:",
        r"^\W*(?:participation|response|progress|goals?|interventions?|safety|risk|topic|focus|modality"
        r"|group|session|assessment|subjective|objective|data|behavior)[^\n?]{0,30}:",
        r"\b(?:denie[sd]|no)\s+(?:any\s+)?(?:si\b|hi\b|si/hi|suicid|self[- ]harm)|\bSI/HI\b",
        r"\b(?:shared|disclosed|reported|identified|volunteered|verbalized|practiced|stated|processed|tearful)\b",
        r"\b(?:facilitated|led|guided|therapist|clinician|facilitator|provider)\b[^?\n]{0,60}"
        r"\b(?:group|used|modeled|taught|intervention|questioning|restructuring)",
        r"\b(?:group members?|members|patients|clients|participants|people) (?:present|attended|in attendance)\b"
        r"|\b\d+ (?:members|patients|clients|participants)\b[^?\n]{0,20}\b(?:present|attended)",
        r"\b(?:responded|receptive|engaged|participated|attended|tolerated)\b",
        r"\bgoal(?:s)?\b.{0,40}\b(?:progress|met|toward|reduce|decrease|increase)|\bprogress toward",
        r"\b\d{2,3}[- ]?min(?:ute)?s?\b.{0,40}\b(?:group|session)\b",
    )
)
# A narrative note has no headings: what tells it is its length and that people in it speak and feel.
_OF_A_SESSION = re.compile(
    r"\b(?:group|session|members?|therapist|clients?|patients?|said|told|spoke|talked|shared|listened|laughed|cried|wept"
    r"|tears|tearful|silence|silent|quiet|angry|the room|the circle|admitted|disclosed|i asked"
    r"|we (?:ended|closed|began))\b",
    re.IGNORECASE,
)
_BILLING = re.compile(
    r"\b(?:bill(?:s|ed|ing|able)?|claims?|payers?|insur\w+|prior auth\w*|reimburs\w+|cpt|modifiers?|medicare|medicaid"
    r"|aetna|cigna|policy|policies|coverage|covered?)\b",
    re.IGNORECASE,
)
_LONG, _LONGEST_QUESTION, _ENOUGH = 450, 1_500, 4
_ASKING = re.compile(
    r"^\W*(?:can|could|may|do|does|did|is|are|am|was|will|would|should|must|what|whats|what's|how|which|when|where|who"
    r"|why|and|or|also|tell me|explain|compare|need to know|any|has|have|if"
    r"|(?:any|some)(?:one|body)(?: here)? knows? (?:if|whether|what|which|how))\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"^\W*(?:and|or|what about|how about|also|same for|what if|then|but|for)\b", re.IGNORECASE)
_HELP = re.compile(
    r"^\W*(?:help(?: me)?|hi|hello|hey(?: there)?|good (?:morning|afternoon)|start|(?:\w{2,5} )?can (?:you|u) do"
    r"|how does this work|menu|commands)\W*$",
    re.IGNORECASE,
)
_LESSON = r"lesson (?:no\.? |number )?(\d{1,3})"
_LEARN = re.compile(
    r"^\W*(?:learn|course|lessons?|quiz(?: me)?|teach me"
    r"|(?:start|begin|resume|continue|open)(?: (?:the|my))? (?:course|lessons?)"
    r"|where (?:was|am|were) (?:i|we)(?: in (?:the|my) (?:course|lessons?))?"
    r"|(?:my |the )?certificate(?: please)?"
    rf"|(?:[\w']+ ){{0,5}}{_LESSON}(?: (?:again|please|of the course))*)\W*$",
    re.IGNORECASE,
)
_NOTES = r"(?:[\w-]+ ){0,3}(?:notes?|sessions?|files?|documentation)"
_HOW_TO_REVIEW = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?:"
    rf"(?:please )?(?:review|check|read|look at|see) (?:this|these|my|our|the|a|an|attached) {_NOTES}"
    r"|(?:can|could|will|would) you (?:please )?(?:review|check|read|look at) "
    rf"(?:this |these |my |our |the |a |an )?{_NOTES}"
    r"|(?:how|where) (?:do|can|could|should) (?:i|we) (?:send|give|paste|upload|attach|share|submit)"
    r" (?:(?:you|to you) [^?\n]{0,30}\bnotes?|(?:[\w-]+ ){0,3}notes?(?: here| to review| for review)?\W*$)"
    rf"|here(?:'s|’s| is| are) (?:my|our|the|a) {_NOTES}"
    rf"|i(?: want|'d like| would like| need) (?:to have |you to (?:review|check) )?(?:a |my |our |the |this ){_NOTES}"
    r")(?: (?:reviewed|checked|for me|to review|please|here|below))*\W*$",
    re.IGNORECASE,
)
_WRITTEN = (
    r"(?:(?:the |my |our |these |this )?(?:\w+ )?(?:notes?|messages?|questions?|texts?|data)"
    r"|(?:what|everything) (?:i|we) \w+|it|this)"
)
_PRIVACY = re.compile(
    r"^\W*(?:"
    rf"what (?:do|will|would) you do with {_WRITTEN}"
    rf"|(?:do|will|would) you (?:keep|store|save|share|remember|retain) {_WRITTEN}"
    r"|(?:who|who else|can (?:anyone|anybody|others|my \w+)) (?:can |could |will |may )?(?:see|sees|read|reads)"
    rf" {_WRITTEN}"
    rf"|where (?:do|does|will) {_WRITTEN} (?:go|end up)"
    rf"|(?:is|are) {_WRITTEN} (?:private|confidential|safe|stored|kept|saved|shared)"
    r")(?: (?:here|with you|to you|in here|you|i send|we send|i write|we write))*\W*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|got it|cool|nice|good|many|thank you|thanks|thx|ty|so much|a lot|very much"
    r"|that helps|helpful|will do|bye)\W*)+$",
    re.IGNORECASE,
)
_SAID_OUTRIGHT = (
    (_HELP, Kind.HELP),
    (_LEARN, Kind.LEARN),
    (_THANKS, Kind.THANKS),
    (_PRIVACY, Kind.PRIVACY),
    (_HOW_TO_REVIEW, Kind.HOW_TO_REVIEW),
)
_CAPTION = re.compile(r"\b(?:review|check|look|see|read|attached|here|note|notes|file|please|thanks)\b", re.IGNORECASE)


def read_slack_text(text: str, bot_user_id: str = "") -> str:
    """What the person typed: Slack's markup for mentions and links undone, entities unescaped.

    A mention of the bot itself is dropped; one of another person stays as @ID.
    """

    def undo(found: re.Match[str]) -> str:
        target, label = found[1], found[2]
        if target.startswith("@"):
            return "" if target[1:] == bot_user_id else f"@{label or target[1:]}"
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label or "@" + target[1:].split("^")[0]
        return label or target.removeprefix("mailto:")

    return html.unescape(_MARKUP.sub(undo, text)).replace("\u00a0", " ").strip()


def note_signs(text: str) -> int:
    """How many of the marks of a note stand in the text."""
    return sum(bool(sign.search(text)) for sign in _NOTE_SIGNS)


def is_asking(text: str) -> bool:
    return "?" in text or "؟" in text or bool(_ASKING.match(text))


def sort_out(text: str) -> Kind:
    """Tell a question from a note; `UNSURE` means: ask the person.

    A note is long or has several lines, and bears marks that questions do not. A wrong guess costs a
    person a click, so that only clear cases are decided here.
    """
    if not any(character.isalnum() for character in text):
        return Kind.EMPTY
    for pattern, said in _SAID_OUTRIGHT:
        if pattern.match(text):
            return said
    kind = _question_or_note(text)
    return Kind.MEMBERS if kind is not Kind.NOTE and is_members_line(text) else kind


def _narrates(text: str, lines: list[str]) -> bool:
    """Whether a long text tells of a session: in words of people, and it neither begins nor ends as questions do."""
    first, last = lines[0], lines[-1]
    asked = _ASKING.match(first) or (last.rstrip().endswith("?") and len(text) < _LONGEST_QUESTION)
    if len(text) < _LONG or asked or any(_BILLING.search(line[-400:]) for line in (first, last)):
        return False
    return note_signs(text) + len({found[0].lower() for found in _OF_A_SESSION.finditer(text)}) >= _ENOUGH


def _question_or_note(text: str) -> Kind:
    lines = [line for line in text.splitlines() if line.strip()]
    if _narrates(text, lines):
        return Kind.NOTE
    signs = note_signs(text)
    size = len(one_line(text))
    short = size <= 350 and len(lines) <= 3
    asking = is_asking(lines[-1]) or is_asking(lines[0])
    if asking and ((short and signs <= 2) or (signs <= 1 and size <= 1_500)):
        return Kind.QUESTION
    if signs >= 4 or (signs >= 3 and (len(lines) >= 4 or size >= 500)):
        return Kind.UNSURE if asking and short else Kind.NOTE
    return Kind.QUESTION if signs == 0 and short else Kind.UNSURE


def lesson_number(text: str) -> int | None:
    """The lesson of the course that a text names by its number."""
    found = re.search(rf"\b{_LESSON}\b", text, re.IGNORECASE)
    return int(found[1]) if found else None


def follows_up(text: str) -> bool:
    """True for what goes on from a question before: "and Cigna?", "what about telehealth"."""
    return bool(_FOLLOWING.match(text)) and len(text) <= 200


def speaks_to_us(text: str) -> bool:
    """Whether an untagged message in a channel's thread is meant for the bot: only a clear question is."""
    return not re.match(r"^\W*@", text) and len(text) <= 500 and (is_asking(text) or follows_up(text))


def is_caption(text: str) -> bool:
    """True for the few words that go with a file ("please review"), which ask nothing by themselves."""
    return not text or (len(text) <= 120 and bool(_CAPTION.search(text)) and note_signs(text) <= 1)

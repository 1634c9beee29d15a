"""plan: what this patient does next."""

import re
from collections.abc import Iterator

from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Status, Verdict

_LABEL = re.compile(
    r"\bplan\b|\bnext\b|\bhomework\b|\bhw\b|follow-?\s?up|^p$|\brecommendations?\b|"
    r"\bassign(?:ed|ments?)\b|action items?|"
    r"\bto[- ]?do\b|\bdisposition\b|take[- ]?home"
)
_NOT_PLAN_LABEL = re.compile(
    r"^g$|\b(?:wants|targets?|aims?|goals?|objectives?|diagnos\w+|dx|topic|interventions?|auth\w*|date|problem|history|hx)\b"
)
_GENERIC = words_of("plan_generic")
_FIRM = re.compile(
    r"(?<!['’]s )(?<!\bthe )(?<!\ba )(?<!\bhis )(?<!\bher )(?<!\bfree )(?<!\bgood )\bwill\b"
    r"(?! (?:likely |also |surely )?(?:power\b|not\b|never\b|benefit|need|require|remain|probably|always|"
    r"have to|want|feel)\b)(?=\s+[a-z])|\w+['’]ll\b|\b(?:(?:therapist|clinician|leader|writer|provider|"
    r"counselor|facilitator) to(?! (?:the|a|her|his|be)\b)|"
    r"(?:pt|patient|client|ct|cl|she|he|mom|dad|parents?) to(?! (?:the|a|her|his)\b)|"
    r"plans? (?:is |are )?to|planning to|planned to|intends? to|"
    r"agree[sd] to|agree[sd] (?:s?he|they) (?:will|would)|commit(?:s|ted) to|going to|"
    r"wants to (?:try|practice|bring|use|call)|assign(?:ed)?|asked (?:(?:him|her|them|pt|patient|client) )?to "
    r"(?:write|complete|track|bring|practi[cs]e|call|log|keep|read|record|journal|attend|notice|list|use|come)|tasked|refer(?:red|ral)?|recommend(?:s|ed)?|promised|"
    r"set (?:a|her|his|their) (?:goal|intention))\b",
    re.IGNORECASE,
)
"""What follows these is a step."""
_PLAN_IS = re.compile(r"\W*(?:(?:the|his|her|their) )?(?:plan|homework) is (?P<verb>[a-z-]+)", re.IGNORECASE)
_WILL = re.compile(
    r"(?<!['’]s )(?<!the )(?<!her )(?<!his )\bwill (?:be|keep|come|go|stay|continue|return|attend|remain)\b|"
    r"\w['’]ll (?:be|keep|come|go|stay|continue|return|attend|remain)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:homework|hw|next (?:session|group|week|time|meeting|step)|by next|before next|"
    r"between (?:sessions|groups|now)|until next|"
    r"(?:before|by|until|til|till) (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"due (?:on |by )?(?:mon|tue|wed|thu|fri|sat|sun|next|tomorrow|\d{1,2}/\d)\w*|"
    r"(?:before|by|until) \d{1,2}/\d{1,2}|schedule[d]?|f/u|follow[\s-]?up|this (?:coming )?week|"
    r"before we meet(?: again)?|on the way home)\b",
    re.IGNORECASE,
)
"""A step stands beside these."""
_ENDED = re.compile(
    r"\b(?:gone|over|passed|past|lifted|eased|faded|subsided|stopped|resolved|ended)\s+$", re.IGNORECASE
)
"""What had an end by a day, "gone by Tuesday", is behind this patient."""
_NEAR = 12
"""Words on either side that may belong to a step: notes without full stops run on."""
_WHEN = re.compile(
    r"\b(?:(?:mon|tues?|weds?|wednes|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?|tomorrow|tmrw|tonight|daily|nightly|weekly|"
    r"(?:each|every) \w+|\d{1,2}[/:]\d{1,2}|\d{1,2}\s?(?:[ap]\.?m?\.?)|at \d{1,2}|noon|x\s?\d)\b",
    re.IGNORECASE,
)
_BOOKED = re.compile(
    r"\b(?:intake|appt|appointment|check[\s-]?in|1:1|eval\w*|consult\w*|psych\w*|md|pcp|np|dr|prescriber|labs?|court|"
    r"interview|visit|meeting|review|coaching|individual(?: session)?|case manager|cm|sponsor|call)\b",
    re.IGNORECASE,
)
_NAME_TO = re.compile(r"(?P<who>[A-Z]\.\s?[A-Z]\.?|[A-Z][a-z]+) to (?!the\b|a\b|his\b|her\b)[a-z]+")
_FELLOWSHIP = re.compile(r"\b(?:AA|NA|CA|Al-Anon|SMART)\b")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?:(?<=\s)|^)[\"“](?=\S)[^\"”]*$")
_TELLS_OF_WORK = re.compile(
    r"(?<!what )(?<!that )(?<!who )(?<!which )\b(?:is|was|are|were|serve[sd]|target(?:s|ed)|address(?:es|ed))\b",
    re.IGNORECASE,
)
"""Work as the subject of a sentence, "work on trust today is a step toward his goal", which orders nothing."""
_PAST = re.compile(
    r"\b(?:did not|didn't|completed|reviewed|forgot|brought|finished|turned in|last week's|previous|"
    r"did (?:his|her|their|the))\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?:cont(?:inue|inuing|inued|'d|\.)?|ongoing|same|keep coming|no changes?)\W*", re.IGNORECASE)
_UNCHANGED = re.compile(
    r"\W*(?:the )?(?:same|no changes?|unchanged|ongoing|as before)"
    r"(?: (?:as|from|since|to)? ?(?:last|before|prior|previous|in) ?(?:\w+ ?){0,2})?\W*",
    re.IGNORECASE,
)
"""Under a plan the plan's going on; elsewhere whatever their label asked for."""
_ORDERS = words_of("plan_orders")
_ORDERS_OR_NAMES = words_of("plan_orders_or_names")
_SAME_IN_THE_PAST = words_of("plan_orders_past")
_OBJECT = words_of("objects")
_PLAIN_STEP = re.compile(
    r"^\W*(?:(?:and|then|pt|patient|client|ct|cl|he|she|they|veteran|[A-Z][\w.'’-]*(?:\s[A-Z][\w.]*)?)\s+){0,3}?"
    r"(?:[Ww]ill|(?:[Hh]e|[Ss]he|[Tt]hey)['’]ll|[Pp]lans? to|[Ww]ants to(?= try)|[Ii]ntends to|"
    r"is going to|[Pp]romised to)\s+"
    r"(?:not |also |then |first )?(?P<verb>[a-z-]+)"
)
_SO_OFTEN = re.compile(
    r"\b(?:(?:a|per|each|every) (?:day|night|week|morning|evening|weekday|meal)|daily|nightly|weekly|twice|x\s?\d)\b|"
    r"/\s?(?:day|wk|week)\b",
    re.IGNORECASE,
)
_OF_TREATMENT = re.compile(
    r"\b(?:meds?|medications?|pills?|doses?|mg|skills?|coping|attend\w*|groups?|grp|sessions?|therapy|treatment|tx|iop|php|"
    r"individual|goals?|programs?|class(?:es)?|visits?|appts?|appointments?|monitor\w*|cont\w*|return\w*|support\w*|"
    r"progress|services|units?|hours?|days|90853|poor\w*|bad\w*|worse|better|low|attacks?|symptoms?|episodes?)\b",
    re.IGNORECASE,
)
"""What any plan holds however often, or how things are: none of these is a step of this patient's own."""
_TASK_LABEL = re.compile(r"^p$|^(?:the |her |his |client )?(?:plan|homework|hw|next(?: steps?)?|assignments?)$")
_STAFF = re.compile(
    r"\W*(?:(?:and|then|but) )?(?:staff|writer|therapist|clinician|counselor|couns|leader|facilitator|provider|I)\b",
    re.IGNORECASE,
)
_GOES_ON = frozenset(["continue", "cont", "attend", "follow"])
_NEXT_TIME = re.compile(r"\W*next (?:appt|appointment|session|group|visit)\b", re.IGNORECASE)
_KIN = words_of("kin")
_TOLD = re.compile(r"\b(?:reports?|reported|said|says|told|shared)\b", re.IGNORECASE)
_OTHERS = frozenset(["it", "that", "this", "what", "who", "which", "people", "nobody", "everyone"])
_ON = frozenset(["cont", "continue", "continues", "maintain", "remain", "remains"])
_SHORT = 5
_COUNTS = frozenset(["one", "two", "three", "four", "five", "ten", "a", "an"])
_OWN_WORDS = 2


def judge_plan(member: MemberReading) -> Verdict:
    """Met by a concrete next step of this patient; "continue group" alone is partial."""
    generic: list[Passage] = []
    for clause in _may_plan(member):
        if _NOT_PLAN_LABEL.search(clause.label):
            continue
        if _is_step(clause, member.aliases):
            return met(clause)
        if _goes_on(clause):
            generic.append(clause)
    if generic:
        return partial(generic[:1], *asked(Element.PLAN, Status.PARTIAL, member.label))
    return missing(*asked(Element.PLAN, Status.MISSING, member.label))


def _may_plan(member: MemberReading) -> Iterator[Passage]:
    """Clauses that may tell a plan, those under its label first; there "another shelf" is no other person's."""
    clauses = [*member.clauses(Actor.PATIENT, Actor.PROVIDER, Actor.NOBODY, Actor.SESSION)]
    clauses += [c for c in member.clauses(Actor.OTHER, Actor.GROUP) if _under_plan(c) and not c.has("group.whole")]
    yield from sorted(clauses, key=lambda clause: not _under_plan(clause))


def _under_plan(clause: Passage) -> bool:
    return bool(_LABEL.search(clause.label))


def _is_step(clause: Passage, aliases: frozenset[str]) -> bool:
    """A step with words of its own: two, or one with the day or hour it is set for."""
    if _is_past(clause):
        return False
    if _is_booked(clause):
        return True
    needed = 1 if _WHEN.search(clause.text) else _OWN_WORDS
    for start, end in _steps(clause, aliases):
        inside = {token.word for token in clause.tokens if start <= token.start < end}
        words = [word for word in _own_words(clause, aliases) if word in inside]
        words += _FELLOWSHIP.findall(clause.note[start:end]) * 2
        if len(words) >= needed:
            return True
    return False


def is_plain_step(clause: Passage) -> bool:
    """A step in plain words: "will" and what this patient will do, a task and how often, or something booked."""
    if _NOT_PLAN_LABEL.search(clause.label) or not _is_step(clause, clause.names) or _STAFF.match(clause.text):
        return False
    if _is_plain_task(clause):
        return True
    step = _PLAIN_STEP.match(clause.text)
    if clause.actor is Actor.PATIENT and step and step["verb"] in (_ORDERS | _ORDERS_OR_NAMES) - _GOES_ON:
        return True
    return _is_booked(clause) and not _TELLS_OF_WORK.search(clause.text) and not _NEXT_TIME.match(clause.text)


def _is_plain_task(clause: Passage) -> bool:
    """An order or a count right under a plan's label, with how often: "one call a day", "walk nightly"."""
    if not (clause.inline and _TASK_LABEL.match(clause.label) and _SO_OFTEN.search(clause.text)):
        return False
    if len(clause.tokens) > _NEAR or _OF_TREATMENT.search(clause.text) or _tells_of_past(clause):
        return False
    first = clause.tokens[0]
    return first.word in _ORDERS | _ORDERS_OR_NAMES or first.word in _COUNTS or first.word[0].isdigit()


def _steps(clause: Passage, aliases: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where in a clause the words of a step stand."""
    if _under_plan(clause):
        yield clause.start, clause.end
        return
    text = _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), clause.text)
    for mark in _FIRM.finditer(text):
        if _of_another(text[: mark.start()]):
            continue
        yield clause.start + mark.start(), _words_on(clause, clause.start + mark.end(), _NEAR)
    for mark in _times_around(text):
        if mark.group().lower() == "this week" and _tells_of_past(clause):
            continue
        begin = _words_on(clause, clause.start + mark.start(), -_NEAR)
        yield begin, _words_on(clause, clause.start + mark.end(), _NEAR)
    addressed = _NAME_TO.match(clause.text)
    if addressed and re.sub(r"[\s.]", "", addressed["who"]).lower() in aliases:
        yield clause.start, clause.end
    told = _PLAN_IS.match(clause.text)
    if _is_order(clause) or (told and told["verb"].lower() in _ORDERS | _ORDERS_OR_NAMES):
        yield clause.start, clause.end


def _times_around(text: str) -> Iterator[re.Match[str]]:
    """What a step stands beside; not the day by which something had ended."""
    return (mark for mark in _AROUND.finditer(text) if not _ENDED.search(text[: mark.start()]))


def _of_another(before: str) -> bool:
    """Whether the word before "will" is somebody else: "her mother will be visiting"."""
    word = re.search(r"([\w']+)\s*$", before)
    if word is None:
        return False
    return word[1].lower() in _OTHERS or (word[1].lower() in _KIN and bool(_TOLD.search(before)))


def _words_on(clause: Passage, at: int, words: int) -> int:
    """The place that many words on from a place, or back."""
    if words > 0:
        after = [token.end for token in clause.tokens if token.start >= at]
        return after[min(words, len(after)) - 1] if after else at
    before = [token.start for token in clause.tokens if token.end <= at]
    return before[max(words, -len(before))] if before else at


def _is_order(clause: Passage) -> bool:
    """A step as an order: "Say no on Saturday", "Call her sister"; a noun at its head is none ("Sleep poor")."""
    if not clause.tokens or clause.actor not in {Actor.PATIENT, Actor.NOBODY}:
        return False
    first = clause.tokens[0].word
    if first in _SAME_IN_THE_PAST and not (_AROUND.search(clause.text) or _WHEN.search(clause.text)):
        return False  # "Read her statement aloud": what was done in the group
    if first in _ORDERS:
        return len(clause.tokens) > 1
    following = clause.tokens[1].word if len(clause.tokens) > 1 else ""
    if _TELLS_OF_WORK.search(_QUOTED.sub("", clause.text)):
        return False
    return first in _ORDERS_OR_NAMES and (
        following in _OBJECT or following.endswith("ing") or bool(_AROUND.search(clause.text))
    )


def _is_booked(clause: Passage) -> bool:
    """Something to come, with its day or hour and no verb of the past: "intake w/ me Thu", "MD 8a"."""
    return bool(
        _WHEN.search(clause.text)
        and _BOOKED.search(clause.text)
        and len(clause.tokens) <= _NEAR
        and not clause.has("safe.denial")
        and not _tells_of_past(clause)
    )


def _tells_of_past(clause: Passage) -> bool:
    return clause.has("part.act") or any(token.word.endswith("ed") for token in clause.tokens)


def _own_words(clause: Passage, aliases: frozenset[str]) -> list[str]:
    diagnosis = clause.found("dx.name", "dx.loose") if not clause.has("act.therapy") else []
    set_aside = {
        token.word for token in clause.tokens for hit in diagnosis if hit.start <= token.start and token.end <= hit.end
    }
    return [word for word in clause.content(_GENERIC | aliases) if not word[0].isdigit() and word not in set_aside]


def _goes_on(clause: Passage) -> bool:
    """Words that mean going on as before, with no step of this patient's own."""
    if _is_past(clause) or is_unchanged_elsewhere(clause):
        return False
    if _BARE.fullmatch(clause.text) or (
        clause.tokens and clause.tokens[0].word in _ON and len(clause.tokens) <= _SHORT
    ):
        return True
    if clause.has("plan.generic") or _under_plan(clause):
        return True
    text = _QUOTED.sub("", clause.text)
    goes = _WILL.search(text)
    return bool(goes and not _of_another(text[: goes.start()])) or (
        clause.has("plan.marker") and bool(_FIRM.search(text) or any(_times_around(text)))
    )


def is_unchanged_elsewhere(clause: Passage) -> bool:
    """Whether a clause says "same" or "no change" of something that is no plan."""
    return bool(_UNCHANGED.fullmatch(clause.text)) and not _under_plan(clause)


def _is_past(clause: Passage) -> bool:
    return bool(_PAST.search(clause.text)) and not re.search(r"\b(?:will|next|plan to)\b", clause.text, re.IGNORECASE)

"""safety: whether risk was addressed for this patient."""

import re

from bot.review.elements.deeds import DEEDS, is_sought, tells_deed
from bot.review.elements.goals import named_goals
from bot.review.elements.participation import is_stock_statement
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.safety_plan import is_only_there
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import asked
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Evidence, Status, Verdict

_SAFETY_LABEL = re.compile(r"\b(?:safety|risk|si/?hi|si|suicid\w*|crisis|c-?ssrs|clinical concerns|concerns)\b")
_PLAIN_NO = re.compile(
    r"\W*(?:none|no|denied|denies|nil|negative|neg|(?:denie[sd]|denying) (?:both|all|any|everything|same|x\s?\d)|"
    r"no concerns?|nothing (?:noted|reported|new)|low|minimal|"
    r"none (?:noted|reported|identified|observed|endorsed|voiced|indicated|expressed)|no (?:issues|"
    r"changes?)|wnl|stable|safe)\b[^a-z]*(?:today|this session|noted|reported|at this time|"
    r"(?:when )?asked(?: directly)?)?\W*",
    re.IGNORECASE,
)
_LEFT_EMPTY = re.compile(
    # A field's name, or a form to be filled in, names nothing of which there could be none.
    r"\W*(?:safety|(?:[\w/&-]+ ){0,3}(?:assessments?|screen(?:ing|er)?|eval(?:uation)?|check|plan(?:ning)?|measures?|"
    r"c-?ssrs)|c-?ssrs)\W*(?:none|no|nil|nothing|zero)(?:\W+(?:needed|required|today|this session|at this time))*\W*|"
    # And what was left out denies nothing, whatever it was asked for.
    r"\W*(?:(?:safety|risk|crisis|si|hi|s/i|h/i|sh|avh|sib|nssi|suicid\w+|homicid\w+|self[\s-]harm|c-?ssrs)"
    r"[\w\s/&()-]{0,25}?[:=]\s*(?:n/?a|not applicable|-+|–|—|\?+|$)[\s.;,|/]*)+|\W*no safety\W*",
    re.IGNORECASE,
)
_HARM = r"(?:SI|HI|S/I|H/I|AVH|SIB|NSSI|S/H|SI/HI|self[\s-]harm)"
_PLAIN_YES = re.compile(r"\W*(?:yes|present|positive|pos|endorsed|passive|active)\b\W*", re.IGNORECASE)
_HARM_LABEL = re.compile(
    r"\W*(?:(?:si|hi|suicid\w*|homicid\w*|self[\s-]?harm|nssi|sib)(?:\W+|$)(?:ideation|thoughts)?\W*)+"
)
_ANSWERED_YES = re.compile(
    r"\W*(?:si|hi|suicid\w*|homicid\w*|self[\s-]?harm|nssi|sib)\b[^:\n]{0,25}:\s*(?:\[\s*x\s*\]\s*yes|yes)\b",
    re.IGNORECASE,
)
_DENIED_SI = re.compile(
    r"\b(?:[Dd]en(?:y|ies|ied|ying)|[Nn]o|[Nn]ot|[Nn]eg(?:ative)?|[Ww]ithout)\b[^.;\n]{0,30}\b(?:(?:SI|S/I|si)\b|suicid\w*)"
)
_MINUS = re.compile(
    rf"\b{_HARM}\s*(?:\(\s?[-–−]\s?\)|[-–−∅](?!\w)|0\b)|(?:\(\s?[-–−]\s?\)|(?<![\w-])[-–−∅Ø])\s?{_HARM}\b|"
    rf"\b(?:no|without|neg|denie[sd]) (?:s/h|s\.h\.)",
    re.IGNORECASE,
)
_PLUS = re.compile(rf"\b{_HARM}\s*(?:\(\s?\+\s?\)|\+)|(?:\(\s?\+\s?\)|\+)\s?{_HARM}\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:asked|checked|screened|inquired|questioned)\b", re.IGNORECASE)
_OF_KIN = re.compile(
    rf"\b(?:{'|'.join(sorted(words_of('kin')))}|friend|peer|cousin)['’]s\s(?:\w+\s)?suicide", re.IGNORECASE
)
_OTHER = (
    rf"(?:{'|'.join(sorted(words_of('kin')))}|friend|peer|cousin|nephew|niece|boy|girl|man|woman|boyfriend|girlfriend|"
    r"husband|wife|partner|neighbor|roommate|coworker|classmate|ex|in-law)"
)
_OF_SOMEONE_ELSE = re.compile(
    rf"\b{_OTHER}\b(?:(?!\b(?:he|she|they|I|pt|client|patient)\b)[^.;])*"
    r"\b(?:kill(?:ed|s) (?:him|her)self|took (?:his|her) (?:own )?life|suicid\w+|overdosed?|ate (?:his|her) gun)\b",
    re.IGNORECASE,
)
"""A death or an attempt told of somebody else, with no word of the patient between."""
_MEASURE = re.compile(
    r"(?<!no )\b(?:safety|crisis) plan\b(?! (?:is )?(?:on file|not|was not|pending))|\bC-?SSRS|\bcolumbia\b|"
    r"\b(?:no|denie[sd]|denying|without) (?:\w+,? ){0,3}(?:intent|means)\b|\bcontract(?:ed|s)? for safety|\b988\b",
    re.IGNORECASE,
)
_ACTED = re.compile(
    r"\b(?:met|spoke|stayed|walked|called|phoned|contacted|notified|assessed|screened|asked|evaluated|checked|arranged|"
    r"escorted|sent to|hospital\w*|crisis|means)\b",
    re.IGNORECASE,
)
_AIM = re.compile(r"\W*(?:tx |treatment )?(?:goals?|objectives?|aims?)\b", re.IGNORECASE)
_WORRY = re.compile(r"\b(?:concerns?|issues?|problems?)\b", re.IGNORECASE)
_DANGERS = frozenset(["suicide", "selfharm"])
_CONCERNS = ("suicide", "selfharm", "abuse", "violence", "substance", "other")
_SPEAKS_TO = {
    "suicide": re.compile(r"\b(?:SI|si|suicid\w*|S/I|plan|intent|harm\w*|kill\w*|die|dying|death|sib|C-?SSRS|PDW)\b"),
    "selfharm": re.compile(
        r"\b(?:self[\s-]?harm\w*|SIB|NSSI|sib|self[\s-]?injur\w*|cut\w*|harm(?:ing)? (?:her|him|them)?sel\w+|"
        r"urges?|wound\w*)\b",
        re.IGNORECASE,
    ),
    "violence": re.compile(
        r"\b(?:HI|hi|homicid\w*|violen\w*|harm(?:ing)? (?:to )?(?:others?|anyone)|hurt\w* (?:others?|any(?:one|body)|"
        r"him|her)|any(?:one|body) else|aggress\w*|intent|target|weapons?)\b"
    ),
    "abuse": re.compile(
        r"\b(?:safe (?:at|to|with)|abuse|violence|DV|shelter|cps|aps|advocate|protective order)\b", re.IGNORECASE
    ),
    "substance": re.compile(
        r"\b(?:use|using|craving\w*|relapse|naloxone|narcan|detox|withdraw\w*|overdose|ride home|intoxicat\w*)\b",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"\b(?:medical|prescriber|psychiatrist|pcp|med\w*|command|AVH|voices|housing|case manager|purg\w*|"
        r"restrict\w*)\b",
        re.IGNORECASE,
    ),
}


def judge_safety(member: MemberReading) -> Verdict:
    """Met where risk is addressed, a plain denial included; a concern that nothing speaks to is partial."""
    name = named(member.label)
    clauses = list(member.clauses(Actor.PATIENT, Actor.PROVIDER, Actor.NOBODY, Actor.SESSION))
    clauses += [c for c in member.clauses(Actor.OTHER) if c.has("collateral")]
    addressed = [c for c in clauses if is_addressed(c)]
    for clause, kind in _concerns(clauses):
        answers = [c for c in clauses if _answers(c, clause, kind)]
        if not answers:
            return partial(
                [_with_question(clause)],
                asked(Element.SAFETY, Status.PARTIAL, member.label)[0],
                f"What did you do about this concern, and what did {name} say of their risk then?",
            )
        if not addressed:
            return met(_with_question(clause), _with_question(answers[0]))
    if addressed:
        return met(_with_question(addressed[0]))
    return missing(*asked(Element.SAFETY, Status.MISSING, member.label))


def _with_question(clause: Passage) -> Evidence:
    """A ticked or a bare answer with the question before it: "SI: [ ] yes [x] no", "SI: yes"."""
    if clause.inline and len(clause.tokens) == 1:
        return clause.evidence_with_label()
    line = clause.note.rfind("\n", 0, clause.start) + 1
    at = clause.note[line : clause.start].lower().rfind(clause.label) if clause.ticked and clause.label else -1
    start = line + at if at >= 0 else clause.start
    return Evidence(quote=clause.note[start : clause.end], start=start, end=clause.end)


def is_addressed(clause: Passage) -> bool:
    """A denial, a screening or a safety measure; "not assessed" is none."""
    if (
        clause.has("safe.not_assessed", "group.whole")
        or is_left_empty(clause)
        or (_names_danger(clause) and is_only_there(clause))
    ):
        return False
    if clause.has("safe.denial", "safe.ok") or _was_asked(clause):
        return True
    if _MINUS.search(clause.text) and not _PLUS.search(clause.text):
        return True
    if clause.text.strip(" .").lower() == "safe":
        return True
    return bool(_SAFETY_LABEL.search(clause.label) and _PLAIN_NO.fullmatch(clause.text))


def is_left_empty(clause: Passage) -> bool:
    """Whether a clause is a field of safety with nothing in it: "Safety: none", "SI: n/a", "C-SSRS: none".

    "None" is a denial after what could have been there: "SI/HI: none", "Safety concerns: none", "Risk: none".
    """
    labelled = f"{clause.label}: {clause.text}"
    return not clause.ticked and bool(_LEFT_EMPTY.fullmatch(clause.text) or _LEFT_EMPTY.fullmatch(labelled))


def _was_asked(clause: Passage) -> bool:
    """Whether risk was asked about; a question of the patient's own is none."""
    if clause.actor is Actor.PROVIDER and _ASKED.search(clause.text):
        return clause.has(*(f"concern.{kind}" for kind in _CONCERNS), "safe.asked")
    return any(
        hit.first == 0 or clause.tokens[hit.first - 1].word not in {"he", "she", "they", "pt", "patient", "client"}
        for hit in clause.found("safe.asked")
    )


def plainly_answered(verdict: Verdict) -> bool:
    """Whether a verdict rests on a plain denial of suicide, a plain measure or a plain yes.

    No reading of the rest undoes one.
    """
    if verdict.status is Status.MET:
        answered_danger = len(verdict.evidence) > 1 and bool(_ACTED.search(verdict.evidence[-1].quote))
        return answered_danger or any(
            _DENIED_SI.search(one.quote) or _MEASURE.search(one.quote) for one in verdict.evidence
        )
    return verdict.status is Status.PARTIAL and any(_ANSWERED_YES.match(one.quote) for one in verdict.evidence)


def own_danger(clause: Passage) -> bool:
    """Whether a clause tells this patient's wish to be dead, or harm to themselves."""
    if clause.actor is Actor.PROVIDER or not _names_danger(clause):
        return False
    return any(kind in _DANGERS for _, kind in _concerns([clause]))


def answers_danger(clause: Passage) -> bool:
    """Whether a clause may answer a wish to be dead: risk addressed, and more than a safety plan that is there."""
    return is_addressed(clause) and not is_only_there(clause)


def _names_danger(clause: Passage) -> bool:
    return clause.has("concern.suicide", "concern.selfharm") or tells_deed(clause)


def is_false_alarm(clause: Passage) -> bool:
    """Whether a clause only sounds of danger: "says he is fine", "the commute is killing him"."""
    if clause.has("safe.denial", "safe.ok") or _SAFETY_LABEL.search(clause.label) or _concerns([clause]):
        return False
    return clause.has("concern.none", *DEEDS) or (is_stock_statement(clause) and not _WORRY.search(clause.text))


def _means_no_danger(clause: Passage) -> bool:
    """Whether its one word of suicide is told of somebody else, or means none ("will not be here Tuesday")."""
    harmless = clause.found("concern.none")
    return bool(
        any(
            one.first <= hit.last and hit.first <= one.last
            for one in harmless
            for hit in clause.found("concern.suicide")
        )
        or _OF_KIN.search(clause.text)
        or _OF_SOMEONE_ELSE.search(clause.text)
    )


def _concerns(clauses: list[Passage]) -> list[tuple[Passage, str]]:
    found = []
    for clause in clauses:
        if _HARM_LABEL.fullmatch(clause.label) and _PLAIN_YES.fullmatch(clause.text):
            found.append((clause, "violence" if clause.label.startswith("h") else "suicide"))
            continue
        if (
            is_addressed(clause)
            or is_left_empty(clause)
            or clause.has("safe.not_assessed")
            or re.search(r"\b(?:diagnos\w+|dx|goals?|objectives?)\b", clause.label)
            or (re.search(r"\bplan\b|^p$", clause.label) and not re.search(r"\w{3}ed\b", clause.text))
            or _AIM.match(clause.text)
        ):
            continue
        wished = {at for goal in named_goals([clause]) for at in range(goal.own_first, goal.last + 1)}
        kind = next((k for k in _CONCERNS if any(h.first not in wished for h in clause.found(f"concern.{k}"))), None)
        if kind not in _DANGERS and tells_deed(clause) and not is_sought(clause, clauses):
            kind = "suicide"
        elif kind == "suicide" and len(clause.found("concern.suicide")) == 1 and _means_no_danger(clause):
            continue
        if kind in {"substance", "violence", "other"} and clause.actor is not Actor.PATIENT:
            continue
        if kind is not None:
            found.append((clause, kind))
    return found


def _answers(clause: Passage, concern: Passage, kind: str) -> bool:
    """Whether a clause speaks to the concern: a denial of that very thing, or something done about it."""
    if clause is concern or clause.has("safe.not_assessed") or (kind in _DANGERS and is_only_there(clause)):
        return False
    if clause.has("safe.ok") or (_SPEAKS_TO[kind].search(clause.text) and clause.has("safe.denial")):
        return True
    if clause.start < concern.start:
        return False
    return clause.has("safe.followup") and (
        clause.actor is Actor.PROVIDER or bool(_SPEAKS_TO[kind].search(clause.text))
    )

"""clinical_response: how this patient took what happened in the group."""

import re
from itertools import pairwise

from bot.review.elements.participation import GENERIC, is_plan, is_specific_act
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import asked, question
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Status, Verdict

_OUTSIDE = re.compile(
    r"\b(?:this (?:past )?week|last (?:week|night)|past (?:week|month)|since last|over the weekend|"
    r"all (?:day|night|week|month)|every (?:day|night|week)|at (?:work|home|school)|lately|recently|daily|"
    r"most days|hx|history)\b",
    re.IGNORECASE,
)
_ON_ARRIVAL = re.compile(
    r"\b(?:arrived|presented (?:as|with|to)|presents|came in|on arrival|at check-?in)\b"
    r"(?!.*\b(?:when|after|by the end|then)\b)",
    re.IGNORECASE,
)
_RETOLD = re.compile(
    r"\b(?:reports?|reported|recalled|described|talked|shared that (?:his|her|their|a|the))\b", re.IGNORECASE
)
_OWN_WORDS = 2
_TOOK_IN = re.compile(r"\b(?:took|takes|taking)\b(?:\s+[\w'’]+){1,4}?\s+in(?=[,.;]|$)", re.IGNORECASE)
_OBSERVED = words_of("affect_observed")
_TURN = re.compile(
    r"\b(?:became|becoming|grew|visibly|when|after|during|following|"
    r"by (?:the )?end|while|began|started|initially|in response|once|upon|less|more)\b",
    re.IGNORECASE,
)
_RIGHT_AFTER = re.compile(
    r"\b(?:[Ww]hen|[Aa]fter|[Oo]nce|[Aa]s) (?:I|we|(?:the )?(?:therapist|leader|group|clinician|facilitator)|"
    r"(?:a|another|two|three) (?:peers?|members?)|[A-Z][\w.]*(?:\s[A-Z][\w.]*)?) \w+"
)
_FACT_LABEL = re.compile(
    r"\b(?:diagnos\w+|dx|goals?|objectives?|icd|dob|auth\w*|date|medications?|meds|history|hx|"
    r"necessity|rationale|why \w+ \w+|safety|risk|problem|presentation|appearance|mental status|mse)\b"
)
_POINTER = re.compile(
    r"\W*(?:see|same|as|per|refer|ditto|n/?a|none|not|present|attended|here|was (?:there|here|present))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\bresponse\b|^r$")
_MSE = re.compile(r"\b(?:mood|affect|mse|oriented|appearance)\b", re.IGNORECASE)


def judge_response(member: MemberReading) -> Verdict:
    """Met by affect, insight, a skill shown or feedback taken in the group; "responded well" is partial."""
    name = named(member.label)
    fix = question(Element.CLINICAL_RESPONSE, member.label)
    clauses = [clause for clause in member.clauses() if not is_plan(clause) and not _FACT_LABEL.search(clause.label)]
    prompted = _after_prompts(member)
    shown = [clause for clause in clauses if is_response(clause) or (clause.start, clause.end) in prompted]
    if shown:
        return met(max(shown, key=lambda c: (_weight(c), -c.start)))
    generic = [
        clause
        for clause in clauses
        if (clause.has("resp.generic") and not _RETOLD.match(clause.text))
        or _is_empty_answer(clause)
        or (clause.has("resp.affect") and (_MSE.search(clause.text) or len(clause.tokens) == 1))
    ]
    if generic:
        return partial(
            generic[:1], f"{name}'s response is given in a stock phrase, not as something seen or heard.", fix
        )
    return missing(*asked(Element.CLINICAL_RESPONSE, Status.MISSING, member.label))


def _is_empty_answer(clause: Passage) -> bool:
    """Words under a response label that fit anyone ("good"); "see above" is none."""
    if not _LABEL.search(clause.label) or _POINTER.match(clause.text) or clause.has("safe.denial", "safe.ok"):
        return False
    return not clause.content(GENERIC)


def is_response(clause: Passage) -> bool:
    """Whether a clause shows a reaction, an insight, a skill or feedback taken in this session."""
    if (
        _OUTSIDE.search(clause.text)
        or _ON_ARRIVAL.search(clause.text)
        or clause.has("asleep", "group.whole", "concern.suicide")
    ):
        return False
    taken = clause.found("resp.feedback")
    if taken and _own_words_from(clause, min(hit.start for hit in taken)):
        return True
    if clause.has("resp.insight", "resp.skill") and len(clause.content(GENERIC)) >= _OWN_WORDS:
        return True
    bodily = clause.found("resp.body")
    if (bodily and not _RETOLD.search(clause.note[clause.start : bodily[0].start])) or _TOOK_IN.search(clause.text):
        return True
    if (clause.has("resp.when") or _when_another(clause)) and is_specific_act(clause):
        return True
    return clause.has("resp.affect") and _is_seen(clause) and len(clause.tokens) > 1


# "cried when he heard it"
_MOVED_BY = re.compile(
    r"\b(?:cried|wept|sobbed|teared up|broke down|trembled|blushed|flushed|winced|laughed|smiled|lit up|went pale)\b"
    r".{0,12}?\b(?:when|as|while|hearing|reading|listening)\b",
    re.IGNORECASE,
)


_RATED = re.compile(
    r"\b(?:suds?|distress|anx(?:iety)?|urges?|cravings?|anger|panic|tension|fear|shame|dread|sadness|worry|rage|stress)"
    r"(?:\s(?:level|rating|rated|was|went|dropped|fell|came|down))*\s*(?:from\s)?\(?(?P<first>\d{1,3})"
    r"(?:\s?/\s?10{1,2}|\sout of 10{1,2})?(?:\s?(?P<mark>[=–-]*>|→)\s?|\s(?:to|down to|before(?: and)?|then)\s)"
    r"(?P<second>\d{1,3})(?:\s?/\s?10{1,2})?\b(?P<after>[^.;,]{0,14})",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(
    r"\s*(?:x\b|times|hours?|hrs?|min|days?|nights?|weeks?|attacks?|mg|per\b|/\s?(?:d|w|mo)|"
    r"a (?:day|week|night|month|year)|weekly|daily|nightly|monthly)",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\b(?:this|last|past|since|each|every|most|all|over) (?:\w+ )?"
    r"(?:week|month|day|year|session|group|intake|admission)s?\b|"
    r"\b(?:since|baseline|intake|admission|usual(?:ly)?|average|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_NOT_OF_TODAY = re.compile(r"\b(?:progress|plan|next|homework|hw|diary|log|week|scores?|measures?)\b|^p$")


def is_rated_twice(clause: Passage) -> bool:
    """Whether a feeling was rated before and after in the session: "craving 7 to 3", "SUDS from 70 down to 40".

    A range ("8 to 10"), a count ("3 to 4 times a day") and what moved over weeks are no response.
    """
    rated = _RATED.search(clause.text)
    if rated is None or _HOW_OFTEN.match(rated["after"]) or _OVER_TIME.search(clause.text):
        return False
    before, after = int(rated["first"]), int(rated["second"])
    return before != after if rated["mark"] else before > after


def is_plain_response(clause: Passage) -> bool:
    """A feeling rated twice, or what anybody saw once somebody turned to them: "when I named it he went quiet"."""
    return (
        clause.actor is Actor.PATIENT
        and is_response(clause)
        and (
            (is_rated_twice(clause) and not _NOT_OF_TODAY.search(clause.label) and not clause.has("goal.plain"))
            or bool(_MOVED_BY.search(clause.text))
            or (
                bool(_RIGHT_AFTER.search(clause.text))
                and (clause.has("part.seen", "resp.body") or bool({token.word for token in clause.tokens} & _OBSERVED))
            )
        )
    )


def shows_response(clause: Passage) -> bool:
    """Whether a clause shows any reaction beside what else it tells."""
    return (
        is_response(clause)
        or clause.has("resp.body", "resp.feedback")
        or bool({token.word for token in clause.tokens} & _OBSERVED)
    )


def _own_words_from(clause: Passage, at: int) -> bool:
    """Whether words that do not fit anyone stand from a place on: "took in the views of others" has none."""
    own = set(clause.content(GENERIC))
    return any(token.word in own for token in clause.tokens if token.start >= at)


def _is_seen(clause: Passage) -> bool:
    """Affect as something observed, or that came with what happened; a line of mental status is neither."""
    if {token.word for token in clause.tokens} & _OBSERVED:
        return True
    return bool(_TURN.search(clause.text)) and not _MSE.match(clause.text)


def _when_another(clause: Passage) -> bool:
    """Whether a clause tells what happened when another member, named, did something: "when Reyes told him"."""
    return any(
        token.word in {"when", "after", "once", "as", "until"} and token_at + 1 <= hit.first <= token_at + 3
        for hit in clause.found("name.other")
        for token_at, token in enumerate(clause.tokens)
    )


def _after_prompts(member: MemberReading) -> set[tuple[int, int]]:
    """Clauses that tell what the patient did or said right after the provider or a peer turned to them."""
    every = [clause for sentence in member.sentences for clause in sentence.clauses]
    return {
        (after.start, after.end)
        for before, after in pairwise(every)
        if before.actor in {Actor.PROVIDER, Actor.OTHER, Actor.GROUP}
        and before.has("prompt")
        and not before.has("group.whole")
        and after.actor is Actor.PATIENT
        and not _OUTSIDE.search(after.text)
        and (is_specific_act(after) or len(after.content(GENERIC)) >= (1 if after.has("part.act") else 3))
    }


def _weight(clause: Passage) -> int:
    return sum(clause.has(cue) for cue in ("resp.insight", "resp.feedback", "resp.skill", "resp.affect"))

"""progress_toward_goals: movement said of this patient's own goals; and how goals are found in a note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import question
from bot.review.lexicon.phrases import Hit, words_of
from bot.review.models import Element, Verdict

GOAL_LABEL = re.compile(r"\b(?:goals?|objectives?|objs?|tx goal|^g$|treatment goals?|target|aims?|wants)\b")
_PROGRESS_LABEL = re.compile(r"\bprogress\b")
_LATER_LABEL = re.compile(r"^p$|\bplan|next|homework|follow")
_FACT_LABEL = re.compile(r"^g$|\b(?:goals?|objectives?|diagnos\w+|dx|icd\w*)\b")
NOT_NAMED = words_of("goal_unnamed")
_PURPOSE = re.compile(
    r"\s*(?:,\s*)?(?:(?:we|she|he|they|I)\s+\w+\s+|(?:for|in|here)\s+(?:\w+\s+)?)?(?:of|to|is|was|:|-|–|=|\(|re|"
    r"about|around|\"|“|#?\d+(?:\.\d+)*\W)+\s*",
    re.IGNORECASE,
)
_NUMBERED_ALONE = re.compile(
    r"\s*#?\d+(?:\.\d+)*(?:\s?(?:-|–|,|&|and|/)\s?#?\d+(?:\.\d+)*)*\s*(?:\band\b|&|/|\bfor\b|\bwith\b|\bvia\b|\bby\b|"
    r"\bthrough\b|\bin\b|\bof (?:his|her|their|the)\b|$)",
    re.IGNORECASE,
)
"""What follows these belongs to the sentence: "Goal 2 and his PTSD", "objectives 1.1-1.3 via role-play"."""
_NAMED_BEFORE = re.compile(r"(?P<name>[a-z][\w-]{3,})['’]?s?\s+(?:goal|objective|goals)\b", re.IGNORECASE)
_RESULT_MARK = re.compile(r"(?<!\bgoal)(?:[:;]|\s[–—-]{1,2})\s+|\)\s*[:;,]?\s+|\s*(?:→|->|=>)\s*", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b\d+\s?/\s?\d+|\d\s*(?:->|→|to|vs\.?|from|of)\s*\d|\bday \d+|\b(?:\d+|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twice|once) (?:\w+ )?(?:this|last|so far|since|clean|dry|sober|in a row|straight|running)\b|\bwas \d",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\W*(?:(?:and|then|pt|patient|client|he|she|they)\s+)?(?:will|plans?|intends?|hopes?|wants|agree[sd] to)\b",
    re.IGNORECASE,
)
_OUTCOME = words_of("outcome")
_NOT_OWN = words_of("goal_verbs_after") | frozenset(
    ["setting", "work", "oriented", "directed", "attainment", "review", "sheet", "not"]
)
_ORDERS = words_of("plan_orders") | words_of("plan_orders_or_names")
_POINTER = re.compile(
    r"\W*(?:see|per|as per|refer|same as|n/?a|no goals?|not|none|documented|noted|on file|in chart)\b", re.IGNORECASE
)


RUN_ON = 36
"""Words. In a longer sentence, dictated without full stops, only what stands near belongs together."""
_NEAR, _JUST_BEFORE, _SOME = 14, 4, 3
_GOAL_IN_LABEL = re.compile(r"(?:tx |treatment )?(?:goal|objective|aim)\s(?:#?\d\s)?")
_OWN_IN_LABEL = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal the note names: where, and up to which token its own words reach."""

    passage: Passage
    index: int
    first: int
    last: int
    own_first: int = 0
    """Where the goal's own words begin, after "goal of"."""


def judge_progress(member: MemberReading) -> Verdict:
    """Met by movement, no change or regression said of a named goal of this patient."""
    name = named(member.label)
    fix = question(Element.PROGRESS_TOWARD_GOALS, member.label)
    sentences = _own(member)
    goals = named_goals(sentences)
    for goal in goals:
        moved = _movement(goal, sentences)
        if moved is not None:
            return met(*([goal.passage] if moved is goal.passage else [goal.passage, moved]))
    if goals:
        return partial(
            [goals[0].passage],
            f"A goal of {name} is named, but nothing is said of movement, no change or setback.",
            f"What changed, stayed the same or got worse for {name} on this goal since last time?",
        )
    vague = [
        s
        for s in sentences
        if (s.has("progress.generic", "goal.plain") or (_PROGRESS_LABEL.search(s.label) and s.content()))
        and not s.has("group.whole")
        and not _POINTER.match(s.text)
    ]
    if vague:
        return partial(vague[:1], f"Progress is mentioned, but not against a named goal of {name}.", fix)
    return missing(f"Nothing is said of {name}'s progress toward a named treatment goal.", fix)


def named_goals(sentences: Sequence[Passage]) -> list[Goal]:
    """Goals with words of their own: "goal of riding the bus", "Goal 1 (sleep)", "her sobriety goal", a heading."""
    found: list[Goal] = []
    for index, sentence in enumerate(sentences):
        if GOAL_LABEL.search(sentence.label) and not _PROGRESS_LABEL.search(sentence.label):
            if [word for word in sentence.content() if word not in NOT_NAMED]:
                found.append(Goal(sentence, index, 0, _purpose_end(sentence, 0)))
        else:
            found.extend(_goals_of(sentence, index))
    return found


def _goals_of(sentence: Passage, index: int) -> Iterator[Goal]:
    """Goals named in a sentence that stands under no heading for them."""
    own = frozenset(sentence.content(NOT_NAMED))
    for hit in sentence.found("goal.back"):
        if hit.first >= _SOME and own:
            yield Goal(sentence, index, hit.first, hit.last, hit.first)
    for hit in sentence.found("goal.wants"):
        if any(token.word in own for token in sentence.tokens[hit.last + 1 :]):
            yield Goal(sentence, index, hit.first, len(sentence.tokens) - 1, hit.last + 1)
    for hit in sentence.found("goal.doing"):
        if hit.first == 0 and own:
            yield Goal(sentence, index, 0, _purpose_end(sentence, hit.last + 1), hit.last + 1)
    for hit in sentence.found("goal.plain"):
        goal = _goal_at(sentence, index, hit)
        if goal is not None:
            yield goal


def _goal_at(sentence: Passage, index: int, hit: Hit) -> Goal | None:
    after = sentence.note[hit.end : sentence.end]
    lead = _PURPOSE.match(after)
    if lead and lead.group().strip() and not _NUMBERED_ALONE.match(after):
        begins = hit.end + lead.end()
        at = next((n for n, token in enumerate(sentence.tokens) if token.start >= begins), len(sentence.tokens))
        end = _purpose_end(sentence, at)
        words = [
            t.word for t in sentence.tokens[at : end + 1] if t.word not in NOT_NAMED and t.word in sentence.content()
        ]
        if words:
            return Goal(sentence, index, hit.first, end, at)
    told = _told_at_once(sentence, index, hit)
    if told is not None:
        return told
    before = sentence.note[max(sentence.start, hit.start - 30) : hit.end]
    named_before = _NAMED_BEFORE.search(before)
    if (
        named_before
        and named_before["name"].lower() not in NOT_NAMED
        and named_before["name"].lower() in sentence.content()
    ):
        return Goal(sentence, index, max(hit.first - 1, 0), hit.last, hit.last)
    return None


def _told_at_once(sentence: Passage, index: int, hit: Hit) -> Goal | None:
    """A goal with no word between, as in shorthand: "goal out of bed by 9: 5/7"."""
    at = hit.last + 1
    mark = _RESULT_MARK.search(sentence.note, hit.end, sentence.end)
    if at >= len(sentence.tokens) or mark is None or sentence.note[hit.end : hit.end + 1] != " ":
        return None
    own = [token for token in sentence.tokens[at:] if token.end <= mark.start()]
    head = sentence.tokens[at].word
    if not own or len(own) > _NEAR or head in NOT_NAMED or head in _NOT_OWN or head.endswith("ed"):
        return None
    return Goal(sentence, index, hit.first, at + len(own) - 1, at)


def _purpose_end(sentence: Passage, at: int) -> int:
    """The last token of the goal's own words: up to a bracket's end, a comma, a colon, a dash or a verb of change."""
    for number in range(at, len(sentence.tokens) - 1):
        between = sentence.note[sentence.tokens[number].end : sentence.tokens[number + 1].start]
        following = sentence.tokens[number + 1].word
        if number > at and (re.search(r"[,;:)\"”]|\s[–—-]\s", between) or following in _VERBS_AFTER):
            return number
        if re.search(r"[);]|:\s", between) and number >= at:
            return number
    return len(sentence.tokens) - 1


_VERBS_AFTER = words_of("goal_verbs_after")


def _movement(goal: Goal, sentences: Sequence[Passage]) -> Passage | None:
    """Words of movement in the goal's sentence outside its own words, or in the two sentences that follow."""
    own = goal.passage
    told = _result_after(goal, sentences)
    if told is not None:
        return told
    if any(_is_beside(hit, goal) for hit in own.found("move.word", "move.strong")):
        return own
    for neighbour in sentences[goal.index + 1 : goal.index + 3]:
        if _FACT_LABEL.search(neighbour.label) and neighbour.label != own.label:
            continue
        if _LATER_LABEL.search(neighbour.label) or _is_to_come(neighbour, neighbour.start):
            continue
        if _about_goal(neighbour, own) or (
            neighbour.has("move.strong", "move.clear")
            and neighbour is sentences[goal.index + 1]
            and neighbour.actor is Actor.PATIENT
        ):
            return neighbour
    for other in sentences:
        if other is own or _LATER_LABEL.search(other.label) or _is_to_come(other, other.start):
            continue
        if (_PROGRESS_LABEL.search(other.label) or other.has("move.strong", "move.clear")) and _about_goal(other, own):
            return other
    return None


def _is_beside(hit: Hit, goal: Goal) -> bool:
    """Whether a word of movement stands outside the goal's own words, and near them where a sentence runs on."""
    if goal.first <= hit.first <= goal.last or goal.first <= hit.last <= goal.last:
        return False
    if _in_next_goal(hit, goal):
        return False
    if len(goal.passage.tokens) <= RUN_ON:
        return True
    return goal.last < hit.first <= goal.last + _NEAR or goal.first - _JUST_BEFORE <= hit.last < goal.first


def _in_next_goal(hit: Hit, goal: Goal) -> bool:
    """Whether a word stands in another goal of the same list: "sleep better; exercise more"."""
    tokens, note = goal.passage.tokens, goal.passage.note
    heads = [
        at
        for at in range(goal.last + 1, hit.first + 1)
        if re.search("[,;)]", note[tokens[at - 1].end : tokens[at].start])
    ]
    return bool(heads) and tokens[heads[-1]].word in _ORDERS


def _result_after(goal: Goal, sentences: Sequence[Passage]) -> Passage | None:
    """What follows the goal's words and a colon, semicolon, dash or full stop: "Goal of 90 days dry: day 41"."""
    sentence = goal.passage
    first = min(goal.own_first or goal.first, len(sentence.tokens) - 1)
    begins = sentence.tokens[first].end if sentence.tokens else sentence.start
    named_before = goal.own_first == goal.last and goal.first < goal.last
    cut = _RESULT_MARK.search(sentence.note, sentence.tokens[goal.last].end if named_before else begins, sentence.end)
    if cut and _is_result(sentence, cut.end()):
        return sentence
    if _names_its_goal(sentence.label) and _is_result(sentence, sentence.start):
        return sentence
    if GOAL_LABEL.search(sentence.label) and goal.index + 1 < len(sentences):
        following = sentences[goal.index + 1]
        if GOAL_LABEL.search(following.label) and not following.inline and _is_result(following, following.start):
            return following
    return None


def _names_its_goal(label: str) -> bool:
    """Whether a label holds the goal's own words: "Goal ride bus alone: no ride yet"."""
    lead = _GOAL_IN_LABEL.match(label)
    words = re.findall(r"[^\W\d_]{2,}", label[lead.end() :]) if lead else []
    own = [word for word in words if word not in NOT_NAMED]
    return len(own) >= _OWN_IN_LABEL and words[0] == own[0] and not own[0].endswith("ed")


def _is_result(sentence: Passage, at: int) -> bool:
    """Words that tell how it went: of the past, a comparison, a count; an order at the head is the next goal."""
    tokens = [token for token in sentence.tokens if token.start >= at]
    if not tokens or tokens[0].word in _ORDERS or _is_to_come(sentence, at):
        return False
    words = {token.word for token in tokens}
    if _tells_outcome(words):
        return True
    return bool(_COUNTED.search(sentence.note, at, sentence.end)) or any(
        hit.start >= at for hit in sentence.found("move.strong", "move.clear")
    )


def _is_to_come(sentence: Passage, at: int) -> bool:
    """Whether words tell what will be done ("Will call two friends this week"), and of nothing done."""
    ahead = _TO_COME.match(sentence.note, at, sentence.end)
    if ahead is None:
        return False
    words = {token.word for token in sentence.tokens if token.start >= ahead.end()}
    return not _tells_outcome(words)


def _tells_outcome(words: set[str]) -> bool:
    return bool(words & _OUTCOME) or any(word.endswith("ed") and len(word) > 4 for word in words)


def _about_goal(sentence: Passage, goal: Passage) -> bool:
    if sentence.actor in {Actor.GROUP, Actor.PROVIDER, Actor.OTHER} or not sentence.has(
        "move.word", "move.strong", "move.clear"
    ):
        return False
    if _PROGRESS_LABEL.search(sentence.label) or sentence.has("progress.generic"):
        return True
    stems = {word[:4] for word in goal.content() if word not in NOT_NAMED}
    return any(word[:4] in stems for word in sentence.content())


def _own(member: MemberReading) -> list[Passage]:
    return [s for s in member.sentences if s.actor not in {Actor.GROUP, Actor.OTHER}]

"""What a question is about: weighted cues for each topic, over the question made plain.

The cues are data, in `knowledge/topic_cues.yaml`. The heaviest topic wins; between equals `_ORDER` decides. Choices a
reader may wonder about:

- both services, or "same day", make it `same_day`, whatever else is asked of the pair (its modifier, its note);
- a telehealth word makes it `telehealth`, also when the modifier for it is asked; modifiers named with no such word
  ("GT or 95?") are `modifiers`;
- trainees are `supervision`, licensed kinds of clinician and co-leaders `provider_types`;
- a limit on people is `group_size`, on minutes `session_duration`, on claims in a day `units`, on visits in a longer
  time `frequency`, on visits before an authorization `prior_auth`.
"""

import re

from bot.answers.amounts import in_figures
from bot.answers.cues import load_cues
from bot.answers.shorthand import spell_out
from bot.policies.models import Topic

# The more specific first.
_ORDER = (
    Topic.SAME_DAY,
    Topic.PRIOR_AUTH,
    Topic.UNITS,
    Topic.SUPERVISION,
    Topic.TELEHEALTH,
    Topic.GROUP_SIZE,
    Topic.NON_COVERED,
    Topic.DIAGNOSIS,
    Topic.PROVIDER_TYPES,
    Topic.FREQUENCY,
    Topic.SESSION_DURATION,
    Topic.DOCUMENTATION,
    Topic.MODIFIERS,
    Topic.CODING,
    Topic.REIMBURSEMENT,
    Topic.DENIAL,
    Topic.GENERAL,
)

_GROUP = re.compile(r"\b(90853|groups?)\b")
_INDIVIDUAL = re.compile(
    r"\b9083[2-8]\b|\bindividuals?( (psycho)?therapy| session| counsel\w+| tx)?\b|\bone[- ]on[- ]one\b|\b1[:-]1\b"
)
_EM = re.compile(
    r"\b992\d\d\b|\be ?[/&] ?m\b|\bevaluation (and|&) management\b|\bmed(ication)? (management|check|visit)s?\b"
)
_FAMILY = re.compile(r"\b9084[67]\b|\bfamily (therapy|psychotherapy|session)s?\b")
_OTHER_CODE = re.compile(r"\b(9083[2-8]|9084[67]|992\d\d|90791|90792)\b")
_PAIR_MODIFIER = re.compile(r"\b(59|x[epsu])\b")
_NAMED_TOPIC = 3
_NO_CHOICE = re.compile(r"\byes ?(or|/) ?no\b|\bor (no|not)$")


def topic_scores(question: str) -> dict[Topic, int]:
    """Topics that the words point to, with their weights; empty when nothing does."""
    text = _NO_CHOICE.sub(" ", spell_out(question))
    texts = tuple(dict.fromkeys((text, in_figures(text))))
    scores = {
        topic: score
        for topic, cues in load_cues().cues
        if (score := sum(weight for pattern, weight in cues if any(map(pattern.search, texts))))
    }
    _pair(text, scores)
    if scores.get(Topic.PRIOR_AUTH, 0) >= _NAMED_TOPIC and Topic.FREQUENCY in scores:
        scores[Topic.PRIOR_AUTH] += scores[Topic.FREQUENCY]  # hours and visits tell how much was used before it
    return scores


def _pair(text: str, scores: dict[Topic, int]) -> None:
    """Two services in one question are about their being on one date."""
    partner = _INDIVIDUAL.search(text) or _EM.search(text) or _FAMILY.search(text)
    coded = re.search(r"\b90853\b", text) and _OTHER_CODE.search(text)
    if _GROUP.search(text) and partner:
        same = Topic.SAME_DAY in scores and scores[Topic.SAME_DAY] >= _NAMED_TOPIC
        joined = re.search(r"\b(and|plus|with|w|then|after|before|along)\b|[+&/]", text)
        told_apart = re.search(
            r"\b(instead|versus|vs|or|separate(ly)? (from|auth)|different|rather than|compared|than)\b", text
        )
        if same or coded or _PAIR_MODIFIER.search(text):
            scores[Topic.SAME_DAY] = scores.get(Topic.SAME_DAY, 0) + 8
        elif joined and not told_apart:
            scores[Topic.SAME_DAY] = scores.get(Topic.SAME_DAY, 0) + 3


def best_topic(scores: dict[Topic, int]) -> Topic | None:
    """The heaviest topic, the more specific between equals; None when nothing says more than "rules" or "covered"."""
    if not scores:
        return None
    return min(scores, key=lambda topic: (-scores[topic], _ORDER.index(topic)))


def denied_matter(scores: dict[Topic, int]) -> Topic:
    """What a payer's denial is about, where the words name it; else the denial itself."""
    matters = set(scores) - {Topic.DENIAL, Topic.GENERAL}
    named: dict[Topic, int] = {topic: scores[topic] for topic in matters if scores[topic] >= _NAMED_TOPIC}
    return best_topic(named) or Topic.DENIAL


_STANDS_ALONE = frozenset(
    {Topic.SAME_DAY, Topic.PRIOR_AUTH, Topic.TELEHEALTH, Topic.GROUP_SIZE, Topic.DOCUMENTATION, Topic.REIMBURSEMENT}
)


def other_topics(scores: dict[Topic, int], chosen: Topic) -> tuple[Topic, ...]:
    """Further matters that the question names outright, so that the reply can say it answered one of them."""
    if chosen is Topic.SAME_DAY:
        return ()
    return tuple(
        topic for topic in _ORDER if topic in _STANDS_ALONE and topic is not chosen and scores.get(topic, 0) >= 5
    )[:2]

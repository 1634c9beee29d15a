"""Safety plans: which mention of one answers a danger told now, and which only says that there is a plan."""

import re

from bot.review.elements.passages import Passage

_PLAN = re.compile(r"\b(?:safety|crisis)[\s-]plan(?:s|ning|ned)?\b", re.IGNORECASE)
_NUMBER_AT_HAND = re.compile(
    r"\b(?:has|have|had|knows?|carries|keeps?|kept|saved)\b[^.;,]{0,25}\b(?:988|hotline|crisis line)\b", re.IGNORECASE
)
_GONE_OVER = re.compile(
    r"\b(?:review\w*|updat\w+|revis\w+|rewr\w+|creat\w+|develop\w+|complet\w+|discuss\w+|"
    r"(?:w[eo]nt|gone|going) (?:back )?over|made|makes|making|built|wrote|writ\w+|establish\w+|formulat\w+|signed|done|"
    r"did|drew up|work(?:ed|ing) (?:on|out)|"
    r"(?:walk|talk|work|look|go|went|read)\w* through|(?:reads?|reading|looked)\b[^.;]{0,80}\b(?:with|together))\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:will|should|needs?|wants?|plans? to|going to|"
    r"to (?:be (?!alive|here|dead)|review|revisit|updat|creat|develop|complet|discuss|go over|make|write|bring)\w*|"
    r"next (?:session|week|group|time|visit|meeting)|(?<!from )last (?:session|week|group|time|visit|month|year)|"
    r"previous(?:ly)?|prior|earlier|old|existing|already|dated|from 20\d\d|on file|in (?:place|chart)|"
    r"homework|worksheets?|handouts?|templates?|"
    r"(?:not|never|n['’]t) (?:yet )?(?:review|updat|discuss|complet|done|made|gone))\b",
    re.IGNORECASE,
)
"""A plan of another day, one yet to be made, and a form that everyone was handed."""
_WITH_OTHERS = re.compile(
    r"\b(?:by|with) (?:a |another |the |two |three )?(?:peers?|group|members?)\b|"
    r"\bto (?:us|peers|the (?:group|room|circle|others))\b|^\W*(?:the |all )?(?:group|members|peers)\b|\bplans\b",
    re.IGNORECASE,
)
_NO_PLAN = re.compile(r"\b(?:no|without an?) (?:\w+ ){0,2}(?:safety|crisis)[\s-]plan", re.IGNORECASE)
_DONE_BESIDE = re.compile(
    r"\b(?:contract(?:ed|s)|agree[sd]|notified|hospitali\w+|assessed|screened|C-?SSRS|"
    r"(?:988|hotline|crisis line|number)\b[^.;]{0,20}\b(?:given|provided|reviewed)|"
    r"(?:gave|provided)\b[^.;]{0,20}\b(?:988|hotline|number)|"
    r"(?:met|spoke|sat|stayed) with (?:him|her|them|pt|patient|client))\b",
    re.IGNORECASE,
)


def is_only_there(clause: Passage) -> bool:
    """Whether all a clause has to say of safety is a plan that exists, was read out, or is of another day.

    A plan that was gone over answers a danger, and so does what else was done or denied beside it.
    """
    text = clause.text
    plan = _PLAN.search(text) or _NUMBER_AT_HAND.search(text)
    if plan is None or _DONE_BESIDE.search(text):
        return False
    start, end = clause.start + plan.start(), clause.start + plan.end()
    if any(hit.end <= start or hit.start >= end for hit in clause.found("safe.denial")):
        return False
    if not _GONE_OVER.search(text):
        return True
    return bool(_NOT_NOW.search(text) or _WITH_OTHERS.search(text) or _NO_PLAN.search(text))

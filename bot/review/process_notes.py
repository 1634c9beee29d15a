"""Does a text read like psychotherapy notes that a therapist keeps apart from the record (45 CFR 164.501)?

A process group is none, nor is the heading "group process note" over an ordinary progress note. One plain sign is
enough: it says itself that it is kept apart, or speaks of the writer's countertransference. Otherwise two different
signs of the therapist's private thought are wanted.
"""

import re

# What people in the room said, in their own quotation marks, is not the writer's thought.
_QUOTED = re.compile(r"[\"“][^\"”\n]{0,400}[\"”]")
_PLAIN = re.compile(
    r"""(?imx)
    \b(?:not|never)\ (?:a\ )?part\ of\ (?:the|this|his|her|their|any)\ (?:\w+\ ){0,2}(?:record|chart|file)\b
    | \b(?:do\ not|not\ to\ be)\ (?:file|scan|put|place|upload|enter)d?\b[^.\n]{0,30}\b(?:chart|record|ehr|emr)\b
    | \bnot\ for\ (?:the\ )?(?:chart|record|insurance|ehr|emr|payer)\b
    | \bkeep\w*\b[^.\n]{0,30}\b(?:out\ of|apart\ from|separate\ from)\ (?:the\ )?(?:\w+\ )?(?:record|chart|ehr|emr)\b
    | \b(?:process|psychotherapy|shadow|private|personal|therapist['’]s)\ notes?\b[^.\n]{0,60}
      \b(?:apart|separate(?:ly)?|shred|locked|private|164\.501|not\ to\ be\ (?:disclosed|released)|do\ not\ release)\b
    | \b(?:separate|separately\ kept|private)\ (?:psychotherapy|process)\ notes?\b
    | \b(?:private|personal)\ notes\ of\ (?:the|this)\ (?:therapist|writer|clinician|leader)\b
    | \bnotes?\ to\ (?:my)?self\b | \bshadow\ notes?\b
    | \bstored\ separately\ from\ (?:the\ )?(?:progress\ )?(?:note|record|chart)\b
    | \b(?:for\ my\ (?:own\ )?eyes|for\ (?:my\ )?(?:own\ )?supervision|for\ my\ own\ use)\ only\b
    | ^[^\w\n]*(?:analytic\ |detailed\ |my\ )?process\ notes\b
    | \b(?:my|analytic|detailed|personal)\ process\ notes?\b | \bthese\ process\ notes\b
    | \bmy\ (?:own\ )?counter-?transference\b | ^[^\w\n]*counter-?transference\b
    | \bcounter-?transference\b[^.\n]{0,60}\bI\b | \bI\b[^.\n]{0,80}\bcounter-?transference\b
    | \b(?:therapist|writer)['’]s\ (?:own\ )?(?:private|counter-?transference)\b
    """
)
_FEELINGS = (
    r"bored|irritated|angry|annoyed|drawn|attracted|protective|seduced|sleepy|envious|envied|judged|used|small|"
    r"triumphant|ashamed|disliked|hungry|coldness|cold|trapped|useless|helpless|invaded|like\ the"
)
# Signs of the therapist's private thought; each counts once.
_PRIVATE = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        r"\bmy\ (?:own\ )?(?:hypothes[ie]s|hunch|guess|musings|fantas(?:y|ies)|associations?|reverie|reaction|anger|"
        r"boredom|irritation|dread|dream)\b",
        rf"\bI\ (?:was|felt|feel|am|found\ myself|caught\ myself|noticed\ myself)\b[^.\n]{{0,40}}\b(?:{_FEELINGS})\b",
        r"\bI\ (?:disliked|hated|dread(?:ed)?)\b",
        r"\bI\ (?:wonder|suspect|imagine|fantasi[sz]e|half-think)\b|,\ I\ suspect\b",
        r"\b(?:projective\ identification|oedipal|transference\ to\ me|the\ bad\ (?:mother|father)|unconsciously)\b",
        r"\breminds?\ me\ of\ my\b|\bmakes?\ me\ feel\b",
        r"\b(?:bring|take)\ (?:(?:this|it|that)\ )?to\ (?:my\ (?:own\ )?)?(?:supervision|analysis|consultation)\b"
        r"|\bmy\ own\ (?:analysis|supervision|therapy)\b|\bto\ discuss\ in\ (?:my\ )?supervision\b",
        r"\b(?:hates|punishes|devours|annihilates|murderous)\b",
        r"\b(?:the\ )?(?:hour|silence)\ felt\b",
    )
)


def reads_kept_apart(text: str) -> bool:
    """True where the text says it is kept apart, or thinks privately about patients."""
    told = _QUOTED.sub(" ", text)
    return bool(_PLAIN.search(told)) or sum(bool(sign.search(told)) for sign in _PRIVATE) >= 2

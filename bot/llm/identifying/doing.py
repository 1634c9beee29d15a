"""What people do, in the words that notes have for it: what stands after a name, and what stands before one."""

import re

# What somebody does in a note, in the words that notes have for it; "Xyz was" alone tells little.
ACTS = re.compile(
    r"['’]?s?\s+(?:(?:also|then|again|still|later|never|just|only|often|initially|finally|\w{3,12}ly|and\s+[A-Z]\.?\w*)\s+){0,2}"
    r"(?:said|says|told|tells|asked|asks|shared?s?|report(?:ed|s)|stat(?:ed|es)|describ(?:ed|es)|felt|feels|came|comes|went|goes|attend(?:ed|s)"
    r"|arriv(?:ed|es)|left|leaves|spoke|speaks|talk(?:ed|s)|not(?:ed|es)|identif(?:ied|ies)|discuss(?:ed|es)|process(?:ed|es)"
    r"|express(?:ed|es)|den(?:ied|ies)|endors(?:ed|es)|agre(?:ed|es)|admit(?:ted|s)|present(?:ed|s)|appear(?:ed|s)|seem(?:ed|s)"
    r"|cri(?:ed|es)|wept|weeps|smil(?:ed|es)|laugh(?:ed|s)|listen(?:ed|s)|offer(?:ed|s)|gave|gives|receiv(?:ed|es)|practi[cs](?:ed|es)"
    r"|call(?:ed|s)|text(?:ed|s)|want(?:ed|s)|did|does|made|makes|took|takes|join(?:ed|s)|respond(?:ed|s)|participat(?:ed|es)"
    r"|remain(?:ed|s)|sat|sits|stood|read|wrote|writes|forgot|forgets|complet(?:ed|es)|challeng(?:ed|es)|nodded|brought|brings|tri(?:ed|es)"
    r"|work(?:ed|s)|struggl(?:ed|es)|apologi[sz](?:ed|es)|answer(?:ed|s)|interrupt(?:ed|s)|thank(?:ed|s)|encourag(?:ed|es)|support(?:ed|s)"
    r"|recogni[sz](?:ed|es)|realiz(?:ed|es)|rat(?:ed|es)|nam(?:ed|es)|list(?:ed|s)|us(?:ed|es)|plan(?:ned|s)|agre(?:ed|es)|will|has|had|is|was|wasn['’]t|isn['’]t"
    r"|can|could|would|might|knows?|knew|thinks|thought|hopes|hoped|lost|found|finds|got|gets|kept|keeps|began|begins|start(?:ed|s)|return(?:ed|s)"
    r"|miss(?:ed|es)|explor(?:ed|es)|reflect(?:ed|s)|volunteer(?:ed|s)|engag(?:ed|es)|continu(?:ed|es)|role-?play(?:ed|s)|lives?|lived|moved)\b",
    re.IGNORECASE,
)
# After a word that names no person for sure, what only a person does.
TELLING = re.compile(
    r"\s+(?:(?:also|then|again|later|\w{3,12}ly)\s+){0,2}(?:said|says|told|tells|asked|asks|shared|shares|report(?:ed|s)|stated|states|describ(?:ed|es)"
    r"|felt|came|went|attended|arrived|left|spoke|talk(?:ed|s)|cried|wept|smiled|laughed|listened|offered|denie[ds]|endorse[ds]"
    r"|agreed|admitted|apologi[sz]ed|called|texted|wants?|wanted|joined|responded|participated|sat|read|wrote|forgot|completed|nodded"
    r"|brought|tried|practi[cs]ed|identified|expressed|discussed|processed|thanked|took|gave|made|noted|volunteered|plans)\b"
)
DID = re.compile(
    r"\s+(?:(?:and|&)\s+[A-Z][\w’'-]+\s+(?:both\s+)?)?(?:(?!(?:need|proceed|succeed|exceed|feed|heed|bleed|breed|speed)\b)\w{2,}ed|began|ran|got|kept|lost|put|hid|met|sat|stood|woke|rode|drove|came|had|did)\b"
)
SOMEBODY = re.compile(
    r"\b(?:told|tells|asked|thanked|hugged|miss(?:es|ed)|texted|reminded|helped|met|saw|between|beside|sat\s+with|sitting\s+with|talk(?:ed|s)\s+(?:to|with)|"
    r"spoke\s+(?:to|with)|married|dating|dated|loves?|forgave|named|nicknamed|visited|visits|buried|lost)\s+$"
)
# What only somebody does, and what is said of somebody right after a name.
SPEAKS = re.compile(
    r"\s+(?:said|says|told|asked|cried|wept|smiled|laughed|nodded|shared|admitted|apologized|texted|hugged|denied|stated|reported|felt|sat|left|arrived)\b"
)
# A name that heads a line, a sign, and what is said of its bearer at once: "Hunter - quiet, left early".
HEADS_LINE = re.compile(
    r"\s*[-–—:(|]\s*(?:no[- ]?show|late|absent|present|excused|quiet|tearful|engaged|attentive|withdrawn|flat|"
    r"guarded|anxious|calm|cooperative|left\s+early|on\s+time|"
    r"denie[sd]|reports?|reported|shared|pt\b|client\b|he\b|she\b|they\b|spoke|checked\s+in|disengaged|irritable|sad|"
    r"restless|sleepy|silent|minimal|actively)\b"
)
IS_SO = re.compile(
    r"(?:\s+(?:was|is|has|had|seemed|appeared|wasn['’]t|will|can|went)\s+\w+|\s+(?:and|&)\s+[A-Z][a-z]+\b|,\s+(?:who|age|aged|\d\d)\b|\s+\(\w|\s*:)"
)
BEFORE_SOMEBODY = re.compile(
    r"(?:\b(?:with|told|asked|thanked|supported|encouraged|and|to|by|for|from|that|when|while|because|about|after|than|hugged|called|"
    r"texted|reminded|helped|joined|met|saw|of|but|if|as|like|peer|peers|member|client|patient|pt)|[,;])\s+$"
)
_STARTS = '.!?:;•*#|>"“”(/–—-=]'


def opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a line or a field begins at `at`, so that a capital there tells nothing."""
    before = text[max(0, at - 4) : at].rstrip(" \t")
    return not before or before[-1] in _STARTS or before[-1].isdigit() or before[-1] == "\n"

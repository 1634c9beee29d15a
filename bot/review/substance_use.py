"""Does a note tell of treatment for substance use? Then 42 CFR Part 2 may forbid to disclose it without consent.

Read clause by clause: what is denied, screened for, of a relative, or of tobacco and caffeine (which are not Part 2's
matter) does not count. A diagnosis, a program or a medicine of that treatment is enough; two different looser words
are, too.
"""

import re

_SUBSTANCES = (
    r"alcohol|opioids?|opiates?|cocaine|cannabis|marijuana|stimulants?|methamphetamine|amphetamine|heroin|fentanyl|"
    r"benzodiazepines?|sedatives?|inhalants?|hallucinogens?|poly-?substance|substances?|drugs?|chemical"
)
_CLAUSE = re.compile(r"[^.;:\n]*(?:\.\d[^.;:\n]*)*[.;:\n]?")
_ENOUGH = re.compile(
    rf"""(?x)
    \bF1[0-689]\.\d | (?-i:\b(?:AUD|OUD|StUD|CUD|MOUD|MAT)\b) | (?-i:\bSUD\b)(?!s?\W{{0,3}}\d)(?!s\b|\ rating)
    | \b(?:{_SUBSTANCES})[\ -](?:use|abuse)\ (?:disorders?|groups?|program|treatment|counsel\w+|clinic|recovery|IOP)\b
    | \b(?:outpatient|inpatient|residential|IOP|PHP|treatment|rehab)\ for\ (?:{_SUBSTANCES})\b
    | \b(?:{_SUBSTANCES})\ (?:dependen\w+|addiction|treatment)\b
    | \balcoholism\b | \baddictions?\b | \bdual[\ -]diagnosis\b
    | \b(?:methadone|suboxone|buprenorphine|naltrexone|vivitrol|sublocade|antabuse|disulfiram|acamprosate|naloxone)\b
    | \brelapse[\ -]prevention\b(?!\ (?:plan|skills|work)?\ ?(?:for|of|in)\ (?!{_SUBSTANCES}))
    | \bsobriety\b | \bsober\b(?!-) | \b(?:\d+|\w+)\ (?:days?|weeks?|months?|years?)\ (?:clean|sober|abstinent)\b
    | \b(?:12|twelve)[\ -]?steps?\b | (?-i:\b(?:AA|NA|CA)\b)\ (?:meetings?|sponsor|chip|home\ group|twice|daily|weekly)
    | \bdrug\ (?:court|screen)\b | \bUDS\b | \bdetox\w*\b | \bharm\ reduction\b
    | \b(?:recovery|abstinence)\ from\ (?:{_SUBSTANCES})\b | \b(?:{_SUBSTANCES})\ recovery\b
    | \brelapsed\ (?:on|to|with)\ (?:{_SUBSTANCES})\b | \bclean\ (?:and\ sober|since|from)\b
    """,
    re.IGNORECASE,
)
_LOOSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:urges?|triggers?) (?:to (?:drink|use)|for (?:a drink|alcohol))\b"
        r"|\bcravings?\b(?! for (?:sweet|sugar|food))",
        r"\bsponsor\b(?!s)",
        rf"\bslips?\b(?: with| on)? (?:{_SUBSTANCES})\b",
        r"\brelaps(?:ed?|es|ing)\b",
        r"\b(?:drank|drinking|vodka|beer|wine|whiskey|a drink|got high|used (?:on|again|over))\b",
        rf"\b(?:without|days? off|off) (?:alcohol|{_SUBSTANCES})\b|\b(?:substance|alcohol|drug) (?:use|abuse)\b",
        r"(?-i:\b(?:AA|NA)\b)(?! for\b)",
        r"\brecovery group\b",
    )
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|no|not|never|without any|negative for|screen\w* for|rule[sd]? out|absent|negative|"
    r"no history of|occasional|no concern)\b",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"\b(?:(?:his|her|their|the|a|my) )?(?:ex-?)?(?:wife|husband|spouse|partner|mother|mom|father|dad|parents?|sister|"
    r"brother|son|daughter|uncle|aunt|grand\w+|boyfriend|girlfriend|friend|ex|family)(?:['’]s)?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:adult children of|children of alcoholics|nicotine|tobacco|smok\w+|caffeine|surgery|depression|schizophrenia|"
    r"psychosis|binge|eating disorder|pain clinic|student years|years ago|well groomed)\b",
    re.IGNORECASE,
)
# These tell of treatment whatever else the clause says: a drug screen that was negative was a drug screen.
_DIAGNOSED = re.compile(
    rf"\bF1[0-689]\.\d|\b(?:{_SUBSTANCES}) use disorders?\b|\b(?:drug (?:screen|court)|UDS)\b", re.IGNORECASE
)


def tells_of_treatment(text: str) -> bool:
    """True where a patient's substance use is treated."""
    loose: set[int] = set()
    denied = False
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        if not clause.strip():
            continue
        # "Substance use: denies" is one statement over two clauses.
        following = text[match.end() : match.end() + 30]
        if _DIAGNOSED.search(clause) and not _KIN.search(clause):
            return True
        denied = bool(_DENIED.search(clause) or _DENIED.match(following.lstrip()))
        if denied or _KIN.search(clause) or _OTHER.search(clause):
            continue
        if _ENOUGH.search(clause):
            return True
        loose |= {number for number, sign in enumerate(_LOOSE) if sign.search(clause)}
    return len(loose) >= 2

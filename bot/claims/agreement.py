"""Whether a claim's diagnosis code agrees with the words and codes of the note it goes with."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.claims.codes import find_codes, with_dot

# Diagnoses as clinicians name them, with the ICD-10-CM categories a code for them starts with.
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"GAD|generali[sz]ed anxiety", ("F41.1",)),
    (r"panic (?:disorder|d/o)", ("F41.0", "F40.01")),
    (r"social (?:anxiety|phobia)", ("F40.1",)),
    (r"agoraphobia", ("F40.0",)),
    (r"separation anxiety", ("F93.0",)),
    (r"anxiety (?:disorder|d/o)", ("F40", "F41", "F06.4", "F93")),
    (r"MDD|major depress\w*|depressive (?:disorder|episode|d/o)", ("F32", "F33")),
    (r"dysthymi\w*|persistent depressive", ("F34.1",)),
    (r"(?:C-?)?PTSD|post-?\s?traumatic stress", ("F43.1",)),
    (r"acute stress", ("F43.0",)),
    (r"adjustment (?:disorder|d/o)", ("F43.2",)),
    (r"prolonged grief", ("F43.8",)),
    (r"OCD|obsessive[- ]compulsive disorder", ("F42",)),
    (r"bipolar", ("F31",)),
    (r"cyclothymi\w*", ("F34.0",)),
    (r"schizoaffective", ("F25",)),
    (r"schizophrenia", ("F20",)),
    (r"BPD|borderline personality", ("F60.3",)),
    (r"ADHD|attention[- ]deficit", ("F90",)),
    (r"autism|ASD", ("F84.0",)),
    (r"anorexia", ("F50.0",)),
    (r"bulimia", ("F50.2",)),
    (r"binge[- ]eating", ("F50.8",)),
    (r"AUD|alcohol (?:use|dependence|abuse)", ("F10",)),
    (r"OUD|opioid (?:use|dependence|abuse)", ("F11",)),
    (r"cannabis (?:use|dependence|abuse)", ("F12",)),
    (r"cocaine (?:use|dependence|abuse)", ("F14",)),
    (r"(?:meth)?amphetamine (?:use|dependence)|stimulant (?:use|dependence)", ("F15",)),
    (r"insomnia disorder", ("F51", "G47")),
)
_NAMED = tuple((re.compile(rf"\b(?:{name})\b", re.IGNORECASE), starts) for name, starts in _NAMES)
# A relative's diagnosis, or one that was only considered, is not this patient's.
_NOT_THEIRS = re.compile(
    r"\b(?:rule[ds]? out|r/o|family (?:history|hx)|fhx|no|not|denie[sd]"
    r"|mother|father|brother|sister|son|daughter|partner)\b[^.;\n]{0,30}$",
    re.IGNORECASE,
)


# Symptoms and everyday words: they bear a code of these categories out and contradict none.
_SYMPTOMS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), starts)
    for words, starts in (
        (r"anxi\w+|worr\w+|panic\w*|fear\w*|avoid\w+", ("F40", "F41", "F43", "F42")),
        (r"depress\w+|sad\w*|hopeless\w*|low mood|withdraw\w*|isolat\w+", ("F32", "F33", "F34", "F31", "F43.2")),
        (r"trauma\w*|nightmare\w*|flashback\w*|hypervigilan\w+|startl\w+", ("F43",)),
        (r"grief|grieving|bereave\w*|mourn\w*", ("F43", "Z63.4")),
        (r"drink\w*|alcohol\w*|sober|sobriety|relapse\w*|crav\w+|urges? to use|us(?:ed|ing)", ("F1",)),
        (r"obsess\w+|compuls\w+|ritual\w*", ("F42",)),
        (r"mania|manic|hypomani\w+", ("F31", "F25")),
        (r"voices|paranoi\w+|delusion\w*|hallucinat\w+|psycho(?:sis|tic)", ("F2", "F31")),
        (r"binge\w*|purg\w+|restrict\w+", ("F50",)),
    )
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the note bears the claim's code out; `silent` when it speaks of no diagnosis and no symptom."""

    verdict: Literal["agrees", "disagrees", "silent"]
    why: str = ""


def agreement(code: str, note: str) -> Agreement:
    """Hold a claim's code against the patient's part of the note.

    A code in the note that is the claim's own settles it. Otherwise the note's codes, then the diagnoses it names,
    must leave room for the claim's code; symptoms only bear it out.
    """
    claimed = with_dot(code)
    written = {found.code for found in find_codes(note) if found.diagnosis}
    if claimed in written:
        return Agreement("agrees")
    if written:
        return Agreement("disagrees", f"the claim says {claimed}, the note says {', '.join(sorted(written))}")
    named = [
        (match[0], starts)
        for pattern, starts in _NAMED
        for match in pattern.finditer(note)
        if not _NOT_THEIRS.search(note, max(0, match.start() - 60), match.start())
    ]
    if any(claimed.startswith(start) for _, starts in named for start in starts):
        return Agreement("agrees")
    if named:
        return Agreement("disagrees", f"the claim says {claimed}, the note speaks of {named[0][0]}")
    borne_out = any(claimed.startswith(starts) and words.search(note) for words, starts in _SYMPTOMS)
    return Agreement("agrees" if borne_out else "silent")

"""What is wrong with one 90853 line, beside its claim, the patient's other services of the day and the payer's rules.

The rules of the file's own form are those of the guide 005010X222A1, named with each finding; those of payers come from
`bot.policies` and carry their sources. What no rule on file settles is to be confirmed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from bot.answers.citing import citation_of
from bot.claimfile.index import Service, rendered_by, twin_of
from bot.claimfile.models import Claim, Finding, Kind, ServiceLine, Verdict
from bot.claimfile.payers import DayRules, PayerOnFile, PayerRules
from bot.claims.check import Check
from bot.claims.codes import code_set, with_dot
from bot.claims.diagnosis import check_billable, release_for
from bot.claims.same_day import check_same_day, same_day_codes
from bot.claims.telehealth import AT_HOME, AUDIO, ELSEWHERE, VIDEO, check_telehealth

GROUP = "90853"
REPLACEMENT = "7"
_ICD_10_SINCE = date(2015, 10, 1)
_MOST_POINTERS = 4
# What rests on two lines being one member's.
_OF_TWO_LINES = frozenset({Kind.REPEATED, Kind.SAME_DAY})
_VERDICTS = {"missing": Verdict.FIX, "needs_confirmation": Verdict.CONFIRM}


@dataclass(frozen=True, slots=True)
class Case:
    """One 90853 line before its rules. `beside` are the patient's other lines of that day, in the file's order.

    `namesake` is where an earlier claim of another member has this claim's number; 0 where none has.
    """

    claim: Claim
    line: ServiceLine
    payer: PayerOnFile
    rules: DayRules
    beside: Sequence[Service]
    place_word: str = "segment"
    namesake: int = 0

    @property
    def is_first(self) -> bool:
        """Whether what is wrong with the whole claim is said here: at its first 90853 line."""
        return next(one for one in self.claim.lines if one.code == GROUP) is self.line

    @property
    def again(self) -> list[Service]:
        """The other 90853 lines of that day; one of an original is none beside a replacement's."""
        return [one for one in self.beside if one.code == GROUP and one.frequency == self.claim.frequency]

    def at(self, one: Service) -> str:
        """Where another line of the file stands."""
        whose = "this claim" if one.claim == self.claim.number else f"claim {one.claim or 'without a number'}"
        return f"{self.place_word} {one.place} of {whose}"

    def is_of_another(self, one: Service) -> bool:
        """Whether the file says that another provider gave that service."""
        mine = rendered_by(self.line)
        return bool(mine and one.rendering) and one.rendering != mine

    def found(self, verdict: Verdict, kind: Kind, what: str, do: str = "", **more: Any) -> Finding:
        if verdict is Verdict.FIX and kind in _OF_TWO_LINES and self.claim.patient and not self.claim.patient.sure:
            verdict, do = Verdict.CONFIRM, f"Are both lines of one member? {do}"
        return Finding(
            verdict=verdict,
            kind=kind,
            place=self.line.place,
            claim=self.claim.number,
            member=self.claim.patient.initials if self.claim.patient else "",
            payer=self.payer.name,
            date_of_service=self.line.first_day,
            what=what,
            do=do,
            # The guide's loops are nothing to look up for whoever mends a row.
            **{**more, "rule": more.get("rule", "") if self.place_word == "segment" else ""},
        )

    def of(self, check: Check | None, kind: Kind, **more: Any) -> Iterator[Finding]:
        """What a check of the claims room came to, where it holds the claim back."""
        if check is not None and (verdict := _VERDICTS.get(check.outcome)):
            yield self.found(verdict, kind, check.reason, check.fix, **more)


def check_line(case: Case, every: PayerRules) -> Iterator[Finding]:
    """Everything wrong or open on one 90853 line; nothing where it may go out."""
    return chain(
        _whole_claim(case),
        _form(case, every.today),
        _payer(case),
        _units(case, every),
        _repeated(case, every),
        _same_day(case, every),
        _telehealth(case),
        _diagnoses(case),
        _authorization(case),
    )


def _whole_claim(case: Case) -> Iterator[Finding]:
    if not case.is_first:
        return
    if not case.claim.number and case.place_word == "segment":
        yield case.found(Verdict.FIX, Kind.CLAIM, "The claim has no number.", "Give it one.", rule="loop 2300, CLM01")
    if case.namesake:
        what = "Its number stands on another member's claim too."
        where = f"The other is at {case.place_word} {case.namesake}."
        do = "Give each claim a number of its own: the payer's answers come back under it."
        yield case.found(Verdict.CONFIRM, Kind.CLAIM, what, do, beside=where, rule="loop 2300, CLM01")
    if case.claim.frequency == REPLACEMENT and case.claim.replaces is False:
        what = "The claim replaces an earlier one (CLM05-3 is 7) and does not say which."
        do = "Write the payer's number of the claim that it replaces, from the remittance advice."
        yield case.found(Verdict.FIX, Kind.CLAIM, what, do, rule="loop 2300, REF F8")


def _form(case: Case, today: date) -> Iterator[Finding]:
    if case.line.qualifier != "HC":
        what = "The code is not marked as one of CPT or HCPCS (SV101-1 is not HC)."
        yield case.found(Verdict.FIX, Kind.CLAIM, what, "Write HC before it.", rule="loop 2400, SV101-1")
    if case.claim.patient is None:
        yield case.found(
            Verdict.FIX,
            Kind.MEMBER,
            "The claim names no member.",
            "Put the member's name on it.",
            rule="loop 2010BA, NM1",
        )
    line = case.line
    if line.first_day is None:
        what = "The line has no date of service that can be read."
        yield case.found(Verdict.FIX, Kind.DATE, what, "Write the day of the session.", rule="loop 2400, DTP 472")
    elif line.last_day and line.last_day != line.first_day:
        what = f"One line covers {line.first_day} to {line.last_day}."
        yield case.found(
            Verdict.FIX,
            Kind.DATE,
            what,
            "Bill each session on a line of its own, with its day.",
            rule="loop 2400, DTP 472",
        )
    elif line.first_day > today:
        yield case.found(Verdict.FIX, Kind.DATE, f"{line.first_day} is still to come.", "Correct the day.")
    elif line.day_of_claim and case.is_first:
        what = f"The day of service, {line.first_day}, stands on the claim and not on its line."
        do = "Is it the day of this line, and does your clearinghouse take it from there? Else write it on the line."
        yield case.found(Verdict.CONFIRM, Kind.DATE, what, do, rule="loop 2400, DTP 472")


def _payer(case: Case) -> Iterator[Finding]:
    payer = case.payer
    if not payer.written.name and not payer.written.payer_id:
        what = "The claim names no payer: no rule of a payer was used."
        yield case.found(Verdict.FIX, Kind.PAYER, what, "Put the payer on the claim.", rule="loop 2010BB, NM1*PR")
    elif payer.problem:
        yield case.found(Verdict.CONFIRM, Kind.PAYER, payer.problem, payer.do)


def _units(case: Case, every: PayerRules) -> Iterator[Finding]:
    line = case.line
    units = _number(line.units)
    if line.measure != "UN":
        minutes = line.measure == "MJ" and units not in {None, 1}
        told = f"{line.units} minutes and not in units (SV103 is MJ)" if minutes else "not in units (SV103 is not UN)"
        what = f"The quantity is {told}."
        yield case.found(Verdict.FIX, Kind.UNITS, what, "Bill 90853 in units, one a session.", rule="loop 2400, SV103")
        return
    if units != 1:
        said = "no number of units" if units is None else f"{line.units} units"
        yield case.found(
            Verdict.FIX,
            Kind.UNITS,
            f"The line has {said}: 90853 is one unit a patient and session, however long it was.",
            "Bill one unit; a second session of that day is a line of its own.",
            rule="loop 2400, SV104",
            sources=every.one_unit(),
        )


def _number(written: str) -> float | None:
    return float(written) if re.fullmatch(r"\d{1,5}(?:\.\d{1,3})?", written) else None


def _repeated(case: Case, every: PayerRules) -> Iterator[Finding]:
    """Said of the later line: the first of two alike is right."""
    earlier = [one for one in case.again if one.place < case.line.place]
    twin = twin_of(case.claim, case.line)
    if same := next((one for one in earlier if one.twin == twin), None):
        yield case.found(
            Verdict.FIX,
            Kind.REPEATED,
            "The same line was billed before: same member, day, code, modifiers and place.",
            "Take one of them out. If there were two sessions, how does this payer want the second one billed?",
            beside=f"The first is at {case.at(same)}.",
            sources=every.second_group(),
        )
    elif earlier:
        yield _second_session(case, earlier, every)


def _second_session(case: Case, earlier: Sequence[Service], every: PayerRules) -> Finding:
    what = f"90853 is billed {len(earlier) + 1} times for this member and day."
    where = f"The first is at {case.at(earlier[0])}."
    limit = case.rules.sessions_a_day
    if limit is None:
        do = f"Were there two sessions, each with a note, and does {case.payer.name} pay a second one on a day?"
        return case.found(Verdict.CONFIRM, Kind.REPEATED, what, do, beside=where, sources=every.second_group())
    most, fact, certain = limit
    over = len(earlier) + 1 > most
    what = f"{what} {case.payer.name}: {fact.statement}"
    do = "Take the lines over the limit out." if over and certain else "Does this limit still hold for this claim?"
    verdict = Verdict.FIX if over and certain else Verdict.CONFIRM
    return case.found(verdict, Kind.REPEATED, what, do, beside=where, sources=(citation_of(fact),))


def _same_day(case: Case, every: PayerRules) -> Iterator[Finding]:
    others = [one for one in case.beside if one.code != GROUP]
    individual = [one for one in others if same_day_codes((one.code,))]
    if not individual:
        return
    check = check_same_day(
        tuple(one.written for one in others), "", case.rules.same_day, case.line.modifiers, as_billed=True
    )
    sources = case.rules.same_day_sources
    apart = [one for one in individual if case.is_of_another(one)]
    if check.outcome in _VERDICTS and apart == individual and case.rules.same_day.decision != "not_allowed":
        # An edit is of one provider's services; whether the payer's rule is too, nobody has said.
        fix = f"Does this payer ask it of two providers' services too? {check.fix}"
        check, sources = Check("needs_confirmation", check.reason, fix), (*sources, *every.one_provider())
    there = ", ".join(
        f"{one.written} at {case.at(one)}{' by another rendering provider' * (one in apart)}" for one in individual[:3]
    )
    where = f"{case.line.with_modifiers} here, {there}."
    yield from case.of(check, Kind.SAME_DAY, beside=where, sources=sources)


def _telehealth(case: Case) -> Iterator[Finding]:
    line = case.line
    if not re.fullmatch(r"\d\d", line.place_of_service, re.ASCII):
        what = "The line has no place of service that can be read."
        yield case.found(
            Verdict.FIX,
            Kind.TELEHEALTH,
            what,
            "Write its two digits: 11, 02, 10 …",
            rule="loop 2400, SV105; 2300, CLM05-1",
        )
        return
    video, audio = sorted(VIDEO & set(line.modifiers)), sorted(AUDIO & set(line.modifiers))
    if video and audio:
        what = f"The line carries {', '.join(video)} (with video) and {', '.join(audio)} (by audio alone)."
        yield case.found(Verdict.FIX, Kind.TELEHEALTH, what, "Which of the two was it? Keep that modifier.")
        return
    by_audio = True if audio else None
    check = check_telehealth(
        telehealth=None,
        audio_only=by_audio,
        place=line.place_of_service,
        modifiers=line.modifiers,
        mention="",
        policy=case.rules.telehealth(audio_only=bool(audio)) if case.payer.is_known else None,
    )
    sources = case.rules.telehealth_sources
    place = case.rules.place_in_telehealth
    if check and check.outcome == "missing" and line.place_of_service not in {ELSEWHERE, AT_HOME} and place:
        # The payer has a rule of its own on the place, so that another one is no plain mistake.
        reason = f"{check.reason} {case.payer.name}: {place.statement}"
        check, sources = Check("needs_confirmation", reason, check.fix), (citation_of(place), *sources)
    elif check and check.outcome == "missing" and not case.payer.is_known:
        reason = f"{check.reason} No rule of {case.payer.name or 'the payer'} is on file, on the place or else."
        check = Check("needs_confirmation", reason, check.fix)
    yield from case.of(check, Kind.TELEHEALTH, sources=sources)


def _diagnoses(case: Case) -> Iterator[Finding]:
    written = case.claim.diagnoses
    if not any(code for _, code in written):
        what = "The claim has no diagnosis code."
        yield case.found(Verdict.FIX, Kind.DIAGNOSIS, what, "Which code was treated?", rule="loop 2300, HI")
        return
    pointed = _pointed(case.line, written)
    if isinstance(pointed, str):
        yield case.found(
            Verdict.FIX,
            Kind.DIAGNOSIS,
            pointed,
            "Point the line, by number, at the code that was treated.",
            rule="loop 2400, SV107",
        )
        return
    for at in pointed:
        yield from _code(case, *written[at])
    yield from _no_disorder(case, [with_dot(written[at][1]) for at in pointed])


def _no_disorder(case: Case, codes: list[str]) -> Iterator[Finding]:
    """Z codes alone: chapter 21 of ICD-10-CM has what bears on health and is no disease."""
    if not all(code.startswith("Z") for code in codes):
        return
    rule, name = case.rules.diagnosis, case.payer.name
    told = f"{name}: {rule.statement}" if rule else f"No rule of {name} on that is on file."
    what = f"{', '.join(codes)} is no disorder (ICD-10-CM, chapter 21), and no other code is the line's. {told}"
    do = "Was a disorder treated, and which is its code? If not, does the payer pay 90853 for this one alone?"
    yield case.found(Verdict.CONFIRM, Kind.DIAGNOSIS, what, do, sources=(citation_of(rule),) if rule else ())


def _pointed(line: ServiceLine, written: Sequence[tuple[str, str]]) -> list[int] | str:
    """The places of the line's codes among the claim's, or what is wrong with its pointers."""
    count = len(written)
    if line.pointers is None:
        return list(range(count))
    if not line.pointers:
        return "The line points at no diagnosis of the claim."
    if len(line.pointers) > _MOST_POINTERS:
        return f"The line points at {len(line.pointers)} diagnoses; it may point at {_MOST_POINTERS}."
    places = [int(one) - 1 if one.isascii() and one.isdigit() and len(one) < 3 else -1 for one in line.pointers]
    if any(not 0 <= place < count for place in places):
        return f"The line points at a diagnosis that the claim does not have: it has {count}."
    if empty := next((place + 1 for place in places if not written[place][1]), 0):
        return f"The line points at diagnosis {empty}, and in that place the claim has none."
    return list(dict.fromkeys(places))


def _code(case: Case, qualifier: str, code: str) -> Iterator[Finding]:
    day = case.line.first_day
    if not re.fullmatch(r"[A-Z0-9.]{3,8}", code):
        yield case.found(
            Verdict.FIX, Kind.DIAGNOSIS, "A diagnosis is no code.", "Write its code.", rule="loop 2300, HI"
        )
    elif qualifier in {"BK", "BF"} and (day is None or day >= _ICD_10_SINCE):
        what = f"{code} is marked as ICD-9-CM ({qualifier}), which ended with September 2015."
        yield case.found(
            Verdict.FIX, Kind.DIAGNOSIS, what, "Write the ICD-10-CM code, with ABK or ABF.", rule="loop 2300, HI01-1"
        )
    elif "." in code and qualifier:
        what = f"{code} is written with its point, which is left out in the file."
        yield case.found(Verdict.FIX, Kind.DIAGNOSIS, what, f"Write {code.replace('.', '')}.", rule="loop 2300, HI01-2")
    elif kept_off := check_billable((with_dot(code),), day):
        yield from case.of(kept_off, Kind.DIAGNOSIS)
    elif release_for(day) is None:
        known = code_set()
        what = f"No codes for {day} are on file (from {known.releases[0].valid_from} to {known.newest.valid_to} are)."
        yield case.found(Verdict.CONFIRM, Kind.DIAGNOSIS, what, f"Was {code} billable on that day?")


def _authorization(case: Case) -> Iterator[Finding]:
    if case.claim.authorized or case.line.authorized or not case.payer.key:
        return
    rule, name = case.rules.authorization, case.payer.name
    if rule.decision == "not_required" and not rule.doubt:
        return
    where = {"rule": "loop 2300 or 2400, REF G1", "sources": rule.sources}
    if rule.decision == "required" and not rule.doubt:
        what = f"No authorization number, and {name} asks for one: {rule.statement}"
        yield case.found(
            Verdict.FIX, Kind.AUTHORIZATION, what, "Put the number of the group authorization on it.", **where
        )
        return
    if rule.decision == "unknown":
        what = f"No authorization number, and no rule of {name} on it is on file."
        do = f"Does {name} ask for one for 90853? If so: its number."
        yield case.found(Verdict.CONFIRM, Kind.AUTHORIZATION, what, do, **where)
        return
    told = {"required": "asks for one", "not_required": "asks for none", "varies": "says it depends"}[rule.decision]
    doubt = f" ({rule.doubt})" if rule.doubt else ""
    what = f"No authorization number. What is on file of {name} {told}{doubt}: {rule.statement}"
    do = f"Does {name} ask for one for this claim today? If so: its number."
    yield case.found(Verdict.CONFIRM, Kind.AUTHORIZATION, what, do, **where)

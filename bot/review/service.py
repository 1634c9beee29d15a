"""A note in, a report out: split, judged, compared, and set beside what is known of the claims."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.claims.authorization import check_authorization
from bot.claims.codes import code_set, find_codes
from bot.claims.diagnosis import check_diagnosis, claim_codes, is_outside, release_for, told_of_outside
from bot.claims.eligibility import check_eligibility
from bot.claims.labels import member_key
from bot.claims.models import Authorization, ClaimFacts
from bot.claims.same_day import check_same_day, mentions_individual_session
from bot.claims.telehealth import check_telehealth, mentions_telehealth
from bot.errors import UserError
from bot.llm.grounding import gives_orders, sentences
from bot.llm.identifying.dates import dates_in
from bot.policies.mention import MentionKind
from bot.review.asking import activity_in, ask_about
from bot.review.checklist import ClaimChecks, judge_items, readiness, verdict_of, worst
from bot.review.copies import Embed, find_copies
from bot.review.empty_part import says_nothing
from bot.review.judge import Judge
from bot.review.models import (
    PATIENT_ELEMENTS,
    DiagnosisCode,
    Element,
    Engine,
    ItemVerdict,
    Judgement,
    PatientReport,
    Report,
    Segments,
    SessionReport,
    Span,
    Status,
    Verdict,
)
from bot.review.notices import notices
from bot.review.other_sessions import other_than_therapy
from bot.review.policy import PayerPolicy
from bot.review.process_notes import reads_kept_apart
from bot.review.prompts_aside import quoted_from, without_prompts
from bot.review.segment import segment
from bot.review.spoken import with_marks
from bot.review.wording import SPLIT_GUESSED, element_name, late_entry

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog
    from bot.policies.resolve import Resolver
    from bot.review.earlier import EarlierNotes

LONGEST_NOTE = 200_000
MOST_MEMBERS = 100
"""More than any group holds: a table of another kind would otherwise be judged row by row."""
# Nobody writes these; what looks over every sign again at each sign of such a run would look for minutes.
_RUN = re.compile(r"\s{500}|\S{2000}")
_MOST_LINES = 6_000
_LONGEST_ORDER = 100
_FIRST_YEAR = 2000
_A_GROUP = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A note ready to be judged: as given, as it is read (the same length), its split and its unanswered prompts."""

    text: str
    told: str
    segments: Segments
    prompts: int


def prepared(text: str, segments: Segments | None = None) -> Prepared:
    """The note split, where it is not split already; raises UserError where the text holds no note."""
    if segments is None:
        segments = _split(text, ())
    told, prompts = without_prompts(text)
    return Prepared(text, with_marks(told), segments, prompts)


class ReviewService:
    """Reviews notes with the judge it was given. Holds no note after its review."""

    def __init__(
        self,
        judge: Judge,
        *,
        catalog: "Catalog",
        resolver: "Resolver",
        embed: Embed | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._judge = judge
        self._catalog = catalog
        self._resolver = resolver
        self._embed = embed
        self._today = today

    def review(  # noqa: PLR0913  # each is one thing known beside the note
        self,
        text: str,
        claims: Sequence[ClaimFacts] = (),
        *,
        payer: str = "",
        state: str = "",
        members: Sequence[str] = (),
        earlier: "EarlierNotes | None" = None,
    ) -> Report:
        """Review one group note; raises UserError where the text holds no note.

        `payer` and `state` stand in for claims that name none. `members` are the labels at which the note is to be
        split, where the split found by itself was wrong; raises UserError for one that the note does not have.
        `earlier` knows the notes that were reviewed before.
        """
        note = prepared(text, _split(text, members))
        judgement, engine = self._judge.judge(note.told, note.segments)
        return self.report(note, judgement, engine, claims, payer=payer, state=state, earlier=earlier)

    def report(  # noqa: PLR0913  # each is one thing known beside the note
        self,
        note: Prepared,
        judgement: Judgement,
        engine: Engine,
        claims: Sequence[ClaimFacts] = (),
        *,
        payer: str = "",
        state: str = "",
        earlier: "EarlierNotes | None" = None,
    ) -> Report:
        """What a review says of a note that is judged already, as an audit judges many together."""
        text, told, segments = note.text, note.told, note.segments
        judgement = quoted_from(text, judgement) if told != text else judgement
        copies = find_copies(told, segments, self._embed)
        stated = stated_date(judgement.session)
        facts = facts_by_member([member.label for member in segments.members], claims)
        days = [claim.date_of_service or stated for claim in facts]
        before = earlier.compare(told, segments, days, keep=not reads_kept_apart(text)) if earlier else ()
        activity = activity_in([told[span.start : span.end] for span in segments.session])
        patients = []
        shared = mentions_telehealth(_words(text, segments.session))
        for number, (member, elements) in enumerate(zip(segments.members, judgement.members, strict=True)):
            words = _words(told, member.spans)
            claim = facts[number]
            policy = self._policy(claim.payer or payer, claim.state or state, days[number])
            checks = self._checks(claim, words, days[number], policy, state=claim.state or state)
            elements = ask_about(elements, activity)  # noqa: PLW2901  # the same verdicts, asked better
            items = judge_items(
                judgement.session,
                elements,
                copies,
                member.label,
                checks,
                earlier=before,
                empty=says_nothing(told, member),
            )
            patients.append(
                PatientReport(
                    label=member.label,
                    readiness=readiness(items.values()),
                    elements=elements,
                    checklist=items,
                    payer=policy.payer if policy else "",
                    diagnosis_codes=_codes(words, claim, days[number]),
                    telehealth=_telehealth(claim, mentions_telehealth(words) or shared, policy),
                )
            )
        session = SessionReport(elements=judgement.session)
        return Report(
            readiness=worst(patient.readiness for patient in patients),
            engine=engine,
            session=session,
            patients=tuple(patients),
            copies=copies,
            earlier=before,
            split=segments.how,
            split_is_sure=segments.sure,
            absent=segments.absent,
            late_entry=late_entry(patients),
            warnings=(
                *_unanswered(note.prompts),
                *(() if note.prompts else _advice(told, segments, session, patients)),
                *_warnings(told, segments, claims, facts, stated),
                *_about_days(facts, stated, self._today()),
                *self._unsettled(facts, payer, state),
            ),
        )

    def members(self, text: str, named: Sequence[str] = ()) -> tuple[str, ...]:
        """The labels of a note's members in its order, without judging it; raises UserError as a review does."""
        return tuple(member.label for member in _split(text, named).members)

    def _unsettled(self, facts: Sequence[ClaimFacts], payer: str, state: str) -> Iterator[str]:
        """A payer that is not on file, or a name that fits several, rules nothing: that is said."""
        for name, where in sorted({(claim.payer or payer, claim.state or state) for claim in facts}):
            if name.strip() and self._resolver.named(name, where).kind is not MentionKind.KNOWN:
                yield f"“{name.strip()[:60]}” is not one payer on file: no rule of that payer was used."

    def _policy(self, payer: str, state: str, day: date | None) -> PayerPolicy | None:
        if not payer.strip():
            return None
        return PayerPolicy(self._catalog, self._resolver.named(payer, state), day, self._today())

    def _checks(
        self, claim: ClaimFacts, note: str, day: date | None, policy: PayerPolicy | None, *, state: str
    ) -> ClaimChecks:
        verified_with = self._resolver.named(claim.eligibility_payer, state) if claim.eligibility_payer else None
        known = verified_with and self._catalog.payers.get(verified_with.payer_id)
        return ClaimChecks(
            eligibility=check_eligibility(
                claim.eligibility_verified_on,
                day,
                payer=policy.payer if policy else "",
                verified_with=known.name if known else claim.eligibility_payer,
                benefit_year_starts=claim.benefit_year_starts,
                today=self._today(),
            ),
            authorization=check_authorization(
                claim.authorization, day, not_needed=policy.authorization_not_needed() if policy else ""
            ),
            same_day=check_same_day(
                claim.same_day_codes,
                mentions_individual_session(note),
                policy.same_day() if policy else None,
                claim.modifiers or (),
            ),
            diagnosis=check_diagnosis(claim.diagnosis_code, note, day),
        )


def _refuse_what_is_no_note(text: str) -> None:
    if not text.strip():
        raise UserError("The note is empty: paste or send the group note's text.")
    if len(text) > LONGEST_NOTE:
        raise UserError(
            f"The text has {len(text):,} characters; a note may have {LONGEST_NOTE:,}: send one session at a time."
        )
    if "\x00" in text:
        raise UserError("This is not text: send the note as .txt, .md, .csv, .docx or .pdf, or pasted.")
    if run := _RUN.search(text):
        what = "blanks or empty lines" if run[0].isspace() else "characters without a blank"
        raise UserError(f"The text has a run of {len(run[0])} {what} and more: take it out and send the note again.")
    if sum(not line.isspace() for line in text.split("\n") if line) > _MOST_LINES:
        raise UserError(f"The text has more than {_MOST_LINES:,} lines: send one session at a time.")
    if sum(character.isalpha() for character in text[:100_000]) < 10:
        raise UserError("There is no note in this text: paste or send the group note's words.")


def _split(text: str, named: Sequence[str]) -> Segments:
    _refuse_what_is_no_note(text)
    if len(named) > MOST_MEMBERS:
        raise UserError(f"{len(named)} members are named; a note may have {MOST_MEMBERS}.")
    segments = segment(text, named)
    if len(segments.members) > MOST_MEMBERS:
        raise UserError(
            f"The text seems to hold {len(segments.members):,} members; a note may have {MOST_MEMBERS}: "
            "send one session at a time."
        )
    return segments


def stated_date(session: dict[Element, Verdict]) -> date | None:
    """The first day of this century in the words that the session's date rests on."""
    for evidence in session[Element.SESSION_DATE].evidence:
        for _, _, day in sorted(dates_in(evidence.quote)):
            if day.year >= _FIRST_YEAR:
                return day
    return None


def _words(text: str, spans: Sequence[Span]) -> str:
    return "\n".join(text[span.start : span.end] for span in spans)


def facts_by_member(labels: Sequence[str], claims: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Each member's facts: their own row, filled up from the row for everyone."""
    everyone = next((claim for claim in claims if not claim.member.strip()), ClaimFacts())
    own = {member_key(claim.member): claim for claim in claims if claim.member.strip()}
    return [_filled(own.get(member_key(label)), everyone) for label in labels]


def _filled(own: ClaimFacts | None, everyone: ClaimFacts) -> ClaimFacts:
    if own is None:
        return everyone
    # "None" billed that day is an answer, not a gap: an empty tuple stays.
    update = {name: getattr(everyone, name) for name in ClaimFacts.model_fields if getattr(own, name) in (None, "")}
    if own.authorization and everyone.authorization:
        update["authorization"] = Authorization(**_known(everyone.authorization) | _known(own.authorization))
    return own.model_copy(update=update)


def _unanswered(prompts: int) -> Iterator[str]:
    if prompts:
        stand = (
            "1 prompt of a template still stands" if prompts == 1 else f"{prompts} prompts of a template still stand"
        )
        yield f"{stand} in the note, unanswered: a bracketed question counts as nothing."


def _advice(told: str, segments: Segments, session: SessionReport, patients: Sequence[PatientReport]) -> Iterator[str]:
    """What no member's part has, the form did not ask for: mending it once mends every note to come.

    No form mends a session that was no therapy.
    """
    no_therapy = session.elements[Element.ACTIVE_PSYCHOTHERAPY].status is Status.MISSING
    if no_therapy and (kind := other_than_therapy(told, segments)):
        yield (
            f"The session reads as {kind}, and that is not 90853. Only if therapy was done: document which "
            "interventions were used and what members did with them."
        )
        return
    lacking = [
        element_name(element).lower()
        for element in PATIENT_ELEMENTS
        if all(patient.elements[element].status is Status.MISSING for patient in patients)
    ]
    named = " or ".join([", ".join(lacking[:-1]), lacking[-1]] if len(lacking) > 1 else lacking)
    if len(patients) >= _A_GROUP and named:
        yield (
            f"No member's part tells of {named}. Fix the template first: “/billing template” or "
            "“billing-copilot template” gives a blank note that asks for it."
        )


def _known(authorization: Authorization) -> dict[str, Any]:
    return {name: value for name, value in authorization.model_dump().items() if value not in (None, "")}


def _telehealth(claim: ClaimFacts, mention: str, policy: PayerPolicy | None) -> ItemVerdict | None:
    check = check_telehealth(
        telehealth=claim.telehealth,
        audio_only=claim.audio_only,
        place=claim.place_of_service,
        modifiers=claim.modifiers,
        mention=mention,
        policy=policy.telehealth(audio_only=bool(claim.audio_only)) if policy else None,
    )
    return verdict_of(check) if check else None


def _codes(note: str, claim: ClaimFacts, day: date | None) -> tuple[DiagnosisCode, ...]:
    """The codes of the note, then the claim's own where the note does not carry them, as they stood on that day."""
    written = dict.fromkeys([*(code.code for code in find_codes(note)), *claim_codes(claim.diagnosis_code)])
    release = release_for(day)
    found = {code: code_set().look_up(code, release) for code in written}
    return tuple(
        DiagnosisCode(code=code, valid=diagnosis is not None, billable=diagnosis is not None and diagnosis.billable)
        for code, diagnosis in found.items()
    )


def _about_days(facts: Sequence[ClaimFacts], stated: date | None, today: date) -> Iterator[str]:
    """What the dates of service themselves want said."""
    days = sorted({day for claim in facts if (day := claim.date_of_service or stated)})
    if to_come := [day for day in days if day > today]:
        yield f"The date of service {', '.join(map(str, to_come))} is still to come: check it."
    if outside := [day for day in days if is_outside(day)]:
        yield told_of_outside(", ".join(map(str, outside)))


def _warnings(
    text: str,
    segments: Segments,
    claims: Sequence[ClaimFacts],
    facts: Sequence[ClaimFacts],
    stated: date | None,
) -> Iterator[str]:
    if not segments.sure:
        yield (f"{SPLIT_GUESSED} ({segments.how}): check it, or name the members in order (“members: A.B., C.D.”).")
    for one in segments.disputed:
        yield (
            f"{one.label} is called absent (“{' '.join(one.quote.split())}”) and has a part of the note all the same: "
            "kept as a member; check it before the claim goes out."
        )
    labels = {member_key(member.label) for member in segments.members}
    for claim in claims:
        if claim.member.strip() and member_key(claim.member) not in labels:
            yield f"No member of the note is called “{claim.member.strip()[:60]}”: those claim facts were not used."
    shared = next((claim for claim in claims if not claim.member.strip()), None)
    if shared and len(segments.members) > 1:
        own = ["a diagnosis code"] * bool(shared.diagnosis_code)
        own += ["an authorization number"] * bool(shared.authorization and shared.authorization.number)
        if own:
            yield f"Given for every member: {' and '.join(own)}. Each is one member's own: check them one by one."
    other_days = sorted({claim.date_of_service for claim in facts if claim.date_of_service} - {stated})
    if stated and other_days:
        days = ", ".join(str(day) for day in other_days)
        yield f"The note is dated {stated}, the claim says {days}: one of them is wrong."
    orders = [text[start:end] for start, end in sentences(text) if gives_orders(text[start:end])]
    if orders:
        shown = " ".join(orders[0].split())
        shown = shown if len(shown) <= _LONGEST_ORDER else f"{shown[: _LONGEST_ORDER - 1]}…"
        yield (
            f"The note holds words addressed to whoever judges it (“{shown}”). "
            "They were read as text: not followed, and they earned nothing."
        )
    yield from notices(text)

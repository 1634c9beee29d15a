"""Presidio's analyzer as we run it: our rules and its own recognizers of numbers, no language model, no network.

Importing this module loads spaCy, which Presidio needs for its types: import it where a model is about to be asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, LocalRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine
from presidio_analyzer.predefined_recognizers import (
    AbaRoutingRecognizer,
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
    MedicalLicenseRecognizer,
    PhoneRecognizer,
    UsBankRecognizer,
    UsHealthInsuranceMemberIdRecognizer,
    UsItinRecognizer,
    UsLicenseRecognizer,
    UsMbiRecognizer,
    UsNpiRecognizer,
    UsPassportRecognizer,
    UsPriorAuthorizationNumberRecognizer,
    UsProviderTaxIdRecognizer,
    UsReferralNumberRecognizer,
    UsSsnRecognizer,
)

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.rules import FINDERS, members

_LANGUAGE = "en"
# Presidio's scores: what a checksum or a word beside it confirms lies above, a bare run of digits below.
_LEAST_SCORE = 0.4
_SURE = 1.0
_KEY = "key"
_KINDS = {
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "IP_ADDRESS": "IP",
    "US_SSN": "SSN",
    "CREDIT_CARD": "ACCOUNT",
    "IBAN_CODE": "ACCOUNT",
    "US_BANK_NUMBER": "ACCOUNT",
    "ABA_ROUTING_NUMBER": "ACCOUNT",
    "US_DRIVER_LICENSE": "LICENSE",
    "MEDICAL_LICENSE": "LICENSE",
    "US_NPI": "LICENSE",
    "US_MBI": "PLAN",
    "US_HEALTH_INSURANCE_MEMBER_ID": "PLAN",
    "MAC_ADDRESS": "DEVICE",
}
"""Presidio's entities by the kind we call them; the others (passport, tax, authorization, referral) are OTHER."""
_OURS = [
    *("MEMBER", "PERSON", "ADDRESS", "PLACE", "BIRTH", "DATE", "AGE", "PHONE", "FAX", "EMAIL", "SSN", "RECORD", "PLAN"),
    *("ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "URL", "IP", "BIOMETRIC", "PHOTO", "OTHER"),
]
# What has the ten figures of a telephone number: "90853/90834".
_TWO_PROCEDURES = re.compile(r"9\d{4}\W{1,3}9\d{4}")
# Characters of one stretch that Presidio's recognizers get: some of their patterns go back over a whole text.
_WINDOW = 2_000


def analyzed(text: str, labels: Sequence[str]) -> list[Hit]:
    """What the analyzer finds in a text; overlaps are the caller's to settle."""
    asked = _Rule("members", lambda text: members(text, labels))
    found = _engine().analyze(text, _LANGUAGE, ad_hoc_recognizers=[asked])
    return [_hit(result, text) for result in found if not _TWO_PROCEDURES.fullmatch(text, result.start, result.end)]


def _hit(result: RecognizerResult, text: str) -> Hit:
    key = (result.recognition_metadata or {}).get(_KEY)
    kind = result.entity_type if key is not None else _KINDS.get(result.entity_type, "OTHER")
    return result.start, result.end, kind, text[result.start : result.end] if key is None else key


@cache
def _engine() -> AnalyzerEngine:
    nlp = NoOpNlpEngine([{"lang_code": _LANGUAGE, "model_name": ""}])
    nlp.load()
    registry = RecognizerRegistry(
        [*(_Rule(name, find) for name, find in FINDERS.items()), *map(_Windowed, _their_recognizers())],
        supported_languages=[_LANGUAGE],
    )
    return AnalyzerEngine(
        registry,
        nlp,
        supported_languages=[_LANGUAGE],
        context_aware_enhancer=_WordsBefore(),
        default_score_threshold=_LEAST_SCORE,
    )


def _their_recognizers() -> list[EntityRecognizer]:
    """Those that help here. Its dates would take the date of service, and "worked.She" is a web address to it."""
    return [
        PhoneRecognizer(supported_regions=("US",)),
        _Email(),
        IpRecognizer(),
        CreditCardRecognizer(),
        IbanRecognizer(),
        MacAddressRecognizer(),
        UsSsnRecognizer(),
        UsItinRecognizer(),
        UsPassportRecognizer(),
        UsLicenseRecognizer(),
        UsBankRecognizer(),
        AbaRoutingRecognizer(),
        MedicalLicenseRecognizer(),
        UsNpiRecognizer(),
        UsMbiRecognizer(),
        UsHealthInsuranceMemberIdRecognizer(),
        UsPriorAuthorizationNumberRecognizer(),
        UsReferralNumberRecognizer(),
        UsProviderTaxIdRecognizer(),
    ]


class _Email(EmailRecognizer):
    """Takes every address for one. Presidio asks tldextract, which would fetch its list from the network."""

    def validate_result(self, pattern_text: str) -> bool:
        return bool(pattern_text)


class _Rule(LocalRecognizer):
    """One of our rules as a recognizer: sure of what it finds, with what makes two finds the same identifier."""

    def __init__(self, name: str, find: Callable[[str], Iterable[Hit]]) -> None:
        super().__init__(supported_entities=_OURS, name=name, supported_language=_LANGUAGE)
        self._find = find

    def load(self) -> None:
        """Nothing to load before the first text."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002  # Presidio's signature
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        return [
            RecognizerResult(kind, start, end, _SURE, recognition_metadata={**_named(self), _KEY: key})
            for start, end, kind, key in self._find(text)
        ]


class _Windowed(LocalRecognizer):
    """One of Presidio's recognizers, given a stretch of lines at a time, so that its time grows with the text only."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self._recognizer = recognizer
        super().__init__(
            supported_entities=recognizer.supported_entities,
            name=str(recognizer.name),  # type: ignore[has-type]  # Presidio declares no type for it
            supported_language=_LANGUAGE,
            context=recognizer.context,
        )

    def load(self) -> None:
        self._recognizer.load()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        found = []
        for start, end in _windows(text):
            for result in self._recognizer.analyze(text[start:end], entities, nlp_artifacts) or ():
                result.start += start
                result.end += start
                result.recognition_metadata = _named(self)
                found.append(result)
        return found


def _named(recognizer: EntityRecognizer) -> dict[str, str]:
    """What Presidio wants to know of who found something."""
    return {
        RecognizerResult.RECOGNIZER_NAME_KEY: type(recognizer).__name__,
        RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
    }


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that end with a line, or at a space in a line that is longer."""
    start = 0
    while start < len(text):
        end = min(start + _WINDOW, len(text))
        if end < len(text):
            cut = text.rfind("\n", start, end)
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        yield start, end
        start = end


class _WordsBefore(ContextAwareEnhancer):
    """Raises a weak find where a word its recognizer knows stands just before it; Presidio's own needs lemmas."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=0.35,
            min_score_with_context_similarity=0.4,
            context_prefix_count=5,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002  # Presidio's signature
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        words: dict[Any, frozenset[str]] = {
            recognizer.id: frozenset(word.lower() for word in recognizer.context or ()) for recognizer in recognizers
        }
        for result in raw_results:
            known = words.get((result.recognition_metadata or {}).get(RecognizerResult.RECOGNIZER_IDENTIFIER_KEY))
            if known and known & set(self._before(text, result.start)):
                raised = max(result.score + self.context_similarity_factor, self.min_score_with_context_similarity)
                result.score = min(raised, self.MAX_SCORE)
        return raw_results

    def _before(self, text: str, start: int) -> list[str]:
        line = text[max(0, start - 60) : start].rpartition("\n")[2]
        return re.findall(r"[a-z]+", line.lower())[-self.context_prefix_count :]

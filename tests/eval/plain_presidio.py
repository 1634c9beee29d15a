"""Presidio as it comes, to be measured beside: its default recognizers over spaCy's blank English, with no model."""

from collections.abc import Sequence
from functools import cache

import tldextract.tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy import blank


def plain_presidio(text: str, labels: Sequence[str]) -> list[tuple[int, int, str, str]]:
    """What it finds at its own threshold; it knows nothing of labels."""
    return [(hit.start, hit.end, hit.entity_type, "") for hit in _engine().analyze(text, "en")]


class _BlankEngine(SpacyNlpEngine):
    def __init__(self) -> None:
        super().__init__(ner_model_configuration=NerModelConfiguration())
        self.nlp = {"en": blank("en")}


@cache
def _engine() -> AnalyzerEngine:
    # The list of suffixes that the package ships, instead of a fetch.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    engine = _BlankEngine()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(["en"], engine)
    return AnalyzerEngine(registry, engine, supported_languages=["en"])

"""Where two judges disagree the stricter stands, and the report says so."""

import itertools

import pytest

from bot.review.combine import combine
from bot.review.models import Evidence, Status, Verdict

RANK = [Status.MET, Status.PARTIAL, Status.MISSING]
HERE = Evidence(quote="said so", start=5, end=12)


def verdict(status: Status, who: str) -> Verdict:
    return Verdict(status=status, evidence=(HERE,), reason=f"{who}.", fix=f"{who}?")


@pytest.mark.parametrize(("offline", "model"), list(itertools.product(RANK, RANK)))
def test_the_stricter_status_stands_whoever_gave_it(offline: Status, model: Status) -> None:
    stands = combine(verdict(offline, "offline"), verdict(model, "model"))

    assert stands.status is max(offline, model, key=RANK.index)


def test_a_disagreement_is_told_with_the_other_reading() -> None:
    assert "model says met, the rules say" in combine(
        verdict(Status.PARTIAL, "offline"), verdict(Status.MET, "model")
    ).reason.replace("The model", "model")
    assert "the rules say met" in combine(verdict(Status.MET, "o"), verdict(Status.MISSING, "m")).reason


def test_with_no_model_verdict_the_offline_one_stands_as_it_is() -> None:
    offline = verdict(Status.MET, "offline")

    assert combine(offline, None) is offline


def test_agreement_keeps_the_evidence_of_both_once() -> None:
    inner = Evidence(quote="so", start=10, end=12)
    late = Evidence(quote="again", start=30, end=35)
    offline = Verdict(status=Status.MET, evidence=(HERE,))
    model = Verdict(status=Status.MET, evidence=(late, inner, HERE), reason="It says so.")

    assert combine(offline, model) == Verdict(status=Status.MET, evidence=(HERE, late), reason="It says so.")

"""Two verdicts on one element become one: where they disagree, the stricter stands until a person decides."""

from bot.review.models import Evidence, Status, Verdict

# Strictest last. `needs_confirmation` and `not_applicable` are no reading of the note; an element hardly has them.
_STRICTNESS = (Status.NOT_APPLICABLE, Status.MET, Status.NEEDS_CONFIRMATION, Status.PARTIAL, Status.MISSING)


def combine(offline: Verdict, model: Verdict | None) -> Verdict:
    """The verdict that stands: missing before partial before met.

    `model` is None where the model was not asked or its verdict was refused; then the offline verdict stands
    as it is. On a disagreement the reason says how the other judge read it. On agreement the evidence of both
    is kept and the model's reason, which speaks of this note, replaces the general one.
    """
    if model is None:
        return offline
    if model.status is offline.status:
        return Verdict(
            status=offline.status,
            evidence=_merged(offline.evidence, model.evidence),
            reason=model.reason or offline.reason,
            fix=offline.fix or model.fix if offline.status is not Status.MET else "",
        )
    if _STRICTNESS.index(offline.status) > _STRICTNESS.index(model.status):
        return offline.model_copy(update={"reason": _with_both(offline.reason, offline, model)})
    return model.model_copy(update={"reason": _with_both(model.reason, offline, model)})


def disagree(offline: Verdict, model: Verdict | None) -> bool:
    """Whether two verdicts were given and differ."""
    return model is not None and model.status is not offline.status


def _with_both(reason: str, offline: Verdict, model: Verdict) -> str:
    both = f"The model says {model.status.value}, the rules say {offline.status.value}"
    return f"{reason.rstrip()} {both}: the stricter stands until a person decides.".strip()


def _merged(first: tuple[Evidence, ...], second: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Both lists without what another piece already covers, in the order of the note."""
    pieces = {(piece.start, piece.end): piece for piece in (*first, *second)}
    kept = [
        piece
        for place, piece in pieces.items()
        if not any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in pieces)
    ]
    return tuple(sorted(kept, key=lambda piece: piece.start))

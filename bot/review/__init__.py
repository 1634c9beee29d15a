"""A note in, a checklist report out: segment, elements, copies, judge, readiness.
`shared/eval/rubric.md` is the law of this room; its table is repeated in docs/review.md."""

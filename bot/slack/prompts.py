"""The first questions offered in the Messages tab, by what a person does in the practice. Pure."""

from collections.abc import Collection

from bot.slack.roles import Role

Prompt = tuple[str, str]
"""A title and the message that it sends."""

MOST_PROMPTS = 4
"""Of Slack: `assistant.threads.setSuggestedPrompts`."""
_REVIEW = ("Review a note", "How do I send you a group note to review?")
_SAME_DAY = ("Same-day billing", "Can I bill group and individual therapy the same day for Medicare?")
_GROUP_SIZE = ("Group size", "How many members can a group have for Wisconsin Medicaid?")
_DOCUMENTATION = ("What a note must hold", "What must a group note hold for Medicare?")
_OURS = ("Compare our payers", "Which of our payers allow group and individual on the same day?")

PROMPTS: tuple[Prompt, ...] = (
    _SAME_DAY,
    ("Prior authorization", "Does Aetna require prior authorization for 90853?"),
    _GROUP_SIZE,
    _REVIEW,
)
"""A biller's, and those of the app's manifest, which knows nobody's role."""
_BY_ROLE: dict[Role, tuple[Prompt, ...]] = {
    Role.ADMIN: (_OURS, PROMPTS[1], _REVIEW, ("What I can do", "help")),
    Role.BILLER: PROMPTS,
    Role.CLINICIAN: (
        _REVIEW,
        _DOCUMENTATION,
        ("Session length", "How long must a group session be for 90853?"),
        _GROUP_SIZE,
    ),
    Role.LEARNER: (
        ("What is billed", "How many units of 90853 do I bill for eight members?"),
        ("Who may lead a group", "Who may run a group that is billed as 90853?"),
        _SAME_DAY,
        _DOCUMENTATION,
    ),
}


def prompts_for(roles: Collection[Role]) -> tuple[Prompt, ...]:
    """Those of the role that may most; of somebody with none, a biller's."""
    return next((_BY_ROLE[role] for role in Role if role in roles), PROMPTS)

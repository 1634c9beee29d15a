"""What an admin types behind /billing audit is taken as it was meant."""

import pytest

from bot.slack.audit_command import AuditCommand, Wish, read_audit_command
from bot.slack.command import Command, read_command


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", AuditCommand(Wish.SHOW)),
        ("here", AuditCommand(Wish.GO)),
        ("Off.", AuditCommand(Wish.OFF)),
        ("#billing", AuditCommand(Wish.GO, channel="#billing")),
        ("coaching on", AuditCommand(Wish.COACH)),
        ("Coaching OFF", AuditCommand(Wish.STOP_COACHING)),
        ("coaching maybe", AuditCommand(Wish.UNSURE)),
        ("cards off", AuditCommand(Wish.NO_CARD)),
        ("Card on", AuditCommand(Wish.CARD)),
        ('clinician "Dr. Lee" @sam', AuditCommand(Wish.NAME, clinician="Dr. Lee", person="@sam")),
        ("clinician “Dr.  Lee” is @Sam Ortiz", AuditCommand(Wish.NAME, clinician="Dr. Lee", person="@Sam Ortiz")),
        ("clinician Rosa Lindqvist @sam", AuditCommand(Wish.NAME, clinician="Rosa Lindqvist", person="@sam")),
        ('clinician "Dr. Lee" <@U123456|sam>', AuditCommand(Wish.NAME, clinician="Dr. Lee", person="<@U123456|sam>")),
        ('clinician "Dr. Lee" U123456', AuditCommand(Wish.NAME, clinician="Dr. Lee", person="U123456")),
        ('clinician "Dr. Lee" off', AuditCommand(Wish.FORGET, clinician="Dr. Lee")),
        ('clinician "Dr. Lee"', AuditCommand(Wish.UNSURE)),
        (f'clinician "{"x" * 81}" @sam', AuditCommand(Wish.UNSURE)),
    ],
)
def test_what_follows_audit(typed: str, read: AuditCommand) -> None:
    assert read_audit_command(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("audit", Command("audit")),
        ("audits", Command("audit")),
        ("audit here", Command("audit", "here")),
        ('audit clinician "Dr. Lee" @sam', Command("audit", 'clinician "Dr. Lee" @sam')),
        ("audit coaching on", Command("audit", "coaching on")),
        ("audit cards off", Command("audit", "cards off")),
        ("audit risk for group notes", Command("ask", "audit risk for group notes")),
        ("audit here or there?", Command("ask", "audit here or there?")),
        ("adit", Command("", "adit", "audit")),
    ],
)
def test_a_question_about_audits_is_still_a_question(typed: str, read: Command) -> None:
    assert read_command(typed) == read

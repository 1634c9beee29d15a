"""A CSV of claim facts is told from a note that happens to be a table."""

import pytest

from bot.slack.claims_table import is_claims_table


@pytest.mark.parametrize(
    "table",
    [
        "member,payer,units_left\nK.L.,Aetna,4\n",
        "\ufeffClient Initials;Insurance;Elig Verified\nK.L.;Aetna;1/5/2026\n",
        "Tuesday group,,,\n\nPatient,DOS,ICD-10,Auth #\nK.L.,3/1/2026,F41.1,7\n",
        "client\tdos\tpos\nK.L.\t3/1/2026\t11\n",
        "client,payer\nK.L.,Aetna\n",
        "client,insurence\nK.L.,Aetna\n",
    ],
)
def test_claim_facts_are_told_by_their_columns(table: str) -> None:
    assert is_claims_table(table)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Client,Dx,DOS,Participation,Response,Plan\nK.L.,GAD,3/1/2026,Spoke,Wept,Call\n",
        "Patient: K.L., Dx: F41.1, DOS: 3/4/2026\nSpoke of worry.",
        "Date: 3/4/2026, group of six, CBT\n\nPatient K.L., dx GAD, payer Aetna, said it was wrong.",
        "Patient arrived on time, authorization pending\nSpoke of worry, and wept",
        "Client,Modality\nK.L.,CBT\n",
        "Group note\n\nK.L. spoke, M.R. listened, T.B. laughed.",
    ],
)
def test_a_note_is_none(note: str) -> None:
    assert not is_claims_table(note)

"""What threads were about and thumbs stand apart by practice; HTTP deliveries are taken once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEEP_THUMBS = """
INSERT INTO feedback (practice, channel, message_ts, "user", value, given_at)
SELECT '', channel, message_ts, "user", value, given_at FROM feedback_before
"""


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("signature", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("signature"),
        if_not_exists=True,
    )
    op.create_index("ix_deliveries_taken_at", "deliveries", ["taken_at"], if_not_exists=True)
    if not _stands_apart("threads"):
        # Whose a thread was is not known: a follow-up names its payer again.
        op.drop_table("threads")
        op.create_table(
            "threads",
            sa.Column("practice", sa.String(length=64), nullable=False),
            sa.Column("channel", sa.String(length=32), nullable=False),
            sa.Column("thread_ts", sa.String(length=32), nullable=False),
            sa.Column("context", sa.String(), nullable=False),
            sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("practice", "channel", "thread_ts"),
        )
        op.create_index("ix_threads_touched_at", "threads", ["touched_at"])
    if not _stands_apart("feedback"):
        op.rename_table("feedback", "feedback_before")
        op.create_table(
            "feedback",
            sa.Column("practice", sa.String(length=64), nullable=False),
            sa.Column("channel", sa.String(length=32), nullable=False),
            sa.Column("message_ts", sa.String(length=32), nullable=False),
            sa.Column("user", sa.String(length=32), nullable=False),
            sa.Column("value", sa.String(length=16), nullable=False),
            sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("practice", "channel", "message_ts", "user"),
        )
        op.execute(_KEEP_THUMBS)
        op.drop_table("feedback_before")


def _stands_apart(table: str) -> bool:
    return "practice" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}

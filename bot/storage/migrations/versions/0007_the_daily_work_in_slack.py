"""How the bot behaves in each channel, reviews that wait for a fix, and why a thumb points down."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_settings",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("payers", sa.Text(), nullable=False),
        sa.Column("outsiders", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("practice", "channel"),
        if_not_exists=True,
    )
    op.create_table(
        "reviews_waiting",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("to_fix", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("practice", "channel", "thread_ts"),
        if_not_exists=True,
    )
    op.create_index("ix_reviews_waiting_reviewed_at", "reviews_waiting", ["reviewed_at"], if_not_exists=True)
    # An older program goes on writing thumbs without them while pods are replaced: hence the defaults.
    standing = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("feedback")}
    for column in (
        sa.Column("reason", sa.String(length=32), server_default="", nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
    ):
        if column.name not in standing:
            op.add_column("feedback", column)

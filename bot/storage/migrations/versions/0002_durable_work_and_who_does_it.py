"""Durable work and who does it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("ix_work_received_at", "work", ["received_at"], if_not_exists=True)

    op.create_table(
        "work_parts",
        sa.Column("work_id", sa.String(length=128), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("work_id", "number"),
        if_not_exists=True,
    )
    op.create_table(
        "work_replicas",
        sa.Column("executor", sa.String(length=128), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("executor"),
        if_not_exists=True,
    )
    op.create_table(
        "work_taken",
        sa.Column("key", sa.String(length=192), nullable=False),
        sa.Column("work_id", sa.String(length=128), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )
    op.create_index("ix_work_taken_taken_at", "work_taken", ["taken_at"], if_not_exists=True)
    op.create_index("ix_work_taken_work_id", "work_taken", ["work_id"], if_not_exists=True)

"""First tables, where they do not stand yet: databases made before there were migrations have some or all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_passages",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("embedder", sa.String(length=80), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "document_id", "number"),
        if_not_exists=True,
    )
    op.create_table(
        "feedback",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "message_ts", "user"),
        if_not_exists=True,
    )
    op.create_table(
        "ledger_changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        if_not_exists=True,
    )
    op.create_index("ix_ledger_changes_practice", "ledger_changes", ["practice"], if_not_exists=True)

    op.create_table(
        "ledger_entries",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("practice", "kind", "id"),
        if_not_exists=True,
    )
    op.create_table(
        "note_fingerprint_marks",
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "mark", "part"),
        if_not_exists=True,
    )
    op.create_index("ix_note_fingerprint_marks_part", "note_fingerprint_marks", ["part"], if_not_exists=True)

    op.create_table(
        "note_fingerprints",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("note", sa.BigInteger(), nullable=False),
        sa.Column("member", sa.BigInteger(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("session", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("ix_note_fingerprints_kept_at", "note_fingerprints", ["kept_at"], if_not_exists=True)
    op.create_index("note_fingerprints_of_note", "note_fingerprints", ["practice", "note"], if_not_exists=True)

    op.create_table(
        "review_disputes",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("practice", sa.String(length=64), nullable=False),
        sa.Column("judged", sa.String(length=24), nullable=False),
        sa.Column("proposed", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("comment", sa.String(length=300), nullable=False),
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "message_ts", "user", "check"),
        if_not_exists=True,
    )
    op.create_index("ix_review_disputes_practice", "review_disputes", ["practice"], if_not_exists=True)

    op.create_table(
        "threads",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "thread_ts"),
        if_not_exists=True,
    )
    op.create_index("ix_threads_touched_at", "threads", ["touched_at"], if_not_exists=True)

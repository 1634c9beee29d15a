"""Which press changed a drill last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # An older program goes on writing drills without it while pods are replaced: hence nullable.
    standing = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("course_drills")}
    if "press" not in standing:
        op.add_column("course_drills", sa.Column("press", sa.String(length=128), nullable=True))

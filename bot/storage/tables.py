"""Every table there is: importing the modules that define them registers each in `metadata`."""

from bot.storage import (  # noqa: F401  # imported for their tables
    audit_record,
    channels,
    course,
    deliveries,
    disputes,
    documents,
    feedback,
    fingerprints,
    installations,
    ledger,
    published_audits,
    threads,
    waiting,
    work,
)
from bot.storage.database import metadata

__all__ = ["metadata"]

"""The audit record: who had the program do what, when, and under which rules. No content, no name, no free text.

Here is what an entry may say and how entries are chained and checked, with no database; `bot.storage.audit_record`
keeps them. What the chain proves, and what it cannot, is in docs/audit-record.md.
"""

"""Puts the parts together: the only file that knows them all.

Shells (CLI, Slack, workspace) hold one `Copilot` and call `ask` and `review`. Parts are made when first
needed, so that a command pays only for what it uses.
"""

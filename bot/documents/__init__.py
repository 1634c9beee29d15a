"""The practice's own documents: a file in, passages with their pages, proposed facts, and facts a person approved.

A document's words are data. They are searched and quoted, they never decide anything, and nothing in them is obeyed.
Knows nothing of Slack.
"""

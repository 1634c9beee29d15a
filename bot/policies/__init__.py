"""Payers and what is on file about them: models, loading, name resolution, the index and its search.
No Slack, no LangChain, no answer wording."""

"""The monthly documentation check: many notes in, one report out. Knows no Slack and no LangChain."""

"""Many notes in, one report out: the monthly documentation check. No Slack and no LangChain in this room."""

"""A local Slack-compatible workspace with a web page, for trying the copilot and for tests."""

"""Durable work: taken before it is acknowledged, done once, picked up where a crash or a stop left it.

The one room that knows DBOS. It knows nothing of Slack: what a piece of work means is its caller's, and its
payload is sealed before it is stored.
"""

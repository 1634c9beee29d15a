"""Health, metrics and traces: how the copilot fares, for whoever runs it.

The one room that knows Prometheus and OpenTelemetry. It hears of the others through `bot.observing`; no word of a
person, no name and no id of a message may enter a label or an attribute.
"""

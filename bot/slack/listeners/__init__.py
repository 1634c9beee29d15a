"""What the bot hears. Each module has one `register(app)`; a handler reads, calls, renders, sends.

The gate hands each the `desk` of the practice it works for, and has looked at the sender's role.
"""

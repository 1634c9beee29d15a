"""What the bot hears. Each module has one `register(app, desk)`; a handler reads, calls, renders, sends."""

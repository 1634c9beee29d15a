"""Tables and their retention. No message text is stored here but sealed: work not yet done, what a thread is about."""

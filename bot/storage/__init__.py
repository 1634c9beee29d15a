"""Tables and their retention. No message text is stored here."""

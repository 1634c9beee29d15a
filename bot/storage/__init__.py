"""Tables and their retention. No message text is stored here but sealed, in the work not yet done."""

"""Listeners in, Block Kit out. No billing rule lives here."""

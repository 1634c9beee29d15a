"""`python -m bot` is `billing-copilot`."""

from bot.cli import main

main()

"""What a person writes on the page."""

from playwright.sync_api import Page


def say(page: Page, text: str, where: str = "#conversation") -> None:
    """Write in the composer there, and send it."""
    field = page.locator(f"{where} textarea")
    field.fill(text)
    field.press("Enter")

"""The program, but that it takes more from one workspace than Slack ever sends: to find what it can do."""

from bot.cli import main
from bot.slack import http_door
from bot.slack.rate import Rate
from bot.storage.deliveries import DeliveryStore


class OpenDoor(http_door.Doorkeeper):
    def __init__(self, deliveries: DeliveryStore) -> None:
        super().__init__(deliveries, Rate(per_second=10_000, burst=10_000))


http_door.Doorkeeper = OpenDoor  # type: ignore[misc]

if __name__ == "__main__":
    main()

"""A port for a server of a test's own."""

import socket


def free_port() -> int:
    """A port of the loopback address where nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

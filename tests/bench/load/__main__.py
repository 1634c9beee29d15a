"""`python -m tests.bench.load load [SECONDS RATE]`, or `soak [MINUTES RATE]`; exits 1 where a target is missed."""

import os
import sys
import time

from tests.bench.load.run import BOT, ECHO, Result, running
from tests.bench.rows import p99

ACKNOWLEDGED_WITHIN, SLACK_WAITS, BESIDE_ECHO, GROWTH = 0.1, 3.0, 0.7, 0.05


def load(seconds: float = 60, rate: float = 100) -> int:
    """Mixed events at a fixed rate to the bot, then the same to a bare echo; then as fast as each takes them."""
    count = int(seconds * rate)
    results: dict[str, tuple[Result, Result]] = {}
    for name, program in (("copilot", BOT), ("bare echo", ECHO)):
        with running(program) as bench:
            steady, began = bench.load(count, rate, 30), _load()
            flood = bench.load(int(5 * rate), 0, 30)
            results[name] = steady, flood
            print(f"{name}, {rate:g} a second for {seconds:g} s: {steady.line()}")
            print(f"{name}, {int(5 * rate)} at once: {flood.line()} (machine load {began:.1f})")
    (ours, flood), (echo, flooded) = results["copilot"], results["bare echo"]
    steady, at_once = ours.per_second / echo.per_second, flood.per_second / flooded.per_second
    print(f"throughput beside the bare echo: {steady:.2f} at {rate:g} a second, {at_once:.2f} at once")
    checks = {
        "acknowledged within 100 ms (p99)": p99(ours.acknowledgements) <= ACKNOWLEDGED_WITHIN,
        "never over 3 s": ours.acknowledgements[-1] <= SLACK_WAITS,
        "each answered once": ours.answered == len(ours.firsts) and not ours.twice and not ours.refused,
        "0.7 of a bare echo": steady >= BESIDE_ECHO,
    }
    return _told(checks)


def soak(minutes: float = float(os.environ.get("SOAK_MINUTES", "30")), rate: float = 10) -> int:
    """Ten events a second for half an hour; memory is held against that after the first tenth of it."""
    began, rounds, answered, sent, twice = time.monotonic(), [], 0, 0, 0
    with running(BOT) as bench:
        while time.monotonic() - began < minutes * 60:
            result = bench.load(int(rate * 30), rate, 20)
            answered, sent = answered + result.answered, sent + len(result.firsts)
            twice += result.twice
            rounds.append(bench.resident_megabytes())
            print(f"{(time.monotonic() - began) / 60:5.1f} min: {rounds[-1]:.0f} MB; {result.line()}", flush=True)
    settled = rounds[max(0, len(rounds) // 10)]
    growth = rounds[-1] / settled - 1
    print(
        f"{settled:.0f} MB after a tenth, {rounds[-1]:.0f} MB at the end: {growth:+.1%}; {answered} of {sent} answered"
    )
    return _told(
        {"memory grows by less than 5 %": growth < GROWTH, "each answered once": answered == sent and not twice}
    )


def _load() -> float:
    return os.getloadavg()[0]


def _told(checks: dict[str, bool]) -> int:
    for name, met in checks.items():
        print(f"{'yes' if met else 'NO '}  {name}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    numbers = [float(word) for word in sys.argv[2:]]
    sys.exit((soak if sys.argv[1:2] == ["soak"] else load)(*numbers))

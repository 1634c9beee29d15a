"""Work computes in turns, and nobody's turn holds the others up for long."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bot.turns import LONG_SECONDS, computing, waiting


def test_of_several_pieces_of_work_one_computes_at_once() -> None:
    under_way, most = [], []

    def work(number: int) -> None:
        with computing():
            under_way.append(number)
            time.sleep(0.01)
            most.append(len(under_way))
            under_way.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(16)))
    assert max(most) == 1


def test_while_one_waits_for_a_service_another_computes_and_it_goes_on_after() -> None:
    computed = threading.Event()

    def other() -> None:
        with computing():
            computed.set()

    with ThreadPoolExecutor(1) as pool, computing():
        asked = pool.submit(other)
        with waiting():
            assert computed.wait(LONG_SECONDS / 2)
        asked.result()


def test_who_computes_for_long_keeps_nobody_waiting() -> None:
    def other() -> float:
        with computing():
            return time.monotonic()

    with ThreadPoolExecutor(1) as pool, computing():
        began = time.monotonic()
        assert pool.submit(other).result(5) - began < 3 * LONG_SECONDS


def test_outside_of_work_waiting_takes_no_turn() -> None:
    def other() -> float:
        with computing():
            return time.monotonic()

    with waiting():
        pass
    with ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        assert pool.submit(other).result(5) - began < LONG_SECONDS / 2

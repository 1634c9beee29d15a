"""Units of work on a Dask cluster, where one machine is outgrown: the one file that knows Dask."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext

from bot.audit.executor import Result, Unit, alone
from bot.errors import OperatorError, UpstreamError, UserError

_LOCAL = "local:"
_SECONDS_TO_CONNECT = 15


class Cluster:
    """A scheduler at an address ("tls://host:8786"), or so many workers of this machine ("local:2").

    Raises OperatorError where Dask is not installed, UpstreamError where nobody answers or the workers are lost.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        number = address.removeprefix(_LOCAL)
        if address.startswith(_LOCAL) and not (number.isdigit() and 0 < int(number) <= 256):
            raise UserError("--cluster local:N starts N workers here: write a number, for example local:2.")

    def run(self, work: Callable[[Unit], Result], units: Sequence[Unit]) -> Iterator[Result]:
        try:
            from distributed import Client, as_completed
            from distributed.scheduler import KilledWorker
        except ImportError:
            raise OperatorError(
                "Dask is not installed: install the extra “cluster” (billing-copilot[cluster])."
            ) from None
        with ExitStack() as stack:
            try:
                scheduler = stack.enter_context(self._scheduler())
                client = stack.enter_context(Client(scheduler, timeout=_SECONDS_TO_CONNECT))
            except (OSError, TimeoutError, ValueError):
                raise UpstreamError("The Dask scheduler cannot be reached: check the address of --cluster.") from None
            client.run(alone)
            # A unit is its own: nothing of it may be kept for another that looks alike.
            waiting = [client.submit(work, unit, pure=False) for unit in units]
            try:
                for done in as_completed(waiting):
                    yield done.result()
                    done.release()
            except KilledWorker:
                raise UpstreamError("The cluster lost the workers of a unit: give them more memory.") from None

    def _scheduler(self) -> "AbstractContextManager[object]":
        if not self._address.startswith(_LOCAL):
            return nullcontext(self._address)
        import dask
        from distributed import LocalCluster

        # Words of notes must not be spilled to a disk of a worker.
        dask.config.set({"distributed.worker.memory.spill": False, "distributed.worker.memory.target": False})
        # A worker that is slow to leave is ended, and nobody has to know.
        logging.getLogger("distributed.nanny").setLevel(logging.CRITICAL)
        number = int(self._address.removeprefix(_LOCAL))
        cluster: AbstractContextManager[object] = LocalCluster(
            n_workers=number,
            threads_per_worker=1,
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=logging.CRITICAL,
        )
        return cluster

"""A connection to a Dask cluster: one that runs at an address, or one of this machine that lasts as long as the run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster

LOCAL = "local"
PATIENCE = 30  # seconds for a scheduler to answer
HERE = "127.0.0.1"


class NoAnswer(Exception):
    """There is no scheduler at an address."""


@contextmanager
def connected(address: str, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at an address (`tcp://10.0.0.7:8786`); for `local`, of `jobs` workers of this machine.

    These hear nothing but this machine, and show nothing to browsers. Raises NoAnswer.
    """
    if address != LOCAL:
        try:
            client = Client(address, timeout=PATIENCE)
        except (OSError, ValueError) as error:  # ValueError for what is no address
            raise NoAnswer(address) from error
        with client:
            yield client
        return
    settings = {
        "distributed.scheduler.allowed-failures": 1,  # workers here die of nothing but documents
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
    }
    with (
        tempfile.TemporaryDirectory(prefix="hedui-") as private,  # Dask's own would be everybody's, and stay
        dask.config.set({**settings, "temporary-directory": private}),
        LocalCluster(
            jobs,
            threads_per_worker=1,
            host=HERE,
            dashboard_address=f"{HERE}:0",
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client

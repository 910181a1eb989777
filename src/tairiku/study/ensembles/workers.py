"""Who plays: threads or processes of this machine, or a dask cluster.

A study asks for a `concurrent.futures.Executor` and cares no further.  dask.distributed is
imported here and nowhere else; it comes with the extra ``tairiku[cluster]``.
"""

import os
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tairiku.base.errors import RequestError

LOCAL = "local"
PATIENCE = "10s"  # how long a cluster may take to answer


@dataclass(frozen=True)
class Crew:
    """Workers that can be given tasks, and how many work at a time."""

    executor: Executor
    width: int
    kind: str


@contextmanager
def crew(
    workers: int | None = None, *, processes: bool = False, cluster: str | None = None
) -> Iterator[Crew]:
    """Workers for a study.

    Parameters
    ----------
    workers
        How many; as many as cores where not given.
    processes
        Processes of this machine in place of threads.
    cluster
        Address of a dask scheduler such as ``tcp://host:8786``, or ``local`` to start a small
        cluster within this process.

    Raises
    ------
    RequestError
        Fewer than one worker; dask.distributed is not installed; the cluster does not answer.
    """
    if workers is not None and workers < 1:
        raise RequestError(f"cannot work with {workers} workers; give 1 or more")
    if cluster is not None and (processes or (workers is not None and cluster != LOCAL)):
        raise RequestError(
            "a cluster has workers of its own; give --cluster without --workers and --processes"
        )
    count = workers or os.cpu_count() or 1
    if cluster is not None:
        with _cluster(cluster, count) as found:
            yield found
    elif processes:
        import multiprocessing

        # a fresh interpreter: a fork of a process with threads may hang
        pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
        with _dismissed(pool):
            yield Crew(pool, count, "processes")
    else:
        with _dismissed(ThreadPoolExecutor(count)) as threads:
            yield Crew(threads, count, "threads")


@contextmanager
def _dismissed(executor: Executor) -> Iterator[Executor]:
    """Let the executor go at the end; what has not begun is not begun any more."""
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(address: str, workers: int) -> Iterator[Crew]:
    try:
        import distributed
    except ImportError as error:
        raise RequestError(
            "dask.distributed is not installed; install it with: pip install 'tairiku[cluster]'"
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dask's own advice on ports and sizes of graphs
        if address == LOCAL:
            with (
                distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=False,
                    dashboard_address=None,
                ) as here,
                distributed.Client(here) as client,
            ):
                yield _of(client)
            return
        try:
            client = distributed.Client(address, timeout=PATIENCE)
        except (OSError, ValueError, TypeError) as error:
            raise RequestError(
                f"no cluster answers at '{address}'; give the address of a dask scheduler, such as "
                "tcp://host:8786, or 'local'"
            ) from error
        with client:
            yield _of(client)


def _of(client: Any) -> Crew:
    width = sum(client.nthreads().values())
    if width == 0:
        raise RequestError(
            "the cluster has no workers; start some with: dask worker ADDRESS --nthreads 1"
        )
    return Crew(client.get_executor(pure=False), width, "cluster")

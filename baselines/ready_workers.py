"""Tells that a server listens, once the last of its worker processes does.

Made by the parent and inherited by its workers; each calls `one_more` when it has begun to accept.
A worker that takes another's place later says nothing.
"""

from multiprocessing.context import BaseContext

from listen_address import ListenAddress


class ReadyWorkers:
    """The workers that are still missing, counted in memory that all processes share."""

    def __init__(self, address: ListenAddress, workers: int, context: BaseContext) -> None:
        """`context` starts processes as the framework does, by fork or by spawn."""
        self.address = address
        self.missing = context.Value("i", workers)

    def one_more(self) -> None:
        """Count this process; the last one announces the address."""
        with self.missing.get_lock():
            self.missing.value -= 1
            is_last = self.missing.value == 0
        if is_last:
            self.address.announce()

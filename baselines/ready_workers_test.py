"""When the address is announced, with workers that are processes of their own."""

import multiprocessing

import pytest

from baselines.listen_address import ListenAddress
from baselines.ready_workers import ReadyWorkers

ADDRESS = ListenAddress("127.0.0.1", 8001)
LINE = "listening on http://127.0.0.1:8001\n"


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_the_last_of_the_workers_announces_and_no_other(
    way: str, capfd: pytest.CaptureFixture[str]
) -> None:
    context = multiprocessing.get_context(way)
    ready = ReadyWorkers(ADDRESS, 3, context)
    for expected in ("", "", LINE, ""):
        worker = context.Process(target=ready.one_more)
        worker.start()
        worker.join()
        assert worker.exitcode == 0
        assert capfd.readouterr().err == expected

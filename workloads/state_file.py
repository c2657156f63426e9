"""Where a Python workload keeps its tables: one SQLite file per running server and workload.

All processes of one server share the file, two servers never do: it is named after the process
group, which a server's workers inherit. Whoever starts a server starts it in a group of its own.
May be used by any workloads/*/*.py; the standard library only.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def state_file(framework: str, workload: str) -> Path:
    """Return the path of the file; nothing is made, except room: ended servers' files go."""
    for group, files in files_by_group(Path(tempfile.gettempdir())).items():
        if not is_running(group):
            for file in files:
                file.unlink(missing_ok=True)
    name = f"assay-{framework}-{workload}-{os.getuid()}-{os.getpgrp()}.db"
    return Path(tempfile.gettempdir()) / name


def files_by_group(folder: Path) -> dict[int, list[Path]]:
    """Return this user's files in `folder`, with their journals and locks, by process group."""
    found: dict[int, list[Path]] = {}
    for file in folder.glob(f"assay-*-{os.getuid()}-*.db*"):
        group = file.name.partition(".db")[0].rpartition("-")[2]
        if group.isdecimal():
            found.setdefault(int(group), []).append(file)
    return found


def is_running(group: int) -> bool:
    """Tell whether a process group has a process left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's group has the number now; the file goes when that one has ended
    return True


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Keep the other processes of the server out: they all make the same tables at the start.

    SQLite's own lock does not do: a change to WAL is refused at once where another has the file.
    """
    with Path(f"{database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

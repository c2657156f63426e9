"""The hash workload's buffer, for every Python framework: byte i is i modulo 251."""

MAXIMUM_BYTES = 1_048_576
BUFFER = bytes(i % 251 for i in range(MAXIMUM_BYTES))


def first_bytes(count: int) -> memoryview:
    """Return a view of the first `count` bytes; a slice of the buffer itself would copy them.

    The view is the caller's own. One shared view would count its slices, and free-threaded
    Python 3.13 counts them without a lock.
    """
    return memoryview(BUFFER)[:count]

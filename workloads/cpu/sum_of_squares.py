"""The computation of /cpu as a function, for the workloads that need it beside something else.

The handlers of /cpu itself have these lines literally, as the documents' handlers do.
"""


def sum_of_squares(iterations: int) -> int:
    """Return 0*0 + 1*1 + ... below `iterations`, the slow way, which is what is measured."""
    total = 0
    for i in range(iterations):
        total += i * i
    return total

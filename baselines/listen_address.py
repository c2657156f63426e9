"""Where a server listens: looked at before it starts, announced when it can be reached."""

import errno
import socket
import sys
from dataclasses import dataclass


class AddressError(Exception):
    """An address that cannot be had; the text is a sentence for the user."""


@dataclass(frozen=True)
class ListenAddress:
    """An IPv4 address and a port that nobody listened on a moment ago."""

    host: str
    port: int

    def announce(self) -> None:
        """Tell whoever waits for the server that it takes connections now."""
        print(f"listening on http://{self.host}:{self.port}", file=sys.stderr, flush=True)


def free_address(host: str, port: int) -> ListenAddress:
    """Return the address to listen on; port 0 becomes one that is free.

    Asked before the framework binds, because frameworks bind in their own ways: one with
    SO_REUSEPORT shares the port of a forgotten server without a word, and each then answers some
    of the requests. This probe does without that option, so it sees the other server.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Connections of an earlier server that linger in TIME_WAIT are no reason to refuse.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressError(refusal(host, port, error)) from error
        return ListenAddress(host, probe.getsockname()[1])


def refusal(host: str, port: int, error: OSError) -> str:
    """Return the sentence for an address that cannot be bound."""
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop its owner or choose another with --port"
    return f"cannot listen on {host}:{port} ({error.strerror}): choose another --host or --port"

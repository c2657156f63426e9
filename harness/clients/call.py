"""One request and what became of it, in the words of `assay load`. Pure."""

from __future__ import annotations

import http.client
import socket
import urllib.error
from dataclasses import dataclass

KINDS = (
    "connect",
    "timeout",
    "reset",
    "short",
    "malformed",
    "status",
    "type",
    "body",
    "unsent",
)


@dataclass(frozen=True)
class Call:
    """How long a request took until its reply was whole, or until it was known that it fails."""

    latency_s: float
    error: str | None = None  # one of KINDS
    status: int | None = None  # None: no whole head came
    body: bytes | None = None  # kept only where it is compared afterwards
    body_bytes: int = 0


def transport_kind(error: BaseException) -> str:
    """Return the kind of an error that came from the socket."""
    # Two names for one only since Python 3.10.
    if isinstance(error, (socket.timeout, TimeoutError)):
        return "timeout"
    # Before ConnectionResetError, whose child it is, and HTTPException, whose child it is too.
    if isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
        return "reset"
    if isinstance(error, http.client.IncompleteRead):
        return "short"
    if isinstance(error, http.client.HTTPException):
        return "malformed"
    return "connect"


def kind_of(error: BaseException) -> str:
    """Return the kind of whatever a call of urllib or http.client raised."""
    if isinstance(error, urllib.error.HTTPError):
        return "status"
    if isinstance(error, urllib.error.URLError):  # raised while connecting or sending
        reason = error.reason
        kind = transport_kind(reason) if isinstance(reason, BaseException) else "connect"
        return "connect" if kind == "timeout" else kind
    return transport_kind(error)

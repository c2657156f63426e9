"""Ports that are free, taken or shared, and the line that tells when a server listens."""

import socket

import pytest

from baselines.listen_address import AddressError, ListenAddress, free_address


def listener(*, shares_its_port: bool = False) -> socket.socket:
    """Return a socket that listens on a port of its own."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shares_its_port:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    server.bind(("127.0.0.1", 0))
    server.listen()
    return server


def test_port_0_becomes_a_port_that_can_be_listened_on() -> None:
    address = free_address("127.0.0.1", 0)
    assert address.port > 0
    with socket.socket() as server:
        server.bind((address.host, address.port))


@pytest.mark.parametrize("shares_its_port", [False, True])
def test_a_taken_port_is_seen_even_if_its_owner_would_share_it(shares_its_port: bool) -> None:
    with listener(shares_its_port=shares_its_port) as server:
        port = server.getsockname()[1]
        with pytest.raises(AddressError) as caught:
            free_address("127.0.0.1", port)
    assert str(caught.value) == (
        f"port {port} is in use: stop its owner or choose another with --port"
    )


def test_the_port_of_a_server_that_has_just_ended_is_free() -> None:
    with listener() as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()  # closed first on this side, so that TIME_WAIT is on the server's port
        client.close()
    assert free_address("127.0.0.1", port) == ListenAddress("127.0.0.1", port)


def test_a_host_of_another_machine_is_named_with_the_option() -> None:
    with pytest.raises(AddressError, match=r"192\.0\.2\.1:8001 \(.+\): choose another --host"):
        free_address("192.0.2.1", 8001)


def test_the_line_goes_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    ListenAddress("127.0.0.1", 8001).announce()
    assert capfd.readouterr() == ("", "listening on http://127.0.0.1:8001\n")

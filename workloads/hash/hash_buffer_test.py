"""The bytes that are hashed."""

from workloads.hash.hash_buffer import BUFFER, first_bytes


def test_a_byte_is_its_place_modulo_251() -> None:
    assert len(BUFFER) == 1_048_576
    assert [BUFFER[place] for place in (0, 250, 251, 1_048_575)] == [0, 250, 0, 148]


def test_the_first_bytes_are_no_copy() -> None:
    assert first_bytes(3) == b"\x00\x01\x02"
    assert first_bytes(3).obj is BUFFER
    assert len(first_bytes(1_048_576)) == 1_048_576

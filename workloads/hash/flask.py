"""The hash workload on Flask: hashlib in the handler."""

from hashlib import sha256

from flask import Flask

from workloads.hash.hash_buffer import MAXIMUM_BYTES, first_bytes


def routes(app: Flask) -> None:
    """Add GET /hash/{bytes}."""

    @app.get("/hash/<int:count>")
    def hashed(count: int) -> dict[str, int | str] | tuple[str, int]:
        if count > MAXIMUM_BYTES:
            return f"bytes is from 0 to {MAXIMUM_BYTES}", 422
        return {"bytes": count, "sha256": sha256(first_bytes(count)).hexdigest()}

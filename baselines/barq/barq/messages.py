"""What a handler of Barq takes and gives: a request, a reply, and an error that becomes one.

Values without a socket. A request belongs to the thread that read it.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from pydantic import BaseModel


class HTTPException(Exception):  # noqa: N818, the name that Barq's users know
    """Raised by a handler in place of a reply."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass
class Request:
    """One request; its path is as it was sent, because Barq decodes percent signs in queries only.

    Names of headers are in lower case; of a repeated header the last one counts.
    """

    method: str
    path: str
    query_string: str
    headers: dict[str, str]
    body: bytes
    path_params: dict[str, str] = field(default_factory=dict)

    @cached_property
    def query_params(self) -> dict[str, list[str]]:
        """All values of each name."""
        return parse_qs(self.query_string)

    def query(self, name: str, default: str | None = None) -> str | None:
        """Return the first value of a name."""
        return self.query_params.get(name, [default])[0]

    def json(self) -> Any:  # noqa: ANN401, JSON is anything
        """Read the body; no body is None."""
        return json.loads(self.body) if self.body else None


@dataclass
class Response:
    """One reply, with all the headers that are sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, status: int, content_type: str, body: bytes) -> "Response":
        """Return a reply with a body."""
        head = {"content-type": content_type, "content-length": str(len(body))}
        return cls(status, head, body)

    @classmethod
    def json(cls, value: object, status: int = 200) -> "Response":
        """A model is written by pydantic, compact; the rest by json.dumps, with its spaces."""
        return cls.of(status, "application/json", json_text(value).encode())

    @classmethod
    def text(cls, text: str, status: int = 200) -> "Response":
        """Plain text."""
        return cls.of(status, "text/plain", text.encode())

    @classmethod
    def empty(cls, status: int = 204) -> "Response":
        """No body."""
        return cls(status, {"content-length": "0"}, b"")


def json_text(value: object) -> str:
    """Write a model, a list in which models may be, or anything that json.dumps can write."""
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, list):
        value = [each.model_dump() if isinstance(each, BaseModel) else each for each in value]
    return json.dumps(value)

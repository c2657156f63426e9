"""The upload workload on Litestar: its own multipart parser, the handler reads the whole file."""

from dataclasses import dataclass
from typing import Annotated
from zlib import crc32

from litestar import Litestar, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

MULTI_PART = Body(media_type=RequestEncodingType.MULTI_PART)


@dataclass
class Form:
    """What is sent."""

    title: str
    file: UploadFile


class Uploaded(Struct):
    """What came."""

    title: str
    filename: str
    bytes: int
    crc32: int


@post("/upload", status_code=200)
async def upload(data: Annotated[Form, MULTI_PART]) -> Uploaded:
    """Describe a file."""
    content = await data.file.read()
    return Uploaded(data.title, data.file.filename, len(content), crc32(content))


def routes(app: Litestar) -> None:
    """Add POST /upload."""
    app.register(upload)

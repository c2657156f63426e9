"""The upload workload on FastAPI: python-multipart parses, the handler reads the whole file."""

from typing import Annotated
from zlib import crc32

from fastapi import FastAPI, Form, Response, UploadFile
from pydantic import BaseModel

from workloads.fastapi_handlers import response_of


class Uploaded(BaseModel):
    """What came."""

    title: str
    filename: str
    bytes: int
    crc32: int


def uploaded(title: str, file: UploadFile, content: bytes) -> Uploaded:
    """Describe a file."""
    return Uploaded(title=title, filename=file.filename, bytes=len(content), crc32=crc32(content))


def routes(app: FastAPI) -> None:
    """Add POST /upload."""

    @app.post("/upload")
    async def upload(title: Annotated[str, Form()], file: UploadFile) -> Uploaded:
        return uploaded(title, file, await file.read())


def routes_threads(app: FastAPI) -> None:
    """Add the same on a thread of the pool."""

    @app.post("/upload")
    def upload(title: Annotated[str, Form()], file: UploadFile) -> Uploaded:
        return uploaded(title, file, file.file.read())


def routes_tuned(app: FastAPI) -> None:
    """Add the same without a check of the reply."""

    @app.post("/upload")
    async def upload(title: Annotated[str, Form()], file: UploadFile) -> Response:
        return response_of(uploaded(title, file, await file.read()))

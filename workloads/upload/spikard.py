"""The upload workload on Spikard, whose own parser reads the form; the handler reads the file.

0.17.2 answers 500 to a handler that asks for an UploadFile, and gives the others the text of a file
of at most 8 KiB; of a larger one it keeps the length and drops the bytes.
"""

from zlib import crc32

import msgspec
from spikard import Body, UploadFile

from baselines.spikard.application import Application


class Upload(msgspec.Struct):
    """The form."""

    title: str
    file: UploadFile


def routes(app: Application) -> None:
    """Add POST /upload."""

    @app.post("/upload")
    async def upload(body: Upload) -> dict:
        content = body.file.read()
        return {
            "title": body.title,
            "filename": body.file.filename,
            "bytes": len(content),
            "crc32": crc32(content),
        }


def routes_newest(app: Application) -> None:
    """Add POST /upload for files of text of at most 8 KiB."""

    @app.post("/upload")
    async def upload(body: Body[dict]) -> dict:
        content = body["file"]["content"].encode()
        return {
            "title": body["title"],
            "filename": body["file"]["filename"],
            "bytes": len(content),
            "crc32": crc32(content),
        }

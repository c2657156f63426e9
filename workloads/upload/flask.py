"""The upload workload on Flask: werkzeug parses, the handler reads the whole file."""

from zlib import crc32

from flask import Flask, request


def routes(app: Flask) -> None:
    """Add POST /upload."""

    @app.post("/upload")
    def upload() -> dict[str, str | int]:
        file = request.files["file"]  # 400 where it is missing, as Flask has it
        content = file.read()
        return {
            "title": request.form["title"],
            "filename": file.filename,
            "bytes": len(content),
            "crc32": crc32(content),
        }

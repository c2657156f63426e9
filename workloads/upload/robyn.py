"""The upload workload on Robyn, which hands over the files' bytes by their names."""

from zlib import crc32

from robyn import Request, Robyn


def routes(app: Robyn) -> None:
    """Add POST /upload."""

    @app.post("/upload")
    async def upload(request: Request) -> dict:
        filename, content = next(iter(request.files.items()))
        return {
            "title": request.form_data["title"],
            "filename": filename,
            "bytes": len(content),
            "crc32": crc32(content),
        }

"""Files as answers: a PDF with a readable name, a spreadsheet to keep."""

import mimetypes
from urllib.parse import quote

from flask import Response

SHOWN = {"application/pdf", "image/jpeg", "image/png"}  # the rest is saved, never opened in our origin


def file_answer(content: bytes, name: str) -> Response:
    """A file under a readable name: PDFs and pictures open in the browser, all else is saved."""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    disposition = "inline" if media_type in SHOWN else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype=media_type, headers=headers)


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF shown in the browser, saved under ``name``.pdf."""
    return file_answer(content, f"{name}.pdf")

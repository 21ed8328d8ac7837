"""Files as answers: a PDF with a readable name, a spreadsheet to keep."""

from urllib.parse import quote

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF shown in the browser, saved under ``name``.pdf."""
    return _file(content, f"{name}.pdf", "application/pdf", "inline")


def xlsx_answer(content: bytes, name: str) -> Response:
    """A spreadsheet to save as ``name``.xlsx."""
    return _file(content, f"{name}.xlsx", XLSX, "attachment")


def _file(content: bytes, name: str, media_type: str, disposition: str) -> Response:
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype=media_type, headers=headers)

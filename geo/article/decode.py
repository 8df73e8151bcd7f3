"""Bytes to text: UTF-8 only, of a size that a report can have, and every refusal in one line."""

from __future__ import annotations

import re

from geo.errors import InputError
from geo.types import Where

MAX_BYTES = 5 * 1024 * 1024
"""The longest file that is taken for a report: forty novels."""

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "a gzip file",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_HINT = "Give the report as plain text, Markdown or HTML in UTF-8."


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file's bytes, a byte order mark left out.

    Args:
        raw: the whole file.
        name: how to call it in an error.

    Raises:
        InputError: if it is empty, too large, binary or not UTF-8.
    """
    where = Where(name)
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.0f} MB"
        raise InputError(f"the file has {size}; a report may have {MAX_BYTES // 2**20} MiB.", where=where)
    kind = _foreign(raw)
    if kind:
        raise InputError(f"this is {kind}, not UTF-8 text.", where=where, hint=_HINT)
    return checked(_utf8(raw, name).removeprefix("\ufeff"), name)


def _foreign(raw: bytes) -> str | None:
    for bom, encoding in _BOMS.items():
        if raw.startswith(bom):
            return f"{encoding}"
    return next((kind for magic, kind in _MAGIC.items() if raw.startswith(magic)), None)


def _utf8(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8."
        raise InputError(message, where=Where(name, line, column), hint=_HINT) from error


def checked(text: str, name: str) -> str:
    """Return the text unchanged if it can be a report.

    Raises:
        InputError: if it is empty, too long, or holds control characters or lone surrogates.
    """
    if len(text) > MAX_BYTES:
        message = f"the text has {len(text):,} characters; a report may have {MAX_BYTES:,}."
        raise InputError(message, where=Where(name))
    if not text.strip():
        raise InputError("the file is empty.", where=Where(name), hint=_HINT)
    bad = _NOT_TEXT.search(text)
    if bad is None:
        return text
    line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
    kind = "a lone surrogate" if _SURROGATE.match(bad.group()) else "a control character: binary data"
    raise InputError(f"U+{ord(bad.group()):04X} is {kind}.", where=Where(name, line, column), hint=_HINT)

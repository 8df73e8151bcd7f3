"""From bytes to text: UTF-8 and nothing else, with a guess at what other bytes are, so that a person can mend them."""

from __future__ import annotations

import re

from geo.zones.syntax import JsonError

BOM = b"\xef\xbb\xbf"
_MAGIC = {b"\x1f\x8b": "a gzip archive", b"PK": "a ZIP archive", b"GPKG": "a GeoPackage", b"%PDF": "a PDF"}
_CODE_PAGES = {"Windows-1256 (Arabic)": ("cp1256", "ء", "ي"), "Windows-1251 (Cyrillic)": ("cp1251", "А", "я")}


def decode(data: bytes) -> str:
    """Return the text of a file's bytes without a byte-order mark. Raises JsonError for any other encoding."""
    for mark, encoding in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            raise _encoding_error(encoding, 0)
    if len(data) > 1 and 0 in data[:2] and data.strip(b"\x00"):
        raise _encoding_error("UTF-16 or UTF-32", 0)
    try:
        return split_bom(data)[0]
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode("utf-8-sig", "replace"))
        raise _encoding_error(_guess(data), at) from None


def _encoding_error(encoding: str, offset: int) -> JsonError:
    packed = encoding in _MAGIC.values()
    hint = "Unpack or export it first." if packed else "Save it as UTF-8 (in most editors: Save with encoding)."
    return JsonError("not-utf-8", f"the file is not UTF-8, it looks like {encoding}", offset, hint=hint)


def _guess(data: bytes) -> str:
    """Return what bytes that are not UTF-8 look like: an archive, or the code page of a script.

    Words of Arabic and Cyrillic are runs of bytes beyond ASCII; in Latin code pages these stand alone.
    """
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            return name
    runs = re.findall(rb"[\x80-\xff]+", data[:20_000])
    sample = b"".join(runs)
    for label, (codec, low, high) in _CODE_PAGES.items():
        letters = sum(low <= character <= high for character in sample.decode(codec, "replace"))
        if letters > 0.9 * len(sample) and len(sample) > 2 * len(runs):
            return label
    return "a Windows or Latin code page"


def split_bom(data: bytes) -> tuple[str, bool]:
    """Return the text of UTF-8 bytes without a byte-order mark, and whether there was one."""
    bom = data.startswith(BOM)
    return data[len(BOM) if bom else 0 :].decode("utf-8"), bom

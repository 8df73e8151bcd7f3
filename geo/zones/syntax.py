"""What is wrong with a text that is not JSON, in plain words, with a remedy where the cause is a known one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import json

_NUMBER_SLIP = re.compile(r"(?<![\w.])(?:[+.]\d|-?0[\dxX])|\d\.(?!\d)")


class JsonError(ValueError):
    """The text is not JSON: carries what is wrong and the offset where it shows."""

    def __init__(self, code: str, message: str, offset: int, *, hint: str | None = None) -> None:
        """Keep a kebab-case code, a message in plain words and the code point offset."""
        super().__init__(message)
        self.code, self.message, self.offset, self.hint = code, message, offset, hint


def explain(text: str, error: json.JSONDecodeError) -> JsonError:
    """Return the decoder's complaint in plain words, with a remedy where the cause is a known one."""
    at = error.pos
    here, rest = text[at : at + 1], text[at:].lstrip(" \t\r\n\x00")
    if error.msg == "Extra data":
        return _extra(text, at)
    if not rest:
        hint = "The end is missing: restore the file from a copy, or export it again."
        return JsonError("truncated", "the text ends before its brackets are closed", len(text.rstrip()), hint=hint)
    for test, message, remedy in _CAUSES:
        if test(text, at, here):
            return JsonError("json-syntax", message, at, hint=remedy)
    return JsonError("json-syntax", f"not JSON: {_PLAIN.get(error.msg, error.msg.lower())}", at)


def _extra(text: str, at: int) -> JsonError:
    if not text[at:].strip("\x00 \t\r\n"):
        hint = "Cut them off: they are what a power failure leaves at the end of a file."
        return JsonError("json-syntax", "NUL bytes after the end of the JSON text", at, hint=hint)
    if text[at] in "[{":
        hint = "Keep one, or put the features of both into one collection."
        return JsonError("json-syntax", "a second JSON text follows the first", at, hint=hint)
    return JsonError("json-syntax", "text after the end of the JSON text", at, hint="Cut off what follows.")


_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})", re.MULTILINE)
_Test = Callable[[str, int, str], bool]
_CAUSES: tuple[tuple[_Test, str, str | None], ...] = (
    (
        lambda t, a, _h: any(_CONFLICT.match(t, i) for i in (a, t.rfind("\n", 0, a) + 1)),
        "a merge left its marks here",
        "Keep one of the two versions, and take out the lines of <<<<<<<, ======= and >>>>>>>.",
    ),
    (
        lambda _t, _a, here: here in {"“", "”", "„", "«", "»", "‘", "’"},
        "a curly quotation mark, as word processors set",
        'Put straight ones (") in its place; write in a plain text editor.',
    ),
    (
        lambda _t, _a, here: here == "<",
        "this is HTML or XML, not JSON",
        "It may be a saved error page: download it again.",
    ),
    (
        lambda _t, _a, here: here in {"\x1e", "\x00"},
        "a control character where JSON should be",
        "Remove it; a sequence of texts is one file each.",
    ),
    (lambda _t, _a, here: here in {"/", "#"}, "JSON has no comments", 'Remove it, or keep it as a "note" property.'),
    (lambda _t, _a, here: here == "'", "JSON strings take double quotes", None),
    (
        lambda t, a, _h: bool(
            _NUMBER_SLIP.match(t, max(a - 2, 0)) or _NUMBER_SLIP.match(t, max(a - 1, 0)) or _NUMBER_SLIP.match(t, a)
        ),
        "not a JSON number",
        "No plus sign, no zero before other digits, a digit on both sides of the point.",
    ),
    (
        lambda t, a, _h: t.startswith(("None", "True", "False", "undefined"), a),
        "a word that is not JSON",
        "Write null, true or false.",
    ),
    (
        lambda _t, _a, here: here in {"\n", "\r", "\t"},
        "a line break or tab inside a string",
        "Close the string, or write \\n.",
    ),
    (
        lambda t, a, here: here in {"]", "}"} or t[:a].rstrip()[-1:] == ",",
        "a comma before nothing, or a value is missing",
        "Remove the comma before a closing bracket.",
    ),
)
_PLAIN = {
    "Expecting value": "a value is expected here",
    "Expecting ',' delimiter": "a comma is missing here",
    "Expecting ':' delimiter": "a colon is missing after the key",
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected here",
    "Invalid control character at": "a control character inside a string",
    "Invalid \\escape": "a backslash that escapes nothing: write two",
    "Invalid \\uXXXX escape": "\\u takes four hexadecimal digits",
    "Unterminated string starting at": "the string that starts here is never closed",
}

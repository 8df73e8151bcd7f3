"""Fetch one web page: the only socket of the article reader.

An address in a report, a case file or a command may be hostile: it can point at the machine's own services or at
the local network, redirect there, or send without end. So: http and https only; the name is resolved once, every
address that it has must be public, and the connection goes to the address that was checked (a second look-up
could answer otherwise); at most three redirects, each checked again; 15 seconds and 5 MiB in all, counted after
decompression.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from geo.article.decode import MAX_BYTES
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from urllib.parse import SplitResult

_SECONDS = 15.0
_REDIRECTS = 3
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_OK = 200
_PORTS = {"http": 80, "https": 443}
_HEADERS = {
    "User-Agent": "contactline (article reader)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave."""

    url: str
    """The address after redirects."""
    body: bytes
    """UTF-8, decompressed."""
    is_html: bool


def fetch(url: str) -> Page:
    """Return the page at an http(s) address.

    Raises:
        InputError: if the address is not public, not http(s), answers with an error, or sends too much or too slowly.
    """
    deadline = time.monotonic() + _SECONDS
    for _ in range(_REDIRECTS + 1):
        found = _get(url, deadline)
        if isinstance(found, Page):
            return found
        url = urljoin(url, found)
    raise InputError(f"{url}: more than {_REDIRECTS} redirects.", hint="Save the page and give the file.")


def public_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host, all of them public.

    Raises:
        InputError: if the name does not resolve or any of its addresses is private, local or reserved.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: no such host, or no network.", hint="Save the page and give the file.") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not addresses or not all(_is_public(address) for address in addresses):
        raise InputError(f"{host} is not a public address.", hint="Only pages of the public web are fetched.")
    return addresses


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is not None and not inner.is_global:
            return False
    return parsed.is_global and not parsed.is_multicast


def _get(url: str, deadline: float) -> Page | str:
    parts = _checked(url)
    connection = _connection(parts, deadline)
    try:
        target = parts.path or "/"
        connection.request("GET", f"{target}?{parts.query}" if parts.query else target, headers=_HEADERS)
        answer = connection.getresponse()
        if answer.status in _MOVED and answer.getheader("Location"):
            return str(answer.getheader("Location"))
        if answer.status != _OK:
            raise InputError(f"{url}: the server answered {answer.status}.", hint="Save the page and give the file.")
        kind = (answer.getheader("Content-Type") or "text/html").lower()
        return Page(url, _recoded(_body(answer, deadline), kind, url), "html" in kind)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise InputError(f"{url}: can't be fetched ({error}).", hint="Save the page and give the file.") from error
    finally:
        connection.close()


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError(f"{url[:80]!r} is not an address.") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise InputError(f"{url[:80]!r}: only http and https addresses are fetched.")
    if parts.username or parts.password:
        raise InputError("an address with a user name or password is not fetched.")
    if any(c.isspace() or ord(c) < ord(" ") for c in url):
        raise InputError(f"{url[:80]!r} is not an address.")
    return parts


def _connection(parts: SplitResult, deadline: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    address = public_addresses(host, port)[0]
    connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
    try:
        raw = socket.create_connection((address, port), timeout=_left(deadline))
        secure = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host) if secure else raw
    except OSError as error:
        raise InputError(f"{host}: can't be reached ({error}).", hint="Save the page and give the file.") from error
    return connection


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"slower than {_SECONDS:.0f} s")
    return left


def _body(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    inflate = _inflater(answer.getheader("Content-Encoding") or "identity")
    whole = bytearray()
    for chunk in _chunks(answer, deadline):
        whole += inflate(chunk, MAX_BYTES + 1 - len(whole))
        if len(whole) > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES // 2**20} MiB")
    return bytes(whole)


def _chunks(answer: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
    while chunk := answer.read1(_CHUNK):
        _left(deadline)
        yield chunk


def _inflater(encoding: str) -> Callable[[bytes, int], bytes]:
    name = encoding.strip().lower()
    if name == "identity":
        return lambda chunk, _room: chunk
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise ValueError(f"unknown encoding {name[:20]}")
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32 if name != "deflate" else zlib.MAX_WBITS)

    def inflate(chunk: bytes, room: int) -> bytes:
        out = machine.decompress(chunk, max(1, room))
        if machine.unconsumed_tail:
            raise ValueError(f"more than {MAX_BYTES // 2**20} MiB")
        return out

    return inflate


def _recoded(body: bytes, kind: str, url: str) -> bytes:
    """Return the body as UTF-8, from the charset that the server names."""
    charset = kind.partition("charset=")[2].split(";")[0].strip(" \"'") or "utf-8"
    if charset in {"utf-8", "utf8", "us-ascii"}:
        return body
    try:
        return body.decode(charset).encode()
    except (LookupError, UnicodeError) as error:
        raise InputError(f"{url}: the page is not in {charset[:20]}, as its server says.") from error

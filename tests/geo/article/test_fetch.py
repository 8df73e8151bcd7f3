"""The reader's only socket: public addresses, few redirects, little at a time."""

import gzip
import socket
import time
import zlib

import pytest

from geo.article import fetch
from geo.article.decode import MAX_BYTES
from geo.errors import InputError


def resolves_to(monkeypatch, *addresses):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in addresses]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_args, **_kwargs: answers)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1", "fc00::1",
     "0.0.0.1", "100.64.0.1", "224.0.0.1", "2002:0a00:0001::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(monkeypatch, address):
    resolves_to(monkeypatch, address)
    with pytest.raises(InputError, match="not a public address"):
        fetch.public_addresses("example.org", 80)


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    resolves_to(monkeypatch, "93.184.216.34", "127.0.0.1")
    with pytest.raises(InputError, match="not a public address"):
        fetch.public_addresses("example.org", 80)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "http:///x", "gopher://x", "http://a:b@x.org/", "http://x.org:99999/"],
)
def test_what_is_not_fetched(url):
    with pytest.raises(InputError):
        fetch.fetch(url)


class Answer:
    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    def getheader(self, name):
        return self.headers.get(name)

    def read1(self, size):
        piece, self.body = self.body[:size], self.body[size:]
        return piece


class Connection:
    def __init__(self, answer):
        self.answer = answer

    def request(self, *_args, **_kwargs):
        pass

    def getresponse(self):
        return self.answer

    def close(self):
        pass


def serve(monkeypatch, pages):
    """Answer by host from a table, the addresses checked as ever."""
    resolves_to(monkeypatch, "93.184.216.34")
    asked = []

    def connect(parts, _deadline):
        fetch.public_addresses(parts.hostname, 80)
        asked.append(parts.geturl())
        return Connection(pages[parts.hostname])

    monkeypatch.setattr(fetch, "_connection", connect)
    return asked


def test_a_page_is_inflated(monkeypatch):
    serve(
        monkeypatch,
        {"a.org": Answer(200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, gzip.compress(b"hello"))},
    )
    page = fetch.fetch("http://a.org/x")
    assert (page.body, page.is_html) == (b"hello", False)


def test_another_charset_becomes_utf8(monkeypatch):
    serve(
        monkeypatch,
        {"a.org": Answer(200, {"Content-Type": "text/html; charset=windows-1251"}, "Идлиб".encode("cp1251"))},
    )
    assert fetch.fetch("http://a.org/").body.decode() == "Идлиб"


def test_a_bomb_is_stopped_while_inflating(monkeypatch):
    bomb = zlib.compress(b"a" * (MAX_BYTES * 20))
    serve(monkeypatch, {"a.org": Answer(200, {"Content-Encoding": "deflate"}, bomb)})
    with pytest.raises(InputError, match="more than 5 MiB"):
        fetch.fetch("http://a.org/")


def test_redirects_are_counted(monkeypatch):
    asked = serve(monkeypatch, {"a.org": Answer(302, {"Location": "http://a.org/again"})})
    with pytest.raises(InputError, match="more than 3 redirects"):
        fetch.fetch("http://a.org/")
    assert len(asked) == 4


def test_a_redirect_to_this_machine_is_refused(monkeypatch):
    serve(monkeypatch, {"a.org": Answer(302, {"Location": "http://b.org/"}), "b.org": Answer(200)})

    def inside(host, *_args, **_kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if host == "b.org" else "93.184.216.34", 80))]

    monkeypatch.setattr(fetch.socket, "getaddrinfo", inside)
    with pytest.raises(InputError, match=r"b\.org is not a public address"):
        fetch.fetch("http://a.org/")


def test_the_checked_address_is_the_one_that_is_opened(monkeypatch):
    resolves_to(monkeypatch, "93.184.216.34")
    opened = []

    def refuse(address, timeout):
        opened.append((address, timeout))
        raise OSError("closed")

    monkeypatch.setattr(fetch.socket, "create_connection", refuse)
    with pytest.raises(InputError, match="can't be reached"):
        fetch.fetch("http://a.org:8080/")
    assert opened[0][0] == ("93.184.216.34", 8080)
    assert 0 < opened[0][1] <= 15


def test_a_slow_page_is_given_up(monkeypatch):
    serve(monkeypatch, {"a.org": Answer(200, {}, b"x" * 10)})
    start = time.monotonic()
    clock = iter([start])
    monkeypatch.setattr(fetch.time, "monotonic", lambda: next(clock, start + 100))
    with pytest.raises(InputError, match="slower than 15 s"):
        fetch.fetch("http://a.org/")


def test_an_error_of_the_server(monkeypatch):
    serve(monkeypatch, {"a.org": Answer(404)})
    with pytest.raises(InputError, match="answered 404"):
        fetch.fetch("http://a.org/")

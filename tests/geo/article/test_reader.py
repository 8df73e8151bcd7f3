"""Reports from files, standard input and pages; and what is no report."""

import io
from pathlib import Path

import pytest

from geo.article import from_text, read_article
from geo.errors import InputError

SEED = Path(__file__).parents[4] / "shared" / "seed" / "article.txt"


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "1:1: the file is empty"),
        ("blank.txt", b" \n\n", "the file is empty"),
        ("binary.txt", b"ab\x00\x01cd", "control character"),
        ("report.txt", b"%PDF-1.7", "a PDF"),
        ("wide.txt", "\ufeffThe army left".encode("utf-16-le"), "UTF-16"),
        ("latin.txt", "le bl\u00e9\n".encode("latin-1"), "1:6: byte 0xe9 is not UTF-8"),
        ("surrogate.txt", b"abc\xed\xa0\x80", "1:4: byte 0xed"),
        ("front.md", b"---\ntitle: [x\n---\nbody", "front.md:2:"),
        ("page.html", b"<html><body></body></html>", "no report"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(tmp_path, name, raw, says):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_article(path)
    assert says in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(InputError, match="50 MB"):
        read_article(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_article(tmp_path / "nothing.txt")


def test_a_lone_surrogate_is_refused_with_its_place():
    with pytest.raises(InputError, match=r"x:2:3: U\+D800"):
        from_text("ab\ncd\ud800", id="x")


def test_text_is_kept_as_it_is():
    text = "\ufeffA\u00a0b.\r\n\r\nC d\u200b.\n"
    assert from_text(text, id="a").text == text


def test_markdown_keeps_offsets_and_reads_front_matter(tmp_path):
    front = "---\ntitle: Army leaves\ndate: 2020-01-02\nsource: The Paper\n---\n"
    raw = f"{front}# Army leaves\n\nThe army left. It rained.\n"
    path = tmp_path / "a-report.md"
    path.write_text(raw, encoding="utf-8")
    article = read_article(path)
    assert (article.id, article.title, article.source) == ("a-report", "Army leaves", "The Paper")
    assert (article.published.date, article.published.basis) == ("2020-01-02", "metadata")
    assert article.text == raw
    assert [(p.role, article.slice(p)) for p in article.segments[1:]] == [
        ("headline", "Army leaves"),
        ("body", "The army left. It rained."),
    ]


def test_standard_input():
    article = read_article("-", stdin=io.BytesIO(b"The army left.\n"))
    assert (article.id, article.slice(article.segments[0])) == ("stdin", "The army left.")


PAGE = """<!doctype html><html><head><title>Army leaves town</title>
<meta property="article:published_time" content="2020-03-04T10:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Army leaves town</h1>
<p>The army left the town of Kafr Nabl on Monday after three weeks of fighting, a spokesman said in the capital.</p>
<p><a href="/2">Rebels take second town in the north, as the army looks on from the hills</a></p>
<p>At least twelve people were killed in the fighting, according to the director of the hospital in the town.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_a_page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    article = read_article(path)
    told = {article.slice(p): p.role for p in article.segments}
    assert article.published.date == "2020-03-04"
    assert told["Army leaves town"] == "headline"
    assert any(line.startswith("The army left the town") and role == "body" for line, role in told.items())
    assert not any("Rebels take second town" in line and role == "body" for line, role in told.items())
    assert not any("rights reserved" in line for line in told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army left the town and it was quiet after that, the minister said.", "en"),
        ("Россия и Турция договорились создать зону в провинции, заявил президент.", "ru"),
        ("Les dirigeants de la Turquie et de la Russie ont annoncé que la zone est créée dans le nord.", "fr"),
        ("اتفق الجانبان على إنشاء منطقة منزوعة السلاح", "ar"),
    ],
)
def test_language(text, code):
    assert from_text(text, id="a").language == code


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside this checkout")
def test_the_seed_article():
    article = read_article(SEED)
    assert [p.role for p in article.segments] == [
        "headline", "subheadline", "boilerplate", "boilerplate", "caption", "caption", "boilerplate",
        "body", "body", "body", "related_link", "body", "body", "body", "related_link", "body", "body", "body",
        "boilerplate",
    ]  # fmt: skip
    assert (article.published.date, article.published.basis) == ("2018-09-17", "inferred")

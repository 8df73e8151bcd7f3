from __future__ import annotations

import pytest

from geo import language
from geo.facts.coreference import antecedent
from geo.types import Article, Published, Segment, Span


def pointed_to(asked: str, *lines: str, headline: bool = False) -> str | None:
    text = "\n".join(lines)
    segments, start = [], 0
    for position, line in enumerate(lines):
        role = "headline" if headline and not position else "body"
        segments.append(Segment(Span("a", start, start + len(line)), role))
        start += len(line) + 1
    article = Article("a", text, tuple(segments), None, None, Published(None, "unknown"))
    place = text.rindex(asked)
    found = antecedent(language.parse(article), Span("a", place, place + len(asked)))
    return article.slice(found) if found else None


@pytest.mark.parametrize(
    ("asked", "lines", "expected"),
    [
        ("He", ["Vladimir Putin met Recep Tayyip Erdogan in Sochi.", "He praised the deal."], "Vladimir Putin"),
        ("she", ["Mr. Smith met Mrs. Merkel in Paris. Later she left."], "Mrs. Merkel"),
        ("They", ["The rebels left the town on Friday.", "They took their guns."], "The rebels"),
        ("They", ["Putin and Erdogan met in Sochi.", "They agreed on a zone."], "Putin and Erdogan"),
        ("the two leaders", ["Putin and Erdogan met.", "Aides said the two leaders smiled."], "Putin and Erdogan"),
        ("Its", ["Russia sent two ships.", "Its army stayed."], "Russia"),
        ("the minister", ["Minister Hulusi Akar flew to Moscow.", "There the minister spoke."], "Minister Hulusi Akar"),
    ],
)  # fmt: skip
def test_a_word_points_back_to(asked, lines, expected):
    assert pointed_to(asked, *lines) == expected


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("He", ["Snow fell on the town.", "He laughed."]),
        ("the two leaders", ["Putin spoke on Monday.", "Aides said the two leaders smiled."]),
        ("the minister", ["Hulusi Akar flew to Moscow.", "There the minister spoke."]),
        ("fell", ["Snow fell on the town."]),
        ("He", ["Vladimir Putin spoke.", "Snow fell.", "Wind blew.", "He laughed."]),
    ],
)
def test_what_cannot_be_told_stays_open(asked, lines):
    assert pointed_to(asked, *lines) is None


def test_headlines_are_not_looked_in():
    assert pointed_to("He", "Putin meets Erdogan", "He spoke.", headline=True) is None

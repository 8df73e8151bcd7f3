from __future__ import annotations

import pytest

from geo import case as cases
from geo.errors import InputError, UnknownName
from geo.types import Article, Mention, Place, Published, Report, Resolution, Span


def write_case(folder, toml, **files):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(toml, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_bundled_cases_are_found_by_name():
    assert "idlib-2018" in cases.bundled_cases()
    assert cases.case_folder("idlib-2018").name == "idlib-2018"


def test_a_folder_comes_before_a_bundled_name(tmp_path, monkeypatch):
    write_case(tmp_path / "idlib-2018", 'title = "Mine"')
    monkeypatch.chdir(tmp_path)
    assert cases.outline("idlib-2018").title == "Mine"


def test_an_unknown_name_lists_the_near_ones():
    with pytest.raises(UnknownName, match="idlib-2018"):
        cases.case_folder("idlib-2019")


def test_a_folder_without_case_toml_says_so(tmp_path):
    with pytest.raises(UnknownName, match=r"no case\.toml"):
        cases.case_folder(tmp_path)


@pytest.mark.parametrize(
    ("toml", "position", "words"),
    [
        ("title = ", ":1:", "not valid TOML"),
        ('title = "A"\n[theatre]\nbbox = [1, 2]\n', ":1:1", "four numbers"),
        ("language = 'en'\n", ":1:1", "has no title"),
        ('title = "A"\narticles = ["none.md"]\n', ":1:1", "none.md"),
    ],
)
def test_a_broken_case_names_file_and_fault(tmp_path, toml, position, words):
    folder = write_case(tmp_path / "c", toml)
    with pytest.raises(InputError) as caught:
        cases.open_case(folder)
    assert str(folder / "case.toml") + position in str(caught.value)
    assert words in str(caught.value)


def test_articles_are_read_in_order_of_name(tmp_path):
    folder = write_case(
        tmp_path / "c", 'title = "A"', article_2__md="# Second\n\nText of it.", article_1__md="# First\n\nText of it."
    )
    assert [article.title for article in cases.open_case(folder).articles] == ["First", "Second"]


def test_the_idlib_case_is_whole():
    case = cases.open_case("idlib-2018")
    kinds = {zone.kind for zone in case.zones}
    assert {"contact_line", "buffer_zone", "patrol_area", "observation_post", "road"} <= kinds
    assert case.articles[0].published.date == "2018-09-18"
    assert all(zone.sources or zone.note for zone in case.zones)
    assert case.note is not None
    assert "not an official delimitation" in case.note


def report_about(country, day):
    article = Article("a", "Somewhere", (), None, None, Published(day, "given"))
    place = Place("x", "Somewhere", 36.0, 36.0, "PPL", country)
    mention = Mention(Span("a", 0, 9), "Somewhere")
    return Report((article,), (Resolution(mention, place, 0.9),), ())


@pytest.mark.parametrize(
    ("country", "day", "matches"),
    [("SY", "2018-09-20", True), ("SY", "1973-10-06", False), ("NO", "2018-09-20", False), ("SY", None, True)],
)
def test_cases_match_in_place_and_time(country, day, matches):
    assert ("idlib-2018" in cases.matching_cases(report_about(country, day))) is matches


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('title = "x"\ntheatre = "SY"', "theatre"),
        ('title = "x"\n[theatre]\nbbox = 5', "four numbers"),
        ('title = "x"\n[theatre]\nbbox = [37.6, 36.8, 35.5, 34.9]', "lesser first"),
        ('title = "x"\n[theatre]\nbbox = [nan, 34.9, 37.6, 36.8]', "four numbers"),
        ('title = "x"\n[theatre]\ncountries = "SY"', "two-letter codes"),
        ('title = "x"\n[theatre]\ncountries = 7', "two-letter codes"),
        ('title = "x"\narticles = "article.md"', "list of file names"),
        ('title = "x"\ndates = 2018-09-17', "quotes"),
        ('title = "x"\nnote = 5', "quotes"),
        ('title = "x"\n\n  note "y"', ":3:8: "),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_one_line(tmp_path, settings, words):
    (tmp_path / "case.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        cases.open_case(tmp_path)
    assert words in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / "case.toml"))

"""The day of publication and what tells it."""

import pytest

from geo.article import from_text
from geo.errors import InputError


def published(text, **options):
    return from_text(text, id="a", **options).published


def test_the_given_day_wins_and_the_conflict_is_told():
    found = published("PARIS, March 3, 2020 - The army left.\n\nIt rained.", published="2020-03-04")
    assert (found.date, found.basis) == ("2020-03-04", "given")
    assert any(line.startswith("Conflicting") and "March 3, 2020" in line for line in found.evidence)


def test_two_datelines_conflict():
    found = published("PARIS, March 3, 2020 - The army left.\n\nLONDON, March 5, 2020 - The army stayed.")
    assert (found.date, found.basis) == ("2020-03-03", "dateline")
    assert any("March 5, 2020" in line for line in found.evidence)


def test_a_dateline_borrows_its_year():
    found = published("PARIS, March 3 (Agency) - The army left the town that it took in January 2, 2020.\n\nIt rained.")
    assert found.date == "2020-03-03"
    assert "2020" in found.evidence[0]


def test_a_dateline_without_any_year_is_not_guessed():
    assert published("PARIS, March 3 (Agency) - The army left.").date is None


def test_caption_and_weekday_agree():
    text = "Army leaves\n\nSoldiers on September 17, 2018. Credit: A / B\n\nHe said on Monday it was over.\n"
    found = published(text)
    assert (found.date, found.basis) == ("2018-09-17", "inferred")
    assert any("Monday" in line for line in found.evidence)


def test_an_old_date_in_the_body_is_no_publication_date():
    assert published("The war began on 15 March 2011.\n\nThe minister spoke on Friday.").date is None


def test_the_address_tells():
    found = published("The army left.", url="https://example.org/2018/09/17/army")
    assert (found.date, found.basis) == ("2018-09-17", "metadata")


@pytest.mark.parametrize("value", ["yesterday", "2018-13-45", ""])
def test_a_day_that_is_none_is_refused(value):
    if value:
        with pytest.raises(InputError, match="is not a date"):
            published("The army left.", published=value)
    else:
        assert published("The army left.", published=value).date is None


@pytest.mark.parametrize("line", ["Port Sudan, 14 April 2025", "GENEVA, Monday 14 April 2025.", "Kyiv: April 14, 2025"])
def test_a_line_of_a_place_and_a_day_is_a_dateline(line):
    text = f"Camp shelled for a third day\n\n{line}\n\nShells fell on the camp on Sunday, the agency said."
    found = published(text)
    assert (found.date, found.basis) == ("2025-04-14", "dateline")


@pytest.mark.parametrize(
    "heading",
    [
        "NORTHLAND: Humanitarian Situation, Flash Update No. 3 (8 September 2022)",
        "Situation report as of 8 September 2022",
        "Northland Conflict Monitor, September 8, 2022",
        "Humanitarian bulletin, 2-8 September 2022",
        "Weekly snapshot issued on Thursday, 8 September 2022",
    ],
)
def test_the_heading_of_a_periodical_report_dates_it(heading):
    found = published(f"{heading}\n\nFighting resumed on 24 August in the north of the province.\n")
    assert (found.date, found.basis) == ("2022-09-08", "dateline")
    assert "September" in found.evidence[0]


def test_a_day_in_any_other_heading_is_not_taken_for_the_day_of_publication():
    assert published("The march on Northtown, 8 September 1822\n\nThe army left the town at dawn.\n").date is None


@pytest.mark.parametrize(
    "heading",
    [
        "Monitor: 30 killed in Northtown on 12 May 2013",
        "War monitor says strike of 21 August 2013 killed 140",
        "No. 10 says the treaty will end on Thursday, 31 October 2019",
        "Update: rebels to leave Northtown by 15 October 2018",
        "An assessment of the battle of the 24 August 1942",
    ],
)
def test_the_day_of_an_event_in_a_heading_is_not_that_of_the_report(heading):
    assert published(f"{heading}\n\nThe governor said so at the bridge.\n").date is None

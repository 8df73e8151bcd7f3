from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import language
from geo.facts import times
from geo.facts.times import calendar
from geo.types import Article, Published, Segment, Span

MONDAY = "2018-09-17"


def read(*lines: str, published: str | None = MONDAY):
    text = "\n".join(lines)
    segments, start = [], 0
    for line in lines:
        segments.append(Segment(Span("a", start, start + len(line)), "body"))
        start += len(line) + 1
    article = Article("a", text, tuple(segments), None, None, Published(published, "given"))
    return times.tag(language.parse(article), published)


def pairs(*lines: str, published: str | None = MONDAY) -> list[tuple[str, str]]:
    return [(timex.text, timex.value) for timex in read(*lines, published=published)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The truce will start on Oct. 15.", [("Oct. 15", "2018-10-15")]),
        ("The truce was signed on 3 March 2017.", [("3 March 2017", "2017-03-03")]),
        ("Shelling resumed on Friday.", [("Friday", "2018-09-14")]),
        ("The envoys will meet on Friday.", [("Friday", "2018-09-21")]),
        ("The envoys agreed to meet on Friday.", [("Friday", "2018-09-21")]),
        ("The leaders met on Monday.", [("Monday", MONDAY)]),
        ("They are due to meet next Tuesday.", [("next Tuesday", "2018-09-18")]),
        ("Troops left last month.", [("last month", "2018-08")]),
        ("The summit took place last week.", [("last week", "2018-W37")]),
        ("Prisoners were freed yesterday morning.", [("yesterday morning", "2018-09-16TMO")]),
        ("The camp was hit on Thursday evening.", [("Thursday evening", "2018-09-13TEV")]),
        ("Talks failed two weeks ago.", [("two weeks ago", "2018-W36")]),
        ("The war began seven years ago.", [("seven years ago", "2011")]),
        ("The city fell in July.", [("July", "2018-07")]),
        ("The operation will begin in December.", [("December", "2018-12")]),
        ("The city fell in December.", [("December", "2017-12")]),
        ("Convoys cross every Thursday.", [("every Thursday", "XXXX-WXX-4")]),
        ("Aid arrives daily.", [("daily", "P1D")]),
        ("The pause lasts three and a half hours.", [("three and a half hours", "PT3H30M")]),
        ("A five-hour truce was announced.", [("five-hour", "PT5H")]),
        ("The siege lasted several months.", [("several months", "PXM")]),
        ("Nearly forty years of war followed.", [("Nearly forty years", "P40Y")]),
        ("In the 1990s the border was closed.", [("the 1990s", "199")]),
        ("By the late 1970s it was open.", [("the late 1970s", "197")]),
        ("It was built in the 20th century.", [("the 20th century", "19")]),
        ("Exports fell in the third quarter.", [("the third quarter", "2018-Q3")]),
        ("The first half of 2017 was calm.", [("The first half of 2017", "2017-H1")]),
        ("Fire fell at 10:35 a.m. on Friday.", [("10:35 a.m. on Friday", "2018-09-14T10:35")]),
        ("Guns fell silent at 14:30 GMT.", [("14:30 GMT", f"{MONDAY}T14:30")]),
        ("They returned at noon Saturday.", [("noon Saturday", "2018-09-15T12:00")]),
        ("The zone is now quiet.", [("now", "PRESENT_REF")]),
        ("Fighters recently withdrew.", [("recently", "PAST_REF")]),
        ("On Christmas Eve the road was shut.", [("Christmas Eve", "2017-12-24")]),
        ("On 2016-12-13 the city fell.", [("2016-12-13", "2016-12-13")]),
        ("On 13.12.2016 the city fell.", [("13.12.2016", "2016-12-13")]),
        ("The army extended its deadline until 9 a.m. Friday.", [("9 a.m. Friday", "2018-09-21T09:00")]),
        ("The talks were postponed until Thursday.", [("Thursday", "2018-09-20")]),
        ("The pause ends on Tuesday.", [("Tuesday", "2018-09-18")]),
        ("The bridge is to reopen on Friday.", [("Friday", "2018-09-21")]),
        ("Profit rose in the year ended Aug. 31.", [("the year", "P1Y"), ("Aug. 31", "2018-08-31")]),
        ("Power comes for four hours a day.", [("four hours", "PT4H")]),
        ("They will leave as soon as possible.", [("as soon as possible", "FUTURE_REF")]),
        ("Snow fell last winter.", [("last winter", "2017-WI")]),
        ("They will withdraw early next year.", [("early next year", "2019")]),
        ("At the end of 2016 it fell.", [("the end of 2016", "2016")]),
        ("It fell in October last year.", [("October last year", "2017-10")]),
        ("The road has been shut since November.", [("November", "2017-11")]),
        ("Shells fell in the early hours.", [("the early hours", MONDAY)]),
        ("He was shot last Oct. 23.", [("last Oct. 23", "2017-10-23")]),
        ("The army left last August.", [("last August", "2017-08")]),
        ("In the 1970's it was open.", [("the 1970's", "197")]),
        ("Profit fell in the third quarter of $8 million.", [("the third quarter", "2018-Q3")]),
        ("They met the previous Tuesday.", [("the previous Tuesday", "2018-09-11")]),
        ("Talks will last several weeks.", [("several weeks", "PXW")]),
        ("It was over in two minutes.", [("two minutes", "PT2M")]),
        ("They need two to three weeks.", [("two to three weeks", "P2W")]),
        ("It pays for a single day.", [("a single day", "P1D")]),
        ("Polls were open for an extra two hours.", [("an extra two hours", "PT2H")]),
        ("It glowed for millions of years.", [("millions of years", "PXY")]),
        ("It was hot 4.5 billion years ago.", [("4.5 billion years ago", "PAST_REF")]),
        ("They will work over the next year or so.", [("the next year or so", "2019")]),
        ("Violence rose over the past year.", [("the past year", "2017")]),
        ("The town fell hours after the truce.", [("hours", "PTXH")]),
        ("Shells fell at dawn.", [("dawn", f"{MONDAY}TMO")]),
        ("It is the fifth day of the siege.", [("the fifth day", MONDAY)]),
        ("They voted the day after Thanksgiving.", [("the day after Thanksgiving", "2017-11-24")]),
        (
            "The bomb went off at 10:35 a.m. (0735 GMT) Friday.",
            [("10:35 a.m.", "2018-09-14T10:35"), ("Friday", "2018-09-14")],
        ),
        ("They have been searching since the Dec. 23 killing.", [("Dec. 23", "2017-12-23")]),
        ("It had been due to expire on Friday.", [("Friday", "2018-09-14")]),
        ("They are supposed to leave by May.", [("May", "2019-05")]),
        ("It declared a dividend payable Dec. 15.", [("Dec. 15", "2018-12-15")]),
        ("The final is on Sunday.", [("Sunday", "2018-09-23")]),
        ("The envoys meet on Friday.", [("Friday", "2018-09-21")]),
        ("The council called a session for Friday.", [("Friday", "2018-09-21")]),
        ("The court has scheduled a hearing Tuesday.", [("Tuesday", "2018-09-18")]),
        ("The army shelled the town on Tuesday.", [("Tuesday", "2018-09-11")]),
        ("They will appeal Thursday's ruling.", [("Thursday", "2018-09-13")]),
        ("It was hit in the early hours of Friday.", [("the early hours of Friday", "2018-09-14TNI")]),
        ("By late afternoon it was over.", [("late afternoon", f"{MONDAY}TAF")]),
        ("Troops were to arrive on Wednesday.", [("Wednesday", "2018-09-19")]),
        ("The movement called for a march on Thursday.", [("Thursday", "2018-09-20")]),
        ("The envoy called for a truce on Thursday.", [("Thursday", "2018-09-13")]),
        ("They died in the siege of spring 1940.", [("spring 1940", "1940-SP")]),
        ("It took four hours to come up the road.", [("four hours", "PT4H")]),
        ("Planes pass twice a day.", [("twice a day", "P1D")]),
        ("The order was recently extended.", [("recently", "PAST_REF")]),
        ("They were there as recently as last month.", [("last month", "2018-08")]),
        (
            "A fuel tax is planned for January. A day earlier they met.",
            [("January", "2019-01"), ("A day earlier", "2018-09-16")],
        ),
        ("He was soon released.", []),
        ("Unions have planned a strike for December.", [("December", "2018-12")]),
        ("It burned in the first hours of the war.", [("the first hours", "PTXH")]),
        (
            "Mills will shut in the second quarter. A year ago they were busy.",
            [("the second quarter", "2018-Q2"), ("A year ago", "2017")],
        ),
        ("They will boycott Thursday's vote.", [("Thursday", "2018-09-20")]),
        ("They are building on a June agreement.", [("June", "2018-06")]),
        ("It opened in January nineteen ninety-seven.", [("January nineteen ninety-seven", "1997-01")]),
        ("It rained in the winter of nineteen ninety-four.", [("the winter of nineteen ninety-four", "1994-WI")]),
        (
            "The march is this coming Sunday, September twenty-third.",
            [("this coming Sunday, September twenty-third", "2018-09-23")],
        ),
        ("They left on the fourth of July.", [("the fourth of July", "2018-07-04")]),
        (
            "Profit rose in the third quarter. In the same period a year earlier it lost $2 million.",
            [("the third quarter", "2018-Q3"), ("the same period a year earlier", "2017-Q3")],
        ),
        (
            "Sales fell in the second quarter and may rise in the fourth quarter. The latest quarter was poor.",
            [("the second quarter", "2018-Q2"), ("the fourth quarter", "2018-Q4"), ("The latest quarter", "2018-Q2")],
        ),
        (
            "Losses fell in the second quarter. A year earlier the firm lost $3 million.",
            [("the second quarter", "2018-Q2"), ("A year earlier", "2017-Q2")],
        ),
        (
            "On June 3 a strike hit; the next day another did.",
            [("June 3", "2018-06-03"), ("the next day", "2018-06-04")],
        ),
    ],
)
def test_expressions_are_read_against_the_publication_day(line, expected):
    assert pairs(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "The bombs cost $1,998 each.",
        "The second column moved.",
        "Troops march on the city and may fall back.",
        "A quarter of the town burned.",
        "About 2018 tanks crossed.",
        "Ratios of 15/40/99 mean nothing.",
        "Theresa May spoke in Geneva.",
        "His mother May-Britt wept.",
        "It is made by Sunday Creek Industries Inc. of Ohio.",
    ],
)
def test_what_is_no_time_is_left_alone(line):
    assert pairs(line) == []


@pytest.mark.parametrize(
    ("line", "start", "end", "edtf", "mod"),
    [
        ("The zone will be in force by Oct. 15.", MONDAY, "2018-10-15", "../2018-10-15", "ON_OR_BEFORE"),
        ("All sides must leave no later than Oct. 10.", MONDAY, "2018-10-10", "../2018-10-10", "ON_OR_BEFORE"),
        ("The truce holds until Friday.", MONDAY, "2018-09-21", "../2018-09-21", "ON_OR_BEFORE"),
        ("Arms must be out before Oct. 15.", MONDAY, "2018-10-14", "../2018-10-14", "BEFORE"),
        ("The road has been shut since March 3.", "2018-03-03", None, "2018-03-03/..", "ON_OR_AFTER"),
        ("Troops left after March 3.", "2018-03-04", None, "2018-03-04/..", "AFTER"),
        ("The summit took place last week.", "2018-09-10", "2018-09-16", "2018-09-10/2018-09-16", None),
        ("They fought in 2016.", "2016-01-01", "2016-12-31", "2016", None),
        ("By 2015 the town had fallen.", None, "2015-12-31", "../2015-12-31", "ON_OR_BEFORE"),
        ("They must leave within 48 hours.", MONDAY, "2018-09-19", "2018-09-17/2018-09-19", None),
        ("It was shelled in the past three days.", "2018-09-14", MONDAY, "2018-09-14/2018-09-17", None),
    ],
)
def test_a_date_gets_its_interval(line, start, end, edtf, mod):
    timex = read(line)[0]
    assert (timex.start, timex.end, timex.edtf, timex.mod) == (start, end, edtf, mod)


def test_without_a_publication_day_nothing_is_made_up():
    line = "It begins by Oct. 15, was agreed on Monday, and follows talks last week and in 2017."
    assert pairs(line, published=None) == [
        ("Oct. 15", "XXXX-10-15"),
        ("Monday", "XXXX-WXX-1"),
        ("last week", "XXXX-WXX"),
        ("2017", "2017"),
    ]
    assert [timex.start for timex in read(line, published=None)] == [None, None, None, "2017-01-01"]


def test_a_clock_time_belongs_to_the_day_that_the_story_told_of():
    story = ("Rockets hit the camp on Friday.", "Sirens sounded at 03:20 GMT.")
    assert pairs(*story)[1] == ("03:20 GMT", "2018-09-14T03:20")
    assert pairs("Envoys will meet on Friday.", "Sirens sounded at noon.")[1] == ("noon", f"{MONDAY}T12:00")


def test_today_is_the_day_of_the_dateline():
    assert pairs("GENEVA, Sept. 15 (Reuters) - Envoys met today.") == [
        ("Sept. 15", "2018-09-15"),
        ("today", "2018-09-15"),
    ]
    assert pairs("GENEVA, March 15 - Envoys met today.")[1] == ("today", MONDAY)


def test_offsets_point_into_the_article_over_all_segments():
    lines = ("Deadline is Oct. 15", "", "Talks\u00a0resume on Friday, 21\u00a0September.")
    text = "\n".join(lines)
    for timex in read(*lines):
        assert text[timex.span.start : timex.span.end].replace("\u00a0", " ") == timex.text


def test_a_mistaken_publication_day_is_no_day():
    assert pairs("It happened on Monday.", published="yesterday") == [("Monday", "XXXX-WXX-1")]


@given(st.text(alphabet=" 0123456789/-:.,'’abdehimnoprstuyADJMOS\n", max_size=80))
@settings(max_examples=60, deadline=None)
def test_hostile_text_never_breaks_the_tagger(text):
    for timex in read(text.replace("\n", " ")):
        assert 0 <= timex.span.start < timex.span.end <= len(text)


@given(st.dates(), st.sampled_from(["D", "W", "M", "Q", "Y", "WE"]))
def test_a_day_lies_in_the_interval_of_its_week_month_and_year(day, unit):
    if day.year > 9998:
        return
    start, end = calendar.interval(calendar.value_of(day, unit))
    assert start is not None
    assert end is not None
    assert start <= end
    if unit != "WE":
        assert start <= day.isoformat() <= end


@pytest.mark.parametrize(("year", "day"), [(1998, "1998-04-12"), (2018, "2018-04-01"), (2024, "2024-03-31")])
def test_easter(year, day):
    assert calendar.easter(year).isoformat() == day


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2018-SU", "2018-22"),
        ("199", "199X"),
        ("19", "19XX"),
        ("2018-Q3", "2018-07-01/2018-09-30"),
        ("XXXX-10-15", "XXXX-10-15"),
        ("PXM", None),
        ("PRESENT_REF", None),
        ("2018-09-14T10:35", "2018-09-14"),
    ],
)
def test_edtf(value, edtf):
    assert calendar.edtf(value) == edtf

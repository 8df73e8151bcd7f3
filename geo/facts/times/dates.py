"""Readers of dates: from a match of a rule to its value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.facts.times import calendar
from geo.facts.times.clocks import with_part
from geo.facts.times.lexicon import lexicon, number, ordinal, said
from geo.facts.times.scene import Reading, day_of

if TYPE_CHECKING:
    import re

    from geo.facts.times.scene import Scene
    from geo.language import Token

#: A date in the past tense that would lie further back than this is taken to be ahead, and the other way round:
#: a report that means last year's October says so.
FAR = timedelta(days=320)
#: A weekday six days back is tomorrow's too, which has the better claim to its bare name.
ALMOST_A_WEEK = timedelta(days=6)
LONG_AGO = 1900
AHEAD_YEARS = 2100
BACK_WORDS = frozenset({"last", "past", "this past"})
NEXT_WORDS = frozenset({"next", "coming", "upcoming", "this coming"})
#: Words that count from the day last spoken of.
BESIDE = {"previous": -1, "preceding": -1, "following": 1}
#: Months that are names of people or common words as well.
LIKE_MONTHS = frozenset({"april", "may", "march", "june", "august"})
NAMES = frozenset({"ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "FAC"})
NOT_A_YEAR = frozenset({"MONEY", "QUANTITY", "PERCENT"})
TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def iso(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `2018-10-15`."""
    del scene
    return _checked(f"{match['y']}-{match['m']}-{match['d']}")


def numeric(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `10/15/2018`, `15.10.2018`: day first where the month cannot be, or where dots part them."""
    del scene
    first, second = int(match["a"]), int(match["b"])
    day_first = first > calendar.MONTHS_A_YEAR or match["sep"] == "."
    month, day = (second, first) if day_first else (first, second)
    return _checked(f"{_full_year(match['y'])}-{month:02}-{day:02}")


def day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Oct. 15`, `15 October 2018`, `Monday, Oct. 15`."""
    month, number_ = lexicon().months[match["m"]], ordinal(match["d"]) or 0
    if match["y"]:
        return _checked(f"{match['y']}-{month:02}-{number_:02}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{month:02}-{number_:02}")
    nearby = [_day_or_none(scene.published.year + step, month, number_) for step in (-1, 0, 1)]
    way = _way(said(match, "rel"))
    days = [found for found in nearby if found and (found - scene.published).days * way >= 0]
    chosen = _choose(days, scene.published, way or scene.direction(match.start()))
    return Reading("DATE", chosen.isoformat()) if chosen else None


def month(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `October 2018`, `last October`, `October`."""
    token = scene.token(match.start("m"))
    if _is_no_month(token):
        return None
    month_, year_ = lexicon().months[match["m"]], _told_year(match)
    if year_:
        return Reading("DATE", f"{year_}-{month_:02}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{month_:02}")
    first = scene.published.replace(day=1)
    nearby = [date(first.year + step, month_, 1) for step in (-1, 0, 1)]
    rel, whose = said(match, "rel"), said(match, "whose")
    if rel == "this" or whose:
        step = {"last": -1, "next": 1}.get(whose, 0)
        return Reading("DATE", f"{first.year + step:04}-{month_:02}")
    if rel in BACK_WORDS:
        # The month just over is *last month* or bears its bare name.
        chosen = max(found for found in nearby if found < calendar.shift_months(first, -1))
    elif rel in NEXT_WORDS:
        chosen = min(found for found in nearby if found > first)
    else:
        chosen = _choose(nearby, first, scene.direction(match.start("m"))) or first
    return Reading("DATE", chosen.isoformat()[:7])


def _way(rel: str) -> int:
    """Return -1 for *last*, 1 for *next*, 0 where the word before a date tells nothing."""
    return -1 if rel in BACK_WORDS else 1 if rel in NEXT_WORDS else 0


def _is_of_a_name(token: Token) -> bool:
    """*May Department Stores*, *the Sunday Times*: the name goes on behind the word."""
    behind = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.ent_type_ in NAMES and behind is not None and behind.ent_iob_ == "I" and behind.is_title


def _is_no_month(token: Token) -> bool:
    if _is_of_a_name(token):
        return True
    if token.lower_ not in LIKE_MONTHS:
        return token.ent_type_ == "PERSON"
    rest = [word.lower_ for word in token.doc[token.i + 1 : token.i + 3]]
    if rest[:1] in (["for"], ["&"]) or rest == ["of", "the"]:
        return True
    before = token.doc[token.i - 1] if token.i else None
    named = before is not None and before.pos_ == "PROPN" and before.is_title
    return named or token.ent_type_ == "PERSON" or token.pos_ in {"AUX", "VERB"}


def year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `2018`, `fiscal 2018`; a number that counts or prices something is none."""
    token, value = scene.token(match.start("y")), int(match["y"])
    before = scene.doc[token.i - 1].lower_ if token.i else ""
    told = match.start("y") > match.start() or before in {
        "in",
        "since",
        "by",
        "from",
        "until",
        "during",
        "of",
        "before",
        "after",
    }
    if token.ent_type_ in NOT_A_YEAR or not (LONG_AGO <= value < AHEAD_YEARS or told):
        return None
    follower = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
    counted = follower is not None and follower.tag_ == "NNS" and token.ent_type_ != "DATE" and token.dep_ == "nummod"
    return None if counted and not told else Reading("DATE", match["y"])


def year_words(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the year two thousand`, `nineteen ninety-six`."""
    del scene
    if match["words"]:
        value = number(match["words"])
        return Reading("DATE", f"{value:.0f}") if value else None
    return Reading("DATE", f"{number(match['split']) or 0:.0f}{number(match['rest']) or 0:02.0f}")


def _told_year(match: re.Match[str]) -> str:
    """Return the year that a match tells, in digits: `nineteen ninety-six` is 1996."""
    told = said(match, "y")
    hundreds, _, rest = told.replace("-", " ").partition(" ")
    return f"{number(hundreds) or 0:.0f}{number(rest) or 0:02.0f}" if rest else told


def short_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `'98`."""
    del scene
    return Reading("DATE", _full_year(match["yy"]))


def decade(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the 1990s`, `the '90s`, `the nineties`."""
    del scene
    groups = match.groupdict()
    if groups.get("tens"):
        return Reading("DATE", f"19{TENS.index(match['tens'].lower()) + 2}")
    return Reading("DATE", match["cent"] + match["dec"] if groups.get("cent") else f"19{match['short']}")


def century(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the 20th century`."""
    del scene
    count = ordinal(match["n"])
    return Reading("DATE", f"{count - 1:02}") if count else None


def season(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `last fall`, `the summer of 1990`, `this spring`."""
    token = scene.token(match.start("s"))
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    code, year_ = lexicon().seasons[match["s"]], _told_year(match)
    if year_:
        return Reading("DATE", f"{year_}-{code}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{code}")
    first = calendar.SEASON_MONTHS[code][0]
    begun = scene.published.month >= first
    rel = said(match, "rel")
    year_now = scene.published.year
    if rel in BACK_WORDS or (rel != "this" and scene.direction(match.start("s")) < 0):
        over = scene.published.month > calendar.SEASON_MONTHS[code][1]
        return Reading("DATE", f"{year_now - (not (over if rel in BACK_WORDS else begun))}-{code}")
    return Reading("DATE", f"{year_now + (rel in NEXT_WORDS and begun)}-{code}")


def weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Monday`, `last Friday`, `Thursday evening`."""
    number_ = lexicon().weekdays[match["wd"]]
    if _is_of_a_name(scene.token(match.start("wd"))):
        return None
    if scene.published is None:
        return Reading("DATE", f"XXXX-WXX-{number_}")
    rel, direction = said(match, "rel"), scene.direction(match.start("wd"))
    if not direction and scene.is_timetabled(match.start("wd")):
        direction = 1
    if (beside := rel.removeprefix("the ")) in BESIDE:
        base = day_of(scene.last(10)) or scene.published
        found = calendar.weekday(base, number_, direction=BESIDE[beside], strict=True)
    elif rel in BACK_WORDS:
        found = calendar.weekday(scene.published, number_, direction=-1, strict=True)
    elif rel in NEXT_WORDS:
        found = calendar.weekday(scene.published, number_, direction=1, strict=True)
    else:
        found = calendar.weekday(scene.published, number_, direction=direction or -1)
        if scene.published - found == ALMOST_A_WEEK and scene.is_arranged(match.start("wd")):
            found += timedelta(weeks=1)
    return with_part(found, said(match, "part"))


def small_hours_of(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the early hours of Sunday`."""
    told = weekday(match, scene)
    return Reading("TIME", f"{told.value[:10]}TNI") if told and calendar.DAY.fullmatch(told.value) else told


def deictic_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `today`, `yesterday`, `tomorrow morning`."""
    if _is_title(scene.token(match.start())):
        return None
    if scene.published is None:
        return Reading("DATE", "XXXX-XX-XX")
    return with_part(scene.published + timedelta(days=lexicon().deictic_days[match["day"]]), said(match, "part"))


def _is_title(token: Token) -> bool:
    """*VOA Today*, *``This Week'' with*: a capital within a sentence is a name's."""
    return token.is_title and not token.is_sent_start and token.i > 0 and token.nbor(-1).pos_ == "PROPN"


def beside_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the day after Thanksgiving`, `the day before last Tuesday`."""
    told = (weekday if match["wd"] else holiday)(match, scene)
    base = day_of(told.value) if told else None
    if base is None:
        return None
    return Reading("DATE", (base + timedelta(days=-1 if said(match, "way") == "before" else 1)).isoformat())


def holiday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Christmas`, `last Thanksgiving`, `Easter 2019`."""
    rule, year_ = lexicon().holidays[match["h"]], match["y"]
    if year_:
        return Reading("DATE", calendar.holiday(rule, int(year_)).isoformat())
    if scene.published is None:
        return Reading("DATE", f"XXXX-{rule}" if rule[0].isdigit() else "XXXX-XX-XX")
    nearby = [calendar.holiday(rule, scene.published.year + step) for step in (-1, 0, 1)]
    rel = said(match, "rel")
    chosen = _choose(nearby, scene.published, _way(rel) or scene.direction(match.start("h")))
    return Reading("DATE", chosen.isoformat()) if chosen else None


def reference(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `now`, `recently`, `soon`: words that point without a date."""
    token = scene.token(match.start("ref"))
    if token.lower_ == "now" and token.dep_ == "mark":
        return None
    value = lexicon().references.get(match["ref"])
    if token.lower_ == "soon" and scene.direction(match.start("ref")) < 0:
        return None  # *he was soon released*
    return Reading("DATE", value) if value else None


def _choose(days: list[date], anchor: date, direction: int) -> date | None:
    """Return the candidate that the tense asks for, or the nearest where it asks for one that is far off."""
    if not days:
        return None
    nearest = min(days, key=lambda found: (abs(found - anchor), found))
    fitting = [found for found in days if (found <= anchor if direction < 0 else found >= anchor)]
    if not direction or not fitting:
        return nearest
    best = min(fitting, key=lambda found: abs(found - anchor))
    return best if abs(best - anchor) <= FAR else nearest


def _full_year(digits: str) -> str:
    if len(digits) == 4:  # noqa: PLR2004  a year in full
        return digits
    return f"{'20' if int(digits) < 40 else '19'}{digits}"  # noqa: PLR2004  the usual pivot


def _day_or_none(year_: int, month_: int, number_: int) -> date | None:
    try:
        return date(year_, month_, number_)
    except ValueError:
        return None


def _checked(value: str) -> Reading | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return None
    return Reading("DATE", value)

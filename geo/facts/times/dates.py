"""Readers of dates and clock times: from a match of a rule to its value."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.facts.times import calendar
from geo.facts.times.lexicon import lexicon, number
from geo.facts.times.scene import Reading, day_of

if TYPE_CHECKING:
    from geo.facts.times.scene import Scene
    from geo.language import Token

#: A date in the past tense that would lie further back than this is taken to be ahead, and the other way round:
#: a report that means last year's October says so.
FAR = timedelta(days=320)
LONG_AGO = 1900
AHEAD_YEARS = 2100
BACK_WORDS = frozenset({"last", "past", "this past"})
NEXT_WORDS = frozenset({"next", "coming", "upcoming", "this coming"})
#: Months that are names of people or common words as well.
LIKE_MONTHS = frozenset({"april", "may", "march", "june", "august"})
NOT_A_YEAR = frozenset({"MONEY", "QUANTITY", "PERCENT"})
TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _word(match: re.Match[str], name: str) -> str:
    """Return a named group in lower case with single spaces; empty where it took no part."""
    found = match.groupdict().get(name)
    return " ".join(found.lower().split()) if found else ""


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
    month, number_ = lexicon().months[match["m"]], int(re.sub(r"\D", "", match["d"]))
    if match["y"]:
        return _checked(f"{match['y']}-{month:02}-{number_:02}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{month:02}-{number_:02}")
    nearby = [_day_or_none(scene.published.year + step, month, number_) for step in (-1, 0, 1)]
    chosen = _choose([found for found in nearby if found], scene.published, scene.direction(match.start()))
    return Reading("DATE", chosen.isoformat()) if chosen else None


def month(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `October 2018`, `last October`, `October`."""
    token = scene.token(match.start("m"))
    if _is_no_month(token):
        return None
    month_, year_ = lexicon().months[match["m"]], match.groupdict().get("y")
    if year_:
        return Reading("DATE", f"{year_}-{month_:02}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{month_:02}")
    first = scene.published.replace(day=1)
    nearby = [date(first.year + step, month_, 1) for step in (-1, 0, 1)]
    rel, whose = _word(match, "rel"), _word(match, "whose")
    if rel == "this" or whose:
        step = {"last": -1, "next": 1}.get(whose, 0)
        return Reading("DATE", f"{first.year + step:04}-{month_:02}")
    if rel in BACK_WORDS:
        chosen = max(found for found in nearby if found < first)
    elif rel in NEXT_WORDS:
        chosen = min(found for found in nearby if found > first)
    else:
        chosen = _choose(nearby, first, scene.direction(match.start("m"))) or first
    return Reading("DATE", chosen.isoformat()[:7])


def _is_no_month(token: Token) -> bool:
    if token.lower_ not in LIKE_MONTHS:
        return token.ent_type_ == "PERSON"
    rest = [word.lower_ for word in token.doc[token.i + 1 : token.i + 3]]
    if rest[:1] == ["for"] or rest == ["of", "the"]:
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
    else:
        value = (number(match["split"]) or 0) * 100 + (number(match["rest"]) or 0)
    return Reading("DATE", f"{value:.0f}") if value else None


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
    count = _ordinal(match["n"])
    return Reading("DATE", f"{count - 1:02}") if count else None


def part_of_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the third quarter`, `the first half of 2018`, `Q3 2018`, `next year's first quarter`."""
    groups = match.groupdict()
    half = (groups.get("unit") or "quarter").lower() == "half"
    count, last = _ordinal(match["n"] or _told_quarter(scene)), 2 if half else 4
    if count is None:
        count = last
    if not 1 <= count <= last:
        return None
    letter, length = ("H", 6) if half else ("Q", 3)
    year_ = groups.get("y") or groups.get("y0")
    whose = _word(match, "whose") or _word(match, "rel")
    if half and not (year_ or whose or groups.get("gap")):
        return None
    if not year_ and scene.published is None:
        return Reading("DATE", f"XXXX-{letter}{count}")
    if not year_ and scene.published:
        year_ = str(_year_of_part(scene, match.start(), whose, (count - 1) * length + 1))
    return Reading("DATE", f"{year_}-{letter}{count}")


def _told_quarter(scene: Scene) -> str:
    told = next((value for value in reversed(scene.spoken_of) if "-Q" in value), "")
    return told[-1:] if told[-1:].isdigit() else "none"


def _year_of_part(scene: Scene, index: int, whose: str, first_month: int) -> int:
    published = scene.published
    if published is None:
        return 0
    if whose:
        return published.year + {"last": -1, "next": 1}.get(whose, 0)
    begun = first_month <= published.month
    return published.year - (not begun and scene.direction(index) <= 0)


def season(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `last fall`, `the summer of 1990`, `this spring`."""
    token = scene.token(match.start("s"))
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    code, year_ = lexicon().seasons[match["s"]], match["y"]
    if year_:
        return Reading("DATE", f"{year_}-{code}")
    if scene.published is None:
        return Reading("DATE", f"XXXX-{code}")
    first = calendar.SEASON_MONTHS[code][0]
    begun = scene.published.month >= first
    rel = _word(match, "rel")
    year_now = scene.published.year
    if rel in BACK_WORDS or (rel != "this" and scene.direction(match.start("s")) < 0):
        over = scene.published.month > calendar.SEASON_MONTHS[code][1]
        return Reading("DATE", f"{year_now - (not (over if rel in BACK_WORDS else begun))}-{code}")
    return Reading("DATE", f"{year_now + (rel in NEXT_WORDS and begun)}-{code}")


def weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Monday`, `last Friday`, `Thursday evening`."""
    number_ = lexicon().weekdays[match["wd"]]
    if scene.published is None:
        return Reading("DATE", f"XXXX-WXX-{number_}")
    rel, direction = _word(match, "rel"), scene.direction(match.start("wd"))
    if rel in BACK_WORDS:
        found = calendar.weekday(scene.published, number_, direction=-1, strict=True)
    elif rel in NEXT_WORDS:
        found = calendar.weekday(scene.published, number_, direction=1, strict=True)
    else:
        found = calendar.weekday(scene.published, number_, direction=direction or -1)
    return _with_part(found, _word(match, "part"))


def deictic_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `today`, `yesterday`, `tomorrow morning`."""
    if _is_title(scene.token(match.start())):
        return None
    if scene.published is None:
        return Reading("DATE", "XXXX-XX-XX")
    return _with_part(scene.published + timedelta(days=lexicon().deictic_days[match["day"]]), _word(match, "part"))


def _is_title(token: Token) -> bool:
    """*VOA Today*, *``This Week'' with*: a capital within a sentence is a name's."""
    return token.is_title and not token.is_sent_start and token.i > 0 and token.nbor(-1).pos_ == "PROPN"


def daypart(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `this morning`, `last night`, `the next evening`."""
    rel, part = _word(match, "rel"), _word(match, "part")
    base = scene.published
    if rel.startswith(("the ", "that")):
        base = day_of(scene.last(10)) or base
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{lexicon().dayparts[part]}")
    step = {"last": -1, "yesterday": -1, "tomorrow": 1, "the next": 1, "the following": 1, "the previous": -1}.get(
        rel, 0
    )
    return _with_part(base + timedelta(days=step), part)


def tonight(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `tonight`, and `overnight`, which is the night before unless the clause looks ahead."""
    if scene.published is None:
        return Reading("TIME", "XXXX-XX-XXTNI")
    back = match[0].lower() == "overnight" and scene.direction(match.start()) <= 0
    return Reading("TIME", f"{(scene.published - timedelta(days=back)).isoformat()}TNI")


def the_daypart(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `in the morning`, `mid-afternoon`: of the day last spoken of."""
    word = _word(match, "part")
    code = lexicon().dayparts.get("midday" if word == "day" else word)
    base = day_of(scene.last(10, near=True)) or scene.published
    return Reading("TIME", f"{base.isoformat() if base else 'XXXX-XX-XX'}T{code}")


def small_hours(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `in the early hours`: of the day last spoken of."""
    del match
    return Reading("DATE", _today(scene))


def clock(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `10:35 a.m.`, `19:30 GMT`, `0600 GMT`."""
    hour, half = int(match["h"]), (match.groupdict().get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004  hours on a clock's face
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return Reading("TIME", f"{_today(scene)}T{hour:02}:{match['min'] or '00'}")


def oclock(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `six o'clock in the evening`, `4 in the morning`."""
    count = number(match["n"] or match["n2"])
    part = _word(match, "part") or _word(match, "part2")
    if count is None or not 0 < count <= 12:  # noqa: PLR2004  hours on a clock's face
        return None
    late = part in {"afternoon", "evening", "night"}
    return Reading("TIME", f"{_today(scene)}T{int(count) % 12 + 12 * late:02}:00")


def noon(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `noon` and `midnight`."""
    hour = 24 if match["word"].lower() == "midnight" else 12
    return Reading("TIME", f"{_today(scene)}T{hour}:00")


def holiday(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Christmas`, `last Thanksgiving`, `Easter 2019`."""
    rule, year_ = lexicon().holidays[match["h"]], match["y"]
    if year_:
        return Reading("DATE", calendar.holiday(rule, int(year_)).isoformat())
    if scene.published is None:
        return Reading("DATE", f"XXXX-{rule}" if rule[0].isdigit() else "XXXX-XX-XX")
    nearby = [calendar.holiday(rule, scene.published.year + step) for step in (-1, 0, 1)]
    rel = _word(match, "rel")
    way = -1 if rel in BACK_WORDS else 1 if rel in NEXT_WORDS else scene.direction(match.start("h"))
    chosen = _choose(nearby, scene.published, way)
    return Reading("DATE", chosen.isoformat()) if chosen else None


def reference(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `now`, `recently`, `soon`: words that point without a date."""
    token = scene.token(match.start("ref"))
    if token.lower_ == "now" and token.dep_ == "mark":
        return None
    value = lexicon().references.get(match["ref"])
    return Reading("DATE", value) if value else None


def _today(scene: Scene) -> str:
    base = day_of(scene.last(10, near=True)) or scene.published
    return base.isoformat() if base else "XXXX-XX-XX"


def _with_part(day_: date, part: str) -> Reading:
    code = lexicon().dayparts.get(part)
    return Reading("TIME", f"{day_.isoformat()}T{code}") if code else Reading("DATE", day_.isoformat())


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


def _ordinal(word: str) -> int | None:
    digits = re.match(r"\d+", word)
    found: int | None = int(digits[0]) if digits else lexicon().ordinals.get(word)
    return found


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

"""Readers of periods, durations and sets, and of dates told by their distance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.facts.times import calendar
from geo.facts.times.dates import BACK_WORDS, NEXT_WORDS
from geo.facts.times.lexicon import UNKNOWN, lexicon, number, said
from geo.facts.times.quarters import latest, speaks_of_quarter, the_quarter, year_back
from geo.facts.times.scene import Reading, day_of

if TYPE_CHECKING:
    from datetime import date

    from geo.facts.times.scene import Scene
    from geo.language import Token

#: Months further away than which no calendar day is named.
MONTHS_OF_ERA = 12 * 1900
#: How long the value of a day is.
DAY = len("2018-10-15")
LAST_WORDS = frozenset({"past", "last", "previous", "preceding", "recent", "latest"})
COMING_WORDS = frozenset({"next", "coming", "following", "ahead", "to come"})


def relative(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `last week`, `this year`, `the following day`, `that month`."""
    rel, back = said(match, "rel"), said(match, "back")
    unit = _unit("quarter" if said(match, "u") == "period" else match["u"])
    if (said(match, "u") == "period" and back != "latest") or (match["u"].istitle() and match[0].istitle()):
        return None
    if rel in {"past", "last"} and match["the"] and unit in {"DE", "CE", "W", "M", "Y", "D"}:
        return _past_stretch(scene, unit)
    if back == "latest":
        return latest(scene, unit)
    base = day_of(scene.last(4)) if back or (match["the"] and rel in NEXT_WORDS) else None
    base = base or scene.published
    if base is None:
        return Reading("DATE", calendar.unknown(unit))
    step = (
        -1
        if rel in BACK_WORDS or back in {"previous", "preceding"}
        else 1
        if rel in NEXT_WORDS or back == "following"
        else 0
    )
    if unit == "N":
        return Reading("TIME", calendar.value_of(calendar.shift(base, step, "D"), "D") + "TNI")
    return Reading("DATE", calendar.value_of(_safe_shift(base, step, unit), unit))


def _past_stretch(scene: Scene, unit: str) -> Reading:
    value = calendar.duration(1, unit)
    if scene.published is None:
        return Reading("DURATION", value)
    first = _safe_shift(scene.published, -1, unit)
    kind = "DURATION"
    if unit == "Y":  # TimeML names the year before: *over the past year*
        kind, value = "DATE", calendar.value_of(first, unit)
    return Reading(kind, value, None, first.isoformat(), scene.published.isoformat())


def the_unit(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the quarter`, `the weekend`, `the year`: the one that is being spoken of."""
    unit = _unit(match["u"])
    if unit == "Y" and re.match(r"\s+(?:ended|ending)\b", scene.text[match.end() :]):
        return Reading("DURATION", "P1Y")
    if unit == "Q":
        return Reading("DATE", the_quarter(scene))
    if unit == "WE" and scene.published:
        back = scene.direction(match.start("u")) <= 0 and scene.published.isoweekday() < 6  # noqa: PLR2004  Saturday
        return Reading("DATE", calendar.value_of(calendar.shift(scene.published, -1 if back else 0, "W"), "WE"))
    if unit in {"Y", "W", "M"} and scene.published:
        before = scene.token(match.start()).i - 1
        prep = scene.doc[before].lower_ if before >= 0 else ""
        if prep in {"in", "during", "for", "of", "this", "throughout", "through", "by"}:
            return Reading("DATE", calendar.value_of(scene.published, unit))
    return None


def unit_end(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the end of the year`, `year-end`."""
    unit = _unit(match["u"])
    part = said(match, "part")
    mod = {"start": "START", "beginning": "START", "middle": "MID"}.get(part, "END")
    if scene.published is None:
        return Reading("DATE", calendar.unknown(unit), mod)
    return Reading("DATE", calendar.value_of(scene.published, unit), mod)


def ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `two weeks ago`, `a year ago`: as exact as its unit, and vague where the number is."""
    count = number(match["n"]) if match.groupdict().get("n") else UNKNOWN
    return _away(scene, -1, count, _unit(match["u"]))


def shifted(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `a day earlier`, `two weeks later`: counted from the date last spoken of."""
    sign = -1 if said(match, "way") == "earlier" else 1
    unit = _unit(match["u"])
    return _away(scene, sign, number(match["n"]), unit, base=day_of(scene.last(DAY if unit == "D" else None)))


def day_before(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the day before`."""
    sign = -1 if said(match, "way") == "before" else 1
    unit = _unit(match["u"])
    base = day_of(scene.last(10)) or scene.published
    if base is None:
        return Reading("DATE", calendar.unknown(unit))
    return Reading("DATE", calendar.value_of(_safe_shift(base, sign, "D" if unit == "N" else unit), unit))


def year_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `year-earlier`, `the year-ago quarter`."""
    unit = _unit(match["u"])
    what = said(match, "what")
    if unit == "Y" and (what.endswith(("quarter", "period")) or speaks_of_quarter(scene)):
        ordinal = lexicon().ordinals.get(what.split()[0]) if what else None
        told = the_quarter(scene)
        return Reading("DATE", year_back(f"{told[:4]}-Q{ordinal}" if ordinal else told))
    return _away(scene, -1, 1, unit)


def same_period(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the same quarter last year`, `the corresponding period a year earlier`."""
    if scene.published is None:
        return Reading("DATE", "XXXX")
    if said(match, "u") == "month":
        return Reading("DATE", calendar.value_of(calendar.shift_months(scene.published, -12), "M"))
    compared = said(match, "u") == "quarter" or speaks_of_quarter(scene)
    return Reading("DATE", year_back(the_quarter(scene)) if compared else f"{scene.published.year - 1:04}")


def within(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `within 48 hours`, `in two weeks`: a length with an end that can be told."""
    count, unit = number(match["n"]), _unit(match["u"])
    if count is None:
        return None
    value = calendar.duration(count, unit)
    if scene.published is None or count < 0 or scene.direction(match.start("u")) < 0:
        return Reading("DURATION", value)
    days = count / 24 if unit == "H" else count
    last = _safe_shift(scene.published, days, "D" if unit == "H" else unit)
    return Reading("DURATION", value, None, scene.published.isoformat(), last.isoformat())


def stretch(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `the past three months`, `recent weeks`, `the next few days`."""
    which, unit = said(match, "which"), _unit(match["u"])
    told = said(match, "n")
    count = 2.0 if told.startswith("couple") else number(told) if told else UNKNOWN
    vague = {"recent": "PAST_REF" if unit == "Y" else None, "coming": None if told else "FUTURE_REF"}.get(which)
    if vague:
        return Reading("DATE", vague)
    if count is None or (which == "last" and scene.token(match.start("which")).pos_ == "VERB"):
        return None  # *the talks could last several weeks*
    way = -1 if which in LAST_WORDS else 1 if which in COMING_WORDS else 0
    value = calendar.duration(count, unit)
    if scene.published is None or count < 0 or not way:
        return Reading("DURATION", value)
    first, last = sorted((scene.published, _safe_shift(scene.published, way * count, unit)))
    return Reading("DURATION", value, None, first.isoformat(), last.isoformat())


def length(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `three days`, `a 10-year`, `five and a half hours`, `two to three weeks`."""
    groups = match.groupdict()
    count, unit = number(groups.get("n") or ""), _unit(match["u"])
    token = scene.token(match.start("u"))
    if count is None or (unit == "S" and groups["n"].lower() in {"a", "one", "another"}) or groups.get("old"):
        return None
    if unit == "S" and token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if unit == "Q" and not _counts_quarters(groups["n"]):
        return None
    if groups["n"].lower() in {"a", "an"} and _is_rate(scene.token(match.start())):
        return None
    if match["u"].istitle() and token.i and not match[0].istitle() and scene.doc[0].i != token.i - 1:
        return None
    if groups.get("half"):
        count += 0.5
    return Reading("DURATION", calendar.duration(count, unit))


def _is_rate(article: Token) -> bool:
    """*24 hours a day*, *$500 million a year*: how often or how much, not how long."""
    if article.lower_ not in {"a", "an"} or not article.i:
        return False
    before = article.nbor(-1)
    counted = any(c.dep_ in {"nummod", "quantmod"} or c.like_num for c in before.children)
    return before.like_num or before.text == "%" or (before.tag_ == "NNS" and counted)


def _counts_quarters(told: str) -> bool:
    """Tell quarters of a year from fourths (`a quarter of`, `three-quarters`) and from `the 1988 quarter`."""
    return told.isdigit() and int(told) <= calendar.MONTHS_A_YEAR


def long(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `day-long`, `yearlong`, `decades-long`."""
    del scene
    word = match["u"] or match[0].lower().removesuffix("long")
    return Reading("DURATION", calendar.duration(UNKNOWN if word.endswith("s") else 1, _unit(word)))


def half(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `half an hour`."""
    del scene
    return Reading("DURATION", calendar.duration(0.5, _unit(match["u"])) if match["u"] else "PT1H30M")


def bare(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `for weeks`, `in years`."""
    del scene
    return Reading("DURATION", calendar.duration(UNKNOWN, _unit(match["u"])))


def each(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `every day`, `each July`, `per month`, `every two weeks`."""
    known, word = lexicon(), match["u"]
    del scene
    if (code := known.units.get(word)) is not None:
        other = said(match, "other")
        count = 2 if other in {"other", "second"} else 3 if other == "third" else number(other) if other else 1
        return Reading("SET", calendar.duration(UNKNOWN if count is None else count, code))
    if (month := known.months.get(word)) is not None:
        return Reading("SET", f"XXXX-{month:02}")
    if (part := known.dayparts.get(word)) is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    return Reading("SET", f"XXXX-{known.seasons[word]}")


def rate(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `a week` in `twice a week`."""
    del scene
    return Reading("SET", calendar.duration(1, _unit(match["u"])))


def adverb_set(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `daily`, `annually`."""
    token = scene.token(match.start())
    return None if token.pos_ == "PROPN" else Reading("SET", lexicon().sets[match["set"]])


def weekdays(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `Mondays`, `each Thursday`, `Tuesday nights`."""
    del scene
    number_ = lexicon().weekdays[match["wd"] or match["wds"] or match["wdp"]]
    part = lexicon().dayparts.get(match["part"] or match["parts"])
    return Reading("SET", f"XXXX-WXX-{number_}{f'T{part}' if part else ''}")


def a_while(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read `for a while`."""
    del match, scene
    return Reading("DURATION", "PXX")


def _away(scene: Scene, sign: int, count: float | None, unit: str, base: date | None = None) -> Reading | None:
    if count is None:
        return None
    if count < 0 or count * calendar.PERIOD_MONTHS.get(unit, 0) > MONTHS_OF_ERA:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit == "Y" and count == 1 and speaks_of_quarter(scene):
        return Reading("DATE", year_back(the_quarter(scene)))
    start = base or scene.published
    if start is None:
        return Reading("DATE", calendar.unknown(unit))
    if unit in {"H", "MIN", "S"}:
        return Reading("DATE", start.isoformat()) if base is None and sign < 0 else None
    return Reading("DATE", calendar.value_of(_safe_shift(start, sign * count, unit), unit))


def _safe_shift(day: date, count: float, unit: str) -> date:
    """Return a shifted day, or the day itself where the calendar ends: a text may say *in 90,000 years*."""
    try:
        return calendar.shift(day, count, unit)
    except (ValueError, OverflowError):
        return day


def _unit(word: str) -> str:
    found: str = lexicon().units[word]
    return found

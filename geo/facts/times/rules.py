"""The rules: what a time expression looks like, and what it says.

Each rule is a pattern over one segment's text and a function that turns a match into a `Reading`. `<MONTH>` and
its like in a pattern stand for the words of `lexicon.yaml`. The longest match at a place wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.facts.times import clocks, dates, quarters, spans
from geo.facts.times.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.facts.times.scene import Reading, Scene

#: What one word of a text may be that a rule needs: a rule is tried, and its pattern compiled, only where a text has
#: all of its needs. Most sentences hold no time, and compiling every pattern costs as much as reading an article.
NEEDS = {
    "digit": r"\d",
    "month": r"(?<![a-z])<MONTH>(?![a-z])",
    "weekday": "<WEEKDAY>",
    "unit": r"(?<![a-z])<UNIT>(?:long)?(?![a-z])",
    "season": "<SEASON>",
    "part": "<DAYPART>|mid",
    "thousand": "thousand|nineteen|twenty",
    "ties": "ties",
    "half": "quarter|half",
    "q": "q[1-4]",
    "century": "centur",
    "day": "yesterday|today|tomorrow",
    "night": "night",
    "mid": "mid",
    "ago": r"\b(?:ago|earlier)\b",
    "later": r"\b(?:earlier|later|after(?:wards?)?|hence|before)\b",
    "which": r"\b(?:this|last|next|past|coming|upcoming|current|following|previous|preceding|same|that|latest|first"
    r"|final|early|recent)\b",
    "edge": r"\b(?:end|start|beginning|middle|close|rest|remainder)\b",
    "ahead": r"\b(?:ahead|come)\b",
    "long": r"long\b",
    "while": r"\b(?:while|time)\b",
    "each": r"\b(?:every|each|per)\b",
    "often": r"\b(?:once|twice|times|thrice)\b",
    "set": "ly",
    "the": r"\bthe\b",
    "in": r"\b(?:with)?in\b",
    "year": "year",
    "holiday": r"\b(?:new|christmas|boxing|valentine|st|nowruz|newroz|may|independence|halloween|veterans|armistice|all"
    r"|bastille|thanksgiving|labor|memorial|good|easter|palm)\b",
    "o'clock": "clock|<DAYPART>",
    "half-day": r"(?:\b|\d)[ap]\.?m?\b",
    "colon": r"\d:\d",
    "zone": "<ZONE>|hours|time",
    "hours": "hours",
    "noon": "noon|midnight|midday",
    "reference": r"\b(?:now|current|present|moment|time|point|day|being|recent|late|past|ago|soon|future|course|short"
    r"|term|possible|date|stage)",
}
#: name, pattern, reader, keys of NEEDS; the flags are re.IGNORECASE throughout.
RULES: tuple[tuple[str, str, str, str], ...] = (
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:]+Z?)?\b", "iso", "digit"),
    (
        "numeric",
        r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\d/.-]\d)",
        "numeric",
        "digit",
    ),
    (
        "month-day",
        r"(?:(?:<REL>\s+)?(?P<wd><WEEKDAY>),?\s+|(?P<rel><REL>)\s+)?(?P<m><MONTH>)\s*(?:the\s+)?(?P<d><DAYNUM>)(?!\s+(?:percent|<MONTH>))(?:,?\s+(?P<y><YEAR>))?",
        "day",
        "month digit",
    ),
    (
        "day-month",
        r"(?:(?P<wd><WEEKDAY>),?\s+)?(?:the\s+)?(?P<d><DAYNUM>)(?:\s+of)?[\s-]+(?P<m><MONTH>)(?:,?[\s-]+(?P<y><YEAR>))?",
        "day",
        "month digit",
    ),
    (
        "spelled-day",
        r"(?:(?:<REL>\s+)?<WEEKDAY>,?\s+)?(?P<m><MONTH>)\s+(?:the\s+)?(?P<d><NTH>)(?P<y>)(?!\s+<UNIT>)",
        "day",
        "month",
    ),
    ("day-spelled", r"(?:the\s+)?(?P<d><NTH>)\s+of\s+(?P<m><MONTH>)(?:,?\s+(?P<y><YEAR>))?", "day", "month"),
    ("month-year", r"(?P<m><MONTH>)(?:\s+of)?,?\s+(?P<y><YEAR>)", "month", "month digit"),
    ("month-spelled-year", r"(?P<m><MONTH>)(?:\s+of)?,?\s+(?P<y>nineteen[\s-]<TENS>)", "month", "month thousand"),
    ("month-of", r"(?P<m><MONTH>)\s+(?:of\s+)?(?P<whose>this|last|next|that)\s+year", "month", "month year"),
    ("month", r"(?:(?P<rel><REL>)\s+)?(?P<m><MONTH>)(?![\w-]*\d|-(?-i:[A-Z]))", "month", "month"),
    (
        "year",
        r"(?:(?:the\s+year|fiscal(?:\s+year)?|calendar(?:\s+year)?)\s+)?(?<![\d$£€#.,/])(?<!\d-)(?P<y><YEAR>)(?![\d%]|[.,/:]\d)",
        "year",
        "digit",
    ),
    (
        "year-words",
        r"(?:the\s+year\s+)(?P<words>two\s+thousand(?:\s+(?:and\s+)?<SPELLED>)?)|(?P<split>nineteen|twenty)[\s-](?P<rest><TENS>)",
        "year_words",
        "thousand",
    ),
    ("short-year", r"(?:(?:summer|winter|spring|fall|class)\s+of\s+)?['‘’](?P<yy>\d\d)(?!\d|s)", "short_year", "digit"),
    (
        "decade",
        r"(?:the\s+)?(?:(?P<cent>1[0-9]|20)(?P<dec>\d)0(?:(?<=the\s\d{4})['’])?s|['‘’](?P<short>[2-9])0s)",
        "decade",
        "digit",
    ),
    ("decade-short", r"the\s+(?:early\s+|mid\s*-?\s*|late\s+)?(?P<short>[2-9])0s", "decade", "digit"),
    (
        "decade-words",
        r"the\s+(?P<tens>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
        "decade",
        "ties",
    ),
    ("century", r"(?:the\s+)?(?P<n><ORDINAL>)[\s-]century", "century", "century"),
    (
        "part-of-year",
        r"(?:(?:(?P<whose>this|last|next)\s+year|(?P<y0><YEAR>))(?:'s|’s)\s+|the\s+)?(?:fiscal\s+)?(?P<n><ORDINAL>|last|latter)(?:\s+fiscal)?[\s-](?P<unit>quarter|half)(?P<gap>(?:\s+(?:of|in))?\s+(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?(?:(?P<y><YEAR>)|(?P<rel>this|last|next)\s+year|year))?",
        "part_of_year",
        "half",
    ),
    (
        "year-quarter",
        r"(?:the\s+)?(?P<y><YEAR>)(?:'s|’s)?\s+(?:(?P<n><ORDINAL>)[\s-])?(?P<unit>quarter|half)",
        "part_of_year",
        "half digit",
    ),
    ("year-period", r"(?:the\s+)?(?P<y><YEAR>)\s+period", "year_period", "digit"),
    ("q", r"(?:(?P<y0><YEAR>)\s+)?Q(?P<n>[1-4])(?:\s+(?:of\s+)?(?P<y><YEAR>))?\b", "part_of_year", "q"),
    (
        "season",
        r"(?:(?P<rel><REL>|the|last)\s+|(?<=in\s)|(?<=of\s)|(?<=by\s)|(?<=since\s)|(?<=until\s)|(?<=during\s))(?P<s><SEASON>)(?:\s+(?:of\s+)?(?P<y><YEAR>))?",
        "season",
        "season",
    ),
    (
        "season-spelled-year",
        r"(?:the\s+)?(?P<s><SEASON>)\s+of\s+(?P<y>nineteen[\s-]<TENS>)",
        "season",
        "season thousand",
    ),
    ("season-year", r"(?P<s><SEASON>)\s+(?:of\s+)?(?P<y><YEAR>)", "season", "season digit"),
    (
        "weekday",
        r"(?:(?P<rel><REL>|(?:the\s+)?(?:previous|preceding|following))\s+)?(?P<wd><WEEKDAY>)(?:\s+(?P<part><DAYPART>))?",
        "weekday",
        "weekday",
    ),
    (
        "weekdays",
        r"(?:(?:every|each)(?:\s+other)?\s+(?P<wd><WEEKDAY>)|(?P<wds><WEEKDAY>)s)(?:\s+(?P<part><DAYPART>)s?)?|(?P<wdp><WEEKDAY>)\s+(?P<parts><DAYPART>)s",
        "weekdays",
        "weekday",
    ),
    (
        "beside-day",
        r"(?:the\s+)?day\s+(?P<way>before|after)\s+(?:(?P<rel><REL>)\s+)?(?:(?P<wd><WEEKDAY>)|(?P<h><HOLIDAY>))(?P<y>)",
        "beside_day",
        "unit later",
    ),
    (
        "nth-day",
        r"(?P<core>(?:the\s+)?(?P<n><ORDINAL>)(?:\s+(?:straight|consecutive|successive|full))?\s+day)\s+of\b",
        "nth_day",
        "unit",
    ),
    ("deictic-day", r"(?P<day><DEICTIC>)(?:\s+(?P<part><DAYPART>))?", "deictic_day", "day"),
    (
        "daypart",
        r"(?P<rel>this|last|yesterday|tomorrow|later\s+this|earlier\s+this|that|the\s+(?:next|following|previous|same))\s+(?P<part><DAYPART>)",
        "daypart",
        "part",
    ),
    ("tonight", r"tonight|overnight", "tonight", "night"),
    (
        "the-daypart",
        r"(?:in|during|by|until)\s+(?P<core>(?:the\s+(?:early\s+|late\s+)?|early\s+|late\s+)(?P<part><DAYPART>))",
        "the_daypart",
        "part",
    ),
    (
        "twilight",
        r"(?:at|by|before|until|till|around|since|after)\s+(?P<core>(?P<part>dawn|daybreak|sunrise|dusk|sunset|nightfall))",
        "the_daypart",
        "part",
    ),
    (
        "small-hours",
        r"(?:in|during)\s+(?P<core>the\s+(?:early|small)\s+hours)(?!\s+of\s+(?:<WEEKDAY>|<DEICTIC>|the\s+(?:morning|night)))",
        "small_hours",
        "hours",
    ),
    (
        "small-hours-of",
        r"(?:the\s+)?(?:early|small|predawn)\s+hours\s+of\s+(?:(?P<rel><REL>)\s+)?(?P<wd><WEEKDAY>)(?:\s+<DAYPART>)?",
        "small_hours_of",
        "hours weekday",
    ),
    ("midday", r"mid[\s-](?P<part>morning|afternoon|day)", "the_daypart", "mid"),
    (
        "relative",
        r"(?P<the>the\s+)?(?:(?P<rel><REL>)|(?P<back>following|previous|preceding|same|that|that\s+same|latest))\s+(?:fiscal\s+|calendar\s+)?(?P<u><UNIT1>)(?:\s+or\s+so)?(?!\s+(?:old|and\s+a\s+half)\b|-)",
        "relative",
        "unit which",
    ),
    (
        "the-unit",
        r"the\s+(?:full\s+|fiscal\s+|calendar\s+)*(?P<u>day|week|month|year|quarter|weekend)(?![\w-]|\s+(?:before|after|earlier|ago|of))",
        "the_unit",
        "unit the",
    ),
    ("year-end", r"(?P<u>year|month)(?:['’]s\s+|[\s-])end", "unit_end", "unit edge"),
    (
        "end-of-unit",
        r"(?:the\s+)?(?P<part>end|start|beginning|middle|close|rest|remainder)\s+of\s+(?:the|this)\s+(?P<u>day|week|month|year|quarter|decade|century)",
        "unit_end",
        "unit edge",
    ),
    (
        "ago",
        r"(?P<n><NUM>|<VAGUE>|<ONE>)\s+(?:more\s+|full\s+|trading\s+)?(?P<u><UNIT>)(?:\s+or\s+(?:so|more))?\s+ago",
        "ago",
        "unit ago",
    ),
    ("units-ago", r"(?P<u><UNIT>)\s+ago", "ago", "unit ago"),
    (
        "year-ago",
        r"(?:the\s+(?=(?:comparable\s+)?\w+[\s-]\w+\s+(?:\w+\s+)?(?:quarter|period|month)))?(?:comparable\s+)?(?P<u>year|week|month|day|quarter)[\s-](?:ago|earlier)(?:\s+(?P<what>(?:first\s+|second\s+|third\s+|fourth\s+)?(?:quarter|period|month)))?",
        "year_ago",
        "unit ago",
    ),
    (
        "same-period",
        r"the\s+(?:(?:same|corresponding|comparable)\s+)?(?P<u>quarter|period|month)\s+(?:a\s+year\s+(?:ago|earlier|before)|(?:of\s+)?last\s+year)",
        "same_period",
        "year",
    ),
    (
        "earlier",
        r"(?P<n><NUM>|<ONE>)\s+(?P<u><UNIT>)\s+(?P<way>earlier|later|afterwards?|hence)",
        "shifted",
        "unit later",
    ),
    (
        "the-day-before",
        r"the\s+(?P<u>day|week|month|year|night)\s+(?P<way>before|after)(?=\s*(?:[.,;:]|$|and\b|but\b|in\b|at\b))",
        "day_before",
        "unit the later",
    ),
    (
        "in-units",
        r"(?:with)?in\s+(?P<core>(?:(?:the\s+)?next\s+)?(?P<n><NUM>|<ONE>)\s+(?P<u><UNIT>)(?:(?:'|’)\s+time)?)",
        "within",
        "unit in",
    ),
    (
        "past-units",
        r"(?:the\s+|these\s+|those\s+)?(?P<which>past|last|previous|preceding|next|coming|following|first|final|early|recent|latest)\s+(?P<n><NUM>|<VAGUE>|couple(?:\s+of)?)(?:\s+(?:to|or)\s+<NUM>)?\s+(?:fiscal\s+|trading\s+|working\s+)?(?P<u><UNIT>)(?:\s+or\s+so)?",
        "stretch",
        "unit which",
    ),
    (
        "recent-units",
        r"(?:the\s+)?(?P<which>recent|coming|past|last|early|first|opening)\s+(?P<u>seconds|minutes|hours|days|weeks|months|years|quarters|decades|centuries)",
        "stretch",
        "unit which",
    ),
    (
        "units-ahead",
        r"(?:the\s+)?(?P<u>hours|days|weeks|months|years)\s+(?P<which>ahead|to\s+come(?=\s*(?:[^\s\w]|$|and\b|as\b)))",
        "stretch",
        "unit ahead",
    ),
    (
        "length",
        r"(?:the\s+|another\s+|a\s+further\s+|an\s+(?:additional|extra)\s+|those\s+|these\s+)?(?P<n><NUM>|(?<!as\s)<VAGUE>|<ONE>)(?P<join>[\s-]+)(?:(?:more|additional|extra|single|consecutive|straight|full|whole|solid|working|trading|calendar|business|long|further)\s+)*(?P<u><UNIT>)(?P<half>\s+and\s+a\s+half)?(?P<or>\s+or\s+so)?(?P<old>[\s-]+old)?(?P<long>-long)?(?![\w’']*-?\s*(?:old\b))",
        "length",
        "unit",
    ),
    ("range", r"(?P<n><NUM>)\s*(?:to|or|-|–)\s*(?P<n2><NUM>)[\s-](?P<u><UNIT>)", "length", "unit"),
    (
        "long",
        r"(?P<u>hour|day|week|month|year|decade|hours|days|weeks|months|years|decades)-long|yearlong|daylong|weeklong|monthlong",
        "long",
        "long",
    ),
    (
        "half",
        r"half\s+(?:an?|the)\s+(?P<u>hour|day|year|century|decade|month)|(?P<u2>hour)s?\s+and\s+a\s+half",
        "half",
        "half",
    ),
    (
        "bare",
        r"(?P<pre>\b(?:for|in|within|after|over|by|lasted|lasting|took|take|takes|spent|follow|follows|followed)\s+(?:the\s+)?)(?P<core>(?P<u>minutes|hours|days|weeks|months|years|decades|centuries)(?:\s+or\s+(?:even\s+)?(?:hours|days|weeks|months|years))?)(?!\s+(?:ago|ahead|of\s+age))",
        "bare",
        "unit",
    ),
    (
        "units-beside",
        r"(?P<core>(?P<u>minutes|hours|days|weeks|months|years|decades))\s+(?:after|before|later|earlier)\b",
        "bare",
        "unit later",
    ),
    (
        "while",
        r"(?:for\s+)(?P<core>a\s+(?:short\s+|long\s+|little\s+)?(?:while|time)|some\s+time)\b",
        "a_while",
        "while",
    ),
    (
        "set",
        r"(?P<how>every|each|per)\s+(?:(?P<other>other|second|third|<NUM>|few)\s+)?(?P<u><UNIT>|<MONTH>|<DAYPART>|<SEASON>)",
        "each",
        "each",
    ),
    (
        "rate",
        r"(?:once|twice|thrice|<NUM>\s+times)\s+an?\s+(?P<u>hour|day|week|month|quarter|year|decade)",
        "rate",
        "unit often",
    ),
    ("adverb-set", r"(?P<set><SETS>)", "adverb_set", "set"),
    (
        "holiday",
        r"(?:(?P<rel><REL>)\s+)?(?P<h><HOLIDAY>)(?:,?\s+(?P<y><YEAR>))?(?P<more>\s+(?:week|weekend|night|morning))?",
        "holiday",
        "holiday",
    ),
    ("reference", r"(?P<ref><REFERENCE>)", "reference", "reference"),
    (
        "clock",
        r"(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?\s*(?P<half>[ap])\.?\s?m\b\.?(?:,?\s*\(?<ZONE>\)?)?",
        "clock",
        "half-day",
    ),
    (
        "clock-24",
        r"(?<![\d:.])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?::\d\d)?(?:\s*\(?<ZONE>\)?)?(?![\d:])",
        "clock",
        "colon",
    ),
    ("clock-four", r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)\s*(?:hours\s+)?(?:<ZONE>|hours)\b", "clock", "digit zone"),
    (
        "oclock",
        r"(?P<n><NUM>)\s+o(?:'|’)clock(?:\s+(?:in\s+the\s+(?P<part><DAYPART>)))?|(?P<n2>\d{1,2})\s+in\s+the\s+(?P<part2><DAYPART>)",
        "oclock",
        "o'clock",
    ),
    ("noon", r"(?P<word>noon|midnight|midday)(?:\s+<ZONE>)?", "noon", "noon"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that reads its matches."""

    name: str
    source: str
    read: Callable[[re.Match[str], Scene], Reading | None]
    needs: frozenset[str]
    """Keys of `NEEDS`."""

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the rule's matches in a text."""
        return _compiled(self.source).finditer(text)


def worth_trying(text: str) -> tuple[Rule, ...]:
    """Return the rules whose words a text holds."""
    held = frozenset[str]().union(*map(_held, set(text.split())))
    return _worth_trying(held)


@lru_cache(maxsize=1024)
def _worth_trying(held: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.needs <= held)


@lru_cache(maxsize=8192)
def _held(word: str) -> frozenset[str]:
    return frozenset(key for key, need in _needs() if need.search(word))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules; each pattern is compiled when it is first tried."""
    return tuple(Rule(name, source, _reader(reader), frozenset(needs.split())) for name, source, reader, needs in RULES)


@cache
def _needs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = _fragments()
    return tuple((key, re.compile(_fill(pattern, words), re.IGNORECASE)) for key, pattern in NEEDS.items())


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w$£€])" + _fill(f"(?:{source})", _fragments()) + r"(?!\w)", re.IGNORECASE)


def _reader(name: str) -> Callable[[re.Match[str], Scene], Reading | None]:
    module = next(module for module in (dates, clocks, quarters, spans) if name in vars(module))
    found: Callable[[re.Match[str], Scene], Reading | None] = vars(module)[name]
    return found


def _fill(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<([A-Z]+\d?)>", lambda match: words[match[1]], pattern)


@cache
def _fragments() -> dict[str, str]:
    known = lexicon()
    spelled = known.numbers.pattern
    digits = r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s\d/\d)?"
    return {
        "MONTH": known.months.pattern,
        "WEEKDAY": known.weekdays.pattern,
        "UNIT": known.units.pattern,
        "UNIT1": "(?:day|week|fortnight|weekend|month|quarter|year|decade|century|night|period)",
        "SEASON": known.seasons.pattern,
        "DAYPART": known.dayparts.pattern,
        "ORDINAL": rf"(?:{known.ordinals.pattern}|\d{{1,2}}(?:st|nd|rd|th))",
        "NTH": known.ordinals.pattern,
        "SPELLED": spelled,
        "NUM": rf"(?:{digits}(?:\s+(?:thousand|million|billion))?"
        rf"|(?:an?\s+)?{spelled}(?:[\s-](?:and\s+)?{spelled})*(?:\s+and\s+a\s+half)?"
        r"|a\s+couple(?:\s+of)?|a\s+pair\s+of|a\s+dozen)",
        "VAGUE": f"(?:{known.vague_numbers})",
        "ONE": "(?:another|an?|one)",
        "DAYNUM": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)",
        "YEAR": r"(?:1[0-9]\d\d|20\d\d)",
        "TENS": r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
        r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?",
        "REL": r"(?:this\s+(?:past|coming)|this|last|next|past|coming|upcoming|current)",
        "DEICTIC": known.deictic_days.pattern,
        "SETS": known.sets.pattern,
        "HOLIDAY": known.holidays.pattern,
        "REFERENCE": known.references.pattern,
        "ZONE": f"(?:{known.zones})",
    }

"""What the words around a name make of its place: a part of it, a spot off it, its outskirts, a stretch between two.

*North-west Syria* is a part of Syria, *15 km east of Saraqib* a spot beside Saraqib. The mention stays the name
itself (*Syria*, *Saraqib*); its place becomes what the words mean, and the place of the bare name is the first of
the alternatives. Where a direction may as well say where a whole province lies (*the north-western Idlib province*,
*Syria's northern Raqqa province*) the province stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.gazetteer.index import CODE
from geo.resolver import compass, phrases
from geo.types import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.resolver.phrases import Around
    from geo.types import MentionKind, Place, Resolution


#: Towns farther apart have no *between* that a point could show: a road from Aleppo to Hama is no place half-way.
BETWEEN_KM = 40.0


@dataclass(frozen=True, slots=True)
class _Reading:
    kind: MentionKind
    place: Place
    reason: str


def read(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return the resolutions with those read anew that the words around them say are not the whole place.

    The kinds are then `direction` and `relative`; the place of the bare name is the first alternative.
    """
    reader = _Reader(text, resolutions, gazetteer)
    return tuple(reader.resolution(i) for i in range(len(resolutions)))


class _Reader:
    def __init__(self, text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> None:
        self.text = text
        self.all = resolutions
        self.gazetteer = gazetteer
        self.found: dict[int, _Reading] = {}
        for i, each in enumerate(resolutions):
            if each.mention.kind in {"toponym", "metonym"} and each.place and i not in self.found:
                self._read(i, each, each.place)

    def resolution(self, i: int) -> Resolution:
        """Return one resolution, read anew where there is something to read."""
        each, reading = self.all[i], self.found.get(i)
        if reading is None:
            return each
        bare = (Candidate(each.place, each.score, ("the name alone",)),) if each.place else ()
        return replace(
            each,
            mention=replace(each.mention, kind=reading.kind),
            place=reading.place,
            score=each.score or 0.5,
            reasons=(reading.reason, *each.reasons),
            alternatives=(*bare, *each.alternatives),
        )

    def _read(self, i: int, each: Resolution, place: Place) -> None:
        around = phrases.Around.of(self.text, each.mention.span.start, each.mention.span.end)
        if self._between(i, around):
            return
        reading = self._off(i, place, around) or self._part(each, place, around) or self._edge(each, place, around)
        if reading:
            self.found[i] = reading

    def _off(self, i: int, place: Place, around: Around) -> _Reading | None:
        """*15 km east of X*, *north of X*, *20 miles from X*."""
        match = phrases.DISTANCE.search(around.left) or phrases.BESIDE.search(around.left)
        if match is None or (match.re is phrases.BESIDE and match["the"]):
            return None
        label = self.all[i].mention.text
        spot = _spot(match, self._town(place, label), label)
        if spot is None:
            return None
        words = " ".join(match[0].split()) + f" {label}"
        reading = _Reading(
            "relative", spot, f"the text says “{words}”: within about {spot.radius_km:g} km of this point"
        )
        return None if self._described(i, around.left[: match.start()], reading) else reading

    def _described(self, i: int, left: str, reading: _Reading) -> bool:
        """Return whether the words tell where the name before them lies: *Marea, 15 km east of X*; then place that."""
        if not phrases.DESCRIBES.search(left):
            return False
        start = self.all[i].mention.span.start
        before = [j for j in range(max(0, i - 3), i) if 0 < start - self.all[j].mention.span.end < phrases.REACH]
        for j in reversed(before):
            gap = self.text[self.all[j].mention.span.end : start]
            if self.all[j].mention.kind == "toponym" and not re.search(r"[.!?;\n]\s", gap):
                self._place_described(j, reading)
                return True
        return False

    def _place_described(self, j: int, reading: _Reading) -> None:
        told, spot = self.all[j], reading.place
        near = [other for other in told.alternatives if not _far(other.place, spot)]
        if told.place is None and not near:
            self.found[j] = replace(reading, place=replace(spot, name=told.mention.text))
        elif near and told.place and _far(told.place, spot) and not told.place.area:
            self.found[j] = replace(reading, place=near[0].place, kind="toponym")

    def _part(self, each: Resolution, place: Place, around: Around) -> _Reading | None:
        """*Northern X*, *the south of X*, *eastern parts of X*, *X's north*, *southern X countryside*."""
        inner, label = self._inner(each.mention.text)
        match = phrases.PART.search(around.left) or self._the_north_of(around) or phrases.OWNED.match(around.right)
        if match and _tells_where_next(match, around):
            return None
        behind = phrases.BEHIND.match(around.right)
        if match is None:
            match = phrases.BEFORE.search(around.left)
            proper = self._proper(match["dirs"] + " " + label, place) if match else None
            if match and proper:
                return _Reading("direction", proper, f"“{match['dirs']} {label}” is the name of a part of {label}")
            match = self._adjective(place, label, around, countryside=behind is not None)
        dirs = _group(match, "dirs", "noun") or inner or _group(behind, "dirs")
        around_it = _group(match, "around").lower()
        if not dirs or (around_it and around_it not in {"countryside", "hinterland"}):
            return None
        if behind or around_it or _group(match, "rural") or phrases.UNIT_AFTER.match(around.right):
            place = self._unit(place, label) or place
        azimuth = compass.azimuth_of(dirs)
        if azimuth is None and place.feature.startswith("PPL"):
            return None
        noun = (_group(match, "part") or ("far" if dirs.lower().startswith("far") else "")).lower().rstrip("s")
        share = compass.SHARES.get(noun, compass.SHARE)
        if behind and place.feature.startswith("PPL"):
            return _edge_reading(place, azimuth, label, behind["around"])
        part = compass.part_of(place, azimuth, share=share, label=label)
        side = " ".join(dirs.split())
        reason = (
            f"“{side}” is a part of {label}: the point stands inside it, and it reaches about {part.radius_km:.0f} km"
        )
        return _Reading("direction", part, reason)

    def _proper(self, words: str, whole: Place) -> Place | None:
        """Return the unit that has a direction in its own name (*western Darfur*), within the place named without."""
        hits = (hit.place for hit in self.gazetteer.find(words, loosest=CODE))
        return next((p for p in hits if p.feature.startswith(("ADM", "RGN")) and p.country == whole.country), None)

    def _inner(self, words: str) -> tuple[str, str]:
        """Return the direction within a mention that is no proper name (*Northern Idlib*), and the name without it."""
        match = phrases.INNER.match(words)
        if match is None or self.gazetteer.find(words, loosest=CODE):
            return "", words
        return match[1], words[match.end() :]

    def _the_north_of(self, around: Around) -> re.Match[str] | None:
        match = phrases.BESIDE.search(around.left)
        return match if match and match["the"] and not phrases.AROUND_TOWN.search(match[0]) else None

    def _adjective(self, place: Place, label: str, around: Around, *, countryside: bool) -> re.Match[str] | None:
        match = phrases.BEFORE.search(around.left)
        if match is None or self.gazetteer.find(f"{match['dirs']} {label}", loosest=CODE):
            return None
        after = phrases.UNIT_AFTER.match(around.right)
        if countryside or match["rural"] or "rural" in match[0].lower():
            return match
        if phrases.OWNER.search(around.left[: match.start()]) or (
            after and after["unit"].lower() in {"city", "town", "village", "camp"}
        ):
            return None
        says_where = (after or match["the"]) and place.feature in {"ADM1", "ADM2", "PPL"}
        return None if says_where and self._lies(place, compass.azimuth_of(match["dirs"])) else match

    def _lies(self, place: Place, azimuth: float | None) -> bool:
        """Return whether a province or town lies in that part of its country: then the word tells where it is."""
        from geo.crs import azimuth_deg

        country = self.gazetteer.unit(place.country) if place.country else ()
        if not country or azimuth is None:
            return True
        whole = country[0].place
        seen = azimuth_deg(whole.lon_deg, whole.lat_deg, place.lon_deg, place.lat_deg)
        return abs((seen - azimuth + 180) % 360 - 180) <= 67.5  # noqa: PLR2004  the direction or a neighbour of it

    def _edge(self, each: Resolution, place: Place, around: Around) -> _Reading | None:
        """*On the outskirts of X*, *outside X*, *X countryside*, *rural X*; only towns have such."""
        label = each.mention.text
        owned = phrases.OWNED.match(around.right)
        match = (
            phrases.EDGE.search(around.left) or phrases.OUTSIDE.search(around.left) or phrases.RURAL.search(around.left)
            or (owned if _group(owned, "around") else None) or phrases.BEHIND.match(around.right)
        )  # fmt: skip
        if match is None:
            return None
        place = self._town(place, label)
        if not place.feature.startswith("PPL"):
            return None
        dirs = _group(match, "dirs")
        return _edge_reading(place, compass.azimuth_of(dirs) if dirs else None, label, match["around"])

    def _town(self, place: Place, label: str) -> Place:
        """Return the town that a province is named after: distances are counted from there."""
        if not place.feature.startswith("ADM"):
            return place
        return self._namesake(place, label, ("PPL",)) or place

    def _unit(self, place: Place, label: str) -> Place | None:
        """Return the province that is named after a town: its countryside lies there."""
        return self._namesake(place, label, ("ADM1",)) if place.feature.startswith("PPL") else None

    def _namesake(self, place: Place, label: str, features: tuple[str, ...]) -> Place | None:
        hits = (hit.place for hit in self.gazetteer.find(label) if hit.place.feature.startswith(features))
        same = [found for found in hits if found.admin1 == place.admin1 and found.country == place.country]
        return max(same, key=lambda found: found.population, default=None)

    def _between(self, i: int, around: Around) -> bool:
        """*Between X and Y*: two towns no farther apart than a road report's reach."""
        from geo.crs import distance_km

        one, other = self.all[i], self.all[i + 1] if i + 1 < len(self.all) else None
        if other is None or not one.place or not other.place or not phrases.BETWEEN.search(around.left):
            return False
        gap = self.text[one.mention.span.end : other.mention.span.start]
        first, second = self._town(one.place, one.mention.text), self._town(other.place, other.mention.text)
        towns = all(each.feature.startswith("PPL") for each in (first, second))
        ends = (first.lon_deg, first.lat_deg, second.lon_deg, second.lat_deg)
        if (
            not phrases.AND.fullmatch(gap)
            or not towns
            or phrases.TALKS.search(around.left)
            or distance_km(*ends) > BETWEEN_KM
        ):
            return False
        label = f"between {one.mention.text} and {other.mention.text}"
        spot = compass.between(first, second, label=label)
        reason = f"the text says “{label}”: the point is halfway, {spot.radius_km:.0f} km from either"
        self.found[i] = self.found[i + 1] = _Reading("relative", spot, reason)
        return True


def _tells_where_next(match: re.Match[str], around: Around) -> bool:
    """*In Syria's north-west, Idlib is …*: the direction tells where the place named next lies, it is none itself."""
    return match.re is phrases.OWNED and phrases.NEXT_NAME.match(around.right, match.end()) is not None


def _far(place: Place, spot: Place) -> bool:
    from geo.crs import distance_km

    return distance_km(place.lon_deg, place.lat_deg, spot.lon_deg, spot.lat_deg) > 2 * spot.radius_km + 20


def _group(match: re.Match[str] | None, *names: str) -> str:
    found: Iterable[str | None] = (match[name] for name in names if match and name in match.re.groupindex)
    return next(filter(None, found), "")


def _spot(match: re.Match[str], place: Place, label: str) -> Place | None:
    """Return the place that a distance or a direction off a town or a province's border means."""
    azimuth = compass.azimuth_of(match["dirs"] or "")
    if match.re is phrases.BESIDE:
        if azimuth is None or not place.feature.startswith("PPL"):
            return None
        spot = compass.off_place(place, azimuth, round(place.radius_km + 10, 1), label=label)
        return replace(spot, name=f"{compass.name_of(azimuth)} of {label}", radius_km=round(place.radius_km + 12, 1))
    away_km = phrases.distance_km(match)
    if match["dirs"]:
        return compass.off_place(place, azimuth, away_km, label=label) if azimuth is not None else None
    name = f"about {away_km:.0f} km from {label}"
    return compass.spot_near(place, reach_km=away_km * 1.1 + place.radius_km, name=name)


def _edge_reading(place: Place, azimuth: float | None, label: str, what: str) -> _Reading:
    """Return a town's outskirts: the town with a wider reach, or the side of it that is named."""
    low = what.lower()
    wide = 15.0 if low in {"countryside", "hinterland", "rural"} else 6.0
    side = "" if azimuth is None else f"{compass.name_of(azimuth)}ern "
    words = (
        f"the {side}{low} of {label}"
        if low not in {"outside", "around", "surrounding", "encircling", "rural"}
        else f"{low} {label}"
    )
    spot = compass.spot_near(place, reach_km=place.radius_km + wide, name=words)
    if azimuth is not None:
        away = compass.off_place(place, azimuth, place.radius_km + wide / 2, label=label)
        spot = replace(away, name=words, id=f"{away.id}:{low}", radius_km=spot.radius_km)
    return _Reading("relative", spot, f"the text says “{words}”: within about {spot.radius_km:g} km of this point")

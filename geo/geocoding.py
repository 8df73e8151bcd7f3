"""geopy: the gazetteer as a `geopy.geocoders.base.Geocoder` that never opens a socket.

It takes geopy's usual arguments and answers with `geopy.location.Location`, so that whatever takes a geocoder
(`geopandas.tools.geocode`, `RateLimiter`) takes this one. `Location.raw` is a plain dictionary of the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer.index import LOOSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer import Gazetteer
    from geo.types import Place

#: Two corners, each a geopy point (latitude first) or what makes one.
Viewbox = tuple[Any, Any]


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Geocode and reverse-geocode with the installed gazetteer."""

    def __init__(
        self, gazetteer: Gazetteer | None = None, *, country_codes: str | Sequence[str] = (), **options: object
    ) -> None:
        """Take an open gazetteer, or open the user's (building it the first time).

        Args:
            gazetteer: Where to look.
            country_codes: ISO 3166-1 alpha-2 codes to keep to, unless a call names others.
            options: geopy's own (`timeout`, `proxies`, `user_agent` …), without effect here: nothing is asked for.
        """
        super().__init__(**{key: value for key, value in options.items() if key in {"scheme", "timeout", "user_agent"}})
        self._gazetteer = gazetteer
        self._countries = _codes(country_codes)

    @property
    def gazetteer(self) -> Gazetteer:
        """Return the gazetteer, opened at the first use."""
        if self._gazetteer is None:
            from geo.gazetteer import Gazetteer

            self._gazetteer = Gazetteer.open()
        return self._gazetteer

    def geocode(  # noqa: PLR0913  geopy's geocoders take these
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = None,
        country_codes: str | Sequence[str] = (),
        viewbox: Viewbox | None = None,
        bounded: bool = False,
        language: str | None = None,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Return the best place for a name (`Idlib`, `Paris, Texas`), or all of them; None where there is none.

        Args:
            query: A name, or a name and what contains it, parted by commas.
            exactly_one: One location instead of a list.
            timeout: For geopy's sake; nothing here can hang.
            country_codes: ISO 3166-1 alpha-2 codes to keep to.
            viewbox: Two corners; places inside come first, or alone with `bounded`.
            bounded: Leave out what lies outside `viewbox`.
            language: BCP 47 code of the name to show, where the gazetteer knows it.
            limit: At most so many.
        """
        del timeout
        places = self._candidates(query, _codes(country_codes) or self._countries)
        if viewbox is not None:
            inside = [place for place in places if _within(place, viewbox)]
            places = inside if bounded else [*inside, *(place for place in places if place not in inside)]
        found = [self._location(place, language) for place in places[:limit]]
        return _answer(found, exactly_one=exactly_one)

    def _candidates(self, query: str, countries: frozenset[str]) -> list[Place]:
        from geo.resolver import resolve_spans

        name = str(query).split(",")[0].strip()
        if not name:
            return []
        (first, *_) = resolve_spans(str(query), _spans(str(query)), self.gazetteer, vague=False)
        ranked = [first.place] if first.place else []
        ranked.extend(candidate.place for candidate in first.alternatives)
        known = self.gazetteer.find(name, loosest=LOOSE)
        ranked.extend(hit.place for hit in known if hit.place not in ranked)
        return [place for place in ranked if not countries or place.country in countries]

    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: object = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """Return the administrative chain at a point and the nearest town; None far out at sea.

        Args:
            query: A geopy point or what makes one: latitude before longitude, as geopy has it.
            exactly_one: One location instead of a list (town, province, country).
            timeout: For geopy's sake; nothing here can hang.
            language: BCP 47 code of the names to show, where the gazetteer knows them.
        """
        del timeout
        point = Point(query)
        chain = self._chain(point.longitude, point.latitude)
        address = ", ".join(dict.fromkeys(self._shown(place, language) for place in chain))
        labels = [address, *(self._shown(place, language) for place in chain[1:])]
        found = [Location(label, (p.lat_deg, p.lon_deg), _raw(p)) for label, p in zip(labels, chain, strict=False)]
        if found:
            found[0].raw["chain"] = [_raw(place) for place in chain]
        return _answer(found, exactly_one=exactly_one)

    def _chain(self, lon_deg: float, lat_deg: float) -> list[Place]:
        from geo.gazetteer import boundaries

        unit, country = boundaries.admin1_at(lon_deg, lat_deg), boundaries.country_at(lon_deg, lat_deg)
        areas = [hit.place for code in (unit, country) if code for hit in self.gazetteer.unit(code)[:1]]
        near = self.gazetteer.reverse(lon_deg, lat_deg)
        towns = [place for place, _ in near if place.feature.startswith("PPL") and _agrees(place, unit, country)]
        return [*towns[:1], *areas]

    def _location(self, place: Place, language: str | None) -> Location:
        parts = [self._shown(place, language)]
        codes = filter(None, (place.admin1, place.country))
        parts.extend(self._shown(hit.place, language) for code in codes for hit in self.gazetteer.unit(code)[:1])
        return Location(", ".join(dict.fromkeys(parts)), (place.lat_deg, place.lon_deg), _raw(place))

    def _shown(self, place: Place, language: str | None) -> str:
        from geo.gazetteer import boundaries

        names = dict(place.names) | (dict(boundaries.names(place.area)) if place.area and language else {})
        return names.get(language or "", place.name)


def _spans(query: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for part in query.split(","):
        inner = part.strip()
        if inner:
            at = query.index(inner, start)
            spans.append((at, at + len(inner)))
        start += len(part) + 1
    return spans


def _agrees(place: Place, unit: str | None, country: str | None) -> bool:
    return place.admin1 == unit if unit else place.country == country or country is None


def _codes(given: str | Iterable[str]) -> frozenset[str]:
    listed = given.split(",") if isinstance(given, str) else given
    return frozenset(code.strip().upper() for code in listed if code.strip())


def _within(place: Place, viewbox: Viewbox) -> bool:
    one, other = (Point(corner) for corner in viewbox)
    south, north = sorted((one.latitude, other.latitude))
    west, east = sorted((one.longitude, other.longitude))
    return bool(south <= place.lat_deg <= north and west <= place.lon_deg <= east)


def _raw(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population,
        "geonameid": place.geonameid,
        "radius_km": place.radius_km,
    }


def _answer(found: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found

"""What `facts.yaml` may hold, read and checked: each fault is named with its file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import InputError
from geo.types import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

Certain = Literal["established", "planned", "hypothetical", "alleged"]
_LISTS = frozenset({"facts", "published"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One checked item of the file."""

    where: Where
    model: Any


@dataclass(frozen=True, slots=True)
class Corrections:
    """The whole file."""

    entries: tuple[Entry, ...]
    published: Mapping[str, str]
    """ISO day of publication by article id; `""` stands for the only article of a case."""


def corrections(path: Path) -> Corrections:
    """Return what a `facts.yaml` holds.

    Raises:
        InputError: it is not of that form (`file:line:col`).
    """
    import yaml

    text, node = _composed(path)
    raw = yaml.safe_load(text) or {}
    if not isinstance(raw, dict) or not isinstance(raw.get("facts") or [], list) or set(raw) - _LISTS:
        raise InputError("this file holds a list named `facts`, and a day named `published`.", where=Where(str(path)))
    days = _days(raw.get("published"), _where(path, node, ("published",)))
    return Corrections(tuple(_entries(path, node, raw.get("facts") or ())), days)


def _days(given: object, where: Where) -> Mapping[str, str]:
    told = given if isinstance(given, dict) else {} if given is None else {"": given}
    days = {str(name): _day(value) for name, value in told.items()}
    if None in days.values():
        raise InputError(
            "`published` is a day, or a table of article and day.", where=where, hint="Write published: 2018-09-17."
        )
    return {name: day for name, day in days.items() if day}


def _day(value: object) -> str | None:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        return None


def _models() -> type[BaseModel]:
    from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

    strict = ConfigDict(extra="forbid", frozen=True)

    class Quote(BaseModel):
        model_config = strict
        exact: str = Field(min_length=1)
        prefix: str = ""
        suffix: str = ""

    class Place(BaseModel):
        model_config = strict
        place: str
        relation: Literal["at", "in", "from", "to", "about", "context"] = "at"

    class Zone(BaseModel):
        model_config = strict
        zone: str
        relation: str = "context"

    class Changes(BaseModel):
        model_config = strict
        event: str | None = None
        mode: str | None = None
        certainty: Certain | None = None
        negated: bool | None = None
        statement: str | None = None
        time: str | None = None
        world_value: str | None = None
        places: list[Place] | None = None
        zones: list[Zone] | None = None
        note: str | None = None

        @field_validator("time", "world_value", mode="before")
        @classmethod
        def as_text(cls, value: object) -> object:
            return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value

    class Source(BaseModel):
        model_config = strict
        title: str = Field(min_length=1)
        url: str | None = None

    class Item(BaseModel):
        model_config = strict
        match: Quote | None = None
        hide: bool = False
        merge: Quote | None = None
        split: bool = False
        set: Changes | None = None
        add: Changes | None = None
        quote: Quote | None = None
        source: Source | None = None

        @model_validator(mode="after")
        def is_one_thing(self) -> Item:
            if (self.match is None) == (self.add is None):
                raise ValueError("an entry has either `match` or `add`")
            if self.match is not None and not (self.hide or self.set or self.merge or self.split):
                raise ValueError("`match` needs `set`, `merge`, `split: true` or `hide: true`")
            if self.add is not None and self.quote is None and self.source is None:
                raise ValueError("`add` needs a `quote` from an article or an outside `source` with a title")
            if self.add is not None and self.quote is None and not self.add.statement:
                raise ValueError("`add` without a quote needs a `statement`")
            return self

    return Item


def _entries(path: Path, node: Any, items: Iterable[object]) -> Iterator[Entry]:  # noqa: ANN401  an untyped YAML node
    from pydantic import ValidationError

    model = _models()
    for number, item in enumerate(items):
        where = _where(path, node, ("facts", number))
        try:
            yield Entry(where, model.model_validate(item))
        except ValidationError as error:
            first = error.errors()[0]
            at = _where(path, node, ("facts", number, *first["loc"]))
            name = ".".join(map(str, first["loc"]))
            message = first["msg"].removeprefix("Value error, ")
            raise InputError(f"{name + ': ' if name else ''}{message}.", where=at) from error


def _composed(path: Path) -> tuple[str, Any]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'can not be read').lower()}.") from error
    except UnicodeDecodeError as error:
        raise InputError("this is not UTF-8 text.", where=Where(str(path)), hint="Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(str(path), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        raise InputError(f"this is not YAML: {getattr(error, 'problem', 'broken')}.", where=where) from error


def _where(path: Path, node: Any, way: tuple[object, ...]) -> Where:  # noqa: ANN401  a YAML node has no typed stub
    for step in way:
        children = node.value if node is not None and isinstance(node.value, list) else []
        if isinstance(step, int) and step < len(children) and not isinstance(children[step], tuple):
            node = children[step]
            continue
        pairs = [pair for pair in children if isinstance(pair, tuple) and pair[0].value == step]
        if not pairs:
            break
        node = pairs[0][1]
    mark = getattr(node, "start_mark", None)
    return Where(str(path), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)

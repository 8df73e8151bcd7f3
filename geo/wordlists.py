"""The word lists that come with the package: YAML files beside the modules that use them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

#: libyaml's reader where PyYAML was built with it: ten times as fast, and as safe.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(package: str, *way: str) -> Any:  # noqa: ANN401  YAML may hold anything; each caller knows its own file
    """Return what a YAML file of a package holds: `read("geo.facts", "data", "cues.yaml")`."""
    return yaml.load(files(package).joinpath(*way).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  it is safe
